/** Questions and answers in the forms that SCORM and xAPI share. A dialect holds what differs; see adapter-scorm12.js. */
import { isRight, parseNumber, rightOf } from './score.js';
import { isJudged } from './state.js';

/** @returns {[number, number, string]} hours, minutes, and seconds with hundredths */
export function clock(time) {
  const seconds = Math.round(time * 100) / 100;
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, (seconds % 60).toFixed(2)];
}

/** @returns {string} one line without the marks that separate parts of a response */
export const line = (text, length = 255) => text.replace(/\s+/g, ' ').replace(/\[([,.:])\]/g, '($1)').trim().slice(0, length);

/** The standards' names for the types of questions. */
const TYPES = {
  'single-choice': 'choice', 'multiple-choice': 'choice', 'short-answer': 'fill-in', gaps: 'fill-in', ordering: 'sequencing',
  scenario: 'performance',
};

/** @param {string} long what the standard calls a long answer */
export const typeOf = ({ type }, long) => (type === 'long-answer' ? long : TYPES[type] ?? type);

/** @returns {string} a number as the standards write it */
export const decimal = text => String(parseNumber(text));

/** @returns {[string, string][]} left and right side of each pair that was made */
export const pairsOf = ({ left }, response) => left.filter(({ id }) => response[id]).map(({ id }) => [id, response[id]]);

/** @returns {string[]} patterns of right answers */
export function patterns(q, lang, { response, typed, bounds, matters }) {
  const mark = 'case' in q ? matters(q) : '';
  if (q.accepted) return q.accepted[lang].filter(isRight).map(({ text }) => mark + typed(text, lang));
  if (q.ranges) return q.ranges.filter(isRight).flatMap(bounds);
  return isJudged(q) && !q.steps ? [mark + response(q, rightOf(q, lang), lang)] : [];
}
