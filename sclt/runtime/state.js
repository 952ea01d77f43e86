/**
 * What a learner has done, and its compact form in an LMS. docs/saved-state.md describes the form.
 * Pure: no browser, no LMS.
 *
 * @typedef {{tries: number, best: number, response?: LearnerResponse | null}} Answer  best in UNITS; a drawn question has an Answer with no tries
 * @typedef {{seed: string, attempt: number, revision: number, language: string, passed: boolean, complete: boolean,
 *   best: number|null, place: string, comments: number, visited: Set<string>, met: Set<string>, short: boolean, answers: Map<string, Answer>, sheets: Map<string, Record<string, string>>,
 *   interactions: string[], objectives: string[], touched: string[], others: string}} State  best is 0 to 100, over all attempts;
 *   `met` are pages whose conditions for going on were met, as far as no answer tells it; `short`: whether the learner takes the short way;
 *   interactions and objectives are keys by their index in the LMS's lists; others are states of other modules, as they came
 * @import { Course, Question, Recorded } from './declarations/course.js'
 * @import { LearnerResponse } from './types.js'
 */
import { hash } from './hash.js';
import { base36, packFields, unbase36, unpackFields } from './packing.js';
import { typeOf } from './types.js';

/** A full score of a question. Divisible by 1 to 7, 9, 10 and 12, so that shares of points stay exact. */
export const UNITS = 1260;
/** What a saved state has of free texts at most, in bytes as a form sends them: a page that closes can send 64 KB in all. */
const TEXTS_ROOM = 24000;
/** How many parts a saved state has, by the version of its form. @type {Record<string, number>} */
const PARTS = { 1: 4, 2: 6 };
/** An index in a list of the LMS that none of ours has. */
const NONE = '---';

/**
 * @returns {string[]} the ids in an order that depends on the salt, but for those that keep their place; a new id moves no other past another
 * @param {string[]} ids @param {string} salt @param {string[]} [fixed]
 */
export function mix(ids, salt, fixed = []) {
  /** @param {string} id */
  const rank = id => hash(`${salt}/${id}`),
    mixed = ids.filter(id => !fixed.includes(id)).sort((a, b) => rank(b) - rank(a));
  return ids.map(id => (fixed.includes(id) ? id : /** @type {string} */ (mixed.pop())));
}

/** @returns {State} @param {string} seed */
export const freshState = seed => ({
  seed, attempt: 1, revision: 0, language: '', passed: false, complete: false, best: null, place: '', comments: 0,
  visited: new Set(), met: new Set(), short: false, answers: new Map(), sheets: new Map(), interactions: [], objectives: [], touched: [], others: '',
});

/** @returns {boolean} whether an answer of this type is right or wrong at all @param {{scored: boolean}} q */
export const isJudged = ({ scored }) => scored;

/** @returns {Answer} a question's answer, or an empty one @param {State} state @param {string} id */
export const answerOf = (state, id) => state.answers.get(id) ?? { tries: 0, best: 0 };

/** Remember which text was written last: it is the first to get room. @param {State} state @param {string} id */
export function touch(state, id) {
  state.touched = [...state.touched.filter(other => other !== id), id];
}

/**
 * Free texts in the order in which they get room: short answers and what is brief, then long ones and worksheets, newest first.
 * @param {State} state @param {Course} course
 */
function texts(state, course) {
  /** @param {string} id */
  const age = id => state.touched.length - state.touched.indexOf(id),
    /** @type {(id: string, record: Recorded, text: string | undefined, isLong?: boolean) => {id: string, text: string, rank: number}} */
    entry = (id, { key }, text, isLong) => ({ id, text: text ? `${key}${text}.` : '', rank: isLong ? age(id) : 0 }),
    answers = [...state.answers].map(([id, { response }]) => {
      const q = course.questions[id],
        { packText, long } = typeOf(q);
      return entry(id, q, packText?.(q, response), long);
    }),
    sheets = [...state.sheets].map(([id, fields]) => entry(id, course.worksheets[id], packFields(fields), !course.worksheets[id].brief));
  return [...answers, ...sheets].filter(each => each.text).sort((a, b) => a.rank - b.rank);
}

/** @returns {string} what a state calls its module @param {{id: string}} course */
const moduleKey = ({ id }) => base36(hash(id));

/** @param {State} state @param {Course} course */
function header(state, course) {
  const flags = Number(state.passed) + 2 * Number(state.complete),
    best = state.best == null ? '' : base36(Math.round(state.best * 100)),
    page = course.pages.find(each => each.id === state.place)?.key ?? '';
  return [`2${moduleKey(course)}`, state.seed, base36(state.attempt), base36(state.revision), state.language, flags + best, page,
    base36(state.comments)].join('.');
}

/** @param {Question} q @param {Answer} answer */
function packAnswer(q, { tries, best, response }) {
  const result = tries ? base36(Math.min(tries, 35)) + base36(best, 2) + (response == null ? '' : typeOf(q).pack(q, response)) : '';
  return `${q.key}${result}.`;
}

