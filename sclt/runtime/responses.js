/** Answers as SCORM 2004 and xAPI write them. */
import { clock, decimal, line, pairsOf } from './interaction.js';
import { gapTexts } from './score.js';

/** @returns {string} a text with its language; one that begins with a brace would be taken for such a mark */
export const local = (text, lang, length = 250) => `{lang=${lang}}${line(text, length).replace(/^\{/, '(')}`;
export const long = (text, lang) => local(text, lang, 4000 - lang.length - 7);
const pairs = list => list.map(pair => pair.join('[.]')).join('[,]');

/** @returns {string} what a learner answered */
function response(q, answer, lang) {
  switch (q.type) {
    case 'numeric': return decimal(answer);
    case 'matching': return pairs(pairsOf(q, answer));
    case 'scenario': return pairs(answer.slice(1).map((step, i) => [answer[i], step]));
    case 'gaps': return gapTexts(q, answer, lang).map(text => local(text, lang)).join('[,]');
    case 'short-answer': return local(answer, lang);
    case 'long-answer': return long(answer, lang);
    default: return [answer].flat().join('[,]');
  }
}

/** What a dialect of these standards shares with the others. */
export const responses = {
  long: 'long-fill-in', response, typed: local,
  bounds: ({ low, high }) => `${low}[:]${high}`,
  /** How a pattern is to be compared. */
  matters: ({ case: matters }) => `{case_matters=${matters}}{order_matters=true}`,
  /** @returns {string} an ISO 8601 duration */
  duration(seconds) {
    const [h, m, s] = clock(seconds);
    return `PT${h}H${m}M${s}S`;
  },
};
