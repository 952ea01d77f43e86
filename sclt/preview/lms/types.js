/**
 * Types of the elements of SCORM's data models: each a function that tells whether a text is a value of it.
 *
 * @typedef {(text: string, of: (element: string) => string) => boolean} Test  `of` tells the other elements of the same entry
 */

/** @param {RegExp} pattern @returns {Test} */
const match = (pattern) => (text) => pattern.test(text);
/** @param {...string} words @returns {Test} */
export const among = (...words) => (text) => words.includes(text);
/** @param {number} length @returns {Test} */
export const upTo = (length) => (text) => text.length <= length;
/** @param {number} low @param {number} high @returns {Test} */
export const between = (low, high) => (text) => /^[-+]?\d+(\.\d+)?$/.test(text) && Number(text) >= low && Number(text) <= high;
export const number = match(/^[-+]?\d+(\.\d+)?$/);
/** @param {Test} type @returns {Test} */
export const orBlank = (type) => (text, of) => text === '' || type(text, of);
/** @param {...Test} types @returns {Test} */
const all = (...types) => (text, of) => types.every((type) => type(text, of));
/** @param {...Test} types @returns {Test} */
const some = (...types) => (text, of) => types.some((type) => type(text, of));
/** @param {string} mark @param {number} most @param {Test} type @returns {Test} */
const list = (mark, most, type) => (text, of) => {
  const parts = text.split(mark);
  return parts.length <= most && parts.every((part) => type(part, of));
};
/** @param {string} mark @param {Test} left @param {Test} right @returns {Test} */
const pairOf = (mark, left, right) => (text, of) => {
  const parts = text.split(mark);
  return parts.length === 2 && left(parts[0], of) && right(parts[1], of);
};

/** SCORM 1.2, 3.4.2: CMIIdentifier, CMITime, CMITimespan, and CMIFeedback by the type of an interaction. */
export const identifier = match(/^[\x21-\x7e]{1,255}$/);
export const clock = match(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
export const timespan = match(/^\d{2,4}:\d\d:\d\d(\.\d{1,2})?$/);
const letters = match(/^\{?[a-z0-9](,[a-z0-9])*\}?$/);
const text255 = upTo(255);
/** @type {Record<string, Test>} */
export const FEEDBACK = {
  'true-false': match(/^[01tf]/), choice: letters, sequencing: letters, 'fill-in': text255, performance: text255, likert: orBlank(match(/^[a-z0-9]$/)),
  numeric: number, matching: match(/^\{?[a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*\}?$/),
};

/** SCORM 2004 RTE, 4.1.1.7: language strings, identifiers, points and lengths of time. */
export const language = orBlank(match(/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/));
/** @param {number} length @returns {Test} */
export const localized = (length) => (text) => text.replace(/^\{lang=[A-Za-z0-9-]*\}/, '').length <= length;
export const long = all(match(/^[^\s]+$/), upTo(4000));
const short = all(match(/^[^\s]+$/), upTo(250));
export const instant = match(/^(19[7-9]\d|20[0-3]\d)(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d(\.\d{1,2})?(Z|[+-]\d\d(:\d\d)?)?)?)?)?)?)?$/);
export const interval = match(/^P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/);
/** @param {Test} type @returns {Test} */
const bare = (type) => (text, of) => type(text.replace(/^(\{(case_matters|order_matters)=(true|false)\})+/, ''), of);
/** @param {Test} type @returns {Test} */
const once = (type) => (text, of) => new Set(text.split('[,]')).size === text.split('[,]').length && type(text, of);
const step = some(pairOf('[.]', orBlank(short), orBlank(upTo(250))), short);

/** RTE 4.2.9.1: what a learner answers. @type {Record<string, Test>} */
export const RESPONSES = {
  'true-false': among('true', 'false'), choice: orBlank(once(list('[,]', 36, short))), 'fill-in': list('[,]', 10, localized(250)),
  'long-fill-in': localized(4000), likert: short, matching: orBlank(list('[,]', 36, pairOf('[.]', short, short))),
  performance: list('[,]', 125, step), sequencing: orBlank(list('[,]', 36, short)), numeric: number, other: upTo(4000),
};
const bound = orBlank(number);
/** RTE 4.2.9.2: patterns of right answers. @type {Record<string, Test>} */
export const PATTERNS = {
  ...RESPONSES, 'fill-in': bare(RESPONSES['fill-in']), 'long-fill-in': bare(RESPONSES['long-fill-in']),
  performance: bare(RESPONSES.performance), numeric: pairOf('[:]', bound, bound),
};
/** So many patterns an interaction must be able to have; what is not named here has one. @type {Record<string, number>} */
export const MOST_PATTERNS = { choice: 10, 'fill-in': 5, 'long-fill-in': 5, matching: 5, performance: 5, sequencing: 5 };