/** @returns {string} the part of the saved state that always has room @param {State} state @param {Course} course */
export function packCore(state, course) {
  const pages = course.pages.flatMap(({ id, key, met }) => [state.visited.has(id) ? key : '', met && state.met.has(id) ? met : '']).join('')
    + (state.short ? course.short ?? '' : '');
  const answers = Object.entries(course.questions).filter(([id]) => state.answers.has(id))
    .map(([id, q]) => packAnswer(q, answerOf(state, id))).join('');
  return `${[header(state, course), pages, answers, state.interactions.join(''), state.objectives.join('')].join(';')};`;
}

/** @param {string} text */
const bytes = text => new Blob([text]).size;

/** @returns {number} the bytes that a text takes in a form that is sent @param {string} text */
export const sentBytes = text => encodeURIComponent(text.toWellFormed?.() ?? text.replace(/\p{Cs}/gu, '?')).length;

/** The states of other modules, whole or without their texts, as far as they have room. @param {string} others @param {number} room */
function packOthers(others, room) {
  const cores = split(others).map(parts => [...parts.slice(0, -1), ''].join(';')).join(';');
  return [others, cores].find(text => text && bytes(text) < room) ?? '';
}

/**
 * @param {State} state @param {Course} course
 * @param {number} [limit] in characters; free texts are counted in bytes, as some LMSs do
 * @returns {{text: string, left: string[]}} the packed state, and the ids of questions and worksheets whose texts had no room
 */
export function pack(state, course, limit = Infinity) {
  const [most, size] = limit > TEXTS_ROOM && limit < Infinity ? [TEXTS_ROOM, sentBytes] : [limit, bytes],
    others = packOthers(state.others, limit - packCore(state, course).length);
  let packed = packCore(state, course);
  let room = most - size(packed) - size(others);
  /** @type {string[]} */
  const left = [];
  for (const { id, text } of texts(state, course)) {
    const needed = size(text);
    if (needed > room) left.push(id);
    else {
      packed += text;
      room -= needed;
    }
  }
  return { text: others ? `${packed};${others}` : packed, left };
}

/** Identifiers by the keys of now and of earlier identifiers. @param {[string, Recorded][]} entries @returns {Map<string, string>} */
function byKey(entries) {
  /** @type {[string, string][]} */
  const now = entries.map(([id, { key }]) => [key, id]);
  return new Map([...entries.flatMap(([id, { was = [] }]) => was.map(key => /** @type {[string, string]} */ ([key, id]))), ...now]);
}

/** @param {string} text @returns {[string, string][]} */
const records = text => text.split('.').filter(Boolean).map(record => [record.slice(0, 3), record.slice(3)]);

/** @type {Record<string, RegExp>} */
const HEADERS = {
  1: /^1()(\w+)\.(\w+)\.(\w+)\.([\w-]*)\.([0-3])(\w*)\.(.{0,3})()$/,
  2: /^2(\w+)\.(\w+)\.(\w+)\.(\w+)\.([\w-]*)\.([0-3])(\w*)\.(.{0,3})\.(\w+)$/,
};
/** @param {string} text */
const matchHeader = text => HEADERS[text[0]]?.exec(text);

/** @param {string} text @returns {State} */
function unpackHeader(text) {
  const [, , seed, attempt, revision, language, flags, best, place, comments] = /** @type {string[]} */ (matchHeader(text));
  return { ...freshState(seed), attempt: unbase36(attempt), revision: unbase36(revision), language, passed: Number(flags) % 2 === 1,
    complete: Number(flags) > 1, best: best ? unbase36(best) / 100 : null, place, comments: unbase36(comments) };
}

/** @returns {string[][]} the parts of each state in a saved text; what is no state ends it @param {string} text */
function split(text) {
  const fields = String(text).split(';'),
    states = [];
  while (fields.length && matchHeader(fields[0])) states.push(fields.splice(0, PARTS[fields[0][0]]));
  return states;
}

/** @param {string} text @returns {string[]} */
const inThrees = text => text.match(/.{3}/g) ?? [];

/**
 * Whether a state is of this module: it says so, or, in the first form, it knows a page or a question of it.
 * @param {Course} course @param {string[]} parts
 */
function isOf(course, [head, pages = '', answers = '']) {
  if (head[0] !== '1') return /** @type {string[]} */ (matchHeader(head))[1] === moduleKey(course);
  const known = byKey(/** @type {[string, Recorded][]} */ ([...course.pages.map(page => [page.id, page]), ...Object.entries(course.questions)])),
    keys = [...inThrees(pages), ...records(answers).map(([key]) => key)];
  return !keys.length || keys.some(key => known.has(key));
}

/** @param {Question} q @param {string} text */
function unpackChoice(q, text) {
  const tokens = text.match(/[A-Z][\w-]|[a-z0-9]/g);
  return tokens ? typeOf(q).unpack(q, tokens) : undefined;
}

/** @param {Question} q @param {string} text @returns {Answer} */
const unpackAnswer = (q, text) => ({
  tries: unbase36(text.slice(0, 1)), best: Math.max(0, Math.min(unbase36(text.slice(1, 3)), UNITS)), response: unpackChoice(q, text.slice(3)),
});

