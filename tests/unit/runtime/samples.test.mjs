/**
 * Saved states of the first form, as LMSs hold them since before there was a second: samples/format1/states.json has for each
 * the text that the runtime of then left in cmi.suspend_data, and in `read` what the learner had done, which is what it must be read as.
 * `left` names the texts that had no room. `course.json` is the course of the package that was played.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { UNITS, mix, unpack } from '../../../sclt/runtime/state.js';
import { TYPE_NAMES, today } from './course.mjs';

const read = (name) => JSON.parse(readFileSync(new URL(`samples/format1/${name}.json`, import.meta.url), 'utf8'));
const course = today(read('course'));
const samples = read('states');

/** What was done, as the tests write it down; texts without room are not expected. */
const expectedAnswers = ({ read: { answers }, left }) => Object.fromEntries(Object.entries(answers).map(([id, { tries, share, response }]) =>
  [id, { tries, share, response: left.includes(id) ? undefined : response }]));

const foundAnswers = (state) => Object.fromEntries([...state.answers].filter(([, { tries }]) => tries).map(([id, { tries, best, response }]) =>
  [id, { tries, share: best / UNITS, response }]));

for (const sample of samples) {
  test(`a state of the first form: ${sample.name}`, () => {
    const state = unpack(sample.text, course);
    const { language, attempt, place, visited, best, passed, complete, sheets, drawn } = sample.read;
    assert.deepEqual(
      { language: state.language, attempt: state.attempt, place: state.place, visited: [...state.visited], best: state.best, passed: state.passed,
        complete: state.complete, sheets: Object.fromEntries(state.sheets) },
      { language, attempt, place, visited, best, passed, complete, sheets },
    );
    assert.deepEqual(foundAnswers(state), expectedAnswers(sample));
    assert.deepEqual([...state.answers.keys()].filter((id) => course.questions[id].pool).sort(), [...drawn].sort());
    assert.ok(sample.text.length <= sample.limit);
  });
}

test('the samples have an answer of every type, texts without room, a second attempt and every limit', () => {
  const answered = new Set(samples.flatMap((each) => Object.keys(each.read.answers)).map((id) => course.questions[id].type));
  // Types that came after the first form have none of it.
  assert.deepEqual(TYPE_NAMES.filter((type) => !answered.has(type)).sort(), ['hotspot', 'picture-choice', 'picture-labels', 'sorting']);
  assert.ok(samples.some(({ left }) => left.length));
  assert.ok(samples.some((each) => each.read.attempt === 2));
  assert.deepEqual([...new Set(samples.map(({ limit }) => limit))].sort(), [4000, 4096, 64000]);
});
