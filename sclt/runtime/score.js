/** Judging answers, scoring and completion. Pure: no browser, no LMS. */
import { UNITS, answerOf, hash, idsOf, isJudged, mix, optionsOf } from './state.js';

/** @returns {boolean} whether an option or a range is right */
export const isRight = ({ correct }) => correct;

/** @returns {number} rounded to so many decimals */
export const round = (number, decimals = 4) => Number(number.toFixed(decimals));

/** @returns {number} NaN if the text is no number; comma or point, spaces between thousands */
export function parseNumber(text) {
  let plain = text.replace(/[\s']/g, '').replace(/^[\u2212\u2013]/, '-');
  // Where both marks stand, the last one is that of the decimals.
  if (/,.*\.|\..*,/.test(plain)) plain = plain.replace(/[,.](?=.*[,.])/g, '');
  plain = plain.replace(',', '.');
  return /^[-+]?[\d.]+$/.test(plain) ? Number(plain) : NaN;
}

/** A text as it is compared: one form of letters, quotes and dashes, single spaces. */
function plainText(text, matterOfCase) {
  const plain = String(text ?? '').normalize().trim().replace(/\s+/g, ' ').replace(/[\u2010-\u2015]/g, '-')
    .replace(/[\u2018\u2019]/g, "'").replace(/[\u201c-\u201f]/g, '"');
  return matterOfCase ? plain : plain.toLowerCase();
}

const same = (q, one, two) => plainText(one, q.case) === plainText(two, q.case);

/** @returns {{id: string, correct: boolean}|undefined} the accepted or foreseen answer that a typed one meets */
export function foreseen(q, response, lang) {
  if (q.accepted) return q.accepted[lang].find(each => same(q, each.text, response));
  const number = parseNumber(response),
    near = Math.abs(number) * 1e-9;
  return q.ranges.find(({ low, high }) => number >= low - near && number <= high + near);
}

function gapRight(q, { options, accepted }, response, lang) {
  return options ? options.some(({ id, correct }) => correct && id === response)
    : accepted[lang].some(text => same(q, text, response));
}

/**
 * The parts of an answer, by option, left side or gap, and what is to say of each.
 * @returns {[string, 'right'|'wrong'|'missed'|false][]} nothing where there are no parts
 */
export function marks(q, response, lang) {
  const mark = (id, right) => [id, right ? 'right' : 'wrong'],
    { type, left, pairs, gaps } = q;
  if (!isJudged(q)) return [];
  if (left) return left.map(({ id }) => mark(id, response[id] === pairs[id]));
  if (gaps) return gaps.map(gap => mark(gap.id, gapRight(q, gap, response[gap.id], lang)));
  return optionsOf(q).map(({ id, correct }, place) => {
    if (type === 'ordering') return mark(response[place], response[place] === id);
    return [response].flat().includes(id) ? mark(id, correct) : [id, correct && 'missed'];
  });
}

/** @returns {any} a right response, where there is one of the form of a list or of pairs */
export function rightOf(q, lang) {
  if (q.pairs) return q.pairs;
  if (q.gaps) return Object.fromEntries(q.gaps.map(({ id, options, accepted }) => [id, options ? options.find(isRight)?.id : accepted[lang][0]]));
  return idsOf(q.type === 'ordering' ? q.options : optionsOf(q).filter(isRight));
}

/** @returns {string[]} the gaps as they read: the chosen option's text or what was typed */
export const gapTexts = ({ gaps }, response, lang) => gaps.map(({ id, options }) =>
  options?.find(option => option.id === response[id])?.text[lang] ?? response[id] ?? '');

/** The share that is right, 0 to 1. */
function share(q, response, lang) {
  const { accepted, ranges, steps } = q;
  if (steps) return (steps.find(({ id }) => id === response.at(-1))?.score ?? 0) / 100;
  if (accepted || ranges) return Number(foreseen(q, response, lang)?.correct ?? 0);
  const found = marks(q, response, lang).map(([, mark]) => mark),
    count = mark => found.filter(each => each === mark).length;
  // Where options are to be chosen, a wrong one takes back a right one.
  const part = /choice|true/.test(q.type) ? (count('right') - count('wrong')) / (count('right') + count('missed')) : count('right') / found.length;
  return Math.max(0, q.partial === false ? Math.floor(part) : part);
}

/** @returns {number|null} UNITS for a right answer, part of it where the author allows, null where nothing is right or wrong */
export const judge = (q, response, lang) => (isJudged(q) ? Math.round(share(q, response, lang) * UNITS) : null);

/** @returns {string} what a share of UNITS is called in data-result */
export const kindOf = share => (share == null ? 'kept' : share >= UNITS ? 'correct' : share ? 'partial' : 'incorrect');

/** @returns {number} Infinity without limit */
export const triesLeft = ({ retries }, { tries }) => (retries < 0 ? Infinity : retries + 1 - tries);

/** @returns {boolean} whether no more can be answered */
export const isLocked = (q, answer) => answer.tries > 0 && isJudged(q)
  && (answer.best >= UNITS || triesLeft(q, answer) <= 0);

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
  for (const id of pools(course, state).flatMap(([drawn]) => drawn)) state.answers.set(id, answerOf(state, id));
}

/** Of each pool the questions that are drawn, and the others. */
function pools(course, state) {
  const weight = id => state.answers.has(id) + (answerOf(state, id).tries > 0);
  return Object.entries(course.pools).map(([id, pool]) => {
    const sorted = mix(pool.questions, salt(state, id)).sort((a, b) => weight(b) - weight(a));
    return [sorted.slice(0, pool.draw), sorted.slice(pool.draw)];
  });
}

/** @returns {string[]} the ids of this attempt's questions, in the course's order */
export function activeQuestions(course, state) {
  const out = pools(course, state).flatMap(([, others]) => others);
  return course.pages.flatMap(page => page.questions).filter(id => !out.includes(id));
}

function scoreOf(course, state, ids) {
  const sum = value => ids.reduce((total, id) => total + course.questions[id].points * value(answerOf(state, id)), 0),
    done = ids.every(id => answerOf(state, id).tries);
  return { done, scaled: done && ids.length ? round(sum(({ best }) => best) / sum(() => UNITS)) : null };
}

/**
 * Where a learner stands.
 * @returns {{visited: number, questions: string[], answered: number, scored: number, assessed: boolean,
 *   scaled: number|null, complete: boolean, progress: number, objectives: {id: string, scaled: number|null, done: boolean}[],
 *   open: string[], revisit: string[]}}
 */
export function summary(course, state) {
  const { pages } = course,
    isVisited = ({ id }) => state.visited.has(id),
    isOpen = id => !answerOf(state, id).tries,
    questions = activeQuestions(course, state),
    scored = questions.filter(id => course.questions[id].points > 0 && isJudged(course.questions[id])),
    open = scored.filter(isOpen),
    visited = pages.filter(isVisited).length,
    { done, scaled } = scoreOf(course, state, scored);
  const objective = ({ id }) => {
    const own = scoreOf(course, state, scored.filter(q => course.questions[q].objective === id));
    return { id, scaled: own.scaled, done: own.done && pages.filter(page => page.objectives.includes(id)).every(isVisited) };
  };
  return {
    visited, questions, answered: questions.length - questions.filter(isOpen).length, scored: scored.length, assessed: done, scaled, open,
    complete: done && visited === pages.length,
    progress: (visited + scored.length - open.length) / (pages.length + scored.length),
    objectives: course.objectives.map(objective),
    revisit: scored.filter(id => !isOpen(id) && answerOf(state, id).best < UNITS),
  };
}

/** Take over into the state what has been reached: it is never lost again. @param {number|null} mastery 0 to 1 */
export function keepReached(state, { scaled, complete }, mastery) {
  if (scaled != null) state.best = Math.max(state.best ?? 0, round(scaled * 100));
  if (mastery != null && state.best != null && state.best >= round(mastery * 100, 2)) state.passed = true;
  state.complete ||= complete;
}

/** @returns {'passed'|'failed'|''} @param {number|null} mastery */
export function verdict(state, mastery) {
  if (state.passed) return 'passed';
  return mastery != null && state.best != null ? 'failed' : '';
}

/**
 * What an LMS is to be told. While somebody who has failed tries again the course is open: an LMS that locks what has failed would
 * lock them out.
 * @returns {{complete: boolean, success: 'passed'|'failed'|'unknown'|'', again: boolean}} `again`: a status may become lesser
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
