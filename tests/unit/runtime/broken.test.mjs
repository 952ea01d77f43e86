/** Saved states with random faults, the same each time: nothing throws, and a record that is broken costs that record only. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { isLocked, marks, summary } from '../../../sclt/runtime/score.js';
import { UNITS, pack, unpack } from '../../../sclt/runtime/state.js';
import { today } from './course.mjs';

const course = today(JSON.parse(readFileSync(new URL('samples/format1/course.json', import.meta.url), 'utf8')));
const samples = JSON.parse(readFileSync(new URL('samples/format1/states.json', import.meta.url), 'utf8'));
/** The states of the first form, and the same as today's runtime writes them. */
const STATES = samples.filter(({ read }) => read.visited.length).flatMap(({ text }) => [text, pack(unpack(text, course), course).text]);
const ROUNDS = 40;
/** What a fault puts in place of something; the marks between records are not among it. */
const LETTERS = [...'abcz019AZ~-_:*, ąž\u0000\ud800'];

/** @returns {function(number): number} whole numbers from 0 to below the bound, the same ones for the same seed */
function dice(seed) {
  let last = seed;
  return (bound) => {
    last = (Math.imul(last, 1664525) + 1013904223) >>> 0;
    return Math.floor((last / 2 ** 32) * bound);
  };
}

const pick = (roll, list) => list[roll(list.length)];
const noise = (roll, length) => Array.from({ length }, () => pick(roll, LETTERS)).join('');

/** Each of these does to a text what lines, databases and people do. */
const FAULTS = {
  'is cut': (roll, text) => text.slice(0, roll(text.length)),
  'loses a part': (roll, text) => text.slice(0, roll(text.length)) + text.slice(roll(text.length)),
  'has other letters': (roll, text) => [...text].map((letter) => (roll(12) ? letter : pick(roll, [...LETTERS, '.', ';']))).join(''),
  'has a part twice': (roll, text) => text.slice(0, roll(text.length)) + text + text.slice(roll(text.length)),
  'is turned around': (roll, text) => [...text].reverse().join(''),
  'is noise behind its header': (roll, text) => `${text.split(';')[0]};${noise(roll, 60)};${noise(roll, 60)}.;;${noise(roll, 20)}`,
};

/** What can be chosen in a question, by the form of its response. */
function assertFits(q, response, what) {
  if (response === undefined) return;
  const known = new Set((q.steps ?? q.options ?? []).map(({ id }) => id));
  if (q.type === 'matching' || q.gaps) assert.equal(typeof response, 'object', what);
  else if (q.type === 'multiple-choice' || q.type === 'ordering' || q.steps) {
    assert.ok(Array.isArray(response) && response.every((id) => known.has(id)), what);
    if (q.steps) assert.ok(response.length, `${what}: a path without a step leads nowhere`);
  } else if (q.options) assert.ok(known.has(response), what);
  else assert.equal(typeof response, 'string', what);
}

function assertUsable(text) {
  const state = unpack(text, course);
  if (!state) return;
  for (const [id, answer] of state.answers) {
    const what = `${id} in ${JSON.stringify(text)}`;
    assert.ok(Number.isInteger(answer.tries) && answer.tries >= 0, what);
    assert.ok(answer.best >= 0 && answer.best <= UNITS, what);
    assertFits(course.questions[id], answer.response, what);
    isLocked(course.questions[id], answer);
    if (answer.response !== undefined) marks(course.questions[id], answer.response, 'lt');
  }
  const { scaled } = summary(course, state);
  assert.ok(scaled === null || (scaled >= 0 && scaled <= 1), text);
  assert.ok(unpack(pack(state, course).text, course), text);
}

for (const [name, fault] of Object.entries(FAULTS)) {
  test(`a state that ${name} can be gone on with, or is none`, () => {
    const roll = dice(name.length);
    for (const text of STATES) for (let round = 0; round < ROUNDS; round++) assertUsable(fault(roll, text));
  });
}

/** Where answers and texts stand among the parts of a state. */
const answersOf = (parts) => ({ at: 2, records: parts[2].split('.') });
const textsOf = (parts) => ({ at: parts.length - 1, records: parts.at(-1).split('.') });

test('a broken record costs that record only', () => {
  const roll = dice(7);
  for (const text of STATES) {
    const parts = text.split(';'),
      whole = unpack(text, course);
    for (const { at, records } of [answersOf(parts), textsOf(parts)]) {
      for (const n of records.keys()) {
        if (!records[n]) continue;
        const broken = records.with(n, records[n].slice(0, 3) + noise(roll, roll(8))).join('.'),
          key = records[n].slice(0, 3),
          found = unpack(parts.with(at, broken).join(';'), course);
        for (const [id, answer] of whole.answers) if (course.questions[id].key !== key) assert.deepEqual(found.answers.get(id), answer, `${id} in ${broken}`);
        for (const [id, fields] of whole.sheets) if (course.worksheets[id].key !== key) assert.deepEqual(found.sheets.get(id), fields, broken);
        assert.deepEqual([found.visited, found.best, found.place], [whole.visited, whole.best, whole.place]);
      }
    }
  }
});
