/** The adapter of SCORM 2004, all editions. Packages carry it as adapter.js. */
import { clock, createScorm, decimal, interaction, line, pairsOf, patterns, resultOf } from './scorm.js';
import { gapTexts, round } from './score.js';

/** @returns {string} a text with its language; one that begins with a brace would be taken for such a mark */
const local = (text, language, length = 250) => `{lang=${language}}${line(text, length).replace(/^\{/, '(')}`;
const long = (text, language) => local(text, language, 4000 - language.length - 7);
const pairs = list => list.map(pair => pair.join('[.]')).join('[,]');

/** @returns {string} learner_response */
export function response2004(q, response, language) {
  switch (q.type) {
    case 'numeric': return decimal(response);
    case 'matching': return pairs(pairsOf(q, response));
    case 'scenario': return pairs(response.slice(1).map((step, i) => [response[i], step]));
    case 'gaps': return gapTexts(q, response, language).map(text => local(text, language)).join('[,]');
    case 'short-answer': return local(response, language);
    case 'long-answer': return long(response, language);
    default: return [response].flat().join('[,]');
  }
}

/** @returns {string[]} patterns of right answers */
export const patterns2004 = (q, language) => patterns(q, language, dialect)
  .map(pattern => ('case' in q ? `{case_matters=${q.case}}{order_matters=true}${pattern}` : pattern));

/** @returns {string} an ISO 8601 duration */
export function duration2004(seconds) {
  const [h, m, s] = clock(seconds);
  return `PT${h}H${m}M${s}S`;
}

/** @returns {string} a time with hundredths, in UTC */
export const time2004 = time => `${new Date(time).toISOString().slice(0, 22)}Z`;

/** @returns {string} */
export const result2004 = share => resultOf(share, 'incorrect');

/** @returns {[string, string|number][]} the elements of an interaction in the order of writing */
export const interaction2004 = (course, item) => interaction(course, item, dialect);

const dialect = {
  api: 'API_1484_11', prefix: '', terminate: 'Terminate', normalExit: 'normal', whole: 1, types: { 'long-answer': 'long-fill-in' },
  names: {
    mode: 'cmi.mode', credit: 'cmi.credit', entry: 'cmi.entry', status: 'cmi.completion_status', success: 'cmi.success_status',
    best: 'cmi.score.scaled', mastery: 'cmi.scaled_passing_score', learner: 'cmi.learner_id', name: 'cmi.learner_name',
    language: 'cmi.learner_preference.language', location: 'cmi.location', exit: 'cmi.exit', time: 'cmi.session_time',
    at: 'timestamp', response: 'learner_response',
  },
  questionId: ({ iri }, id) => `${iri}/questions/${id}`,
  objectiveId: ({ iri }, id) => `${iri}/objectives/${id}`,
  typed: (text, language) => local(text, language),
  bounds: ({ low, high }) => `${low}[:]${high}`,
  more: (q, id, language) => [['description', local(q.text[language] || id, language)]],
  complete(link, { complete, success, progress }) {
    link.raise(link.need, 'cmi.completion_status', complete ? 'completed' : 'incomplete');
    if (success) link.raise(link.need, 'cmi.success_status', success);
    if (progress != null) link.raise(link.offer, 'cmi.progress_measure', round(progress));
  },
  score(link, percent) {
    link.raise(link.need, 'cmi.score.scaled', round(percent / 100));
    link.raise(link.offer, 'cmi.score.raw', percent);
    link.offer('cmi.score.min', 0);
    link.offer('cmi.score.max', 100);
  },
  objective(scaled, done, mastery) {
    const completion = ['completion_status', done ? 'completed' : 'incomplete'];
    if (scaled == null) return [completion];
    const success = mastery == null ? [] : [['success_status', scaled >= mastery ? 'passed' : 'failed']];
    return [completion, ['score.scaled', scaled], ...success];
  },
  comment(link, { comment, language, location, time }) {
    const at = `cmi.comments_from_learner.${link.count('cmi.comments_from_learner')}`;
    if (!link.set(`${at}.comment`, long(comment, language))) return false;
    link.offer(`${at}.location`, location);
    link.offer(`${at}.timestamp`, time2004(time));
    return true;
  },
  response: response2004, patterns: patterns2004, duration: duration2004, time: time2004, result: result2004,
};

/** @returns the adapter that the runtime talks to */
export const createAdapter = (win, course) => createScorm(win, course, dialect);
