import assert from 'node:assert/strict';
import test from 'node:test';
import { createAdapter as adapter12 } from '../../../sclt/runtime/adapter-scorm12.js';
import { createAdapter as adapter2004 } from '../../../sclt/runtime/adapter-scorm2004.js';
import { createAdapter as adapterWeb } from '../../../sclt/runtime/adapter-web.js';
import { openSession } from '../../../sclt/runtime/store.js';
import { UNITS, pack, freshState } from '../../../sclt/runtime/state.js';
import { RESPONSES, makeCourse } from './course.mjs';
import { makeLms, makeStorage } from './lms.mjs';

const DIALECTS = {
  12: { make: adapter12, api: 'API', prefix: 'LMS', status: 'cmi.core.lesson_status', exit: 'cmi.core.exit', mode: 'cmi.core.lesson_mode',
    entry: 'cmi.core.entry', score: 'cmi.core.score.raw', credit: 'cmi.core.credit', location: 'cmi.core.lesson_location' },
  2004: { make: adapter2004, api: 'API_1484_11', prefix: '', status: 'cmi.completion_status', exit: 'cmi.exit', mode: 'cmi.mode',
    entry: 'cmi.entry', score: 'cmi.score.scaled', credit: 'cmi.credit', location: 'cmi.location' },
};

const LEARNER = { 12: 'cmi.core.student_id', 2004: 'cmi.learner_id' };

function open(kind, { values = {}, lms, storage = makeStorage(), course = makeCourse(2, 2), limit = 4096, ...tools } = {}) {
  const dialect = DIALECTS[kind];
  const used = lms ?? makeLms(dialect.prefix, { [LEARNER[kind]]: 'jonas', ...values });
  used.calls.length = 0;
  const win = { [dialect.api]: used.api, opener: null };
  win.parent = win;
  const reports = [];
  const timers = [];
  const session = openSession(dialect.make(win, course), course, { storage: () => storage, limit,
    report: (each) => reports.push(each), later: (task, time) => timers.push([task, time]), ...tools });
  return { session, lms: used, storage, reports, timers, course, dialect };
}

function visit(session, ...pages) {
  for (const page of pages) session.visit(page);
}

const RIGHT = { q0: 'b', q1: ['shared-goal', 'c'] };
const WRONG = { q0: 'a', q1: ['b'] };
const answer = (session, id, right, response = (right ? RIGHT : WRONG)[id]) => session.take(id, response, 1);

const right = (session) => {
  answer(session, 'q0', true);
  answer(session, 'q1', true);
};

/** Let the LMS hand out again what it has, as a course that was left. */
function reopen(first, more = {}) {
  first.lms.values[first.dialect.entry] = 'resume';
  return open(first.dialect === DIALECTS[12] ? 12 : 2004, { lms: first.lms, storage: first.storage, course: first.course, ...more });
}

