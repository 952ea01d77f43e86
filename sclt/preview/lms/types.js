/** Types of the elements of SCORM's data models: each a function that tells whether a text is a value of it. */

const match = (pattern) => (text) => pattern.test(text);
export const among = (...words) => (text) => words.includes(text);
export const upTo = (length) => (text) => text.length <= length;
export const between = (low, high) => (text) => /^[-+]?\d+(\.\d+)?$/.test(text) && Number(text) >= low && Number(text) <= high;
export const number = match(/^[-+]?\d+(\.\d+)?$/);
export const orBlank = (type) => (text) => text === '' || type(text);
const all = (...types) => (text) => types.every((type) => type(text));
const some = (...types) => (text) => types.some((type) => type(text));
const list = (mark, most, type) => (text) => {
  const parts = text.split(mark);
  return parts.length <= most && parts.every(type);
};
const pairOf = (mark, left, right) => (text) => {
  const parts = text.split(mark);
  return parts.length === 2 && left(parts[0]) && right(parts[1]);
};

/** SCORM 1.2, 3.4.2: CMIIdentifier, CMITime, CMITimespan, and CMIFeedback by the type of an interaction. */
export const identifier = match(/^[\x21-\x7e]{1,255}$/);
export const clock = match(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
export const timespan = match(/^\d{2,4}:\d\d:\d\d(\.\d{1,2})?$/);
const letters = match(/^\{?[a-z0-9](,[a-z0-9])*\}?$/);
const text255 = upTo(255);
export const FEEDBACK = {
  'true-false': match(/^[01tf]/), choice: letters, sequencing: letters, 'fill-in': text255, performance: text255, likert: orBlank(match(/^[a-z0-9]$/)),
  numeric: number, matching: match(/^\{?[a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*\}?$/),
};

/** SCORM 2004 RTE, 4.1.1.7: language strings, identifiers, points and lengths of time. */
export const language = orBlank(match(/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/));
export const localized = (length) => (text) => text.replace(/^\{lang=[A-Za-z0-9-]*\}/, '').length <= length;
export const long = all(match(/^[^\s]+$/), upTo(4000));
const short = all(match(/^[^\s]+$/), upTo(250));
export const instant = match(/^(19[7-9]\d|20[0-3]\d)(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d(\.\d{1,2})?(Z|[+-]\d\d(:\d\d)?)?)?)?)?)?)?$/);
export const interval = match(/^P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/);
const bare = (type) => (text) => type(text.replace(/^(\{(case_matters|order_matters)=(true|false)\})+/, ''));
const once = (type) => (text) => new Set(text.split('[,]')).size === text.split('[,]').length && type(text);
const step = some(pairOf('[.]', orBlank(short), orBlank(upTo(250))), short);

/** RTE 4.2.9.1: what a learner answers. */
export const RESPONSES = {
  'true-false': among('true', 'false'), choice: orBlank(once(list('[,]', 36, short))), 'fill-in': list('[,]', 10, localized(250)),
  'long-fill-in': localized(4000), likert: short, matching: orBlank(list('[,]', 36, pairOf('[.]', short, short))),
  performance: list('[,]', 125, step), sequencing: orBlank(list('[,]', 36, short)), numeric: number, other: upTo(4000),
};
const bound = orBlank(number);
/** RTE 4.2.9.2: patterns of right answers. */
export const PATTERNS = {
  ...RESPONSES, 'fill-in': bare(RESPONSES['fill-in']), 'long-fill-in': bare(RESPONSES['long-fill-in']),
  performance: bare(RESPONSES.performance), numeric: pairOf('[:]', bound, bound),
};
/** So many patterns an interaction must be able to have; what is not named here has one. */
export const MOST_PATTERNS = { choice: 10, 'fill-in': 5, 'long-fill-in': 5, matching: 5, performance: 5, sequencing: 5 };
