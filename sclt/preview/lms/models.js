/**
 * The data models of SCORM 1.2 and SCORM 2004: which elements there are, who may read and write them, and of what type they are.
 *
 * @import { Test } from './types.js'
 *
 * @typedef {{read?: boolean, write?: boolean, type?: Test, start?: string}} Element  `start` is its value before anything was written
 * @typedef {{early: Record<string, string>, late: Record<string, string>, again: string, over: string, argument: string, get: string, set: string,
 *   commit: string, end: string, unknown: string, empty: string, readOnly: string, writeOnly: string, keyword: string, type: string, range: string,
 *   order: string, depends: string, noChildren: string, noCount: string}} Codes
 * @typedef {{api: string, prefix: string, last: string, elements: Record<string, Element>, codes: Codes, names: typeof NAMES.old, isOld: boolean}} Model
 */
import { FEEDBACK, PATTERNS, RESPONSES, among, between, clock, identifier, instant, interval, language, localized, long, number, orBlank, timespan,
  upTo } from './types.js';

/** @param {Test} type @param {string} [start] @returns {Element} */
const both = (type, start) => ({ read: true, write: true, type, start });
/** @param {string} [start] @returns {Element} */
const only = (start) => ({ read: true, start });
/** @param {Test} type @returns {Element} */
const into = (type) => ({ write: true, type });
/** @param {...string} list */
const words = (...list) => both(among(...list), 'unknown');

const percent = orBlank(between(0, 100));
const statuses = ['passed', 'completed', 'failed', 'incomplete', 'browsed'];

/**
 * What differs by an interaction's type; before the type is known any text of 255 characters is one
 * @param {Record<string, Test>} types @param {Test} other @returns {Test}
 */
const byType = (types, other) => (text, of) => (types[of('type')] ?? other)(text, of);

/** SCORM 1.2 RTE, 3.4.4. */
const OLD = {
  'cmi.core.student_id': only(''), 'cmi.core.student_name': only(''), 'cmi.core.lesson_location': both(upTo(255), ''), 'cmi.core.credit': only('credit'),
  'cmi.core.lesson_status': both(among(...statuses), 'not attempted'), 'cmi.core.entry': only('ab-initio'), 'cmi.core.score.raw': both(percent, ''),
  'cmi.core.score.min': both(percent, ''), 'cmi.core.score.max': both(percent, ''), 'cmi.core.total_time': only('0000:00:00'),
  'cmi.core.lesson_mode': only('normal'), 'cmi.core.exit': into(among('time-out', 'suspend', 'logout', '')), 'cmi.core.session_time': into(timespan),
  'cmi.suspend_data': both(upTo(4096), ''), 'cmi.launch_data': only(''), 'cmi.comments': both(upTo(4096), ''), 'cmi.comments_from_lms': only(''),
  'cmi.student_data.mastery_score': only(''), 'cmi.student_data.max_time_allowed': only(''), 'cmi.student_data.time_limit_action': only(''),
  'cmi.student_preference.audio': both(between(-1, 100), '0'), 'cmi.student_preference.language': both(upTo(255), ''),
  'cmi.student_preference.speed': both(between(-100, 100), '0'), 'cmi.student_preference.text': both(between(-1, 1), '0'),
  'cmi.objectives.n.id': both(identifier), 'cmi.objectives.n.score.raw': both(percent, ''), 'cmi.objectives.n.score.min': both(percent, ''),
  'cmi.objectives.n.score.max': both(percent, ''), 'cmi.objectives.n.status': both(among(...statuses, 'not attempted'), 'not attempted'),
  'cmi.interactions.n.id': into(identifier), 'cmi.interactions.n.objectives.n.id': into(identifier), 'cmi.interactions.n.time': into(clock),
  'cmi.interactions.n.type': into(among(...Object.keys(FEEDBACK))), 'cmi.interactions.n.weighting': into(number),
  'cmi.interactions.n.correct_responses.n.pattern': into(byType(FEEDBACK, upTo(255))),
  'cmi.interactions.n.student_response': into(byType(FEEDBACK, upTo(255))), 'cmi.interactions.n.latency': into(timespan),
  'cmi.interactions.n.result': into((text, of) => among('correct', 'wrong', 'unanticipated', 'neutral')(text, of) || number(text, of)),
};

const fraction = between(-1, 1);
const completion = words('completed', 'incomplete', 'not attempted', 'unknown');
const success = words('passed', 'failed', 'unknown');

