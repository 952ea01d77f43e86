/**
 * The adapter of SCORM 2004, all editions. Packages carry it as adapter.js.
 *
 * @import { Course } from './declarations/course.js'
 * @import { Pair, ScormDialect } from './scorm.js'
 * @import { Write } from './find-api.js'
 */
import { local, long, responses } from './responses.js';
import { createScorm } from './scorm.js';
import { round } from './score.js';

/** @type {ScormDialect} */
export const dialect = {
  ...responses, api: 'API_1484_11', prefix: '', terminate: 'Terminate', whole: 1, wrong: 'incorrect',
  names: {
    mode: 'cmi.mode', credit: 'cmi.credit', entry: 'cmi.entry', status: 'cmi.completion_status', success: 'cmi.success_status',
    best: 'cmi.score.scaled', mastery: 'cmi.scaled_passing_score', learner: 'cmi.learner_id', name: 'cmi.learner_name',
    language: 'cmi.learner_preference.language', location: 'cmi.location', exit: 'cmi.exit', time: 'cmi.session_time',
    at: 'timestamp', response: 'learner_response',
  },
  questionId: ({ iri }, id) => `${iri}/questions/${id}`,
  objectiveId: ({ iri }, id) => `${iri}/objectives/${id}`,
  /** @returns {string} a time with hundredths, in UTC */
  time: time => `${new Date(time).toISOString().slice(0, 22)}Z`,
  more: (q, id, lang) => [['description', local(q.text[lang] || id, lang)]],
  browsed: 'incomplete',
  /** @param {boolean} again whether completion and success may become lesser */
  complete(link, { complete, success, progress }, again) {
    const /** @type {Write} */ write = again ? link.need : (name, value) => link.raise(link.need, name, value);
    write('cmi.completion_status', complete ? 'completed' : 'incomplete');
    if (success) write('cmi.success_status', success);
    if (progress != null) link.raise(link.offer, 'cmi.progress_measure', round(progress));
  },
  score(link, percent) {
    link.raise(link.need, 'cmi.score.scaled', round(percent / 100));
    link.raise(link.offer, 'cmi.score.raw', percent);
    link.offer('cmi.score.min', 0);
    link.offer('cmi.score.max', 100);
  },
  objective(scaled, done, mastery) {
    const /** @type {Pair} */ completion = ['completion_status', done ? 'completed' : 'incomplete'];
    if (scaled == null) return [completion];
    const /** @type {Pair[]} */ success = mastery == null ? [] : [['success_status', scaled >= mastery ? 'passed' : 'failed']];
    return [completion, ['score.scaled', scaled], ...success];
  },
  /** Each has its own place for good: one that may not have arrived is written there again. */
  comment(link, item, state) {
    const list = 'cmi.comments_from_learner',
      { comment, full = comment, language: lang, location, time } = item,
      text = long(full, lang),
      count = link.count(list);
    item.place ??= Math.max(state.comments, count);
    const at = [item.place, count].find(place => link.set(`${list}.${place}.comment`, text));
    if (at == null) return false;
    state.comments = Math.max(state.comments, item.place + 1);
    link.offer(`${list}.${at}.location`, location);
    link.offer(`${list}.${at}.timestamp`, dialect.time(time));
    return true;
  },
};

/** The adapter that the runtime talks to. @param {Window} win @param {Course} course */
export const createAdapter = (win, course) => createScorm(win, course, dialect);
