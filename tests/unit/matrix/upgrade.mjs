/**
 * A newer package takes a course's place while learners are at it, in every LMS and under every switch: `node upgrade.mjs full`, or a choice in which every
 * two of learner, standard and switch meet. Writes JSON: a row for each learner, with what was lost or was counted for something new. The course, and the
 * states of learners who began before the saved state had its present form, are the samples of tests/unit/runtime.
 */
import { readFileSync } from 'node:fs';
import { MODELS } from '../../../sclt/preview/lms/models.js';
import { makeRecord } from '../../../sclt/preview/lms/strict.js';
import * as score from '../../../sclt/runtime/score.js';
import { openSession } from '../../../sclt/runtime/store.js';
import { today } from '../runtime/course.mjs';
import { wrongInteractions, wrongStatus } from './expected.mjs';
import { astray, makeMemory, straight } from './learner.mjs';
import { choose } from './pairs.mjs';
import { lostIn, makePlay, makeStorage, misjudged, untrueIn } from './play.mjs';
import { STANDARDS, settingsOf } from './settings.mjs';

const sample = (name) => JSON.parse(readFileSync(new URL(`../runtime/samples/format1/${name}.json`, import.meta.url), 'utf8'));
const OLD = today(sample('course'));
OLD.objectives.forEach((each, n) => Object.assign(each, { key: `O0${n}`, was: [] }));
/** Learners of then: between them every part that the newer package changes. */
const THEN = /^(single-choice|multiple-choice|true-false|a worksheet|opened and left|passed, then a second attempt|everything answered, scorm12)$/;

const PAGE = ['page-3', 'page-three'];
const QUESTION = ['q-2', 'q-two'];
const RETIRED = 'q-3';
const NEW = ['q-new', 'q-extra'];
const CHANGED = 'q-1';
const GONE = 'b';

/** @returns {object} the newer course: a page is added and one renamed, a question is changed, one renamed, one retired with another in its place */
function later() {
  const course = structuredClone(OLD),
    { questions, pages } = course,
    asPage = (id) => (id === PAGE[0] ? PAGE[1] : id),
    asQuestion = (id) => ({ [QUESTION[0]]: QUESTION[1], [RETIRED]: NEW[0] })[id] ?? id;
  questions[CHANGED].options = questions[CHANGED].options.map((each) => (each.id === GONE ? { ...each, id: 'd', code: 'd' } : each));
  const renamed = { ...questions[QUESTION[0]], key: 'N03', was: [questions[QUESTION[0]].key] },
    instead = { ...questions[RETIRED], key: 'N04', page: PAGE[1] },
    extra = { ...instead, key: 'N01', page: 'extra' };
  course.questions = Object.fromEntries(Object.entries({ ...questions, [QUESTION[0]]: renamed, [RETIRED]: instead, [NEW[1]]: extra })
    .map(([id, q]) => [asQuestion(id), { ...q, page: asPage(q.page) }]));
  course.pages = [{ ...structuredClone(pages[0]), id: 'extra', key: 'N00', questions: [NEW[1]] }, ...pages.map((page) =>
    ({ ...page, ...page.id === PAGE[0] && { id: PAGE[1], key: 'N02', was: [page.key] }, questions: page.questions.map(asQuestion) }))];
  return course;
}

const LATER = later();
const nowOf = (id) => (id === QUESTION[0] ? QUESTION[1] : id === PAGE[0] ? PAGE[1] : id);
const without = (map, ids) => new Map([...map].filter(([id]) => !ids.includes(id)));
const renamed = (map) => new Map([...map].map(([id, value]) => [nowOf(id), value]));

/** What a learner must find again in the newer course: an option that is gone is no answer, a question that is retired has none. */
function carried(memory) {
  const gone = memory.responses.get(CHANGED) === GONE ? [RETIRED, CHANGED] : [RETIRED];
  return { ...memory, pages: new Set([...memory.pages].map(nowOf)), responses: renamed(without(memory.responses, gone)), told: renamed(without(memory.told, gone)),
    earned: 0, total: 0 };
}

/** @returns {string[]} what of the newer course is taken for done already */
function countedAnew({ session: { state } }) {
  return [...NEW.filter((id) => state.answers.get(id)?.tries), ...state.visited.has('extra') ? ['extra'] : []].map((id) => `done already: ${id}`);
}

/** @returns {string[]} what is no longer in the LMS's list, or not at its place */
function displaced(before, { values }) {
  const ids = Object.entries(before).filter(([name]) => /^cmi\.(interactions|objectives)\.\d+\.id$/.test(name)),
    same = (one, two) => nowOf(one.split('/').at(-1)) === nowOf(two?.split('/').at(-1));
  return ids.filter(([name, id]) => !same(id, values[name])).map(([name, id]) => `${name} is ${values[name]}, not ${id}`);
}

