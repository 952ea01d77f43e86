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
export const PATH = 12;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LONG = new Set(['long-answer']);
const NUMBER = (text) => parseInt(text, 36) || 0;
const base36 = (number, width = 1) => number.toString(36).padStart(width, '0');

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
  const rank = new Map(ids.map((id) => [id, hash(`${salt}/${id}`)]));
  return [...ids].sort((a, b) => rank.get(a) - rank.get(b));
}

/** @returns {State} */
export function freshState(seed) {
  return { seed, attempt: 1, revision: 0, language: '', passed: false, complete: false, best: null, place: '',
    visited: new Set(), answers: new Map(), sheets: new Map(), touched: [] };
}

/** Remember which text was written last: it is the first to get room. */
export function touch(state, id) {
  state.touched = [...state.touched.filter((other) => other !== id), id];
}

/** A code for each id: itself if one character, else a capital and another character. It survives reordering. */
function codes(ids) {
  const byCode = new Map();
  for (const id of [...ids].sort()) {
    let n = hash(id);
    const code = () => LETTERS[n % 26] + LETTERS[(n >>> 8) % 64];
    if (id.length > 1) while (byCode.has(code())) n += 1;
    byCode.set(id.length > 1 ? code() : id, id);
  }
  return { ids: byCode, of: new Map([...byCode].map(([code, id]) => [id, code])) };
}

const idsOf = (list) => codes(list.map((each) => each.id));

/** The alphabets of a question: one for lists, or the left one and the right one of each left id for pairs. */
function alphabet(question) {
  switch (question.type) {
    case 'true-false': return { list: codes(['true', 'false']) };
    case 'scenario': return { list: idsOf(question.steps) };
    case 'matching': {
      const right = idsOf(question.right);
      return { left: idsOf(question.left), right: () => right };
    }
    case 'gaps': {
      const choose = new Map(question.gaps.filter((gap) => gap.choose).map((gap) => [gap.id, idsOf(gap.options)]));
      return { left: codes([...choose.keys()]), right: (id) => choose.get(id) };
    }
    default: return question.options ? { list: idsOf(question.options) } : {};
  }
}

const packList = (list, response) => [].concat(response).map((id) => list.of.get(id) ?? '').join('');

function packPairs({ left, right }, response) {
  const pairs = Object.entries(response).filter(([id, other]) => left.of.has(id) && right(id).of.has(other));
  return pairs.map(([id, other]) => left.of.get(id) + right(id).of.get(other)).join('');
}

function packChoice(question, response) {
  const { list, left, right } = alphabet(question);
  if (response == null) return '';
  if (question.type === 'scenario') return packList(list, response.slice(-PATH));
  if (list) return packList(list, response);
  return left ? packPairs({ left, right }, response) : '';
}

function unpackPairs({ left, right }, tokens) {
  const pairs = {};
  for (let i = 0; i + 1 < tokens.length; i += 2) {
    const id = left.ids.get(tokens[i]);
    const other = id && right(id).ids.get(tokens[i + 1]);
    if (other) pairs[id] = other;
  }
  return pairs;
}

function unpackChoice(question, text) {
  const { list, left, right } = alphabet(question);
  const tokens = text.match(/[A-Z][\w-]|[a-z0-9]/g) ?? [];
  if (!tokens.length) return undefined;
  if (left) return unpackPairs({ left, right }, tokens);
  const ids = tokens.map((token) => list?.ids.get(token)).filter(Boolean);
  return ['multiple-choice', 'ordering', 'scenario'].includes(question.type) ? ids : ids[0];
}

