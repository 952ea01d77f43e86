/** Conditions for going on, and the short way: what holds a learner, what counts, and what a saved state keeps of it. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { activeQuestions, holding, isMet, pagesOf, summary } from '../../../sclt/runtime/score.js';
import { UNITS, add, freshState, pack, unpack } from '../../../sclt/runtime/state.js';
import { makeCourse, question } from './course.mjs';

/** Two questions on the first of three pages; the first and the last page are on the short way. */
function course(go_on, more = {}) {
  const made = makeCourse(3, 0);
  made.short = 'SHO';
  made.questions = Object.fromEntries(['one', 'two'].map((id) => [id, question('single-choice', { key: `Q${id[0]}_`, page: 'p0', retries: 1, ...more })]));
  Object.assign(made.pages[0], { go_on, questions: ['one', 'two'], short: true, ...(go_on.opened || go_on.minutes ? { met: 'MET' } : {}) });
  made.pages[2].short = true;
  return made;
}

const answered = (state, id, tries, best) => state.answers.set(id, { tries, best, response: 'b' });

test('each condition asks for what it says', () => {
  const state = freshState('a');
  answered(state, 'one', 1, UNITS);
  assert.deepEqual(holding(course({ answered: 1 }), state, course({ answered: 1 }).pages[0]), ['two']);
  answered(state, 'two', 1, 0);
  assert.deepEqual(holding(course({ answered: 1 }), state, course({ answered: 1 }).pages[0]), []);
  const strict = course({ passed: 1 });
  assert.deepEqual(holding(strict, state, strict.pages[0]), ['two']);
  answered(state, 'two', 2, 0);
  assert.deepEqual(holding(strict, state, strict.pages[0]), [], 'no try is left');
  const practice = course({ passed: 1 }, { points: 0 });
  assert.deepEqual(holding(practice, freshState('a'), practice.pages[0]), []);
});

test('what no answer tells is met when the state says so', () => {
  const made = course({ opened: 1, minutes: 2 }),
    state = freshState('a');
  assert.equal(isMet(made, state, made.pages[0]), false);
  state.met.add('p0');
  assert.equal(isMet(made, state, made.pages[0]), true);
});

test('a course is complete when its conditions are met', () => {
  const made = course({ minutes: 2 }),
    state = freshState('a');
  for (const page of made.pages) state.visited.add(page.id);
  for (const id of ['one', 'two']) answered(state, id, 1, UNITS);
  assert.equal(summary(made, state).complete, false);
  state.met.add('p0');
  assert.equal(summary(made, state).complete, true);
});

test('on the short way its pages and questions count, and nothing else', () => {
  const made = course({});
  made.questions.three = question('single-choice', { key: 'Q3_', page: 'p1', objective: 'tell' });
  made.pages[1].questions = ['three'];
  const state = { ...freshState('a'), short: true };
  assert.deepEqual(pagesOf(made, state).map(({ id }) => id), ['p0', 'p2']);
  assert.deepEqual(activeQuestions(made, state), ['one', 'two']);
  for (const id of ['p0', 'p2']) state.visited.add(id);
  for (const id of ['one', 'two']) answered(state, id, 1, UNITS);
  const now = summary(made, state);
  assert.deepEqual([now.complete, now.scaled, now.progress], [true, 1, 1]);
  assert.equal(summary(made, { ...state, short: false }).complete, false);
});

test('an objective that the short way does not touch is not reached on it', () => {
  const made = course({});
  made.objectives.push({ id: 'deep', key: 'O01', was: [], text: {} });
  made.pages[1].objectives = ['deep'];
  const state = { ...freshState('a'), short: true };
  for (const page of made.pages) state.visited.add(page.id);
  assert.equal(summary(made, state).objectives.find(({ id }) => id === 'deep').done, false);
  assert.equal(summary(made, { ...state, short: false }).objectives.find(({ id }) => id === 'deep').done, true);
});

test('a saved state keeps what was met and which way is taken; an earlier one says neither', () => {
  const made = course({ opened: 1 }),
    state = { ...freshState('a'), short: true };
  state.met.add('p0');
  state.visited.add('p1');
  const back = unpack(pack(state, made).text, made);
  assert.deepEqual([[...back.met], back.short, [...back.visited]], [['p0'], true, ['p1']]);
  const before = unpack(pack({ ...state, short: false, met: new Set() }, made).text, made);
  assert.deepEqual([[...before.met], before.short, [...before.visited]], [[], false, ['p1']]);
  // A course without ways reads the state of one that had them.
  const plain = { ...made, short: undefined, pages: made.pages.map(({ met, ...page }) => page) };
  assert.deepEqual([...unpack(pack(state, made).text, plain).visited], ['p1']);
});

test('what one of two states has met, both have', () => {
  const made = course({ opened: 1 }),
    other = freshState('b');
  other.met.add('p0');
  assert.deepEqual([...add(freshState('a'), other, made).met], ['p0']);
});
