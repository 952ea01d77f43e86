/**
 * What a type of question is to the runtime: how it is answered on the page, kept, judged and told. The course's JSON says of each question its
 * type, its shape (what a response is) and whether it is scored; sclt/questions has the same types for the compiler. A new type is an entry of
 * TYPES; where its shape is known, the entry holds only what differs.
 *
 * @typedef {object} Type
 * @property {string} interaction its name in SCORM 2004 and xAPI
 * @property {function(object): Record<string, object[]>} [lists] the lists of an xAPI definition that tell what could be chosen
 * @property {boolean} [long] a text of the learner's own: kept while it is typed, the newest gets room first
 * @property {boolean} [toOrder] its options are mixed, and never in the right order from the start
 * @property {function(HTMLElement, object): any} read what is filled in
 * @property {function(HTMLElement, any): void} write
 * @property {function(any): string} [complaint] the word that says why a response cannot be taken; nothing if it can
 * @property {function(object, any, string): [string, string|false][]} marks right, wrong or missed by option, left side or gap
 * @property {function(object, any, string): number} share what is right of it, 0 to 1
 * @property {function(object, string): any} right a right response
 * @property {function(object, string): string} [rightWords] the right answer in words, where the course's JSON has none
 * @property {function(object, any, string): (string|undefined)[]} chosen whose feedback is shown
 * @property {function(object, any): string} pack its codes in the saved state
 * @property {function(object, string[]): any} unpack a response from codes
 * @property {function(object, any): string} [packText] its free text in the saved state
 * @property {function(object, any, string): any} [unpackText] the response with its free text
 * @property {function(object, object, any, string): string} respond the response as a standard writes it; the first is its dialect
 * @property {function(object, object, string): string[]} patterns of right answers, as a standard writes them
 */
import { codes, decode, escape, packFields, packSides, unescape, unpackFields, unpackSides } from './packing.js';
import { all, find, number } from './view.js';

/** So many last steps of a path are kept. */
const PATH = 12;

const isRight = ({ correct }) => correct;

/** @returns {string[]} */
export const idsOf = list => list.map(({ id }) => id);

/** @returns {string} what an element stands for: an option, a left side or a gap */
export const idOf = element => element.dataset.option ?? element.dataset.gap ?? element.dataset.left ?? element.value;
const inputs = form => all(form, '.options input');
/** @returns {HTMLElement[]} the lines of an order */
export const rows = form => all(form, '.order > li');
const fields = form => all(form, '.pairs select, .gap').map(field => [idOf(field.closest('[data-left], .gap')), field]);

/** Put the children of a list into the order of these ids. */
export function arrange(list, ids) {
  const children = [...list.children];
  for (const id of ids) list.append(...children.filter(child => idOf(child) === id));
}

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

const mark = (id, right) => [id, right ? 'right' : 'wrong'];
const count = (marks, kind) => marks.filter(([, each]) => each === kind).length;
const partly = (q, share) => Math.max(0, q.partial === false ? Math.floor(share) : share);

/** What all that has parts is judged by: how many of them are right. */
const byParts = {
  share(q, response, lang) {
    const found = this.marks(q, response, lang);
    return partly(q, count(found, 'right') / found.length);
  },
  chosen: () => [],
  patterns(dialect, q, lang) {
    return [dialect.response(q, this.right(q, lang), lang)];
  },
};

/** Options of a list. Where they are to be chosen, a wrong one takes back a right one. */
const many = {
  ...byParts,
  read: (form, q) => idsOf(q.options).filter(id => inputs(form).some(input => input.checked && input.value === id)),
  write(form, response) {
    for (const input of inputs(form)) input.checked = [response].flat().includes(input.value);
  },
  marks: ({ options }, response) => options.map(({ id, correct }) => ([response].flat().includes(id) ? mark(id, correct) : [id, correct && 'missed'])),
  share(q, response) {
    const found = this.marks(q, response);
    return partly(q, (count(found, 'right') - count(found, 'wrong')) / (count(found, 'right') + count(found, 'missed')));
  },
  right: ({ options }) => idsOf(options.filter(isRight)),
  chosen: (q, response) => [response].flat(),
  pack: ({ options }, response) => codes(options, [response].flat()),
  unpack: ({ options }, tokens) => tokens.map(code => decode(options, code)).filter(Boolean),
  respond: (dialect, q, response) => dialect.options(q, [response].flat()),
};

const one = {
  ...many,
  read: form => inputs(form).find(input => input.checked)?.value,
  unpack: (q, tokens) => many.unpack(q, tokens)[0],
};

const order = {
  ...byParts, toOrder: true,
  read: form => rows(form).map(idOf),
  write: (form, response) => arrange(find(form, '.order'), response),
  marks: ({ options }, response) => options.map(({ id }, place) => mark(response[place], response[place] === id)),
  right: ({ options }) => idsOf(options),
  pack: many.pack, unpack: many.unpack, respond: many.respond,
};

/** What is typed into one field. `foreseen` finds the accepted or foreseen answer that it meets. */
const typed = {
  read: form => find(form, '.answer').value.trim(),
  write(form, response) {
    find(form, '.answer').value = response;
  },
  marks: () => [],
  share(q, response, lang) {
    return Number(this.foreseen(q, response, lang)?.correct ?? 0);
  },
  chosen(q, response, lang) {
    return [this.foreseen(q, response, lang)?.id];
  },
  pack: () => '',
  unpack() {},
  packText: (q, response) => escape(response ?? ''),
  unpackText: (q, response, text) => unescape(text),
};

