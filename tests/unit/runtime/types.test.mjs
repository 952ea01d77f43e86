/** Every type has what the runtime asks of it, and a response of its own comes through each. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { dialect as old } from '../../../sclt/runtime/adapter-scorm12.js';
import { dialect as now } from '../../../sclt/runtime/adapter-scorm2004.js';
import { judge, marks } from '../../../sclt/runtime/score.js';
import { TYPES, typeOf } from '../../../sclt/runtime/types.js';
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
