/**
 * How parts of a saved state are written. docs/saved-state.md describes the form.
 *
 * @import { Coded } from './declarations/course.js'
 */

/** @returns {number} of digits in base 36; 0 for what is none @param {string} text */
export const unbase36 = text => parseInt(text, 36) || 0;
/** @returns {string} @param {number} value @param {number} [width] */
export const base36 = (value, width = 1) => value.toString(36).padStart(width, '0');

/** @returns {string} the codes of options, one after another; nothing for what is none of them @param {Coded[]} list @param {string[]} ids */
export const codes = (list, ids) => ids.map(id => list.find(each => each.id === id)?.code ?? '').join('');
/** @returns {string|undefined} the option with a code @param {Coded[]} list @param {string} code */
export const decode = (list, code) => list.find(each => each.code === code)?.id;

/**
 * Codes of what stands on the left and beside it, by turns.
 * @param {Coded[]} left
 * @param {(id: string) => Coded[]} right what may stand beside one
 * @param {Record<string, string>} response
 */
export const packSides = (left, right, response) => left.map(({ id, code }) => {
  const other = codes(right(id), [response[id]]);
  return other && code + other;
}).join('');

/**
 * @returns {Record<string, string>} what stands beside what, of codes by turns; without what the course no longer has
 * @param {Coded[]} left @param {(id: string) => Coded[]} right @param {string[]} tokens
 */
export function unpackSides(left, right, tokens) {
  /** @type {Record<string, string>} */
  const pairs = {};
  for (let i = 1; i < tokens.length; i += 2) {
    const id = decode(left, tokens[i - 1]),
      other = id && decode(right(id), tokens[i]);
    if (other) pairs[id] = other;
  }
  return pairs;
}

/**
 * Marks of the form itself and characters that some LMS mangles are written as ~ and two digits; halves of characters are left out.
 * @param {string} text
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what some LMS mangles
export const escapeText = text => text.replace(/[\0-\x1f"'\\<>&%+*.:;~\x7f]/g, mark => `~${base36(mark.charCodeAt(0), 2)}`).replace(/\p{Cs}/gu, '');
/** @param {string} text */
export const unescapeText = text => text.replace(/~(..)/g, (_, digits) => String.fromCharCode(unbase36(digits)));

/** Texts by field; empty ones are left out. @param {Record<string, string | false | undefined>} fields @returns {string} */
export const packFields = fields => Object.entries(fields).filter(([, text]) => text)
  .map(([id, text]) => `${id}:${escapeText(/** @type {string} */ (text))}`).join('*');
/** @param {string} text @returns {Record<string, string>} */
export const unpackFields = text => Object.fromEntries(text.split('*').filter(Boolean).map(field => {
  const [id, value = ''] = field.split(':');
  return [id, unescapeText(value)];
}));
