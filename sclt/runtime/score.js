/**
 * Judging answers, scoring and completion. Pure: no browser, no LMS.
 *
 * @import { Course, Objective, Page, Question } from './declarations/course.js'
 * @import { Answer, State } from './state.js'
 * @import { LearnerResponse, Mark } from './types.js'
 * @typedef {object} Summary where a learner stands
 * @property {number} visited pages
 * @property {string[]} questions of this attempt
 * @property {number} answered
 * @property {number} scored
 * @property {boolean} assessed whether all scored questions are answered
 * @property {number | null} scaled 0 to 1; null until then
 * @property {boolean} complete
 * @property {number} progress 0 to 1
 * @property {Reached[]} objectives
 * @property {string[]} open scored questions without an answer
 * @property {string[]} revisit those that are not answered rightly
 *
 * @typedef {{id: string, scaled: number | null, done: boolean}} Reached  what is reached of an objective
 * @typedef {{complete: boolean, success: 'passed' | 'failed' | 'unknown' | '', again: boolean}} Standing  `again`: a status may become lesser
 */
import { hash } from './hash.js';
import { UNITS, answerOf, isJudged, mix } from './state.js';
import { typeOf } from './types.js';

/** @returns {number} rounded to so many decimals @param {number} number @param {number} [decimals] */
export const round = (number, decimals = 4) => Number(number.toFixed(decimals));

/**
 * @returns {Mark[]} what is to say of each part of an answer; nothing where there are no parts
 * @param {Question} q @param {LearnerResponse} response @param {string} lang
 */
export const marks = (q, response, lang) => (isJudged(q) ? typeOf(q).marks(q, response, lang) : []);

/**
 * @returns {number|null} UNITS for a right answer, part of it where the author allows, null where nothing is right or wrong
 * @param {Question} q @param {LearnerResponse} response @param {string} lang
 */
export const judge = (q, response, lang) => (isJudged(q) ? Math.round(typeOf(q).share(q, response, lang) * UNITS) : null);

/** @returns {string} what a share of UNITS is called in data-result @param {number | null} share */
export const kindOf = share => (share == null ? 'kept' : share >= UNITS ? 'correct' : share ? 'partial' : 'incorrect');

/** @returns {number} Infinity without limit @param {Question} q @param {Answer} answer */
export const triesLeft = ({ retries }, { tries }) => (retries < 0 ? Infinity : retries + 1 - tries);

/** @returns {boolean} whether no more can be answered @param {Question} q @param {Answer} answer */
export const isLocked = (q, answer) => answer.tries > 0 && isJudged(q)
  && (answer.best >= UNITS || triesLeft(q, answer) <= 0);

/**
 * @returns {string} what the order of a question's options depends on: the attempt, and nothing that changes within it
 * @param {State} state @param {string} id
 */
export const salt = (state, id) => `${state.seed}.${state.attempt}.${id}`;

/** Clear what was judged, for another attempt; what was reached and written stays. @param {Course} course @param {State} state */
export function nextAttempt(course, state) {
  state.attempt += 1;
  for (const id of [...state.answers.keys()]) if (isJudged(course.questions[id])) state.answers.delete(id);
  draw(course, state);
}

/**
 * Draw the questions of each pool. What an attempt has drawn stays drawn when the author adds questions.
 * @param {Course} course @param {State} state
 */
export function draw(course, state) {
  for (const id of pools(course, state).flatMap(([drawn]) => drawn)) state.answers.set(id, answerOf(state, id));
}

/** Of each pool the questions that are drawn, and the others. @param {Course} course @param {State} state */
function pools(course, state) {
  /** @param {string} id */
  const weight = id => Number(state.answers.has(id)) + Number(answerOf(state, id).tries > 0);
  return Object.entries(course.pools).map(([id, pool]) => {
    const sorted = mix(pool.questions, salt(state, id)).sort((a, b) => weight(b) - weight(a));
    return [sorted.slice(0, pool.draw), sorted.slice(pool.draw)];
  });
}

/** @returns {Page[]} the pages of the way that the learner takes @param {Course} course @param {State} state */
export const pagesOf = ({ pages }, { short }) => (short ? pages.filter(page => page.short) : pages);

/** @returns {string[]} the ids of this attempt's questions, in the course's order @param {Course} course @param {State} state */
export function activeQuestions(course, state) {
  const out = pools(course, state).flatMap(([, others]) => others);
  return pagesOf(course, state).flatMap(page => page.questions).filter(id => !out.includes(id));
}

