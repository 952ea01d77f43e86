/** Questions and answers in the forms that SCORM and xAPI share. A dialect holds what differs; see adapter-scorm12.js. */
import { typeOf } from './types.js';

/** @returns {[number, number, string]} hours, minutes, and seconds with hundredths */
export function clock(time) {
  const seconds = Math.round(time * 100) / 100;
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, (seconds % 60).toFixed(2)];
}

/** @returns {string} one line without the marks that separate parts of a response */
export const line = (text, length = 255) => text.replace(/\s+/g, ' ').replace(/\[([,.:])\]/g, '($1)').trim().slice(0, length);

/** @returns {string} what a standard calls the type of an interaction */
export function typeName(q, { types }) {
  const { interaction } = typeOf(q);
  return types[interaction] ?? interaction;
}

/** @returns {string[]} patterns of right answers */
export const patterns = (q, lang, dialect) => (q.scored ? typeOf(q).patterns(dialect, q, lang) : []);
