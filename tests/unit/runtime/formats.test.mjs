/** Response formats. Expected values are written down from the standards' data models, not from what comes out. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { dialect as old } from '../../../sclt/runtime/adapter-scorm12.js';
import { dialect as now } from '../../../sclt/runtime/adapter-scorm2004.js';
import { patterns } from '../../../sclt/runtime/interaction.js';
import { interaction, resultOf } from '../../../sclt/runtime/scorm.js';
import { RESPONSES, TYPE_NAMES, makeCourse, question } from './course.mjs';

const SCORM12 = {
  'single-choice': ['b', ['b']], 'multiple-choice': ['a,d', ['a,c']], 'true-false': ['t', ['t']], 'short-answer': ['žemaitija', ['Žemaitija']],
  numeric: ['42.5', ['41.5', '42.5']], matching: ['1.a,2.c', ['1.a,2.b']], ordering: ['b,a,c', ['a,b,c']], gaps: ['Alfa,wrong', ['alfa,right']],
  likert: ['c', []], 'long-answer': ['Ačiū. Iki!', []], scenario: ['invite,letter', []],
  'picture-choice': ['a', ['a']], hotspot: ['b', ['a']], sorting: ['1.a,2.a', ['1.a,2.b,3.a']], 'picture-labels': ['1.a,2.c', ['1.a,2.b']],
};
const LT = '{lang=lt}';
const SCORM2004 = {
  'single-choice': ['b', ['b']], 'multiple-choice': ['shared-goal[,]d', ['shared-goal[,]c']], 'true-false': ['true', ['true']],
  'short-answer': [`${LT}žemaitija`, [`{case_matters=false}{order_matters=true}${LT}Žemaitija`]], numeric: ['42.5', ['41.5[:]42.5']],
  matching: ['a[.]a[,]b[.]c', ['a[.]a[,]b[.]b']], ordering: ['b[,]a[,]c', ['a[,]b[,]c']],
  gaps: [`${LT}Alfa[,]${LT}wrong`, [`{case_matters=false}{order_matters=true}${LT}alfa[,]${LT}right`]],
  likert: ['c', []], 'long-answer': [`${LT}Ačiū. Iki!`, []], scenario: ['invite[.]letter', []],
  'picture-choice': ['core', ['core']], hotspot: ['roof', ['door']],
  sorting: ['shells[.]shells[,]jar[.]shells', ['shells[.]shells[,]jar[.]jar[,]peel[.]shells']],
  'picture-labels': ['a[.]a[,]b[.]c', ['a[.]a[,]b[.]b']],
};

for (const type of TYPE_NAMES) {
  test(`SCORM 1.2: ${type}`, () => {
    const [response, right] = SCORM12[type];
    assert.equal(old.response(question(type), RESPONSES[type], 'lt'), response);
    assert.deepEqual(patterns(question(type), 'lt', old), right);
  });
  test(`SCORM 2004: ${type}`, () => {
    assert.equal(now.response(question(type), RESPONSES[type], 'lt'), SCORM2004[type][0]);
    assert.deepEqual(patterns(question(type), 'lt', now), SCORM2004[type][1]);
  });
}

test('no response is longer than the standard takes', () => {
  const long = 'ž'.repeat(5000);
  assert.equal(old.response(question('long-answer'), long, 'lt').length, 255);
  assert.equal(now.response(question('long-answer'), long, 'lt').length, 4000);
  assert.equal(now.response(question('short-answer'), long, 'lt'), LT + 'ž'.repeat(250));
});

test('texts hold no delimiter and do not begin like one', () => {
  assert.equal(now.response(question('short-answer'), '{a} b[,]c', 'lt'), `${LT}(a} b(,)c`);
});

test('times', () => {
  assert.equal(old.duration(0), '0000:00:00.00');
  assert.equal(old.duration(3661.239), '0001:01:01.24');
  assert.equal(old.duration(59.999), '0000:01:00.00');
  assert.match(now.duration(3661.239), /^PT1H1M1\.24S$/);
  assert.equal(now.duration(59.999), 'PT0H1M0.00S');
  assert.equal(now.time(Date.UTC(2026, 0, 2, 3, 4, 5, 678)), '2026-01-02T03:04:05.67Z');
});

test('results', () => {
  assert.deepEqual([null, 1, 0, 1 / 3].map((share) => resultOf(share, old.wrong)), ['neutral', 'correct', 'wrong', '0.33']);
  assert.deepEqual([null, 1, 0, 1 / 3].map((share) => resultOf(share, now.wrong)), ['neutral', 'correct', 'incorrect', '0.33']);
});

test('an interaction begins with its id and names its question', () => {
  const course = makeCourse(1, 1);
  const item = { id: 'q0', response: 'b', share: 1, seconds: 2, time: Date.UTC(2026, 0, 2), language: 'lt' };
  const told = interaction(course, item, old);
  assert.deepEqual(told[0], ['id', 'q0']);
  assert.deepEqual(Object.fromEntries(told)['objectives.0.id'], 'tell');
  assert.match(Object.fromEntries(told).time, /^\d\d:\d\d:\d\d$/);
  const later = Object.fromEntries(interaction(course, item, now));
  assert.equal(later.id, 'https://example.org/courses/module/questions/q0');
  assert.equal(later.description, `${LT}Klausimas single-choice`);
  assert.equal(later['objectives.0.id'], 'https://example.org/courses/module/objectives/tell');
});