/**
 * Questions of a page that still stand in the way: without an answer, or not passed. Where no try is left nobody is held back.
 * @param {Course} course @param {State} state @param {Page} page @returns {string[]}
 */
export function holding(course, state, { go_on = {}, questions }) {
  const { answered, passed } = go_on,
    active = answered || passed ? activeQuestions(course, state) : [];
  return questions.filter(id => {
    const q = course.questions[id],
      answer = answerOf(state, id);
    return active.includes(id) && ((answered && !answer.tries) || (passed && q.points > 0 && isJudged(q) && answer.best < UNITS && !isLocked(q, answer)));
  });
}

/** Whether a learner may go on from a page. @param {Course} course @param {State} state @param {Page} page */
export const isMet = (course, state, page) => !holding(course, state, page).length && (!page.met || state.met.has(page.id));

/** @param {Course} course @param {State} state @param {string[]} ids */
function scoreOf(course, state, ids) {
  /** @param {(answer: Answer) => number} value */
  const sum = value => ids.reduce((total, id) => total + course.questions[id].points * value(answerOf(state, id)), 0),
    done = ids.every(id => answerOf(state, id).tries);
  return { done, scaled: done && ids.length ? round(sum(({ best }) => best) / sum(() => UNITS)) : null };
}

/** @returns {Page[]} the pages that teach what an objective says @param {Course} course @param {string} objective */
export const teachers = ({ pages }, objective) => (objective ? pages.filter(({ objectives }) => objectives.includes(objective)) : []);

/**
 * Where a learner stands.
 * @param {Course} course @param {State} state @returns {Summary}
 */
export function summary(course, state) {
  const pages = pagesOf(course, state),
    /** @type {(page: {id: string}) => boolean} */
    isVisited = ({ id }) => state.visited.has(id),
    /** @type {(id: string) => boolean} */
    isOpen = id => !answerOf(state, id).tries,
    questions = activeQuestions(course, state),
    scored = questions.filter(id => course.questions[id].points > 0 && isJudged(course.questions[id])),
    open = scored.filter(isOpen),
    visited = pages.filter(isVisited).length,
    { done, scaled } = scoreOf(course, state, scored);
  /** @param {Objective} objective @returns {Reached} */
  const objective = ({ id }) => {
    const mine = scored.filter(q => course.questions[q].objective === id),
      own = scoreOf(course, state, mine),
      taught = pages.filter(page => page.objectives.includes(id));
    // What the short way does not touch is not reached on it.
    return { id, scaled: own.scaled, done: own.done && taught.every(isVisited) && !(state.short && !mine.length && !taught.length) };
  };
  return {
    visited, questions, answered: questions.length - questions.filter(isOpen).length, scored: scored.length, assessed: done, scaled, open,
    complete: done && visited === pages.length && pages.every(page => isMet(course, state, page)),
    progress: (visited + scored.length - open.length) / (pages.length + scored.length),
    objectives: course.objectives.map(objective),
    revisit: scored.filter(id => !isOpen(id) && answerOf(state, id).best < UNITS),
  };
}

/**
 * Take over into the state what has been reached: it is never lost again.
 * @param {State} state @param {Summary} now @param {number | null} mastery 0 to 1
 */
export function keepReached(state, { scaled, complete }, mastery) {
  if (scaled != null) state.best = Math.max(state.best ?? 0, round(scaled * 100));
  if (mastery != null && state.best != null && state.best >= round(mastery * 100, 2)) state.passed = true;
  state.complete ||= complete;
}

/** @param {State} state @param {number | null} mastery @returns {'passed' | 'failed' | ''} */
export function verdict(state, mastery) {
  if (state.passed) return 'passed';
  return mastery != null && state.best != null ? 'failed' : '';
}

/**
 * What an LMS is to be told. While somebody who has failed tries again the course is open: an LMS that locks what has failed would
 * lock them out.
 * @param {State} state @param {Summary} now @param {number | null} mastery @returns {Standing}
 */
export function standing(state, { assessed }, mastery) {
  const success = verdict(state, mastery),
    again = success === 'failed' && state.attempt > 1 && !assessed;
  return again ? { complete: false, success: 'unknown', again } : { complete: state.complete, success, again };
}

/** @returns {string} what nothing else is called */
export const newKey = () => `${Date.now()}${Math.random()}`;

/** @returns {string} a random start for mixing and drawing */
export const newSeed = () => (hash(newKey()) % 1679616).toString(36);