for (const kind of [12, 2004]) {
  test(`${kind}: exit is suspend from the start, status begins, everything is committed`, () => {
    const { session, lms, dialect } = open(kind);
    assert.equal(lms.values[dialect.exit], 'suspend');
    assert.equal(lms.values[dialect.status], 'incomplete');
    visit(session, 'p0');
    assert.equal(lms.calls.at(-1)[0], 'commit');
    assert.equal(lms.values[dialect.location], 'p0');
    assert.equal(lms.values[dialect.score], undefined);
    session.leave(false);
    session.leave(false);
    assert.equal(lms.calls.filter(([name]) => name === 'finish').length, 1);
    assert.equal(lms.values[dialect.exit], 'suspend');
  });

  test(`${kind}: the next session goes on, and joins the interactions of the earlier one`, () => {
    const first = open(kind);
    visit(first.session, 'p0', 'p1');
    answer(first.session, 'q0', false);
    first.session.leave(false);
    first.lms.values[first.dialect.entry] = 'resume';
    const { session } = open(kind, { lms: first.lms });
    assert.equal(session.resumed, true);
    assert.deepEqual([...session.state.visited], ['p0', 'p1']);
    assert.equal(session.state.place, 'p1');
    answer(session, 'q1', true);
    assert.match(first.lms.values['cmi.interactions.0.id'], /q0$/);
    assert.match(first.lms.values['cmi.interactions.1.id'], /q1$/);
  });

  test(`${kind}: an LMS that starts afresh is believed`, () => {
    const first = open(kind);
    visit(first.session, 'p0');
    const state = first.lms.values['cmi.suspend_data'];
    const fresh = open(kind, { values: { 'cmi.suspend_data': state, [first.dialect.entry]: 'ab-initio', [first.dialect.status]: 'not attempted' } });
    assert.equal(fresh.session.resumed, false);
    const sloppy = open(kind, { values: { 'cmi.suspend_data': state, [first.dialect.entry]: 'ab-initio', [first.dialect.status]: 'incomplete' } });
    assert.equal(sloppy.session.resumed, true);
  });

  test(`${kind}: completed once everything is done, the score only then, never worse again`, () => {
    const { session, lms, dialect } = open(kind);
    visit(session, 'p0');
    answer(session, 'q0', true);
    assert.equal(lms.values[dialect.score], undefined);
    answer(session, 'q1', true);
    visit(session, 'p1');
    assert.equal(lms.values[dialect.status], kind === 12 ? 'passed' : 'completed');
    answer(session, 'q0', false);
    session.again();
    assert.equal(lms.values[dialect.status], kind === 12 ? 'passed' : 'completed');
    answer(session, 'q0', false);
    answer(session, 'q1', false);
    assert.equal(lms.values[dialect.status], kind === 12 ? 'passed' : 'completed');
    assert.equal(Number(lms.values[dialect.score]), kind === 12 ? 100 : 1);
    session.leave(true);
    assert.deepEqual([...new Set(lms.sets(dialect.exit))], ['suspend']);
  });

  test(`${kind}: review changes nothing, browse only the place, an empty mode is normal`, () => {
    const done = open(kind);
    right(done.session);
    const state = done.lms.values['cmi.suspend_data'];
    const review = open(kind, { values: { [done.dialect.mode]: 'review', 'cmi.suspend_data': state, [done.dialect.status]: 'incomplete' } });
    assert.equal(review.session.state.answers.get('q0').best, UNITS);
    visit(review.session, 'p1');
    review.session.leave(true);
    assert.deepEqual(review.lms.names(), []);
    const browse = open(kind, { values: { [done.dialect.mode]: 'browse' } });
    visit(browse.session, 'p1');
    answer(browse.session, 'q0', true);
    browse.session.leave(true);
    assert.deepEqual([...new Set(browse.lms.names())], [done.dialect.exit, done.dialect.status, done.dialect.location]);
    assert.equal(browse.lms.values[done.dialect.status], kind === 12 ? 'browsed' : 'incomplete');
    const seen = open(kind, { values: { [done.dialect.mode]: 'browse', [done.dialect.status]: 'completed' } });
    visit(seen.session, 'p1');
    assert.equal(seen.lms.values[done.dialect.status], 'completed');
    assert.equal(open(kind, { values: { [done.dialect.mode]: '' } }).session.lms.mode, 'normal');
  });

  test(`${kind}: without credit progress counts, the score doesn't`, () => {
    const { session, lms, dialect } = open(kind, { values: { [DIALECTS[kind].credit]: 'no-credit' } });
    right(session);
    visit(session, 'p0', 'p1');
    assert.equal(lms.values[dialect.status], 'completed');
    assert.equal(lms.values[dialect.score], undefined);
    assert.equal(lms.values['cmi.success_status'], undefined);
  });

  test(`${kind}: a lost connection shows, is tried again with more and more patience, and nothing is lost`, () => {
    const { session, lms, reports, timers, storage, course, dialect } = open(kind);
    visit(session, 'p0');
    lms.up = false;
    answer(session, 'q0', true);
    assert.equal(reports.at(-1).saved, false);
    assert.equal(reports.at(-1).here, true);
    timers.at(-1)[0]();
    assert.ok(timers.at(-1)[1] > timers.at(-2)[1]);
    lms.up = true;
    session.retry();
    assert.deepEqual([reports.at(-1).saved, reports.at(-1).recovered], [true, true]);
    assert.match(lms.values['cmi.interactions.0.id'], /q0$/);
    assert.equal(lms.values['cmi.interactions.1.id'], undefined);
    lms.up = false;
    answer(session, 'q1', true);
    // The tab crashes; the next session finds what this browser kept.
    lms.up = true;
    lms.values[dialect.entry] = 'resume';
    const next = open(kind, { lms, storage, course });
    assert.deepEqual(next.session.state.answers.get('q1').response, ['shared-goal', 'c']);
    visit(next.session, 'p1');
    assert.match(lms.values['cmi.interactions.1.id'], /q1$/);
  });

  test(`${kind}: a copy in the browser doesn't overrule an attempt that the LMS began anew`, () => {
    const first = open(kind);
    visit(first.session, 'p0', 'p1');
    const again = open(kind, { storage: first.storage });
    assert.equal(again.session.resumed, false);
    const never = makeStorage();
    const lms = makeLms(first.dialect.prefix, { [LEARNER[kind]]: 'jonas' });
    lms.up = false;
    visit(open(kind, { lms, storage: never }).session, 'p0');
    assert.equal(open(kind, { storage: never }).session.resumed, true);
  });

  test(`${kind}: optional elements that an LMS lacks are let be; a refused state shows`, () => {
    const optional = /^cmi\.(interactions|objectives|student_preference|learner_preference|progress_measure)/;
    const { session, lms, reports } = open(kind);
    lms.refuse = (name) => (optional.test(name) ? '401' : null);
    answer(session, 'q0', true);
    session.language('en');
    answer(session, 'q0', true);
    assert.equal(reports.at(-1).saved, true);
    assert.equal(lms.names().filter((name) => name.startsWith('cmi.interactions')).length, 1);
    const objectives = lms.names().filter((name) => name.startsWith('cmi.objectives'));
    assert.deepEqual(objectives, [...new Set(objectives)]);
    lms.refuse = (name) => (name === 'cmi.suspend_data' ? '405' : null);
    visit(session, 'p1');
    assert.equal(reports.at(-1).saved, false);
  });

  test(`${kind}: refused connection`, () => {
    const lms = makeLms(DIALECTS[kind].prefix);
    lms.initialized = false;
    const { session, reports } = open(kind, { lms });
    visit(session, 'p0');
    assert.deepEqual([session.lms.connected, session.lms.refused, reports.at(-1).here], [false, true, true]);
    assert.deepEqual(lms.names(), []);
  });

  test(`${kind}: a course that is loaded anew alone, its session over, is the same learner's; opened there by anyone else it is not`, () => {
    const tab = makeStorage(),
      inTab = { tab: () => tab },
      first = open(kind, inTab);
    answer(first.session, 'q0', true);
    first.session.leave(false);
    first.lms.initialized = false;
    const again = (more) => reopen(first, { ...inTab, ...more }).session;
    const reloaded = again({ reloaded: true });
    assert.deepEqual([reloaded.lms.refused, reloaded.state.answers.get('q0')?.response], [true, 'b']);
    answer(reloaded, 'q1', true);
    assert.equal(again().state.answers.size, 0);
    assert.equal(again({ reloaded: true }).state.answers.size, 0, 'whoever came between is not the learner of before');
    first.lms.initialized = true;
    const next = again();
    assert.deepEqual([next.state.answers.get('q1')?.response, next.strays()], [['shared-goal', 'c'], []]);
  });

  const response = kind === 12 ? 'student_response' : 'learner_response';

  test(`${kind}: a question has one entry, with the latest answer, in every session and attempt`, () => {
    const first = open(kind);
    answer(first.session, 'q1', false);
    answer(first.session, 'q0', false);
    answer(first.session, 'q0', true);
    first.session.again();
    const { session, lms } = reopen(first);
    answer(session, 'q0', false);
    assert.deepEqual([0, 1, 2].map((n) => lms.values[`cmi.interactions.${n}.id`]?.slice(-2)), ['q1', 'q0', undefined]);
    assert.equal(lms.values[`cmi.interactions.1.${response}`], 'a');
  });

  test(`${kind}: an LMS that cannot count has every answer at its place all the same`, () => {
    const first = open(kind);
    const uncounted = (lms) => {
      const get = lms.api[`${first.dialect.prefix}GetValue`];
      lms.api[`${first.dialect.prefix}GetValue`] = (name) => (name.endsWith('_count') ? '' : get(name));
    };
    uncounted(first.lms);
    answer(first.session, 'q0', true);
    const { session, lms } = reopen(first);
    answer(session, 'q1', true);
    assert.deepEqual([0, 1].map((n) => lms.values[`cmi.interactions.${n}.id`].slice(-2)), ['q0', 'q1']);
  });

  test(`${kind}: entries that an LMS has from elsewhere stay`, () => {
    const { session, lms } = open(kind, { values: { 'cmi.interactions.0.id': 'x', 'cmi.interactions.1.id': 'y' } });
    answer(session, 'q0', true);
    assert.deepEqual([0, 1, 2].map((n) => lms.values[`cmi.interactions.${n}.id`].slice(-2)), ['x', 'y', 'q0']);
  });

  test(`${kind}: an element that an LMS lacks is given up alone`, () => {
    const { session, lms } = open(kind);
    lms.refuse = (name) => (/interactions\.\d+\.objectives/.test(name) ? '401' : null);
    right(session);
    assert.equal(lms.values[`cmi.interactions.1.${response}`], kind === 12 ? 'a,c' : 'shared-goal[,]c');
    assert.equal(lms.names().filter((name) => /interactions.*objectives/.test(name)).length, 1);
  });

  test(`${kind}: who has failed and tries again is under way, and what is reached afterwards counts`, () => {
    const first = open(kind);
    visit(first.session, 'p0', 'p1');
    answer(first.session, 'q0', false);
    answer(first.session, 'q1', false);
    first.session.again();
    assert.equal(first.lms.values[first.dialect.status], 'incomplete');
    first.session.leave(false);
    const { session, lms, dialect } = reopen(first);
    assert.equal(lms.values[dialect.status], 'incomplete');
    right(session);
    assert.equal(lms.values[dialect.status], kind === 12 ? 'passed' : 'completed');
    assert.equal(Number(lms.values[dialect.score]), kind === 12 ? 100 : 1);
  });

  test(`${kind}: a status is written from the saved state, never a lesser one`, () => {
    const first = open(kind);
    visit(first.session, 'p0', 'p1');
    right(first.session);
    const [status, score] = [first.dialect.status, first.dialect.score];
    const get = first.lms.api[`${first.dialect.prefix}GetValue`];
    first.lms.api[`${first.dialect.prefix}GetValue`] = (name) => (name === status || name === score ? '' : get(name));
    const { lms } = reopen(first);
    assert.deepEqual(lms.sets(status), [kind === 12 ? 'passed' : 'completed']);
  });

  test(`${kind}: a mastery that is none, and a score of nobody, give no verdict`, () => {
    const raw = DIALECTS[kind].score;
    const mastery = kind === 12 ? 'cmi.student_data.mastery_score' : 'cmi.scaled_passing_score';
    const odd = open(kind, { values: { [mastery]: '-1', [raw]: '0', [DIALECTS[kind].status]: 'not attempted' } });
    assert.deepEqual([odd.session.mastery, odd.session.state.passed, odd.session.state.best], [0.7, false, null]);
    const none = open(kind, { course: { ...makeCourse(2, 2), mastery: null }, values: { [mastery]: '1' } });
    right(none.session);
    visit(none.session, 'p0', 'p1');
    assert.equal(none.session.mastery, null);
    assert.equal(none.lms.values[DIALECTS[kind].status], 'completed');
    assert.equal(none.lms.values['cmi.success_status'], undefined);
  });

  test(`${kind}: what another module left in one store is ignored, and kept behind one's own`, () => {
    const other = { ...makeCourse(3, 2), id: 'pre-test' };
    const before = pack({ ...freshState('abcd'), passed: true, complete: true, best: 100, visited: new Set(['p0']) }, other, 4096).text;
    const first = open(kind, { values: { 'cmi.suspend_data': before, [DIALECTS[kind].status]: kind === 12 ? 'passed' : 'completed',
      'cmi.success_status': 'passed', [DIALECTS[kind].score]: '1' } });
    assert.deepEqual([first.session.resumed, first.session.state.passed, first.session.state.best], [false, false, null]);
    assert.equal(first.lms.values[first.dialect.status], 'incomplete');
    visit(first.session, 'p1');
    const back = open(kind, { lms: first.lms, course: other });
    assert.deepEqual([back.session.state.passed, [...back.session.state.visited]], [true, ['p0']]);
    visit(back.session, 'p2');
    assert.deepEqual([...open(kind, { lms: first.lms }).session.state.visited], ['p1']);
  });

  test(`${kind}: earlier work that cannot be read is never written over`, () => {
    const first = open(kind);
    visit(first.session, 'p0');
    answer(first.session, 'q0', true);
    const get = first.lms.api[`${first.dialect.prefix}GetValue`];
    let fails = true;
    first.lms.api[`${first.dialect.prefix}GetValue`] = (name) => {
      if (!fails || name !== 'cmi.suspend_data') return get(name);
      first.lms.error = '101';
      return '';
    };
    const { session, lms, reports } = reopen(first, { storage: makeStorage() });
    visit(session, 'p1');
    assert.equal(reports.at(-1).unread, true);
    assert.deepEqual(lms.names().filter((name) => name !== first.dialect.exit), []);
    fails = false;
    session.retry();
    assert.deepEqual([[...session.state.visited].sort(), session.state.answers.get('q0').response], [['p0', 'p1'], 'b']);
    assert.equal(reports.at(-1).saved, true);
    fails = 'throws';
    first.lms.api[`${first.dialect.prefix}GetValue`] = (name) => (name === 'cmi.suspend_data' ? assert.fail('down') : get(name));
    const thrown = reopen(first, { storage: makeStorage() });
    visit(thrown.session, 'p1');
    assert.deepEqual(thrown.lms.names().filter((name) => name !== first.dialect.exit), []);
  });

  test(`${kind}: nothing is committed off-line, and a success that could not have travelled is not believed`, () => {
    let [online, visible] = [true, true];
    const first = open(kind, { online: () => online, visible: () => visible });
    visit(first.session, 'p0');
    online = false;
    const { commits } = first.lms;
    answer(first.session, 'q0', true);
    assert.deepEqual([first.reports.at(-1).saved, first.lms.commits], [false, commits]);
    online = true;
    visible = false;
    const kept = { ...first.lms.values };
    first.session.retry();
    first.session.leave(false);
    // None of it had arrived: the LMS hands out what it had.
    first.lms.values = kept;
    const { lms, session } = reopen(first);
    assert.match(lms.values['cmi.interactions.0.id'], /q0$/);
    assert.equal(session.state.answers.get('q0').response, 'b');
  });

  test(`${kind}: a page that closes makes one call, however much was answered`, () => {
    const course = makeCourse(20, 110, () => ({ text: { lt: 'ą'.repeat(300), en: 'ą'.repeat(300) } }));
    const first = open(kind, { course, limit: kind === 12 ? 4096 : 64000 });
    first.session.language('lt');
    for (const [id, q] of Object.entries(course.questions)) first.session.take(id, { ...RESPONSES, 'long-answer': 'ė'.repeat(2000) }[q.type], 1);
    first.session.comment('ų'.repeat(1000));
    first.lms.calls.length = 0;
    first.session.leave(false);
    assert.deepEqual(first.lms.calls.filter(([name]) => /commit|finish/.test(name)), [['finish']]);
    const size = Object.entries(first.lms.values).reduce((sum, [name, value]) => sum + name.length + encodeURIComponent(value).length + 2, 0);
    assert.ok(size < 65536, `${size}`);
    assert.ok(Object.keys(course.questions).every((id) => first.session.state.answers.get(id).tries));
  });

  test(`${kind}: what nobody's LMS took lies under no learner, and who comes next is asked`, () => {
    const storage = makeStorage();
    const refusing = makeLms(DIALECTS[kind].prefix);
    refusing.initialized = false;
    const lost = open(kind, { lms: refusing, storage });
    visit(lost.session, 'p0');
    answer(lost.session, 'q0', true);
    lost.session.leave(false);
    const again = open(kind, { lms: refusing, storage });
    assert.deepEqual([...again.session.state.visited], []);
    const next = open(kind, { storage });
    const [stray, ...others] = next.session.strays();
    assert.deepEqual([others, stray.pages, stray.answers, next.session.state.answers.size], [[], 1, 1, 0]);
    next.session.adopt(stray.key);
    assert.equal(next.session.state.answers.get('q0').response, 'b');
    assert.match(next.lms.values['cmi.interactions.0.id'], /q0$/);
    assert.deepEqual(next.session.strays(), []);
    answer(open(kind, { lms: refusing, storage }).session, 'q0', true);
    const third = open(kind, { storage, values: { [LEARNER[kind]]: 'ona' } });
    third.session.discard(third.session.strays()[0].key);
    assert.deepEqual([third.session.strays(), third.session.state.answers.size], [[], 0]);
  });

  test(`${kind}: learners without a name share nothing`, () => {
    const storage = makeStorage();
    const first = open(kind, { storage, values: { [LEARNER[kind]]: '' } });
    answer(first.session, 'q0', true);
    const next = open(kind, { storage, values: { [LEARNER[kind]]: '' } });
    assert.deepEqual([next.session.state.answers.size, next.session.strays()], [0, []]);
  });

  test(`${kind}: two windows of one learner join`, () => {
    const first = open(kind);
    visit(first.session, 'p0');
    const storage = first.storage;
    const values = { ...first.lms.values, [first.dialect.entry]: 'resume' };
    const second = open(kind, { storage, course: first.course, lms: makeLms(first.dialect.prefix, values) });
    answer(first.session, 'q0', true);
    visit(second.session, 'p1');
    assert.equal(second.session.state.answers.get('q0')?.response, 'b');
    first.session.leave(false);
    assert.deepEqual([...first.session.state.visited].sort(), ['p0', 'p1']);
  });

  test(`${kind}: what is typed is kept at once, and goes to the LMS after a pause`, () => {
    const course = { ...makeCourse(1, 11) };
    const first = open(kind, { course });
    first.session.write('q9', 'Ačiū');
    first.session.write('map', { f1: 'šeši' });
    const crashed = open(kind, { course, lms: first.lms, storage: first.storage, values: {} });
    assert.equal(crashed.session.state.answers.get('q9').response, 'Ačiū');
    assert.deepEqual(crashed.session.state.sheets.get('map'), { f1: 'šeši' });
    first.timers.at(-1)[0]();
    assert.match(first.lms.values['cmi.suspend_data'], /Ačiū/);
  });
}