/** SCORM 2004 RTE, 4.2. @param {number} room of the suspend data, in characters */
const now = (room) => ({
  'cmi._version': only('1.0'), 'cmi.completion_status': completion, 'cmi.completion_threshold': only(), 'cmi.credit': only('credit'),
  'cmi.comments_from_learner.n.comment': both(localized(4000)), 'cmi.comments_from_learner.n.location': both(upTo(250)),
  'cmi.comments_from_learner.n.timestamp': both(instant), 'cmi.entry': only('ab-initio'),
  'cmi.exit': into(among('time-out', 'suspend', 'logout', 'normal', '')), 'cmi.launch_data': only(), 'cmi.learner_id': only(''),
  'cmi.learner_name': only(''), 'cmi.learner_preference.audio_level': both(between(0, Infinity), '1'),
  'cmi.learner_preference.language': both(language, ''), 'cmi.learner_preference.delivery_speed': both(between(0, Infinity), '1'),
  'cmi.learner_preference.audio_captioning': both(among('-1', '0', '1'), '0'), 'cmi.location': both(upTo(1000)), 'cmi.max_time_allowed': only(),
  'cmi.mode': only('normal'), 'cmi.progress_measure': both(between(0, 1)), 'cmi.scaled_passing_score': only(), 'cmi.score.scaled': both(fraction),
  'cmi.score.raw': both(number), 'cmi.score.min': both(number), 'cmi.score.max': both(number), 'cmi.session_time': into(interval),
  'cmi.success_status': success, 'cmi.suspend_data': both(upTo(room)), 'cmi.time_limit_action': only('continue,no message'),
  'cmi.total_time': only('PT0S'), 'cmi.objectives.n.id': both(long), 'cmi.objectives.n.score.scaled': both(fraction),
  'cmi.objectives.n.score.raw': both(number), 'cmi.objectives.n.score.min': both(number), 'cmi.objectives.n.score.max': both(number),
  'cmi.objectives.n.success_status': success, 'cmi.objectives.n.completion_status': completion,
  'cmi.objectives.n.progress_measure': both(between(0, 1)), 'cmi.objectives.n.description': both(localized(250)),
  'cmi.interactions.n.id': both(long), 'cmi.interactions.n.type': both(among(...Object.keys(RESPONSES))),
  'cmi.interactions.n.objectives.n.id': both(long), 'cmi.interactions.n.timestamp': both(instant),
  'cmi.interactions.n.correct_responses.n.pattern': both(byType(PATTERNS, () => false)), 'cmi.interactions.n.weighting': both(number),
  'cmi.interactions.n.learner_response': both(byType(RESPONSES, () => false)), 'cmi.interactions.n.latency': both(interval),
  'cmi.interactions.n.result': both((text, of) => among('correct', 'incorrect', 'unanticipated', 'neutral')(text, of) || number(text, of)),
  'cmi.interactions.n.description': both(localized(250)), 'adl.nav.request': both(upTo(4000), '_none_'),
});

/** The calls of an API, and the codes of RTE 3.1.7 (2004) and 3.3.2 (1.2). */
const NEW_CODES = {
  again: '103', over: '104', early: { Get: '122', Set: '132', Commit: '142', Terminate: '112' }, late: { Get: '123', Set: '133', Commit: '143', Terminate: '113' },
  argument: '201', get: '301', set: '351', commit: '391', end: '111', unknown: '401', empty: '403', readOnly: '404', writeOnly: '405', keyword: '404', type: '406', range: '407',
  order: '351', depends: '408', noChildren: '301', noCount: '301',
};
const OLD_CODES = {
  again: '101', over: '101', early: { Get: '301', Set: '301', Commit: '301', Terminate: '301' }, late: { Get: '301', Set: '301', Commit: '301', Terminate: '301' },
  argument: '201', get: '201', set: '201', commit: '101', end: '101', unknown: '201', empty: '0', readOnly: '403', writeOnly: '404', keyword: '402', type: '405', range: '405',
  order: '201', depends: '0', noChildren: '202', noCount: '203',
};

const NAMES = {
  old: { status: 'cmi.core.lesson_status', success: 'cmi.core.lesson_status', exit: 'cmi.core.exit', entry: 'cmi.core.entry', time: 'cmi.core.session_time', total: 'cmi.core.total_time',
    score: 'cmi.core.score.raw', mastery: 'cmi.student_data.mastery_score', learner: 'cmi.core.student_id', name: 'cmi.core.student_name', mode: 'cmi.core.lesson_mode',
    credit: 'cmi.core.credit', language: 'cmi.student_preference.language', location: 'cmi.core.lesson_location', data: 'cmi.launch_data' },
  now: { status: 'cmi.completion_status', success: 'cmi.success_status', exit: 'cmi.exit', entry: 'cmi.entry', time: 'cmi.session_time', total: 'cmi.total_time',
    score: 'cmi.score.scaled', mastery: 'cmi.scaled_passing_score', learner: 'cmi.learner_id', name: 'cmi.learner_name', mode: 'cmi.mode', credit: 'cmi.credit',
    language: 'cmi.learner_preference.language', location: 'cmi.location', data: 'cmi.launch_data' },
};

/** @type {Model} */
const old = { api: 'API', prefix: 'LMS', last: 'Finish', elements: OLD, codes: OLD_CODES, names: NAMES.old, isOld: true };
/** @param {number} room @returns {Model} */
const edition = (room) => ({ api: 'API_1484_11', prefix: '', last: 'Terminate', elements: now(room), codes: NEW_CODES, names: NAMES.now, isOld: false });

/**
 * By the names of sclt's standards; the second edition promises 4,000 characters of suspend data, the later ones 64,000.
 * @type {Record<string, Model>}
 */
export const MODELS = { scorm12: old, 'scorm2004-2': edition(4000), 'scorm2004-3': edition(64000), 'scorm2004-4': edition(64000) };
