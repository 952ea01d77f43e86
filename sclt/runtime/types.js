/**
 * What a type of question is to the runtime: how it is answered on the page, kept, judged and told. The course's JSON says of each question its
 * type, its shape (what a response is) and whether it is scored; sclt/questions has the same types for the compiler. A new type is an entry of
 * TYPES; where its shape is known, the entry holds only what differs.
 *
 * @import { ChosenGap, EssayQuestion, Gap, GapsQuestion, NumberQuestion, Option, OptionsQuestion, OrderQuestion, PairsQuestion, PathQuestion,
 *   Question, Range, Side, Step, TextQuestion, Foreseen } from './declarations/course.js'
 * @import { Dialect } from './interaction.js'
 * @import { Field, Part } from './view.js'
 *
 * @typedef {string | string[] | Record<string, string>} LearnerResponse  what a learner answers, by the shape of the question
 * @typedef {[part: string, how: 'right' | 'partly' | 'wrong' | 'missed' | false]} Mark  what is to say of an option, a left side or a gap
 */

/**
 * @template {Question} Q @template {LearnerResponse} R
 * @typedef {{
 *   read(form: HTMLElement, q: Q): R | undefined,
 *   write(form: HTMLElement, response: R): void,
 *   complaint?(response: R): string,
 *   marks(q: Q, response: R, lang: string): Mark[],
 *   share(q: Q, response: R, lang: string): number,
 *   right(q: Q, lang: string): R,
 *   rightWords?(q: Q, lang: string): string,
 *   chosen(q: Q, response: R, lang: string): (string | undefined)[],
 *   pack(q: Q, response: R): string,
 *   unpack(q: Q, tokens: string[]): R | undefined,
 *   packText?(q: Q, response?: R | null): string,
 *   unpackText?(q: Q, response: R | null | undefined, text: string): R,
 *   respond(dialect: Dialect, q: Q, response: R, lang: string): string,
 *   patterns(dialect: Dialect, q: Q, lang: string): string[],
 *   lists?(q: Q): Record<string, (Side | Step)[]>,
 *   toOrder?: boolean,
 * }} Shape  what a shape of response is: `read` takes what is filled in, `write` puts it there; `complaint` is the word that says why a response cannot
 *   be taken, nothing if it can; `marks` tells parts apart, `share` what is right of it, 0 to 1; `right` is a right response, `rightWords` says it where
 *   the course's JSON has no words for it; `chosen` whose feedback is shown; `pack` and `unpack` its codes in the saved state, `packText` and
 *   `unpackText` its free text; `respond` and `patterns` write a response and the right ones as a standard does; `lists` are those of an xAPI definition
 *   that tell what could be chosen; what is `toOrder` is mixed, and never in the right order from the start
 */

/**
 * @typedef {Shape<any, any>} AnyShape  of whatever question and response: which belong together is known by the question's shape, not to the compiler
 * @typedef {AnyShape & {interaction: string, long?: boolean}} Type  its name in SCORM 2004 and xAPI; what is long is a text of the learner's own: kept
 *   while it is typed, the newest gets room first
 */

/**
 * @template {Question} Q
 * @typedef {Omit<Shape<Q, string>, 'right'> & {foreseen(q: Q, response: string, lang: string): {id: string, correct: boolean, credit?: number} | undefined}} Typed
 */
import { codes, decode, escapeText, packFields, packSides, unescapeText, unpackFields, unpackSides } from './packing.js';
import { all, find, number } from './view.js';

/** So many last steps of a path are kept. */
const PATH = 12;

/** @param {{correct: boolean}} option */
const isRight = ({ correct }) => correct;

/** @param {{id: string}[]} list */
export const idsOf = list => list.map(({ id }) => id);

/** What an element stands for: an option, a left side or a gap. @param {Part} element @returns {string} */
export const idOf = element => element.dataset.option ?? element.dataset.gap ?? element.dataset.left ?? /** @type {Field} */ (element).value;
/** @param {HTMLElement} form @returns {Field[]} */
const inputs = form => all(form, '.options input');
/** The lines of an order. @param {HTMLElement} form @returns {Part[]} */
export const rows = form => all(form, '.order > li');
/** @param {HTMLElement} form @returns {[string, Field][]} */
const fields = form => /** @type {Field[]} */ (all(form, '.pairs select, .gap'))
  .map(field => [idOf(/** @type {Part} */ (field.closest('[data-left], .gap'))), field]);