test('1.2: where the LMS has a mastery score of its own, a score waits until the course is complete', () => {
  const raw = 'cmi.core.score.raw';
  const { session, lms } = open(12, { values: { 'cmi.student_data.mastery_score': '70' } });
  right(session);
  assert.equal(lms.values[raw], undefined);
  visit(session, 'p0', 'p1');
  assert.equal(lms.values[raw], '100');
  const failed = open(12, { values: { 'cmi.student_data.mastery_score': '70' } });
  visit(failed.session, 'p0', 'p1');
  answer(failed.session, 'q0', false);
  answer(failed.session, 'q1', false);
  failed.session.again();
  assert.equal(failed.lms.values[raw], '');
});

test('a module that is not assessed tells no score where the package says so', () => {
  const lms = makeLms('LMS', { 'cmi.core.student_id': 'jonas' });
  const course = makeCourse(2, 2);
  const win = { API: lms.api, opener: null, document: { documentElement: { dataset: { score: 'none' } } } };
  win.parent = win;
  const session = openSession(adapter12(win, course), course, { storage: makeStorage, limit: 4096, report() {}, later() {} });
  right(session);
  visit(session, 'p0', 'p1');
  assert.equal(lms.values['cmi.core.score.raw'], undefined);
});

test('1.2: a final status is committed before its score', () => {
  const { session, lms } = open(12);
  visit(session, 'p0', 'p1');
  right(session);
  const at = (wanted) => lms.calls.findIndex(([, name, value]) => wanted === (value ?? name));
  assert.ok(lms.calls.slice(at('passed'), at('100')).some(([name]) => name === 'commit'));
});