/** Learners: who has done what before, and how they left. */
const LEARNERS = [
  { name: 'half-way', did: (all) => all(astray).slice(0, 4), how: 'closing' },
  { name: 'half-way, the rest not told', did: (all) => all(astray).slice(0, 4), how: 'crash', fault: 'online' },
  { name: 'failed', did: (all) => all(astray), how: 'navigation' },
  { name: 'failed, not told', did: (all) => all(astray), how: 'closing', fault: 'online' },
  { name: 'passed', did: (all) => all(straight), how: 'exit' },
  { name: 'passed, elsewhere', did: (all) => all(straight), how: 'exit', elsewhere: true },
];

/** A learner who works on the course of before. */
function begun(setting, { did, how, fault }) {
  const it = makePlay({ ...setting, course: { ...setting.course, json: OLD } });
  it.open();
  did((make) => make(OLD)).forEach((each, n) => {
    if (fault && n === 2) it.world[fault] = false;
    it.step(each);
  });
  it.leave(how);
  return it;
}

/** A learner whom the LMS has from before the present form of the saved state. */
function begunThen(setting, { text, read, left }, { names, isOld }) {
  const record = makeRecord(),
    verdict = read.passed ? 'passed' : read.complete ? 'failed' : 'incomplete',
    status = isOld || verdict === 'incomplete' ? verdict : 'completed';
  Object.assign(record.values,
    { 'cmi.suspend_data': text, [names.exit]: 'suspend', [names.success]: verdict.replace('incomplete', 'unknown'), [names.status]: status });
  const answers = Object.entries(read.answers).filter(([id, { response }]) => response != null && !left.includes(id)),
    memory = { ...makeMemory(), pages: new Set(read.visited), responses: new Map(answers.map(([id, { response }]) => [id, response])),
    sheets: new Map(Object.entries(read.sheets)), attempt: read.attempt, best: read.best == null ? null : read.best / 100, passed: read.passed,
    complete: read.complete, assessed: read.attempt === 1 && read.best != null };
  return { record, memory, storage: makeStorage() };
}

/** Open the newer package, look what is there, do it all rightly and leave. @returns {string[]} what was wrong */
function goOn(setting, before, elsewhere) {
  const it = makePlay({ ...setting, course: { ...setting.course, json: LATER } }, before.record, elsewhere ? makeStorage() : before.storage),
    told = { ...before.record.values };
  it.memory = carried(before.memory);
  it.open();
  const wrong = [...lostIn(it.session, it.memory), ...countedAnew(it), ...misjudged(it), ...displaced(told, it.record)];
  if (it.session.readOnly) return [...wrong, ...untrueIn(it)];
  const look = () => [...untrueIn(it), ...wrongStatus(it.record, it.memory, LATER, it.model, {}), ...wrongInteractions(it.record, it.memory, LATER, it.model.isOld)];
  if (!it.memory.told.has(QUESTION[1])) wrong.push(...look());
  for (const each of straight(LATER)) it.step(each);
  it.leave('exit');
  return [...wrong, ...look(), ...displaced(told, it.record)];
}

function rowOf({ setting, learner, begin, elsewhere }) {
  let wrong;
  try {
    wrong = goOn(setting, begin(), elsewhere);
  } catch (error) {
    wrong = [`throws: ${error.stack.split('\n').slice(0, 3).join(' ')}`];
  }
  return { standard: setting.standard, title: setting.title, learner, wrong };
}

const LIMITS = { scorm12: 4096, 'scorm2004-2': 4000 };

/** @returns {Promise<{setting: object, learner: string, begin: function(): object, elsewhere: boolean|undefined}[]>} */
async function playsOf(standard) {
  const { createAdapter } = await import(`../../../sclt/runtime/adapter-${standard.slice(0, 9)}.js`),
    course = { ...score, openSession, createAdapter, limit: LIMITS[standard] ?? 64000 },
    then = sample('states').filter(({ name }) => THEN.test(name));
  return settingsOf(standard).filter(({ scene }) => scene !== 'unreadable').map((each) => ({ ...each, course })).flatMap((setting) => [
    ...LEARNERS.map((each) => ({ setting, learner: each.name, begin: () => begun(setting, each), elsewhere: each.elsewhere })),
    ...then.map((each) => ({ setting, learner: `${each.name}, in the first form`, begin: () => begunThen(setting, each, MODELS[standard]) })),
  ]);
}

const all = (await Promise.all(STANDARDS.map(playsOf))).flat(),
  wanted = process.argv[2] === 'full' ? all : choose(all, ({ setting, learner }) => [setting.standard, setting.title, learner]);
process.stdout.write(JSON.stringify(wanted.map(rowOf)));