/**
 * A text at a question that is not answered by typing is none of its.
 * @param {State} state @param {Course} course @param {string} id @param {string} text
 */
function addText(state, course, id, text) {
  const q = course.questions[id],
    { unpackText } = q ? typeOf(q) : {};
  if (!text || (q && !unpackText)) return;
  state.touched.unshift(id);
  if (course.worksheets[id]) state.sheets.set(id, unpackFields(text));
  else {
    const answer = answerOf(state, id);
    state.answers.set(id, { ...answer, response: unpackText?.(q, answer.response, text) });
  }
}

/** @returns {string} the states in a saved text that are of other modules @param {string} text @param {Course} course */
export const foreign = (text, course) => split(text).filter(parts => !isOf(course, parts)).map(parts => parts.join(';')).join(';');

/**
 * @returns {State|null} null if the text has no state of this module; what the course no longer has is left out
 * @param {string} text @param {Course} course
 */
export function unpack(text, course) {
  const parts = split(text).find(each => isOf(course, each));
  if (!parts) return null;
  const [head, pages = '', answers = '', ...more] = parts,
    rest = more.pop() ?? '',
    [interactions = '', objectives = ''] = more,
    state = { ...unpackHeader(head), interactions: inThrees(interactions), objectives: inThrees(objectives), others: foreign(text, course) },
    pageIds = byKey(course.pages.map(page => [page.id, page])),
    ids = byKey(Object.entries({ ...course.questions, ...course.worksheets }));
  state.place = pageIds.get(state.place) ?? '';
  for (const key of inThrees(pages)) {
    const met = course.pages.find(page => page.met === key);
    if (pageIds.has(key)) state.visited.add(/** @type {string} */ (pageIds.get(key)));
    else if (met) state.met.add(met.id);
    else if (key === course.short) state.short = true;
  }
  for (const [key, value] of records(answers)) {
    const id = ids.get(key) ?? '',
      q = course.questions[id];
    if (q) state.answers.set(id, unpackAnswer(q, value));
  }
  for (const [key, value] of records(rest)) if (ids.has(key)) addText(state, course, /** @type {string} */ (ids.get(key)), value);
  return state;
}

/**
 * The index that one of ours has in a list of the LMS; a new one goes behind all that were there, ours and the LMS's.
 * @param {string[]} list keys by index, which is lengthened @param {string[]} keys of now and before @param {number} count of the LMS's entries
 */
export function indexIn(list, keys, count) {
  const known = list.findIndex(key => keys.includes(key));
  if (known >= 0) return known;
  while (list.length < count) list.push(NONE);
  return list.push(keys[0]) - 1;
}

/** Of two answers to a question the one with more tries; what was reached stays. @param {Answer | undefined} main @param {Answer} other */
function betterAnswer(main, other) {
  if (!main || !other) return main ?? other;
  const speaks = other.tries > main.tries || (!other.tries === !main.tries && main.response == null) ? other : main;
  return { ...speaks, best: Math.max(main.best, other.best) };
}

/** @param {string[]} one @param {string[]} two @returns {string[]} */
const both = (one, two) => [...one, ...two.filter(each => !one.includes(each))];

/**
 * Let one state speak and add what it lacks from another. Where the other is in a later attempt, what was judged in an earlier one counts no more.
 * @param {State} main @param {State} other @param {Course} course @param {(id: string) => boolean} [adds] whether an answer of the other counts
 */
export function add(main, other, course, adds = () => true) {
  const best = Math.max(main.best ?? -1, other.best ?? -1),
    attempt = Math.max(main.attempt, other.attempt),
    answers = new Map([...main.answers].filter(([id]) => main.attempt === attempt || !isJudged(course.questions[id])));
  for (const [id, answer] of other.answers) if (adds(id)) answers.set(id, betterAnswer(answers.get(id), answer));
  return {
    ...main, attempt, passed: main.passed || other.passed, complete: main.complete || other.complete, best: best < 0 ? null : best,
    comments: Math.max(main.comments, other.comments), revision: Math.max(main.revision, other.revision),
    visited: new Set([...main.visited, ...other.visited]), met: new Set([...main.met, ...other.met]), answers,
    sheets: new Map([...other.sheets, ...main.sheets]), others: main.others || other.others,
    interactions: both(main.interactions, other.interactions), objectives: both(main.objectives, other.objectives),
    touched: [...other.touched.filter(id => !main.touched.includes(id)), ...main.touched],
  };
}

/**
 * Join two states of one learner: the one with more attempts, then with more saves, speaks. Of an earlier attempt only what is not judged counts.
 * @param {State} one @param {State} two @param {Course} course @returns {State}
 */
export function merge(one, two, course) {
  const [other, main] = [two, one].sort((a, b) => a.attempt - b.attempt || a.revision - b.revision);
  return add(main, other, course, id => main.attempt === other.attempt || !isJudged(course.questions[id]));
}
