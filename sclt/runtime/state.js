/**
 * What a learner has done, and its compact form in an LMS. The form is described in ARCHITECTURE.md, "The learner's saved state".
 * Pure: no browser, no LMS.
 *
 * @typedef {{tries: number, best: number, response: any}} Answer  best in UNITS; a drawn question has an Answer with no tries
 * @typedef {{seed: string, attempt: number, revision: number, language: string, passed: boolean, complete: boolean,
 *   best: number|null, place: string, visited: Set<string>, answers: Map<string, Answer>, sheets: Map<string, object>,
 *   touched: string[]}} State  best is 0 to 100, over all attempts
 */

/** A full score of a question. Divisible by 1 to 7, 9, 10 and 12, so that shares of points stay exact. */
export const UNITS = 1260;
/** So many last steps of a scenario are kept. */
const PATH = 12;

const number = text => parseInt(text, 36) || 0;
const base36 = (value, width = 1) => value.toString(36).padStart(width, '0');

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
  seed, attempt: 1, revision: 0, language: '', passed: false, complete: false, best: null, place: '',
  visited: new Set(), answers: new Map(), sheets: new Map(), touched: [],
});

/** @returns {Answer} a question's answer, or an empty one */
export const answerOf = (state, id) => state.answers.get(id) ?? { tries: 0, best: 0 };

/** Remember which text was written last: it is the first to get room. */
export function touch(state, id) {
  state.touched = [...state.touched.filter(other => other !== id), id];
}

/** @returns {string[]} */
export const idsOf = list => list.map(({ id }) => id);

/** @returns {{id: string, correct: boolean}[]} what can be chosen in a question */
export const optionsOf = ({ options = [] }) => options;

const codeOf = (list, id) => list.find(each => each.id === id)?.code ?? '';
const idOf = (list, code) => list.find(each => each.code === code)?.id;

/** What stands on the left in pairs, and what may stand beside it; nothing for other types. */
function sides({ type, left, right, gaps }) {
  if (type === 'matching') return [left, () => right];
  return gaps ? [gaps.filter(gap => gap.choose), id => gaps.find(gap => gap.id === id).options] : [];
}

function packChoice(q, response) {
  const [left, right] = sides(q);
  if (response == null) return '';
  if (!left) return [response].flat().slice(q.steps ? -PATH : 0).map(id => codeOf(q.steps ?? optionsOf(q), id)).join('');
  return left.map(({ id, code }) => {
    const other = codeOf(right(id), response[id]);
    return other && code + other;
  }).join('');
}

function unpackChoice(q, text) {
  const [left, right] = sides(q),
    tokens = text.match(/[A-Z][\w-]|[a-z0-9]/g);
  if (!tokens) return undefined;
  if (!left) {
    const ids = tokens.map(code => idOf(q.steps ?? optionsOf(q), code)).filter(Boolean);
    return /multiple|ord|scen/.test(q.type) ? ids : ids[0];
  }
  const pairs = {};
  for (let i = 1; i < tokens.length; i += 2) {
    const id = idOf(left, tokens[i - 1]),
      other = id && idOf(right(id), tokens[i]);
    if (other) pairs[id] = other;
  }
  return pairs;
}