const text = {
  ...typed,
  foreseen: (q, response, lang) => q.accepted?.[lang].find(each => same(q, each.text, response)),
  respond: (dialect, q, response, lang) => dialect.typed(response, lang),
  patterns: (dialect, q, lang) => q.accepted[lang].filter(isRight).map(each => dialect.matters(q) + dialect.typed(each.text, lang)),
};

const range = ({ low, high }) => [...new Set([low, high])].map(number).join('–');

const numeral = {
  ...typed,
  complaint: response => (isNaN(parseNumber(response)) ? 'answer_number' : ''),
  foreseen({ ranges }, response) {
    const value = parseNumber(response),
      near = Math.abs(value) * 1e-9;
    return ranges.find(({ low, high }) => value >= low - near && value <= high + near);
  },
  rightWords: ({ ranges, unit }, lang) => `${ranges.filter(isRight).map(range).join('; ')} ${unit[lang]}`.trim(),
  respond: (dialect, q, response) => String(parseNumber(response)),
  patterns: (dialect, { ranges }) => ranges.filter(isRight).flatMap(dialect.bounds),
};

/** What is filled in by left side or gap. */
const named = {
  ...byParts,
  read: form => Object.fromEntries(fields(form).map(([id, field]) => [id, field.value.trim()]).filter(([, value]) => value)),
  write(form, response) {
    for (const [id, field] of fields(form)) field.value = response[id] ?? '';
  },
};

const pairs = {
  ...named,
  lists: ({ left, right }) => ({ source: left, target: right }),
  marks: (q, response) => q.left.map(({ id }) => mark(id, response[id] === q.pairs[id])),
  right: q => q.pairs,
  pack: ({ left, right }, response) => packSides(left, () => right, response),
  unpack: ({ left, right }, tokens) => unpackSides(left, () => right, tokens),
  respond: (dialect, q, response) => dialect.pairs(q, q.left.filter(({ id }) => response[id]).map(({ id }) => [id, response[id]])),
};

const isChosen = ({ choose }) => choose;
const optionsOf = ({ gaps }) => id => gaps.find(gap => gap.id === id).options;

const gaps = {
  ...named,
  marks: (q, response, lang) => q.gaps.map(({ id, options, accepted }) => mark(id,
    options ? options.some(each => each.correct && each.id === response[id]) : accepted[lang].some(each => same(q, each, response[id])))),
  right: (q, lang) => Object.fromEntries(q.gaps.map(({ id, options, accepted }) => [id, options ? options.find(isRight)?.id : accepted[lang][0]])),
  pack: (q, response) => packSides(q.gaps.filter(isChosen), optionsOf(q), response),
  unpack: (q, tokens) => unpackSides(q.gaps.filter(isChosen), optionsOf(q), tokens),
  packText: (q, response) => packFields(Object.fromEntries(q.gaps.map(gap => [gap.id, !gap.choose && response?.[gap.id]]))),
  unpackText(q, response, packed) {
    const found = unpackFields(packed);
    return { ...response, ...Object.fromEntries(q.gaps.filter(gap => !gap.choose && gap.id in found).map(({ id }) => [id, found[id]])) };
  },
  /** The gaps as they read: the chosen option's text or what was typed. */
  respond: (dialect, q, response, lang) => dialect.texts(q.gaps.map(({ id, options }) =>
    options?.find(option => option.id === response[id])?.text[lang] ?? response[id] ?? ''), lang),
  patterns: (dialect, q, lang) => [dialect.matters(q) + dialect.response(q, gaps.right(q, lang), lang)],
};

/** The steps that were taken; the last one has the score. It is answered by links, so that nothing is read from a form. */
const path = {
  marks: () => [],
  share: ({ steps }, response) => (steps.find(({ id }) => id === response.at(-1))?.score ?? 0) / 100,
  pack: ({ steps }, response) => codes(steps, response.slice(-PATH)),
  /** Of the steps only those behind the last one that is gone; nothing if that was the last: then it begins anew. */
  unpack({ steps }, tokens) {
    const found = tokens.map(code => decode(steps, code)),
      known = found.slice(found.lastIndexOf(undefined) + 1);
    return known.length ? known : undefined;
  },
  respond: (dialect, q, response) => dialect.path(response),
  patterns: () => [],
};

export const SHAPES = { one, many, order, text, number: numeral, pairs, gaps, path };

const choices = ({ options }) => ({ choices: options });

/** @type {Record<string, Partial<Type>>} */
export const TYPES = {
  'single-choice': { interaction: 'choice', lists: choices },
  'multiple-choice': { interaction: 'choice', lists: choices },
  'true-false': { interaction: 'true-false', respond: (dialect, q, response) => dialect.truth(String(response)) },
  'short-answer': { interaction: 'fill-in' },
  numeric: { interaction: 'numeric' },
  matching: { interaction: 'matching' },
  ordering: { interaction: 'sequencing', lists: choices },
  gaps: { interaction: 'fill-in' },
  likert: { interaction: 'likert', lists: ({ options }) => ({ scale: options }) },
  'long-answer': { interaction: 'long-fill-in', long: true, respond: (dialect, q, response, lang) => dialect.long(response, lang) },
  scenario: { interaction: 'performance', lists: ({ steps }) => ({ steps }) },
};

/** @returns {Type} what a question's shape and type make of it */
export const typeOf = ({ shape, type }) => ({ ...SHAPES[shape], ...TYPES[type] });