test('1.2: the status comes before the score, and a failed one may become passed', () => {
  const { session, lms } = open(12);
  visit(session, 'p0', 'p1');
  answer(session, 'q0', false);
  answer(session, 'q1', false);
  assert.equal(lms.values['cmi.core.lesson_status'], 'failed');
  const names = lms.names();
  assert.ok(names.indexOf('cmi.core.lesson_status') < names.indexOf('cmi.core.score.raw'));
  assert.ok(names.lastIndexOf('cmi.core.lesson_status') < names.indexOf('cmi.core.score.raw'));
  right(session);
  assert.deepEqual(lms.sets('cmi.core.lesson_status'), ['incomplete', 'failed', 'passed']);
});

test("the LMS's mastery goes over the course's own", () => {
  const strict = open(12, { values: { 'cmi.student_data.mastery_score': '90' } });
  assert.equal(strict.session.mastery, 0.9);
  const now = open(2004, { values: { 'cmi.scaled_passing_score': '0.4' } });
  assert.equal(now.session.mastery, 0.4);
  assert.equal(open(12).session.mastery, 0.7);
});

test('2004: success is told as soon as the assessed part is complete; completion apart from it', () => {
  const { session, lms } = open(2004);
  right(session);
  assert.equal(lms.values['cmi.success_status'], 'passed');
  assert.equal(lms.values['cmi.completion_status'], 'incomplete');
  assert.equal(lms.values['cmi.progress_measure'], '0.5');
  assert.deepEqual(['scaled', 'raw', 'min', 'max'].map((name) => lms.values[`cmi.score.${name}`]), ['1', '100', '0', '100']);
});

