/**
 * The adapter of SCORM 1.2. Packages carry it as adapter.js.
 *
 * @import { Coded, Course } from './declarations/course.js'
 * @import { Link } from './find-api.js'
 * @import { Pair, ScormDialect } from './scorm.js'
 * @import { CommentItem } from './store.js'
 */
import { clock, line } from './interaction.js';
import { createScorm } from './scorm.js';
import { round } from './score.js';
import { typeOf } from './types.js';

/** Identifiers become single characters by their place in the course. @param {Coded[]} list @param {string} id */
const letter = (list, id) => 'abcdefghijklmnopqrstuvwxyz0123456789'[list.findIndex(each => each.id === id)] ?? '';
/** @param {Coded[]} list @param {string} id */
const positionOf = (list, id) => (list.findIndex(each => each.id === id) + 1).toString(36);

/** Comments add up in the LMS. One that replaces them instead gets back what was there. @param {Link} link @param {CommentItem} item */
function comment(link, { comment: text, full = text, language, location }) {
  const before = link.get('cmi.comments'),
    added = `[${location}, ${language}] ${full}\n`;
  if (before.includes(added.trim())) return true;
  if (before.length + added.length > 4096 || !link.set('cmi.comments', added)) return false;
  return link.get('cmi.comments').includes(before.trim()) || link.set('cmi.comments', before + added);
}

/** @type {ScormDialect} */
export const dialect = {
  api: 'API', prefix: 'LMS', terminate: 'Finish', whole: 100, types: { 'long-fill-in': 'fill-in' }, wrong: 'wrong',
  names: {
    mode: 'cmi.core.lesson_mode', credit: 'cmi.core.credit', entry: 'cmi.core.entry', status: 'cmi.core.lesson_status',
    success: 'cmi.core.lesson_status', best: 'cmi.core.score.raw', mastery: 'cmi.student_data.mastery_score',
    learner: 'cmi.core.student_id', name: 'cmi.core.student_name', language: 'cmi.student_preference.language',
    location: 'cmi.core.lesson_location', exit: 'cmi.core.exit', time: 'cmi.core.session_time',
    at: 'time', response: 'student_response',
  },
  questionId: (course, id) => id,
  objectiveId: (course, id) => id,
  /** @returns {string} student_response, at most 255 characters */
  response: (q, response, lang) => typeOf(q).respond(dialect, q, response, lang).slice(0, 255),
  options: ({ options }, ids) => ids.map(id => letter(options, id)).join(),
  truth: text => text[0],
  pairs: ({ left, right }, pairs) => pairs.map(([one, other]) => `${positionOf(left, one)}.${letter(right, other)}`).join(),
  texts: texts => texts.map(text => line(text).replace(/,/g, ';')).join(),
  path: steps => steps.join(),
  typed: text => line(text),
  long: text => line(text),
  /** The bounds of a range are both right. */
  bounds: ({ low, high }) => [...new Set([low, high])].map(String),
  matters: () => '',
  more: () => [],
  /** @returns {string} HHHH:MM:SS.SS */
  duration: seconds => clock(seconds).map((part, i) => String(part).padStart([4, 2, 5][i], '0')).join(':'),
  time: time => new Date(time).toTimeString().slice(0, 8),
  browsed: 'browsed',
  /** One status has to tell both: it is final when everything is done, and comes before the score. @param {boolean} again whether it may become lesser */
  complete(link, { complete, success }, again) {
    const status = complete ? success || 'completed' : 'incomplete';
    if (again) link.need('cmi.core.lesson_status', status);
    else link.raise(link.need, 'cmi.core.lesson_status', status);
  },
  /** @param {boolean} blank whether the LMS would turn a score into a verdict before the course is complete (RTE 3.4.4, mastery_score) */
  score(link, percent, blank) {
    const name = 'cmi.core.score.raw';
    if (blank) {
      if (link.last(name) ?? link.get(name)) link.offer(name, '');
      return;
    }
    link.raise(link.need, name, percent);
    link.offer('cmi.core.score.min', 0);
    link.offer('cmi.core.score.max', 100);
  },
  objective(scaled, done, mastery) {
    const success = scaled == null || mastery == null ? 'completed' : scaled >= mastery ? 'passed' : 'failed';
    const /** @type {Pair[]} */ score = scaled == null ? [] : [['score.raw', round(scaled * 100)]];
    return [['status', done ? success : 'incomplete'], ...score];
  },
  comment,
};

/** The adapter that the runtime talks to. @param {Window} win @param {Course} course */
export const createAdapter = (win, course) => createScorm(win, course, dialect);
