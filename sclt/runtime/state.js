/**
 * What a learner has done, and its compact form in an LMS. docs/saved-state.md describes the form.
 * Pure: no browser, no LMS.
 *
 * @typedef {{tries: number, best: number, response: any}} Answer  best in UNITS; a drawn question has an Answer with no tries
 * @typedef {{seed: string, attempt: number, revision: number, language: string, passed: boolean, complete: boolean,
 *   best: number|null, place: string, comments: number, visited: Set<string>, answers: Map<string, Answer>, sheets: Map<string, object>,
 *   interactions: string[], objectives: string[], touched: string[], others: string}} State  best is 0 to 100, over all attempts;
 *   interactions and objectives are keys by their index in the LMS's lists; others are states of other modules, as they came
 */
import { base36, packFields, unbase36 as number, unpackFields } from './packing.js';
import { typeOf } from './types.js';

/** A full score of a question. Divisible by 1 to 7, 9, 10 and 12, so that shares of points stay exact. */
export const UNITS = 1260;
/** What a saved state has of free texts at most, in bytes as a form sends them: a page that closes can send 64 KB in all. */
const LAST_CALL = 24000;
/** How many parts a saved state has, by the version of its form. */
const PARTS = { 1: 4, 2: 6 };
/** An index in a list of the LMS that none of ours has. */
const NONE = '---';

/** @returns {number} a 32-bit hash of a text, well mixed */
export function hash(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h = Math.imul(h ^ (h >>> 16), 2246822507);
  h = Math.imul(h ^ (h >>> 13), 3266489909);
  return (h ^ (h >>> 16)) >>> 0;
}

/** @returns {string[]} the ids in an order that depends on the salt; a new id moves no other past another */
export function mix(ids, salt) {
  const rank = id => hash(`${salt}/${id}`);
  return [...ids].sort((a, b) => rank(a) - rank(b));
}

/** @returns {State} */
export const freshState = seed => ({
  seed, attempt: 1, revision: 0, language: '', passed: false, complete: false, best: null, place: '', comments: 0,
  visited: new Set(), answers: new Map(), sheets: new Map(), interactions: [], objectives: [], touched: [], others: '',
});

/** @returns {boolean} whether an answer of this type is right or wrong at all */
export const isJudged = ({ scored }) => scored;

/** @returns {Answer} a question's answer, or an empty one */
export const answerOf = (state, id) => state.answers.get(id) ?? { tries: 0, best: 0 };

/** Remember which text was written last: it is the first to get room. */
export function touch(state, id) {
  state.touched = [...state.touched.filter(other => other !== id), id];
}

/** Free texts in the order in which they get room: short answers, then long ones and worksheets, newest first. */
function texts(state, course) {
  const age = id => state.touched.length - state.touched.indexOf(id),
    entry = (id, { key }, text, isLong) => ({ id, text: text && `${key}${text}.`, rank: isLong ? age(id) : 0 }),
    answers = [...state.answers].map(([id, { response }]) => {
      const q = course.questions[id],
        { packText, long } = typeOf(q);
      return entry(id, q, packText?.(q, response), long);
    }),
    sheets = [...state.sheets].map(([id, fields]) => entry(id, course.worksheets[id], packFields(fields), true));
  return [...answers, ...sheets].filter(each => each.text).sort((a, b) => a.rank - b.rank);
}

/** @returns {string} what a state calls its module */
const moduleKey = ({ id }) => base36(hash(id));

function header(state, course) {
  const flags = Number(state.passed) + 2 * state.complete,
    best = state.best == null ? '' : base36(Math.round(state.best * 100)),
    page = course.pages.find(each => each.id === state.place)?.key ?? '';
  return [`2${moduleKey(course)}`, state.seed, base36(state.attempt), base36(state.revision), state.language, flags + best, page,
    base36(state.comments)].join('.');
}

function packAnswer(q, { tries, best, response }) {
  const result = tries ? base36(Math.min(tries, 35)) + base36(best, 2) + (response == null ? '' : typeOf(q).pack(q, response)) : '';
  return `${q.key}${result}.`;
}

/** @returns {string} the part of the saved state that always has room */
export function packCore(state, course) {
  const pages = course.pages.filter(page => state.visited.has(page.id)).map(page => page.key).join('');
  const answers = Object.entries(course.questions).filter(([id]) => state.answers.has(id))
    .map(([id, q]) => packAnswer(q, state.answers.get(id))).join('');
  return `${[header(state, course), pages, answers, state.interactions.join(''), state.objectives.join('')].join(';')};`;
}

const bytes = text => new Blob([text]).size;

/** @returns {number} the bytes that a text takes in a form that is sent */
export const sentBytes = text => encodeURIComponent(text.toWellFormed?.() ?? text.replace(/\p{Cs}/gu, '?')).length;

/** The states of other modules, whole or without their texts, as far as they have room. */
function packOthers(others, room) {
  const cores = split(others).map(parts => [...parts.slice(0, -1), ''].join(';')).join(';');
  return [others, cores].find(text => text && bytes(text) < room) ?? '';
}

/**
 * @param {State} state
 * @param {number} limit in characters; free texts are counted in bytes, as some LMSs do
 * @returns {{text: string, left: string[]}} the packed state, and the ids of questions and worksheets whose texts had no room
 */
