/**
 * Questions and answers in the forms that SCORM and xAPI share. A dialect holds what differs; see adapter-scorm12.js.
 *
 * @import { Course, OptionsQuestion, OrderQuestion, PairsQuestion, Question, Range } from './declarations/course.js'
 * @import { LearnerResponse } from './types.js'
 * @typedef {object} Dialect how a standard writes answers and their patterns
 * @property {Record<string, string>} types its names of interactions, where they differ
 * @property {(q: Question, response: LearnerResponse, lang: string) => string} response
 * @property {(q: OptionsQuestion | OrderQuestion, ids: string[]) => string} options
 * @property {(text: string) => string} truth
 * @property {(q: PairsQuestion, pairs: [string, string][]) => string} pairs
 * @property {(texts: string[], lang: string) => string} texts
 * @property {(steps: string[]) => string} path
 * @property {(text: string, lang: string) => string} typed
 * @property {(text: string, lang: string) => string} long
 * @property {(range: Range) => string | string[]} bounds
 * @property {(q: {case: boolean}) => string} matters how a pattern is to be compared
 * @property {(seconds: number) => string} duration
 */
import { typeOf } from './types.js';

/** @returns {[number, number, string]} hours, minutes, and seconds with hundredths @param {number} time */
export function clock(time) {
  const seconds = Math.round(time * 100) / 100;
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, (seconds % 60).toFixed(2)];
}

/** @returns {string} one line without the marks that separate parts of a response @param {string} text @param {number} [length] */
export const line = (text, length = 255) => text.replace(/\s+/g, ' ').replace(/\[([,.:])\]/g, '($1)').trim().slice(0, length);

/** @returns {string} what a standard calls the type of an interaction @param {Question} q @param {Dialect} dialect */
export function typeName(q, { types }) {
  const { interaction } = typeOf(q);
  return types[interaction] ?? interaction;
}

/** @returns {string[]} patterns of right answers @param {Question} q @param {string} lang @param {Dialect} dialect */
export const patterns = (q, lang, dialect) => (q.scored ? typeOf(q).patterns(dialect, q, lang) : []);
