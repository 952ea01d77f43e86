/** The adapter of SCORM 1.2. Packages carry it as adapter.js. */
import { TYPES, clock, createScorm, decimal, gapTexts, line, resultOf, rightGap } from './scorm.js';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Identifiers become single characters by their place in the course. */
const letter = (list, id) => LETTERS[list.findIndex((each) => each.id === id)] ?? '';
const letters = (list, ids) => ids.map((id) => letter(list, id)).join(',');
const pairs = (q, response) => q.left.filter(({ id }) => response[id])
  .map(({ id }) => `${(q.left.findIndex((each) => each.id === id) + 1).toString(36)}.${letter(q.right, response[id])}`).join(',');

const joined = (q, value, language) => gapTexts(q, value, language).map((text) => line(text).replace(/,/g, ';')).join(',').slice(0, 255);

/** @returns {string} student_response, at most 255 characters */
export function response12(q, response, language) {
  const make = {
    choice: () => letters(q.options, [].concat(response)),
    likert: () => letter(q.options, response),
    'true-false': () => response[0],
    numeric: () => decimal(response),
    matching: () => pairs(q, response),
    sequencing: () => letters(q.options, response),
    performance: () => response.join(','),
    'fill-in': () => (q.type === 'gaps' ? joined(q, (gap) => response[gap.id], language) : line(response)),
  };
  return make[TYPES[q.type]]().slice(0, 255);
}

/** @returns {string[]} patterns of right answers; the bounds of a range are both right */
export function patterns12(q, language) {
  const right = (list) => list.filter((each) => each.correct);
  const make = {
    'single-choice': () => right(q.options).map(({ id }) => letter(q.options, id)),
    'multiple-choice': () => [letters(q.options, right(q.options).map(({ id }) => id))],
    'true-false': () => [String(q.answer)[0]],
    'short-answer': () => right(q.accepted[language] ?? []).map(({ text }) => line(text, 255)),
    numeric: () => right(q.ranges).flatMap(({ low, high }) => [...new Set([String(low), String(high)])]),
    matching: () => [pairs(q, q.pairs)],
    ordering: () => [letters(q.options, q.options.map(({ id }) => id))],
    gaps: () => [joined(q, rightGap(language), language)],
  };
  return make[q.type]?.() ?? [];
}

/** @returns {string} HHHH:MM:SS.SS */
export const duration12 = (seconds) => clock(seconds).map((part, i) => String(part).padStart([4, 2, 5][i], '0')).join(':');

/** @returns {string} */
export const result12 = (share) => resultOf(share, 'wrong');

/** @returns {[string, string|number][]} the elements of an interaction in the order of writing */
export function interaction12(course, item) {
  const q = course.questions[item.id];
  return [
    ['id', item.id],
    ...(q.objective ? [['objectives.0.id', q.objective]] : []),
    ['time', new Date(item.time).toTimeString().slice(0, 8)],
    ['type', TYPES[q.type]],
    ...patterns12(q, item.language).map((pattern, n) => [`correct_responses.${n}.pattern`, pattern]),
    ['weighting', q.points ?? 0],
    ['student_response', response12(q, item.response, item.language)],
    ['result', result12(item.share)],
    ['latency', duration12(item.seconds)],
  ];
}

/** Comments add up in the LMS. One that replaces them instead gets back what was there. */
function comment(link, text, { language, location }) {
  const before = link.get('cmi.comments');
  const added = `[${location}, ${language}] ${text}\n`;
  if (before.length + added.length > 4096 || !link.set('cmi.comments', added)) return false;
  const replaced = before && !link.get('cmi.comments').includes(before.trim());
  return !replaced || link.set('cmi.comments', before + added);
}

/** One status has to tell both: it is final when everything is done, and comes before the score. */
function complete(link, done, success) {
  link.raise(link.need, 'cmi.core.lesson_status', done ? success || 'completed' : 'incomplete');
}

function score(link, percent) {
  link.raise(link.need, 'cmi.core.score.raw', percent);
  link.offer('cmi.core.score.min', 0);
  link.offer('cmi.core.score.max', 100);
}

function objective(scaled, done, mastery) {
  const success = scaled == null || mastery == null ? 'completed' : scaled >= mastery ? 'passed' : 'failed';
  return [['status', done ? success : 'incomplete'], ...(scaled == null ? [] : [['score.raw', Math.round(scaled * 1e4) / 100]])];
}

const dialect = {
  api: 'API', prefix: 'LMS', terminate: 'Finish', normalExit: '',
  names: {
    mode: 'cmi.core.lesson_mode', credit: 'cmi.core.credit', entry: 'cmi.core.entry', status: 'cmi.core.lesson_status',
    best: 'cmi.core.score.raw', mastery: 'cmi.student_data.mastery_score', learner: 'cmi.core.student_id',
    name: 'cmi.core.student_name', language: 'cmi.student_preference.language', location: 'cmi.core.lesson_location',
    exit: 'cmi.core.exit', time: 'cmi.core.session_time',
  },
  fraction: (number) => number / 100,
  reached(link) {
    const status = link.get('cmi.core.lesson_status');
    return { passed: status === 'passed', complete: /^(passed|failed|completed)$/.test(status) };
  },
  duration: duration12, interaction: interaction12, objectiveId: (course, id) => id, complete, score, objective, comment,
};

/** @returns the adapter that the runtime talks to */
export const createAdapter = (win, course) => createScorm(win, course, dialect);