export function pack(state, course, limit = Infinity) {
  const [most, size] = limit > LAST_CALL && limit < Infinity ? [LAST_CALL, sentBytes] : [limit, bytes],
    others = packOthers(state.others, limit - packCore(state, course).length);
  let packed = packCore(state, course);
  let room = most - size(packed) - size(others);
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

/** Identifiers by the keys of now and of earlier identifiers. */
function byKey(entries) {
  const now = entries.map(([id, { key }]) => [key, id]);
  return new Map([...entries.flatMap(([id, { was = [] }]) => was.map(key => [key, id])), ...now]);
}

const records = text => text.split('.').filter(Boolean).map(record => [record.slice(0, 3), record.slice(3)]);

const HEADERS = {
  1: /^1()(\w+)\.(\w+)\.(\w+)\.([\w-]*)\.([0-3])(\w*)\.(.{0,3})()$/,
  2: /^2(\w+)\.(\w+)\.(\w+)\.(\w+)\.([\w-]*)\.([0-3])(\w*)\.(.{0,3})\.(\w+)$/,
};
const matchHeader = text => HEADERS[text[0]]?.exec(text);

function unpackHeader(text) {
  const [, , seed, attempt, revision, language, flags, best, place, comments] = matchHeader(text);
  return { ...freshState(seed), attempt: number(attempt), revision: number(revision), language, passed: flags % 2 === 1,
    complete: flags > 1, best: best ? number(best) / 100 : null, place, comments: number(comments) };
}

/** @returns {string[][]} the parts of each state in a saved text; what is no state ends it */
function split(text) {
  const fields = String(text).split(';'),
    states = [];
  while (fields.length && matchHeader(fields[0])) states.push(fields.splice(0, PARTS[fields[0][0]]));
  return states;
}

const inThrees = text => text.match(/.{3}/g) ?? [];

/** Whether a state is of this module: it says so, or, in the first form, it knows a page or a question of it. */
function isOf(course, [head, pages = '', answers = '']) {
  if (head[0] !== '1') return matchHeader(head)[1] === moduleKey(course);
  const known = byKey([...course.pages.map(page => [page.id, page]), ...Object.entries(course.questions)]),
    keys = [...inThrees(pages), ...records(answers).map(([key]) => key)];
  return !keys.length || keys.some(key => known.has(key));
}

function unpackChoice(q, text) {
  const tokens = text.match(/[A-Z][\w-]|[a-z0-9]/g);
  return tokens ? typeOf(q).unpack(q, tokens) : undefined;
}

const unpackAnswer = (q, text) => ({
  tries: number(text.slice(0, 1)), best: Math.max(0, Math.min(number(text.slice(1, 3)), UNITS)), response: unpackChoice(q, text.slice(3)),
});

/** A text at a question that is not answered by typing is none of its. */
function addText(state, course, id, text) {
  const q = course.questions[id],
    { unpackText } = q ? typeOf(q) : {};
  if (!text || (q && !unpackText)) return;
  state.touched.unshift(id);
  if (course.worksheets[id]) state.sheets.set(id, unpackFields(text));
  else {
    const answer = answerOf(state, id);
    state.answers.set(id, { ...answer, response: unpackText(q, answer.response, text) });
  }
}

/** @returns {string} the states in a saved text that are of other modules */
export const foreign = (text, course) => split(text).filter(parts => !isOf(course, parts)).map(parts => parts.join(';')).join(';');

/** @returns {State|null} null if the text has no state of this module; what the course no longer has is left out */
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
  for (const key of inThrees(pages)) if (pageIds.has(key)) state.visited.add(pageIds.get(key));
  for (const [key, value] of records(answers)) {
    const q = course.questions[ids.get(key)];
    if (q) state.answers.set(ids.get(key), unpackAnswer(q, value));
  }
  for (const [key, value] of records(rest)) if (ids.has(key)) addText(state, course, ids.get(key), value);
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

/** Of two answers to a question the one with more tries; what was reached stays. */
function betterAnswer(main, other) {
  if (!main || !other) return main ?? other;
  const speaks = other.tries > main.tries || (!other.tries === !main.tries && main.response == null) ? other : main;
  return { ...speaks, best: Math.max(main.best, other.best) };
}

const both = (one, two) => [...one, ...two.filter(each => !one.includes(each))];

/**
 * Let one state speak and add what it lacks from another. Where the other is in a later attempt, what was judged in an earlier one counts no more.
 * @param {State} main @param {State} other @param {object} course @param {function(string): boolean} adds whether an answer of the other counts
 */
export function add(main, other, course, adds = () => true) {
  const best = Math.max(main.best ?? -1, other.best ?? -1),
    attempt = Math.max(main.attempt, other.attempt),
    answers = new Map([...main.answers].filter(([id]) => main.attempt === attempt || !isJudged(course.questions[id])));
  for (const [id, answer] of other.answers) if (adds(id)) answers.set(id, betterAnswer(answers.get(id), answer));
  return {
    ...main, attempt, passed: main.passed || other.passed, complete: main.complete || other.complete, best: best < 0 ? null : best,
    comments: Math.max(main.comments, other.comments), revision: Math.max(main.revision, other.revision),
    visited: new Set([...main.visited, ...other.visited]), answers,
    sheets: new Map([...other.sheets, ...main.sheets]), others: main.others || other.others,
    interactions: both(main.interactions, other.interactions), objectives: both(main.objectives, other.objectives),
    touched: [...other.touched.filter(id => !main.touched.includes(id)), ...main.touched],
  };
}

/**
 * Join two states of one learner: the one with more attempts, then with more saves, speaks. Of an earlier attempt only what is not judged counts.
 * @param {State} one @param {State} two @param {object} course @returns {State}
 */
export function merge(one, two, course) {
  const [other, main] = [two, one].sort((a, b) => a.attempt - b.attempt || a.revision - b.revision);
  return add(main, other, course, id => main.attempt === other.attempt || !isJudged(course.questions[id]));
}