test('2004: an objective that the LMS has already is used', () => {
  const id = 'https://example.org/courses/module/objectives/tell';
  const { session, lms } = open(2004, { values: { 'cmi.objectives.0.id': 'PRIMARY', 'cmi.objectives.1.id': id } });
  right(session);
  assert.equal(lms.values['cmi.objectives.1.score.scaled'], '1');
  assert.equal(lms.values['cmi.objectives.2.id'], undefined);
});

test('questions to the authors', () => {
  const old = open(12);
  assert.equal(old.session.comment('Kodėl?'), true);
  old.lms.values['cmi.comments'] = 'x'.repeat(4090);
  assert.equal(old.session.comment('Kodėl?'), false);
  const now = open(2004);
  now.session.language('lt');
  now.session.comment('Kodėl?');
  now.session.comment('Kada?');
  assert.equal(now.lms.values['cmi.comments_from_learner.0.comment'], '{lang=lt}Kodėl?');
  assert.equal(now.lms.values['cmi.comments_from_learner.1.comment'], '{lang=lt}Kada?');
  assert.match(now.lms.values['cmi.comments_from_learner.1.timestamp'], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\dZ$/);
});

test('1.2: comments add up even where the LMS replaces them', () => {
  const { session, lms } = open(12);
  session.comment('one');
  session.comment('two');
  assert.match(lms.values['cmi.comments'], /one\n.*two\n$/);
});