// Marks of the form itself and characters that some LMS mangles are written as ~ and two digits; halves of characters are left out.
const escape = text => text.replace(/[\0-\x1f"'\\<>&%+*.:;~\x7f]/g, mark => `~${base36(mark.charCodeAt(), 2)}`).replace(/\p{Cs}/gu, '');
const unescape = text => text.replace(/~(..)/g, (_, digits) => String.fromCharCode(number(digits)));

const packFields = fields => Object.entries(fields).filter(([, text]) => text).map(([id, text]) => `${id}:${escape(text)}`).join('*');
const unpackFields = text => Object.fromEntries(text.split('*').filter(Boolean).map(field => {
  const [id, value = ''] = field.split(':');
  return [id, unescape(value)];
}));

/** The part of a response that is free text, packed. */
function packText(q, response) {
  if (q.gaps) return packFields(Object.fromEntries(q.gaps.map(gap => [gap.id, !gap.choose && response?.[gap.id]])));
  return typeof response === 'string' && !optionsOf(q).length ? escape(response) : '';
}

/** Free texts in the order in which they get room: short answers, then long ones and worksheets, newest first. */
function texts(state, course) {
  const age = id => state.touched.length - state.touched.indexOf(id),
    entry = (id, { key, type = '' }, text) => ({ id, text: text && `${key}${text}.`, rank: /^(long.*|)$/.test(type) ? age(id) : 0 }),
    answers = [...state.answers].map(([id, { response }]) => entry(id, course.questions[id], packText(course.questions[id], response))),
    sheets = [...state.sheets].map(([id, fields]) => entry(id, course.worksheets[id], packFields(fields)));
  return [...answers, ...sheets].filter(each => each.text).sort((a, b) => a.rank - b.rank);
}

function header(state, course) {
  const flags = Number(state.passed) + 2 * state.complete,
    best = state.best == null ? '' : base36(Math.round(state.best * 100)),
    page = course.pages.find(each => each.id === state.place);
  return [`1${state.seed}`, base36(state.attempt), base36(state.revision), state.language, flags + best, page?.key].join('.');
}

function packAnswer(q, { tries, best, response }) {
  const result = tries ? base36(Math.min(tries, 35)) + base36(best, 2) + packChoice(q, response) : '';
  return `${q.key}${result}.`;
}

/** @returns {string} the part of the saved state that always has room */
export function packCore(state, course) {
  const pages = course.pages.filter(page => state.visited.has(page.id)).map(page => page.key).join('');
  const answers = Object.entries(course.questions).filter(([id]) => state.answers.has(id))
    .map(([id, q]) => packAnswer(q, state.answers.get(id))).join('');
  return `${header(state, course)};${pages};${answers};`;
}

/**
 * @param {State} state
 * @param {number} limit in characters; free texts are counted in bytes, as some LMSs do
 * @returns {{text: string, left: string[]}} the packed state, and the ids of questions and worksheets whose texts had no room
 */
export function pack(state, course, limit = Infinity) {
  let packed = packCore(state, course);
  let room = limit - packed.length;
  const left = [];
  for (const { id, text } of texts(state, course)) {
    const size = new Blob([text]).size;
    if (size > room) left.push(id);
    else {
      packed += text;
      room -= size;
    }
  }
  return { text: packed, left };
}

/** Identifiers by the keys of now and of earlier identifiers. */
function byKey(entries) {
  const now = entries.map(([id, { key }]) => [key, id]);
  return new Map([...entries.flatMap(([id, { was = [] }]) => was.map(key => [key, id])), ...now]);
}

const records = text => text.split('.').filter(Boolean).map(record => [record.slice(0, 3), record.slice(3)]);

function unpackHeader(text) {
  const match = /^1(\w+)\.(\w+)\.(\w+)\.([\w-]*)\.([0-3])(\w*)\.(.{0,3})$/.exec(text);
  if (!match) return null;
  const [, seed, attempt, revision, language, flags, best, place] = match;
  return { ...freshState(seed), attempt: number(attempt), revision: number(revision), language, passed: flags % 2 === 1,
    complete: flags > 1, best: best ? number(best) / 100 : null, place };
}

const unpackAnswer = (q, text) => ({
  tries: number(text.slice(0, 1)), best: Math.min(number(text.slice(1, 3)), UNITS), response: unpackChoice(q, text.slice(3)),
});

function addText(state, course, id, text) {
  state.touched.unshift(id);
  if (course.worksheets[id]) state.sheets.set(id, unpackFields(text));
  else {
    const answer = answerOf(state, id),
      response = course.questions[id].gaps ? { ...answer.response, ...unpackFields(text) } : unescape(text);
    state.answers.set(id, { ...answer, response });
  }
}

/** @returns {State|null} null if the text isn't a state of this form; what the course no longer has is left out */
export function unpack(text, course) {
  const [head, pages = '', answers = '', rest = ''] = String(text).split(';'),
    state = unpackHeader(head);
  if (!state) return null;
  const pageIds = byKey(course.pages.map(page => [page.id, page])),
    ids = byKey(Object.entries({ ...course.questions, ...course.worksheets }));
  state.place = pageIds.get(state.place) ?? '';
  for (const key of pages.match(/.{3}/g) ?? []) if (pageIds.has(key)) state.visited.add(pageIds.get(key));
  for (const [key, value] of records(answers)) {
    const q = course.questions[ids.get(key)];
    if (q) state.answers.set(ids.get(key), unpackAnswer(q, value));
  }
  for (const [key, value] of records(rest)) if (ids.has(key)) addText(state, course, ids.get(key), value);
  return state;
}

/**
 * Join two states of one learner: the one with more attempts, then with more saves, speaks; the other adds what it lacks.
 * @param {State} one @param {State} two @returns {State}
 */
export function merge(one, two) {
  const [other, main] = [two, one].sort((a, b) => a.attempt - b.attempt || a.revision - b.revision),
    best = Math.max(main.best ?? -1, other.best ?? -1);
  return {
    ...main, passed: main.passed || other.passed, complete: main.complete || other.complete, best: best < 0 ? null : best,
    visited: new Set([...main.visited, ...other.visited]),
    answers: new Map([...(main.attempt === other.attempt ? other.answers : []), ...main.answers]),
    sheets: new Map([...other.sheets, ...main.sheets]),
    touched: [...other.touched.filter(id => !main.touched.includes(id)), ...main.touched],
  };
}
