import assert from 'node:assert/strict';
import test from 'node:test';
import { UNITS, freshState } from '../../../sclt/runtime/state.js';
import { activeQuestions, draw, isLocked, judge, keepReached, nextAttempt, summary, triesLeft, verdict } from '../../../sclt/runtime/score.js';
import { parseNumber } from '../../../sclt/runtime/types.js';
import { RESPONSES, makeCourse, question } from './course.mjs';

const share = (type, response, more, language = 'lt') => {
  const units = judge(question(type, more), response, language);
  return units == null ? null : units / UNITS;
};
const answered = (best) => ({ tries: 1, best: best * UNITS, response: undefined });

test('right and wrong by type', () => {
  const cases = [
    ['single-choice', 'b', 1], ['single-choice', 'a', 0], ['true-false', 'true', 1], ['true-false', 'false', 0],
    ['multiple-choice', ['shared-goal', 'c'], 1], ['multiple-choice', ['shared-goal'], 0.5], ['multiple-choice', ['shared-goal', 'b'], 0],
    ['multiple-choice', ['b', 'd'], 0], ['multiple-choice', ['shared-goal', 'b', 'c'], 0.5],
    ['short-answer', '  ŽEMAITIJA ', 1], ['short-answer', 'Dzūkija', 0], ['short-answer', 'Zemaitija', 0],
    ['numeric', '42,5', 1], ['numeric', '41.5', 1], ['numeric', '42,51', 0], ['numeric', '24', 0],
    ['matching', { a: 'a', b: 'b' }, 1], ['matching', { a: 'a', b: 'c' }, 0.5], ['matching', {}, 0],
    ['ordering', ['a', 'b', 'c'], 1], ['ordering', ['b', 'a', 'c'], 1 / 3], ['gaps', { a: 'A,  b', b: 'b' }, 0.5], ['gaps', { a: 'ALFA', b: 'a' }, 1],
    ['likert', 'c', null], ['long-answer', 'x', null], ['scenario', ['invite', 'letter'], 0.4], ['scenario', ['invite', 'call'], 1],
  ];
  for (const [type, response, expected] of cases) assert.equal(share(type, response), expected, `${type} ${JSON.stringify(response)}`);
});

test('letter case counts where the author says so, and partly right is wrong without partial', () => {
  assert.equal(share('short-answer', 'žemaitija', { case: true }), 0);
  assert.equal(share('matching', { a: 'a', b: 'c' }, { partial: false }), 0);
  assert.equal(share('scenario', ['invite', 'letter'], { partial: false }), 0.4);
  assert.equal(share('short-answer', 'samogitia', {}, 'en'), 1);
});

test('numbers as people write them', () => {
  const cases = { '12,5': 12.5, '12.5': 12.5, '1 234,5': 1234.5, '1\u00a0234': 1234, '1\u202f234,5': 1234.5, '1.234,5': 1234.5, '1,234.5': 1234.5,
    '−3': -3, '+7': 7, ',5': 0.5, ' 0 ': 0 };
  for (const [text, number] of Object.entries(cases)) assert.equal(parseNumber(text), number, text);
  for (const text of ['', 'abc', '1e5', '0x10', '12 kg', '1,2,3', '--1']) assert.ok(Number.isNaN(parseNumber(text)), text);
});

test('tries', () => {
  const q = question('single-choice');
  assert.equal(isLocked(q, { tries: 1, best: 0 }), false);
  assert.equal(isLocked(q, { tries: 2, best: 0 }), true);
  assert.equal(isLocked(q, { tries: 1, best: UNITS }), true);
  assert.equal(triesLeft(question('numeric', { retries: -1 }), { tries: 50 }), Infinity);
  assert.equal(isLocked(question('likert'), { tries: 5, best: 0 }), false);
});

test('the score waits for every scored question, practice counts for nothing', () => {
  const course = makeCourse(2, 2, (type, n) => ({ points: n + 1 }));
  course.questions.practice = question('true-false', { points: 0, page: 'p0' });
  course.pages[0].questions.push('practice');
  const state = freshState('s');
  state.answers.set('q0', answered(1));
  assert.deepEqual([summary(course, state).scaled, summary(course, state).assessed], [null, false]);
  state.answers.set('q1', answered(0.5));
  const now = summary(course, state);
  assert.deepEqual([now.scaled, now.assessed, now.complete, now.open, now.revisit], [0.6667, true, false, [], ['q1']]);
  course.pages.forEach((page) => state.visited.add(page.id));
  assert.deepEqual([summary(course, state).complete, summary(course, state).progress], [true, 1]);
});

test('the best score and the verdict stay over attempts', () => {
  const course = makeCourse(1, 1);
  const state = freshState('s');
  state.visited.add('p0');
  state.answers.set('q0', answered(1));
  keepReached(state, summary(course, state), 0.7);
  assert.deepEqual([state.best, state.complete, verdict(state, 0.7)], [100, true, 'passed']);
  nextAttempt(course, state);
  state.answers.set('q0', answered(0));
  keepReached(state, summary(course, state), 0.7);
  assert.deepEqual([state.best, state.complete, verdict(state, 0.7)], [100, true, 'passed']);
});

test('exactly the mastery passes; without mastery there is no verdict', () => {
  const course = makeCourse(1, 1);
  for (const [best, mastery, expected] of [[0.7, 0.7, 'passed'], [0.6992, 0.7, 'failed'], [0.1, null, '']]) {
    const state = freshState('s');
    state.answers.set('q0', answered(best));
    keepReached(state, summary(course, state), mastery);
    assert.equal(verdict(state, mastery), expected);
  }
});

test('objectives', () => {
  const course = makeCourse(1, 2, (type, n) => ({ objective: n ? 'tell' : '' }));
  const state = freshState('s');
  state.answers.set('q1', answered(0.5));
  assert.deepEqual(summary(course, state).objectives, [{ id: 'tell', scaled: 0.5, done: false }]);
  state.visited.add('p0');
  assert.equal(summary(course, state).objectives[0].done, true);
});

test('a draw stays when the pool grows, and changes with the attempt', () => {
  const course = makeCourse(1, 30);
  course.pools = { final: { draw: 5, questions: Object.keys(course.questions).slice(0, 20) } };
  const state = freshState('s');
  draw(course, state);
  const first = activeQuestions(course, state);
  assert.equal(first.length, 15);
  state.answers.set(first[0], answered(1));
  course.pools.final.questions = Object.keys(course.questions).slice(0, 25);
  draw(course, state);
  const drawn = (list) => list.filter((id) => course.pools.final.questions.includes(id));
  assert.deepEqual(drawn(activeQuestions(course, state)), drawn(first).filter((id) => Number(id.slice(1)) < 20));
  nextAttempt(course, state);
  draw(course, state);
  assert.notDeepEqual(drawn(activeQuestions(course, state)), drawn(first));
  assert.ok(RESPONSES.likert);
});