test('a question to the authors that is refused goes again with the next save, once', () => {
  const { session, lms } = open(2004);
  lms.refuse = (name) => (name.startsWith('cmi.comments') ? '391' : null);
  assert.equal(session.comment('Kodėl?'), false);
  assert.equal(session.comment('Kodėl?'), false);
  assert.deepEqual(session.unsent(), ['Kodėl?']);
  lms.refuse = () => null;
  visit(session, 'p0');
  assert.deepEqual(session.unsent(), []);
  visit(session, 'p1');
  assert.match(lms.values['cmi.comments_from_learner.0.comment'], /Kodėl\?$/);
  assert.equal(lms.values['cmi.comments_from_learner.1.comment'], undefined);
});

test('without an LMS the language can be changed all the same', () => {
  const win = { opener: null };
  win.parent = win;
  const course = makeCourse(1, 1);
  const session = openSession(adapter2004(win, course), course, { storage: makeStorage, limit: 4096, report() {}, later() {} });
  session.language('en');
  session.leave(false);
  assert.deepEqual([session.lms.refused, session.state.language], [false, 'en']);
});

test('what has no room is told and stays in this browser', () => {
  const course = makeCourse(2, 2);
  const { session, reports, lms, storage } = open(12, { course, limit: 200 });
  session.state.sheets.set('map', { f1: 'ž'.repeat(300) });
  visit(session, 'p0');
  assert.deepEqual(reports.at(-1).left, ['map']);
  assert.ok(lms.values['cmi.suspend_data'].length <= 200);
  lms.values['cmi.core.entry'] = 'resume';
  const next = open(12, { course, lms, storage });
  assert.equal(next.session.state.sheets.get('map').f1.length, 300);
});

