/**
 * Answers as SCORM 2004 and xAPI write them.
 *
 * @import { Dialect } from './interaction.js'
 */
import { clock, line } from './interaction.js';
import { typeOf } from './types.js';

/**
 * @returns {string} a text with its language; one that begins with a brace would be taken for such a mark
 * @param {string} text @param {string} lang @param {number} [length]
 */
export const local = (text, lang, length = 250) => `{lang=${lang}}${line(text, length).replace(/^\{/, '(')}`;
/** @param {string} text @param {string} lang */
export const long = (text, lang) => local(text, lang, 4000 - lang.length - 7);
/** @param {string[][]} pairs */
const joined = pairs => pairs.map(pair => pair.join('[.]')).join('[,]');

/** What a dialect of these standards shares with the others. @type {Dialect} */
export const responses = {
  types: {}, typed: local, long,
  options: (q, ids) => ids.join('[,]'),
  truth: text => text,
  pairs: (q, pairs) => joined(pairs),
  texts: (texts, lang) => texts.map(text => local(text, lang)).join('[,]'),
  path: steps => joined(steps.slice(1).map((step, i) => [steps[i], step])),
  /** @returns {string} what a learner answered */
  response: (q, answer, lang) => typeOf(q).respond(responses, q, answer, lang),
  bounds: ({ low, high }) => `${low}[:]${high}`,
  /** How a pattern is to be compared. */
  matters: ({ case: matters }) => `{case_matters=${matters}}{order_matters=true}`,
  /** @returns {string} an ISO 8601 duration */
  duration(seconds) {
    const [h, m, s] = clock(seconds);
    return `PT${h}H${m}M${s}S`;
  },
};
