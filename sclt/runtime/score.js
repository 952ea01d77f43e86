/** Judging answers, scoring and completion. Pure: no browser, no LMS. */
import { UNITS, hash, mix } from './state.js';

const UNSCORED = new Set(['likert', 'long-answer']);

/** @returns {boolean} whether a question counts for the score */
export const isScored = (question) => question.points > 0 && !UNSCORED.has(question.type);

/** @returns {boolean} whether an answer of this type is right or wrong at all */
export const isJudged = (question) => !UNSCORED.has(question.type);

/** @returns {number} NaN if the text is no number; comma or point, spaces between thousands */
export function parseNumber(text) {
  let plain = String(text).trim().replace(/[\s\u00a0\u202f\u2009']/g, '').replace(/^[\u2212\u2013]/, '-');
  const last = Math.max(plain.lastIndexOf(','), plain.lastIndexOf('.'));
  const both = plain.includes(',') && plain.includes('.');
  if (both) plain = plain.slice(0, last).replace(/[.,]/g, '') + '.' + plain.slice(last + 1);
  else plain = plain.replace(',', '.');
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
}

/** @returns {string} a text as it is compared: one form of letters, quotes and dashes, single spaces */
export function plainText(text, matterOfCase) {
  const plain = String(text ?? '').normalize('NFC').trim().replace(/\s+/g, ' ').replace(/[\u2010-\u2015]/g, '-')
    .replace(/[\u2018\u2019]/g, "'").replace(/[\u201c-\u201f]/g, '"');
  return matterOfCase ? plain : plain.toLocaleLowerCase('lt').toLowerCase();
}

const share = (right, all) => (all ? Math.max(0, right / all) : 0);
const same = (question, one, two) => plainText(one, question.case) === plainText(two, question.case);

/** @returns {{id: string, correct: boolean}|undefined} the accepted or foreseen answer that a typed one meets */
export function foreseen(question, response, language) {
  if (question.type === 'short-answer') return question.accepted[language]?.find((each) => same(question, each.text, response));
  const number = parseNumber(response);
  const near = Math.abs(number) * 1e-9;
  return question.ranges.find(({ low, high }) => number >= low - near && number <= high + near);
}

/** @returns {boolean} whether the response fills a gap rightly */
export function gapRight(question, gap, response, language) {
  if (gap.choose) return gap.options.some((option) => option.id === response && option.correct);
  return (gap.accepted[language] ?? []).some((text) => same(question, text, response));
}

function choiceShare({ options }, chosen) {
  const right = options.filter((option) => option.correct);
  const hits = right.filter((option) => chosen.includes(option.id)).length;
  return share(hits - (chosen.length - hits), right.length);
}

const endingShare = ({ steps }, path) => (steps.find((step) => step.id === path.at(-1))?.score ?? 0) / 100;

const shares = {
  'single-choice': (q, response) => Number(q.options.some((option) => option.id === response && option.correct)),
  'multiple-choice': choiceShare,
  'true-false': (q, response) => Number(String(q.answer) === response),
  'short-answer': (q, response, language) => Number(Boolean(foreseen(q, response, language)?.correct)),
  numeric: (q, response) => Number(Boolean(foreseen(q, response)?.correct)),
  matching: (q, response) => share(q.left.filter(({ id }) => response[id] === q.pairs[id]).length, q.left.length),
  ordering: (q, response) => share(q.options.filter(({ id }, place) => response[place] === id).length, q.options.length),
  gaps: (q, response, language) => share(q.gaps.filter((gap) => gapRight(q, gap, response[gap.id], language)).length, q.gaps.length),
  scenario: endingShare,
};

/** @returns {number|null} UNITS for a right answer, part of it where the author allows, null where nothing is right or wrong */
export function judge(question, response, language) {
  if (!isJudged(question)) return null;
  const part = shares[question.type](question, response, language);
  const whole = question.partial === false && question.type !== 'scenario' ? Math.floor(part) : part;
  return Math.round(whole * UNITS);
}

/** @returns {boolean} whether no more can be answered */
export function isLocked(question, answer) {
  if (!answer?.tries || !isJudged(question) || question.type === 'scenario') return false;
  return answer.best >= UNITS || triesLeft(question, answer) <= 0;
}

/** @returns {number} Infinity without limit */
export function triesLeft(question, answer) {
  const retries = question.retries === 'unlimited' || question.retries < 0 ? Infinity : question.retries ?? 0;
  return retries + 1 - (answer?.tries ?? 0);
}

/** @returns {string} what the order of a question's options depends on: the attempt, and nothing that changes within it */
export const salt = (state, id) => `${state.seed}.${state.attempt}.${id}`;

/** Clear what was judged, for another attempt; what was reached and written stays. */
export function nextAttempt(course, state) {
  state.attempt += 1;
  for (const id of [...state.answers.keys()]) if (isJudged(course.questions[id])) state.answers.delete(id);
  draw(course, state);
}

/** Draw the questions of each pool. What an attempt has drawn stays drawn when the author adds questions. */
export function draw(course, state) {
  for (const [id, pool] of Object.entries(course.pools ?? {})) {
    for (const question of drawn(pool, state, id)) {
      if (!state.answers.has(question)) state.answers.set(question, { tries: 0, best: 0, response: undefined });
    }
  }
}

function drawn(pool, state, id) {
  const weight = (question) => (state.answers.get(question)?.tries ? 2 : Number(state.answers.has(question)));
  return mix(pool.questions, salt(state, id)).sort((a, b) => weight(b) - weight(a)).slice(0, pool.draw);
}

/** @returns {string[]} the ids of this attempt's questions, in the course's order */
export function activeQuestions(course, state) {
  const pools = Object.entries(course.pools ?? {});
  const out = new Set(pools.flatMap(([id, pool]) => {
    const kept = new Set(drawn(pool, state, id));
    return pool.questions.filter((question) => !kept.has(question));
  }));
  return course.pages.flatMap((page) => page.questions ?? []).filter((id) => !out.has(id));
}

const sum = (list, value) => list.reduce((total, each) => total + value(each), 0);

function scoreOf(course, state, ids) {
  const total = sum(ids, (id) => course.questions[id].points);
  const points = sum(ids, (id) => course.questions[id].points * (state.answers.get(id)?.best ?? 0)) / UNITS;
  const done = ids.every((id) => state.answers.get(id)?.tries > 0);
  return { total, points, done, scaled: total && done ? Math.round((points / total) * 1e4) / 1e4 : null };
}

function objectiveResult(course, state, scored, objective) {
  const pages = course.pages.filter((page) => page.objectives?.includes(objective.id));
  const score = scoreOf(course, state, scored.filter((id) => course.questions[id].objective === objective.id));
  return { id: objective.id, scaled: score.scaled, done: score.done && pages.every((page) => state.visited.has(page.id)) };
}

/**
 * Where a learner stands.
 * @returns {{pages: number, visited: number, questions: string[], answered: number, scored: number, assessed: boolean,
 *   scaled: number|null, complete: boolean, progress: number, objectives: {id: string, scaled: number|null, done: boolean}[],
 *   open: string[], revisit: string[]}}
 */
export function summary(course, state) {
  const questions = activeQuestions(course, state);
  const isDone = (id) => state.answers.get(id)?.tries > 0;
  const scored = questions.filter((id) => isScored(course.questions[id]));
  const score = scoreOf(course, state, scored);
  const visited = course.pages.filter((page) => state.visited.has(page.id)).length;
  const answered = questions.filter(isDone).length;
  const steps = course.pages.length + scored.length;
  return {
    pages: course.pages.length, visited, questions, answered, scored: scored.length, assessed: score.done, scaled: score.scaled,
    complete: visited === course.pages.length && score.done,
    progress: steps ? (visited + scored.filter(isDone).length) / steps : 1,
    objectives: (course.objectives ?? []).map((objective) => objectiveResult(course, state, scored, objective)),
    open: scored.filter((id) => !isDone(id)),
    revisit: scored.filter((id) => isDone(id) && state.answers.get(id).best < UNITS),
  };
}

/** Take over into the state what has been reached: it is never lost again. @param {number|null} mastery 0 to 1 */
export function keepReached(state, reached, mastery) {
  if (reached.scaled != null) state.best = Math.max(state.best ?? 0, Math.round(reached.scaled * 1e4) / 100);
  if (mastery != null && state.best != null && state.best >= Math.round(mastery * 1e4) / 100) state.passed = true;
  state.complete ||= reached.complete;
}

/** @returns {'passed'|'failed'|''} @param {number|null} mastery */
export function verdict(state, mastery) {
  if (state.passed) return 'passed';
  return mastery != null && state.best != null ? 'failed' : '';
}

/** @returns {string} a random start for mixing and drawing */
export const newSeed = () => (hash(`${Date.now()}${Math.random()}`) % 1679616).toString(36);