test('without an LMS progress stays in the browser; where that refuses too, it is said', () => {
  const course = makeCourse(2, 2);
  const storage = makeStorage();
  const reports = [];
  const tools = { storage: () => storage, limit: Infinity, report: (each) => reports.push(each), later() {} };
  visit(openSession(adapterWeb(), course, tools), 'p0');
  assert.deepEqual([...openSession(adapterWeb(), course, tools).state.visited], ['p0']);
  storage.setItem = () => { throw new Error('QuotaExceededError'); };
  visit(openSession(adapterWeb(), course, tools), 'p1');
  assert.equal(reports.at(-1).here, false);
});

for (const kind of [12, 2004]) {
  const at = (lms, n) => lms.values[`cmi.interactions.${n}.id`]?.split('/').at(-1);

  /** As the standards have it: no entry before those in front of it. @param {function} lms @param {boolean} counts */
  const strictly = (lms, prefix) => {
    lms.refuse = (name) => {
      const [, list, n, last] = /^(cmi\.\w+)\.(\d+)\.(.+)$/.exec(name) ?? [];
      return last === 'id' && n > 0 && !(`${list}.${n - 1}.id` in lms.values) ? '201' : null;
    };
    const get = lms.api[`${prefix}GetValue`];
    lms.api[`${prefix}GetValue`] = (name) => (name.endsWith('._count') ? '' : get(name));
  };

  test(`${kind}: entries of a session that was lost are told in their order, and none takes another's place`, () => {
    const course = makeCourse(2, 4);
    const first = open(kind, { course });
    first.session.language('lt');
    visit(first.session, 'p0');
    const before = { ...first.lms.values };
    for (const [id, response] of [['q0', 'a'], ['q1', ['b']], ['q2', 'true'], ['q3', 'Vilnius'], ['q0', 'b']]) answer(first.session, id, false, response);
    // The LMS lost all of it, and the browser has it as untold: the latest answer to the first question was given last.
    const key = first.storage.key(0);
    const copy = JSON.parse(first.storage.getItem(key));
    first.storage.setItem(key, JSON.stringify({ ...copy, base: 1 }));
    const lms = makeLms(first.dialect.prefix, before);
    strictly(lms, first.dialect.prefix);
    const { session } = reopen({ ...first, lms });
    assert.deepEqual([0, 1, 2, 3, 4].map((n) => at(lms, n)), ['q0', 'q1', 'q2', 'q3', undefined]);
    assert.equal(session.state.interactions.length, 4);
  });

  test(`${kind}: an entry that an LMS refuses so far back changes places for good, and overwrites none`, () => {
    const course = makeCourse(2, 4);
    const first = open(kind, { course });
    first.session.language('lt');
    for (const [id, response] of [['q0', 'a'], ['q1', ['b']], ['q2', 'true'], ['q3', 'Vilnius']]) answer(first.session, id, false, response);
    first.session.leave(false);
    for (const name of Object.keys(first.lms.values)) if (/^cmi\.interactions\.[1-3]\./.test(name)) delete first.lms.values[name];
    strictly(first.lms, first.dialect.prefix);
    const second = reopen(first);
    answer(second.session, 'q3', false, 'Kaunas');
    answer(second.session, 'q1', false, ['c']);
    assert.deepEqual([0, 1, 2, 3].map((n) => at(first.lms, n)), ['q0', 'q3', 'q1', undefined]);
    second.session.leave(false);
    const third = reopen(second);
    answer(third.session, 'q3', false, 'Alytus');
    answer(third.session, 'q2', false, 'false');
    assert.deepEqual([0, 1, 2, 3, 4].map((n) => at(first.lms, n)), ['q0', 'q3', 'q1', 'q2', undefined]);
  });

  test(`${kind}: work of a later attempt that is taken over is of that attempt`, () => {
    const storage = makeStorage();
    const refused = makeLms(DIALECTS[kind].prefix);
    refused.initialized = false;
    const away = open(kind, { storage, lms: refused });
    visit(away.session, 'p0', 'p1');
    answer(away.session, 'q0', false);
    answer(away.session, 'q1', false);
    away.session.again();
    answer(away.session, 'q0', true);
    const { session, lms, dialect } = open(kind, { storage });
    answer(session, 'q1', true);
    session.adopt(session.strays()[0].key);
    assert.equal(session.state.attempt, 2);
    assert.equal(session.state.answers.get('q1')?.tries ?? 0, 0);
    assert.equal(lms.values[dialect.status], 'incomplete');
    if (kind === 2004) assert.equal(lms.values['cmi.success_status'], 'unknown');
  });

  test(`${kind}: answers that were not told go on in a newer course: by the question's new name, or not at all`, () => {
    const first = open(kind, { course: makeCourse(2, 3) });
    visit(first.session, 'p0');
    first.lms.up = false;
    answer(first.session, 'q0', false);
    answer(first.session, 'q1', true);
    answer(first.session, 'q2', false, 'true');
    first.lms.up = true;
    const course = makeCourse(2, 3);
    const { q0, q1, q2, ...others } = course.questions;
    course.questions = { ...others, named: { ...q1, key: 'N01', was: [q1.key] }, q2: { ...q0, key: q2.key } };
    course.pages = course.pages.map((page, n) => ({ ...page, questions: n ? ['named'] : ['q2'] }));
    const { session, lms } = reopen(first, { course });
    assert.deepEqual(session.state.answers.get('named').response, ['shared-goal', 'c']);
    assert.deepEqual(Object.keys(lms.values).filter((name) => /^cmi\.interactions\.\d+\.id$/.test(name)).map((name) => lms.values[name].split('/').at(-1)), ['named']);
  });
}

test('2004: in a store that several modules share, its score is never believed, also once the module’s own state is there', () => {
  const other = { ...makeCourse(2, 2), id: 'other', iri: 'https://example.org/courses/other' };
  const theirs = open(2004, { course: other });
  right(theirs.session);
  visit(theirs.session, 'p0', 'p1');
  theirs.session.leave(false);
  const begun = open(2004, { lms: theirs.lms });
  visit(begun.session, 'p0');
  begun.session.leave(false);
  const { session, lms, dialect } = reopen(begun);
  visit(session, 'p0');
  assert.deepEqual([session.state.best, session.state.passed, session.state.complete], [null, false, false]);
  assert.equal(lms.values[dialect.status], 'incomplete');
});

test('what was done without a name and without an LMS goes on in the record that began it, though it be one page', () => {
  const first = open(12, { values: { [LEARNER[12]]: '' } });
  first.lms.up = false;
  visit(first.session, 'p0');
  first.session.leave(false);
  first.lms.up = true;
  const { session, lms } = reopen(first);
  assert.deepEqual([...session.state.visited], ['p0']);
  assert.deepEqual([...open(12, { lms }).session.state.visited], ['p0']);
});
