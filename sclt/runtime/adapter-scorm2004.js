/** The adapter of SCORM 2004, all editions. Packages carry it as adapter.js. */
import { TYPES as COMMON, clock, createScorm, decimal, gapTexts, line, resultOf, rightGap } from './scorm.js';

const TYPES = { ...COMMON, 'long-answer': 'long-fill-in' };

const idsOf = (list) => list.map(({ id }) => id).join('[,]');
const pairs = (q, response) => q.left.filter(({ id }) => response[id]).map(({ id }) => `${id}[.]${response[id]}`).join('[,]');

/** @returns {string} a text with its language; one that begins with a brace would be taken for such a mark */
const local = (language, text, length) => `{lang=${language}}${line(text, length).replace(/^\{/, '(')}`;
const joined = (q, value, language) => gapTexts(q, value, language).map((text) => local(language, text, 250)).join('[,]');

/** @returns {string} learner_response */
export function response2004(q, response, language) {
  const make = {
    choice: () => [].concat(response).join('[,]'),
    likert: () => response,
    'true-false': () => response,
    numeric: () => decimal(response),
    matching: () => pairs(q, response),
    sequencing: () => response.join('[,]'),
    performance: () => response.slice(1).map((step, i) => `${response[i]}[.]${step}`).join('[,]'),
    'fill-in': () => (q.type === 'gaps' ? joined(q, (gap) => response[gap.id], language) : local(language, response, 250)),
    'long-fill-in': () => local(language, response, 4000 - language.length - 7),
  };
  return make[TYPES[q.type]]();
}

/** @returns {string[]} patterns of right answers */
export function patterns2004(q, language) {
  const right = (list) => list.filter((each) => each.correct);
  const matters = `{case_matters=${Boolean(q.case)}}{order_matters=true}`;
  const make = {
    'single-choice': () => [idsOf(right(q.options))],
    'multiple-choice': () => [idsOf(right(q.options))],
    'true-false': () => [String(q.answer)],
    'short-answer': () => right(q.accepted[language] ?? []).map(({ text }) => matters + local(language, text, 250)),
    numeric: () => right(q.ranges).map(({ low, high }) => `${low}[:]${high}`),
    matching: () => [pairs(q, q.pairs)],
    ordering: () => [idsOf(q.options)],
    gaps: () => [matters + joined(q, rightGap(language), language)],
  };
  return make[q.type]?.() ?? [];
}

/** @returns {string} an ISO 8601 duration */
export function duration2004(seconds) {
  const [h, m, s] = clock(seconds);
  return `PT${h}H${m}M${s}S`;
}

/** @returns {string} a time with hundredths, in UTC */
export const time2004 = (time) => `${new Date(time).toISOString().slice(0, 22)}Z`;

/** @returns {string} */
export const result2004 = (share) => resultOf(share, 'incorrect');

const objectiveId = (course, id) => `${course.iri}/objectives/${id}`;

/** @returns {[string, string|number][]} the elements of an interaction in the order of writing */
export function interaction2004(course, item) {
  const q = course.questions[item.id];
  return [
    ['id', `${course.iri}/questions/${item.id}`],
    ['type', TYPES[q.type]],
    ...(q.objective ? [['objectives.0.id', objectiveId(course, q.objective)]] : []),
    ['timestamp', time2004(item.time)],
    ...patterns2004(q, item.language).map((pattern, n) => [`correct_responses.${n}.pattern`, pattern]),
    ['weighting', q.points ?? 0],
    ['learner_response', response2004(q, item.response, item.language)],
    ['result', result2004(item.share)],
    ['latency', duration2004(item.seconds)],
    ['description', local(item.language, q.text?.[item.language] || item.id, 250)],
  ];
}

function comment(link, text, { language, location, time }) {
  const at = `cmi.comments_from_learner.${Number(link.get('cmi.comments_from_learner._count')) || 0}`;
  if (!link.set(`${at}.comment`, local(language, text, 4000 - language.length - 7))) return false;
  link.offer(`${at}.location`, location);
  link.offer(`${at}.timestamp`, time2004(time));
  return true;
}

function complete(link, done, success, progress) {
  link.raise(link.need, 'cmi.completion_status', done ? 'completed' : 'incomplete');
  if (success) link.raise(link.need, 'cmi.success_status', success);
  if (progress != null) link.raise(link.offer, 'cmi.progress_measure', Math.round(progress * 1e4) / 1e4);
}

function score(link, percent) {
  link.raise(link.need, 'cmi.score.scaled', Math.round(percent * 100) / 1e4);
  link.raise(link.offer, 'cmi.score.raw', percent);
  link.offer('cmi.score.min', 0);
  link.offer('cmi.score.max', 100);
}

function objective(scaled, done, mastery) {
  const completion = ['completion_status', done ? 'completed' : 'incomplete'];
  if (scaled == null) return [completion];
  const success = mastery == null ? [] : [['success_status', scaled >= mastery ? 'passed' : 'failed']];
  return [completion, ['score.scaled', scaled], ...success];
}

const dialect = {
  api: 'API_1484_11', prefix: '', terminate: 'Terminate', normalExit: 'normal',
  names: {
    mode: 'cmi.mode', credit: 'cmi.credit', entry: 'cmi.entry', status: 'cmi.completion_status', best: 'cmi.score.scaled',
    mastery: 'cmi.scaled_passing_score', learner: 'cmi.learner_id', name: 'cmi.learner_name',
    language: 'cmi.learner_preference.language', location: 'cmi.location', exit: 'cmi.exit', time: 'cmi.session_time',
  },
  fraction: (number) => number,
  reached: (link) => ({ passed: link.get('cmi.success_status') === 'passed', complete: link.get('cmi.completion_status') === 'completed' }),
  duration: duration2004, interaction: interaction2004, objectiveId, complete, score, objective, comment,
};

/** @returns the adapter that the runtime talks to */
export const createAdapter = (win, course) => createScorm(win, course, dialect);