// Marks of the form itself and characters that some LMS mangles are written as ~ and two digits.
const escape = (text) => text.replace(/[\u0000-\u001f"'\\<>&%+*.:;~\u007f]/g, (mark) => `~${base36(mark.charCodeAt(0), 2)}`)
  .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
const unescape = (text) => text.replace(/~(..)/g, (_, digits) => String.fromCharCode(NUMBER(digits)));

const packFields = (fields) => Object.entries(fields).filter(([, text]) => text)
  .map(([id, text]) => `${id}:${escape(text)}`).join('*');
const unpackFields = (text) => Object.fromEntries(text.split('*').filter(Boolean)
  .map((field) => field.split(':')).map(([id, value]) => [id, unescape(value ?? '')]));

/** The part of a response that is free text, packed. */
function packText(question, response) {
  if (typeof response === 'string') return question.options || question.type === 'true-false' ? '' : escape(response);
  if (question.type !== 'gaps' || !response) return '';
  return packFields(Object.fromEntries(question.gaps.filter((gap) => !gap.choose).map((gap) => [gap.id, response[gap.id]])));
}

function answerTexts(state, course) {
  const texts = [...state.answers].map(([id, answer]) => {
    const question = course.questions[id];
    return { id, key: question.key, long: LONG.has(question.type), text: packText(question, answer.response) };
  });
  return texts.filter((each) => each.text);
}

/** Free texts in the order in which they get room: short answers, then long ones and worksheets, newest first. */
function texts(state, course) {
  const sheets = [...state.sheets].map(([id, fields]) =>
    ({ id, key: course.worksheets[id].key, long: true, text: packFields(fields) }));
  const age = (each) => (each.long ? state.touched.length - state.touched.indexOf(each.id) : 0);
  return [...answerTexts(state, course), ...sheets].filter((each) => each.text).sort((a, b) => age(a) - age(b));
}

function header(state, course) {
  const flags = (state.passed ? 1 : 0) + (state.complete ? 2 : 0);
  const best = state.best == null ? '' : base36(Math.round(state.best * 100));
  const page = course.pages.find((each) => each.id === state.place);
  return ['1' + state.seed, base36(state.attempt), base36(state.revision), state.language, flags + best, page?.key ?? ''].join('.');
}

function packAnswer(question, { tries, best, response }) {
  const result = tries ? base36(Math.min(tries, 35)) + base36(best, 2) : '';
  return `${question.key}${result}${tries ? packChoice(question, response) : ''}.`;
}

/** @returns {string} the part of the saved state that always has room */
export function packCore(state, course) {
  const pages = course.pages.filter((page) => state.visited.has(page.id)).map((page) => page.key).join('');
  const answers = Object.entries(course.questions).filter(([id]) => state.answers.has(id))
    .map(([id, question]) => packAnswer(question, state.answers.get(id))).join('');
  return `${header(state, course)};${pages};${answers};`;
}

const bytes = (text) => new TextEncoder().encode(text).length;

/**
 * @param {State} state
 * @param {number} limit in characters; free texts are counted in bytes, as some LMSs do
 * @returns {{text: string, left: string[]}} the packed state, and the ids of questions and worksheets whose texts had no room
 */
export function pack(state, course, limit = Infinity) {
  let text = packCore(state, course);
  let room = limit - text.length;
  const left = [];
  for (const each of texts(state, course)) {
    const record = `${each.key}${each.text}.`;
    const size = bytes(record);
    if (size > room) left.push(each.id);
    else [text, room] = [text + record, room - size];
  }
  return { text, left };
}

/** Entries by the keys of now and of earlier identifiers. */
function byKey(entries) {
  const found = new Map();
  for (const [id, entry] of entries) for (const key of entry.was ?? []) found.set(key, id);
  for (const [id, entry] of entries) found.set(entry.key, id);
  return found;
}

const chunks = (text) => text.match(/.{3}/g) ?? [];
const records = (text) => text.split('.').filter(Boolean).map((record) => [record.slice(0, 3), record.slice(3)]);

function unpackHeader(text) {
  const match = /^1([a-z0-9]+)\.([a-z0-9]+)\.([a-z0-9]+)\.([\w-]*)\.([0-3])([a-z0-9]*)\.(.{0,3})$/.exec(text);
  if (!match) return null;
  const [, seed, attempt, revision, language, flags, best, place] = match;
  return { ...freshState(seed), attempt: NUMBER(attempt), revision: NUMBER(revision), language, passed: flags % 2 === 1,
    complete: flags > 1, best: best ? NUMBER(best) / 100 : null, place };
}

function unpackAnswer(question, text) {
  const tries = NUMBER(text[0] ?? '0');
  return { tries, best: Math.min(NUMBER(text.slice(1, 3)), UNITS), response: unpackChoice(question, text.slice(3)) };
}

function addText(state, course, id, text) {
  state.touched.unshift(id);
  if (course.worksheets?.[id]) return state.sheets.set(id, unpackFields(text));
  const answer = state.answers.get(id) ?? { tries: 0, best: 0 };
  const gaps = course.questions[id].type === 'gaps';
  answer.response = gaps ? { ...answer.response, ...unpackFields(text) } : unescape(text);
  return state.answers.set(id, answer);
}

/** @returns {State|null} null if the text isn't a state of this form; what the course no longer has is left out */
export function unpack(text, course) {
  const [head, pages = '', answers = '', rest = ''] = String(text ?? '').split(';');
  const state = unpackHeader(head);
  if (!state) return null;
  const pageIds = byKey(course.pages.map((page) => [page.id, page]));
  const ids = byKey([...Object.entries(course.questions), ...Object.entries(course.worksheets ?? {})]);
  state.place = pageIds.get(state.place) ?? '';
  for (const key of chunks(pages)) if (pageIds.has(key)) state.visited.add(pageIds.get(key));
  for (const [key, value] of records(answers)) {
    const question = course.questions[ids.get(key)];
    if (question) state.answers.set(ids.get(key), unpackAnswer(question, value));
  }
  for (const [key, value] of records(rest)) if (ids.has(key)) addText(state, course, ids.get(key), value);
  return state;
}

/**
 * Join two states of one learner: the one with more attempts, then with more saves, speaks; the other adds what it lacks.
 * @param {State} one @param {State} two @returns {State}
 */
export function merge(one, two) {
  const newer = (a, b) => a.attempt - b.attempt || a.revision - b.revision;
  const [main, other] = newer(one, two) >= 0 ? [one, two] : [two, one];
  const best = Math.max(main.best ?? -1, other.best ?? -1);
  const answers = main.attempt === other.attempt ? [...other.answers, ...main.answers] : main.answers;
  return { ...main, passed: main.passed || other.passed, complete: main.complete || other.complete, best: best < 0 ? null : best,
    visited: new Set([...main.visited, ...other.visited]), answers: new Map(answers),
    sheets: new Map([...other.sheets, ...main.sheets]), touched: [...new Set([...other.touched, ...main.touched].reverse())].reverse() };
}
