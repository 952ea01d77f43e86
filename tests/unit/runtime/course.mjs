/** Courses for the tests: one of every type, and one of any size. */
const T = (text) => ({ lt: text, en: text });
/** What stands for an option in the saved state: itself, or two characters of which the first is a capital. */
export const code = (id) => (id.length === 1 ? id : id.at(-1).toUpperCase() + id.length.toString(36));
const options = (right, ...ids) => ids.map((id) => ({ id, code: code(id), correct: right.includes(id), text: T(`text ${id}`) }));
const ids = (...list) => list.map((id) => ({ id, code: code(id), text: T(`text ${id}`) }));

const TYPES = {
  'single-choice': { options: options(['b'], 'a', 'b', 'c') },
  'multiple-choice': { options: options(['shared-goal', 'c'], 'shared-goal', 'b', 'c', 'd'), partial: true },
  'true-false': { options: options(['true'], 'true', 'false') },
  'short-answer': { case: false, accepted: {
    lt: [{ id: 'a', text: 'Žemaitija', correct: true }, { id: 'b', text: 'Dzūkija', correct: false }],
    en: [{ id: 'a', text: 'Samogitia', correct: true }, { id: 'b', text: 'Dainava', correct: false }] } },
  numeric: { ranges: [{ id: 'a', low: 41.5, high: 42.5, correct: true }, { id: 'b', low: 24, high: 24, correct: false }], unit: T('kg') },
  matching: { left: ids('a', 'b'), right: ids('a', 'b', 'c'), pairs: { a: 'a', b: 'b' }, partial: true },
  ordering: { options: options([], 'a', 'b', 'c'), partial: true },
  gaps: { case: false, partial: true, gaps: [
    { id: 'a', code: 'a', choose: false, accepted: { lt: ['alfa', 'a, b'], en: ['alpha'] } },
    { id: 'b', code: 'b', choose: true, options: [
      { id: 'a', code: 'a', correct: true, text: T('right') }, { id: 'b', code: 'b', correct: false, text: T('wrong') }] }] },
  likert: { options: options([], 'a', 'b', 'c'), points: 0 },
  'long-answer': { max: 1000, points: 0 },
  scenario: { steps: [{ id: 'invite', code: 'I1', score: null, choices: ['letter', 'call'] },
    { id: 'letter', code: 'L1', score: 40, choices: [] }, { id: 'call', code: 'C1', score: 100, choices: [] }] },
  'picture-choice': { options: options(['core'], 'core', 'bottle', 'paper') },
  hotspot: { options: options(['door'], 'door', 'roof') },
  sorting: { left: ids('shells', 'jar', 'peel'), right: ids('shells', 'jar'), pairs: { shells: 'shells', jar: 'jar', peel: 'shells' }, partial: true },
  'picture-labels': { left: ids('a', 'b'), right: ids('a', 'b', 'c'), pairs: { a: 'a', b: 'b' }, partial: true },
};

/** What a response of each type is, and whether it is judged, as sclt/questions says it. */
const SHAPES = {
  'single-choice': 'one', 'multiple-choice': 'many', 'true-false': 'one', 'short-answer': 'text', numeric: 'number', matching: 'pairs',
  'picture-choice': 'one', hotspot: 'one', sorting: 'pairs', 'picture-labels': 'pairs', ordering: 'order', gaps: 'gaps', likert: 'one', 'long-answer': 'text', scenario: 'path',
};
export const facts = (type) => ({ shape: SHAPES[type], scored: !['likert', 'long-answer'].includes(type) });

/** The course of an earlier package as today's would say it: a package's runtime and its course come together, whatever saved the state. */
export function today(course) {
  for (const each of Object.values(course.questions)) Object.assign(each, facts(each.type));
  return course;
}

export const RESPONSES = {
  'single-choice': 'b', 'multiple-choice': ['shared-goal', 'd'], 'true-false': 'true', 'short-answer': ' žemaitija ', numeric: '42,5',
  matching: { a: 'a', b: 'c' }, ordering: ['b', 'a', 'c'], gaps: { a: 'Alfa', b: 'b' },
  'picture-choice': 'core', hotspot: 'roof', sorting: { shells: 'shells', jar: 'shells' }, 'picture-labels': { a: 'a', b: 'c' }, likert: 'c', 'long-answer': 'Ačiū.\nIki!',
  scenario: ['invite', 'letter'],
};

export const question = (type, more = {}) => ({ key: 'K__', was: [], page: 'p0', type, ...facts(type), points: 1, retries: 1, objective: 'tell',
  shuffle: true, text: { lt: `Klausimas ${type}`, en: `Question ${type}` }, ...TYPES[type], ...more });

export const TYPE_NAMES = Object.keys(TYPES);

const key = (letter, n) => letter + n.toString(36).padStart(2, '0');

/** A course of so many pages, with questions of all types in turn. */
export function makeCourse(pages, questions, more = () => ({})) {
  const all = Object.fromEntries(Array.from({ length: questions }, (_, n) => {
    const type = TYPE_NAMES[n % TYPE_NAMES.length];
    return [`q${n}`, question(type, { key: key('Q', n), page: `p${n % pages}`, ...more(type, n) })];
  }));
  return {
    format: 1, id: 'module', iri: 'https://example.org/courses/module', version: '1.0.0', languages: ['lt', 'en'], title: T('Module'), mastery: 0.7,
    objectives: [{ id: 'tell', key: 'O00', text: T('Tell.') }], pools: {}, glossary: [], questions: all,
    pages: Array.from({ length: pages }, (_, n) => ({ id: `p${n}`, key: key('P', n), was: [], title: T(`Page ${n}`),
      href: T(`p${n}.html`), objectives: ['tell'], questions: Object.keys(all).filter((id) => all[id].page === `p${n}`) })),
    worksheets: { map: { key: 'W00', page: 'p0', fields: ['f1', 'f2'] } },
  };
}
