/** Every type has what the runtime asks of it, and a response of its own comes through each. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { dialect as old } from '../../../sclt/runtime/adapter-scorm12.js';
import { dialect as now } from '../../../sclt/runtime/adapter-scorm2004.js';
import { judge, marks } from '../../../sclt/runtime/score.js';
import { UNITS } from '../../../sclt/runtime/state.js';
import { TYPES, typeOf } from '../../../sclt/runtime/types.js';
import { speak } from '../../../sclt/runtime/view.js';
import { RESPONSES, TYPE_NAMES, question } from './course.mjs';

test('the tests have a question of every type', () => {
  assert.deepEqual([...TYPE_NAMES].sort(), Object.keys(TYPES).sort());
});

for (const type of TYPE_NAMES) {
  test(`${type} is judged, kept and told`, () => {
    const q = question(type),
      { interaction, read, write, pack, respond, patterns } = typeOf(q);
    assert.match(interaction, /^(true-false|choice|fill-in|long-fill-in|matching|performance|sequencing|likert|numeric)$/);
    assert.deepEqual([read, write].map((each) => typeof each), Array(2).fill(q.shape === 'path' ? 'undefined' : 'function'));
    assert.deepEqual([pack, respond, patterns].map((each) => typeof each), Array(3).fill('function'));
    assert.match(typeOf(q).pack(q, RESPONSES[type]), /^(?:[A-Z][\w-]|[a-z0-9])*$/);
    for (const dialect of [old, now]) assert.equal(typeof dialect.response(q, RESPONSES[type], 'lt'), 'string');
    assert.equal(judge(q, RESPONSES[type], 'lt') === null, !q.scored);
    for (const [part] of marks(q, RESPONSES[type], 'lt')) assert.equal(typeof part, 'string');
  });
}

test('a type whose shape is known needs no more than its interaction', () => {
  const scale = { ...question('likert'), type: 'unheard-of' };
  assert.equal(typeOf(scale).unpack(scale, ['c']), 'c');
  assert.equal(typeOf(scale).respond(now, scale, 'c', 'lt'), 'c');
});

const judged = (type, response, more, lang = 'lt') => judge(question(type, more), response, lang) / UNITS;
const option = (id, correct, more = {}) => ({ id, code: id, correct, text: { lt: id, en: id }, ...more });

test('an option earns the part of the points that its author says', () => {
  const single = { options: [option('a', true), option('b', false, { credit: 0.5 }), option('c', false), option('d', true, { credit: 1 })] };
  assert.deepEqual(['a', 'b', 'c', 'd', 'gone'].map((id) => judged('single-choice', id, single)), [1, 0.5, 0, 1, 0]);
  assert.deepEqual(marks(question('single-choice', single), 'b', 'lt'), [['a', 'missed'], ['b', 'partly'], ['c', false], ['d', 'missed']]);
  assert.deepEqual(marks(question('single-choice', single), 'd', 'lt'), [['a', false], ['b', false], ['c', false], ['d', 'right']]);
  const several = { options: [option('a', true, { credit: 0.7 }), option('b', true, { credit: 0.3 }), option('c', false, { credit: -0.5 }), option('d', false, { credit: 0 })] };
  const cases = [[['a'], 0.7], [['b', 'd'], 0.3], [['a', 'c'], 0.2], [['c'], 0], [['a', 'b'], 1]];
  for (const [response, share] of cases) assert.equal(judged('multiple-choice', response, several).toFixed(2), share.toFixed(2), response.join());
  assert.equal(judged('multiple-choice', ['a'], { ...several, partial: false }), 0);
  assert.equal(judged('numeric', '24', { ranges: [{ id: 'b', low: 20, high: 30, correct: false, credit: 0.25 }] }), 0.25);
});

test('each of several right options is a pattern of its own', () => {
  const q = question('single-choice', { options: [option('a', true), option('b', false), option('c', true, { credit: 1 })] });
  for (const dialect of [old, now]) assert.deepEqual(typeOf(q).patterns(dialect, q, 'lt'), ['a', 'c'].map((id) => dialect.response(q, id, 'lt')));
});

test('a wildcard stands for any run of characters, a star for itself', () => {
  const accepted = { lt: [{ id: 'a', text: 'chloroph…ll', correct: true, parts: ['', 'chloroph', 'll', ''] }, { id: 'b', text: '5*3', correct: true },
    { id: 'c', text: 'a+b…', correct: false, credit: 0.5, parts: ['a+b', ''] }, { id: 'd', text: '…', correct: false, parts: ['', ''] }] };
  const q = { accepted };
  const cases = { 'Chlorophyll': 1, 'the  CHLOROPHYL(l)': 0, 'green chlorophyll b': 1, 'chlorophil': 0, '5*3': 1, '533': 0, 'a+b = c': 0.5, 'aab': 0 };
  for (const [text, share] of Object.entries(cases)) assert.equal(judged('short-answer', text, q), share, text);
  assert.deepEqual(typeOf(question('short-answer')).chosen(question('short-answer', q), 'moss', 'lt'), ['d']);
  assert.deepEqual(typeOf(question('short-answer')).patterns(now, question('short-answer', q), 'lt').length, 1);
});

test('the right number is told with all its digits', () => {
  speak({ lt: {} }, 'lt');
  const q = question('numeric', { ranges: [{ id: 'a', low: 3.14159265358979, high: 3.14159265358979, correct: true }], unit: { lt: '' } });
  assert.equal(typeOf(q).rightWords(q, 'lt'), '3,14159265358979');
});
