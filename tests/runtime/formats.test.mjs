/** Response formats. Expected values are written down from the standards' data models, not from what comes out. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { duration12, interaction12, patterns12, response12, result12 } from '../../sclt/runtime/adapter-scorm12.js';
import { duration2004, interaction2004, patterns2004, response2004, result2004, time2004 } from '../../sclt/runtime/adapter-scorm2004.js';
import { RESPONSES, TYPE_NAMES, makeCourse, question } from './course.mjs';

const SCORM12 = {
  'single-choice': ['b', ['b']], 'multiple-choice': ['a,d', ['a,c']], 'true-false': ['t', ['t']], 'short-answer': ['žemaitija', ['Žemaitija']],
  numeric: ['42.5', ['41.5', '42.5']], matching: ['1.a,2.c', ['1.a,2.b']], ordering: ['b,a,c', ['a,b,c']], gaps: ['Alfa,wrong', ['alfa,right']],
  likert: ['c', []], 'long-answer': ['Ačiū. Iki!', []], scenario: ['invite,letter', []],
};
const LT = '{lang=lt}';
const SCORM2004 = {
  'single-choice': ['b', ['b']], 'multiple-choice': ['shared-goal[,]d', ['shared-goal[,]c']], 'true-false': ['true', ['true']],
  'short-answer': [`${LT}žemaitija`, [`{case_matters=false}{order_matters=true}${LT}Žemaitija`]], numeric: ['42.5', ['41.5[:]42.5']],
  matching: ['a[.]a[,]b[.]c', ['a[.]a[,]b[.]b']], ordering: ['b[,]a[,]c', ['a[,]b[,]c']],
  gaps: [`${LT}Alfa[,]${LT}wrong`, [`{case_matters=false}{order_matters=true}${LT}alfa[,]${LT}right`]],
  likert: ['c', []], 'long-answer': [`${LT}Ačiū. Iki!`, []], scenario: ['invite[.]letter', []],
};

for (const type of TYPE_NAMES) {
  test(`SCORM 1.2: ${type}`, () => {
    const [response, patterns] = SCORM12[type];
    assert.equal(response12(question(type), RESPONSES[type], 'lt'), response);
    assert.deepEqual(patterns12(question(type), 'lt'), patterns);
  });
  test(`SCORM 2004: ${type}`, () => {
    assert.equal(response2004(question(type), RESPONSES[type], 'lt'), SCORM2004[type][0]);
    assert.deepEqual(patterns2004(question(type), 'lt'), SCORM2004[type][1]);
  });
}

test('no response is longer than the standard takes', () => {
  const long = 'ž'.repeat(5000);
  assert.equal(response12(question('long-answer'), long, 'lt').length, 255);
  assert.equal(response2004(question('long-answer'), long, 'lt').length, 4000);
  assert.equal(response2004(question('short-answer'), long, 'lt'), LT + 'ž'.repeat(250));
});

test('texts hold no delimiter and do not begin like one', () => {
  assert.equal(response2004(question('short-answer'), '{a} b[,]c', 'lt'), `${LT}(a} b(,)c`);
});

test('times', () => {
  assert.equal(duration12(0), '0000:00:00.00');
  assert.equal(duration12(3661.239), '0001:01:01.24');
  assert.equal(duration12(59.999), '0000:01:00.00');
  assert.match(duration2004(3661.239), /^PT1H1M1\.24S$/);
  assert.equal(duration2004(59.999), 'PT0H1M0.00S');
  assert.equal(time2004(Date.UTC(2026, 0, 2, 3, 4, 5, 678)), '2026-01-02T03:04:05.67Z');
});

test('results', () => {
  assert.deepEqual([null, 1, 0, 1 / 3].map(result12), ['neutral', 'correct', 'wrong', '0.33']);
  assert.deepEqual([null, 1, 0, 1 / 3].map(result2004), ['neutral', 'correct', 'incorrect', '0.33']);
});

test('an interaction begins with its id and names its question', () => {
  const course = makeCourse(1, 1);
  const item = { id: 'q0', response: 'b', share: 1, seconds: 2, time: Date.UTC(2026, 0, 2), language: 'lt' };
  const old = interaction12(course, item);
  assert.deepEqual(old[0], ['id', 'q0']);
  assert.deepEqual(Object.fromEntries(old)['objectives.0.id'], 'tell');
  assert.match(Object.fromEntries(old).time, /^\d\d:\d\d:\d\d$/);
  const now = Object.fromEntries(interaction2004(course, item));
  assert.equal(now.id, 'https://example.org/courses/module/questions/q0');
  assert.equal(now.description, `${LT}Klausimas single-choice`);
  assert.equal(now['objectives.0.id'], 'https://example.org/courses/module/objectives/tell');
});