/** Put the children of a list into the order of these ids. @param {HTMLElement} list @param {string[]} ids */
export function arrange(list, ids) {
  const children = /** @type {Part[]} */ ([...list.children]);
  for (const id of ids) list.append(...children.filter(child => idOf(child) === id));
}

/** @returns {number} NaN if the text is no number; comma or point, spaces between thousands @param {string} text */
export function parseNumber(text) {
  let plain = text.replace(/[\s']/g, '').replace(/^[\u2212\u2013]/, '-');
  // Where both marks stand, the last one is that of the decimals.
  if (/,.*\.|\..*,/.test(plain)) plain = plain.replace(/[,.](?=.*[,.])/g, '');
  plain = plain.replace(',', '.');
  return /^[-+]?[\d.]+$/.test(plain) ? Number(plain) : NaN;
}

/** A text as it is compared: one form of letters, quotes and dashes, single spaces. @param {string | undefined} text @param {boolean} [matterOfCase] */
function plainText(text, matterOfCase) {
  const plain = String(text ?? '').normalize().trim().replace(/\s+/g, ' ').replace(/[\u2010-\u2015]/g, '-')
    .replace(/[\u2018\u2019]/g, "'").replace(/[\u201c-\u201f]/g, '"');
  return matterOfCase ? plain : plain.toLowerCase();
}

/** @param {{case?: boolean}} q @param {string} one @param {string | undefined} two */
const same = (q, one, two) => plainText(one, q.case) === plainText(two, q.case);

/** Whether a text is an answer; between its parts stands anything. @param {{case?: boolean}} q @param {Foreseen} answer @param {string} response */
const meets = (q, { text, parts }, response) => (parts
  ? new RegExp(`^${plainText(parts.join('\0'), q.case).split('\0').map(part => part.replace(/\W/g, '\\$&')).join('.*')}$`).test(plainText(response, q.case))
  : same(q, text, response));

/** The share of the points that an answer earns. @param {{correct: boolean, credit?: number} | undefined} answer */
const earned = answer => answer?.credit ?? Number(answer?.correct ?? 0);

/** @param {string} id @param {boolean} right @returns {Mark} */
const mark = (id, right) => [id, right ? 'right' : 'wrong'];
/** @param {Mark[]} marks @param {Mark[1]} kind */
const count = (marks, kind) => marks.filter(([, each]) => each === kind).length;
/** @param {{partial: boolean}} q @param {number} share */
const partly = (q, share) => Math.min(1, Math.max(0, q.partial === false ? Math.floor(share + 1e-6) : share));

/** What all that has parts is judged by: how many of them are right. @type {Pick<AnyShape, 'share' | 'chosen' | 'patterns'>} */
const byParts = {
  /** @this {AnyShape} @type {AnyShape['share']} */
  share(q, response, lang) {
    const found = this.marks(q, response, lang);
    return partly(q, count(found, 'right') / found.length);
  },
  chosen: () => [],
  /** @this {AnyShape} @type {AnyShape['patterns']} */
  patterns(dialect, q, lang) {
    return [dialect.response(q, this.right(q, lang), lang)];
  },
};

/**
 * Options of a list. Where they are to be chosen, a wrong one takes back a right one, unless it is said what each earns.
 * @type {Shape<OptionsQuestion | OrderQuestion, string[]>}
 */
const many = {
  ...byParts,
  read: (form, q) => idsOf(q.options).filter(id => inputs(form).some(input => input.checked && input.value === id)),
  write(form, response) {
    for (const input of inputs(form)) input.checked = [response].flat().includes(input.value);
  },
  marks: ({ options }, response) => options.map(({ id, correct }) => ([response].flat().includes(id) ? mark(id, correct) : [id, correct && 'missed'])),
  share(q, response, lang) {
    const found = this.marks(q, response, lang),
      all = count(found, 'right') + count(found, 'missed');
    return partly(q, q.options.reduce((sum, { credit }, n) => sum + (credit == null ? count([found[n]], 'right') - count([found[n]], 'wrong')
      : [response].flat().includes(q.options[n].id) ? credit * all : 0), 0) / all);
  },
  right: ({ options }) => idsOf(options.filter(isRight)),
  chosen: (q, response) => [response].flat(),
  pack: ({ options }, response) => codes(options, [response].flat()),
  unpack: ({ options }, tokens) => /** @type {string[]} */ (tokens.map(code => decode(options, code)).filter(Boolean)),
  respond: (dialect, q, response) => dialect.options(q, [response].flat()),
};

/** The same of a single one: its id is taken as a list of one. Where several are right, none is missed beside another. @type {AnyShape} */
const one = {
  ...many,
  /** @param {OptionsQuestion} q @param {string} response @returns {Mark[]} */
  marks({ options }, response) {
    const chosen = options.find(({ id }) => id === response);
    return options.map(each => [each.id, each === chosen ? isRight(each) ? 'right' : each.credit ? 'partly' : 'wrong' : isRight(each) && !chosen?.correct && 'missed']);
  },
  /** @param {OptionsQuestion} q @param {string} response */
  share: ({ options }, response) => earned(options.find(({ id }) => id === response)),
  /** @param {Dialect} dialect @param {OptionsQuestion} q @param {string} lang */
  patterns: (dialect, q, lang) => q.options.filter(isRight).map(({ id }) => dialect.response(q, id, lang)),
  read: form => inputs(form).find(input => input.checked)?.value,
  unpack: (q, tokens) => many.unpack(q, tokens)?.[0],
};

/** @type {Shape<OrderQuestion, string[]>} */
const order = {
  ...byParts, toOrder: true,
  read: form => rows(form).map(idOf),
  write: (form, response) => arrange(find(form, '.order'), response),
  marks: ({ options }, response) => options.map(({ id }, place) => mark(response[place], response[place] === id)),
  right: ({ options }) => idsOf(options),
  pack: many.pack, unpack: many.unpack, respond: many.respond,
};

/**
 * What is typed into one field. `foreseen` finds the accepted or foreseen answer that it meets.
 * @type {Omit<Typed<Question>, 'foreseen' | 'respond' | 'patterns'>}
 */
const typed = {
  read: form => /** @type {Field} */ (find(form, '.answer')).value.trim(),
  write(form, response) {
    /** @type {Field} */ (find(form, '.answer')).value = response;
  },
  marks: () => [],
  /** @this {Typed<any>} @type {AnyShape['share']} */
  share(q, response, lang) {
    return earned(this.foreseen(q, response, lang));
  },
  /** @this {Typed<any>} @type {AnyShape['chosen']} */
  chosen(q, response, lang) {
    return [this.foreseen(q, response, lang)?.id];
  },
  pack: () => '',
  unpack() {},
  packText: (q, response) => escapeText(response ?? ''),
  unpackText: (q, response, text) => unescapeText(text),
};

/** @type {Typed<TextQuestion | EssayQuestion>} */
const text = {
  ...typed,
  foreseen: (q, response, lang) => q.accepted?.[lang].find(each => meets(q, each, response)),
  respond: (dialect, q, response, lang) => dialect.typed(response, lang),
  // A wildcard is no text that a pattern could tell.
  patterns: (dialect, /** @type {TextQuestion} */ q, lang) => q.accepted[lang].filter(each => isRight(each) && !each.parts).map(each => dialect.matters(q) + dialect.typed(each.text, lang)),
};

/** @param {Range} range */
const range = ({ low, high }) => [...new Set([low, high])].map(each => number(each, 20)).join('–');

/** @type {Typed<NumberQuestion>} */
const numeral = {
  ...typed,
  complaint: response => (Number.isNaN(parseNumber(response)) ? 'answer_number' : ''),
  foreseen({ ranges }, response) {
    const value = parseNumber(response),
      near = Math.abs(value) * 1e-9;
    return ranges.find(({ low, high }) => value >= low - near && value <= high + near);
  },
  rightWords: ({ ranges, unit }, lang) => `${ranges.filter(isRight).map(range).join('; ')} ${unit[lang]}`.trim(),
  respond: (dialect, q, response) => String(parseNumber(response)),
  patterns: (dialect, { ranges }) => ranges.filter(isRight).flatMap(dialect.bounds),
};

/** What is filled in by left side or gap. @type {Pick<AnyShape, 'read' | 'write' | 'share' | 'chosen' | 'patterns'>} */
const named = {
  ...byParts,
  read: form => Object.fromEntries(fields(form).map(([id, field]) => [id, field.value.trim()]).filter(([, value]) => value)),
  write(form, response) {
    for (const [id, field] of fields(form)) field.value = response[id] ?? '';
  },
};

/** @type {Shape<PairsQuestion, Record<string, string>>} */
const pairs = {
  ...named,
  lists: ({ left, right }) => ({ source: left, target: right }),
  marks: (q, response) => q.left.map(({ id }) => mark(id, response[id] === q.pairs[id])),
  right: q => q.pairs,
  pack: ({ left, right }, response) => packSides(left, () => right, response),
  unpack: ({ left, right }, tokens) => unpackSides(left, () => right, tokens),
  respond: (dialect, q, response) => dialect.pairs(q, q.left.filter(({ id }) => response[id]).map(({ id }) => [id, response[id]])),
};

/** @param {Gap} gap */
const isChosen = ({ choose }) => choose;
/** @param {GapsQuestion} q @returns {(id: string) => Option[]} */
const optionsOf = ({ gaps }) => id => /** @type {ChosenGap} */ (gaps.find(gap => gap.id === id)).options;

/** @type {Shape<GapsQuestion, Record<string, string>>} */
const gaps = {
  ...named,
  marks: (q, response, lang) => q.gaps.map(({ id, options, accepted }) => mark(id,
    options ? options.some(each => each.correct && each.id === response[id]) : accepted[lang].some(each => same(q, each, response[id])))),
  right: (q, lang) => /** @type {Record<string, string>} */ (
    Object.fromEntries(q.gaps.map(({ id, options, accepted }) => [id, options ? options.find(isRight)?.id : accepted[lang][0]]))),
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

/**
 * The steps that were taken; the last one has the score. It is answered by links, so that nothing is read from a form.
 * @type {Omit<Shape<PathQuestion, string[]>, 'read' | 'write' | 'right' | 'chosen'>}
 */
const path = {
  marks: () => [],
  share: ({ steps }, response) => (steps.find(({ id }) => id === response.at(-1))?.score ?? 0) / 100,
  pack: ({ steps }, response) => codes(steps, response.slice(-PATH)),
  /** Of the steps only those behind the last one that is gone; nothing if that was the last: then it begins anew. */
  unpack({ steps }, tokens) {
    const found = tokens.map(code => decode(steps, code)),
      known = /** @type {string[]} */ (found.slice(found.lastIndexOf(undefined) + 1));
    return known.length ? known : undefined;
  },
  respond: (dialect, q, response) => dialect.path(response),
  patterns: () => [],
};

export const SHAPES = { one, many, order, text, number: numeral, pairs, gaps, path };

/** @param {{options: Option[]}} q */
const choices = ({ options }) => ({ choices: options });

/** @type {Record<string, Partial<Type>>} */
export const TYPES = {
  'single-choice': { interaction: 'choice', lists: choices },
  'multiple-choice': { interaction: 'choice', lists: choices },
  'picture-choice': { interaction: 'choice', lists: choices },
  hotspot: { interaction: 'choice', lists: choices },
  'true-false': { interaction: 'true-false', respond: (dialect, q, response) => dialect.truth(String(response)) },
  'short-answer': { interaction: 'fill-in' },
  numeric: { interaction: 'numeric' },
  matching: { interaction: 'matching' },
  sorting: { interaction: 'matching' },
  'picture-labels': { interaction: 'matching' },
  ordering: { interaction: 'sequencing', lists: choices },
  gaps: { interaction: 'fill-in' },
  likert: { interaction: 'likert', lists: ({ options }) => ({ scale: options }) },
  'long-answer': { interaction: 'long-fill-in', long: true, respond: (dialect, q, response, lang) => dialect.long(response, lang) },
  scenario: { interaction: 'performance', lists: ({ steps }) => ({ steps }) },
};

/** What a question's shape and type make of it. @param {{shape: Question['shape'], type: string}} q */
export const typeOf = ({ shape, type }) => /** @type {Type} */ ({ ...SHAPES[shape], ...TYPES[type] });
