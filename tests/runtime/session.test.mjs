import assert from 'node:assert/strict';
import test from 'node:test';
import { createAdapter as adapter12 } from '../../sclt/runtime/adapter-scorm12.js';
import { createAdapter as adapter2004 } from '../../sclt/runtime/adapter-scorm2004.js';
import { createAdapter as adapterWeb } from '../../sclt/runtime/adapter-web.js';
import { openSession } from '../../sclt/runtime/store.js';
import { UNITS } from '../../sclt/runtime/state.js';
import { makeCourse } from './course.mjs';
import { makeLms, makeStorage } from './lms.mjs';

const DIALECTS = {
  12: { make: adapter12, api: 'API', prefix: 'LMS', status: 'cmi.core.lesson_status', exit: 'cmi.core.exit', mode: 'cmi.core.lesson_mode',
    entry: 'cmi.core.entry', score: 'cmi.core.score.raw', credit: 'cmi.core.credit', location: 'cmi.core.lesson_location' },
  2004: { make: adapter2004, api: 'API_1484_11', prefix: '', status: 'cmi.completion_status', exit: 'cmi.exit', mode: 'cmi.mode',
    entry: 'cmi.entry', score: 'cmi.score.scaled', credit: 'cmi.credit', location: 'cmi.location' },
};

function open(kind, { values = {}, lms, storage = makeStorage(), course = makeCourse(2, 2), limit = 4096 } = {}) {
  const dialect = DIALECTS[kind];
  const used = lms ?? makeLms(dialect.prefix, values);
  used.calls.length = 0;
  const win = { [dialect.api]: used.api, opener: null };
  win.parent = win;
  const reports = [];
  const timers = [];
  const session = openSession(dialect.make(win, course), course, { storage: () => storage, limit,
    report: (each) => reports.push(each), later: (task, time) => timers.push([task, time]) });
  return { session, lms: used, storage, reports, timers, course, dialect };
}

function visit(session, ...pages) {
  for (const page of pages) {
    session.state.place = page;
    session.state.visited.add(page);
    session.save();
  }
}

function answer(session, id, share, response = 'b') {
  session.state.answers.set(id, { tries: 1, best: share * UNITS, response });
  session.answer({ id, response, share, seconds: 1 });
}

const right = (session) => {
  answer(session, 'q0', 1);
  answer(session, 'q1', 1, ['shared-goal', 'c']);
};

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
    answer(first.session, 'q0', 0);
    first.session.leave(false);
    first.lms.values[first.dialect.entry] = 'resume';
    const { session } = open(kind, { lms: first.lms });
    assert.equal(session.resumed, true);
    assert.deepEqual([...session.state.visited], ['p0', 'p1']);
    assert.equal(session.state.place, 'p1');
    answer(session, 'q1', 1, ['c']);
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
    answer(session, 'q0', 1);
    assert.equal(lms.values[dialect.score], undefined);
    answer(session, 'q1', 1, ['c']);
    visit(session, 'p1');
    assert.equal(lms.values[dialect.status], kind === 12 ? 'passed' : 'completed');
    answer(session, 'q0', 0);
    session.state.attempt += 1;
    session.state.answers.clear();
    session.save();
    answer(session, 'q0', 0);
    answer(session, 'q1', 0, ['b']);
    assert.equal(lms.values[dialect.status], kind === 12 ? 'passed' : 'completed');
    assert.equal(Number(lms.values[dialect.score]), kind === 12 ? 100 : 1);
    session.leave(true);
    assert.equal(lms.values[dialect.exit], kind === 12 ? '' : 'normal');
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
    answer(browse.session, 'q0', 1);
    browse.session.leave(true);
    assert.deepEqual([...new Set(browse.lms.names())], [done.dialect.location]);
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
    answer(session, 'q0', 1);
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
    answer(session, 'q1', 1, ['shared-goal', 'c']);
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
    const lms = makeLms(first.dialect.prefix);
    lms.up = false;
    visit(open(kind, { lms, storage: never }).session, 'p0');
    assert.equal(open(kind, { storage: never }).session.resumed, true);
  });

  test(`${kind}: optional elements that an LMS lacks are let be; a refused state shows`, () => {
    const optional = /^cmi\.(interactions|objectives|student_preference|learner_preference|progress_measure)/;
    const { session, lms, reports } = open(kind);
    lms.refuse = (name) => (optional.test(name) ? '401' : null);
    answer(session, 'q0', 1);
    session.language('en');
    answer(session, 'q0', 1);
    assert.equal(reports.at(-1).saved, true);
    assert.equal(lms.names().filter((name) => name.startsWith('cmi.interactions')).length, 1);
    assert.equal(lms.names().filter((name) => name.startsWith('cmi.objectives')).length, 1);
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

  test(`${kind}: each answer is an entry of its own`, () => {
    const { session, lms } = open(kind);
    answer(session, 'q0', 0, 'a');
    answer(session, 'q0', 1, 'b');
    const answers = [0, 1].map((n) => lms.values[`cmi.interactions.${n}.${kind === 12 ? 'student_response' : 'learner_response'}`]);
    assert.deepEqual(answers, ['a', 'b']);
  });
}

test('1.2: the status comes before the score, and a failed one may become passed', () => {
  const { session, lms } = open(12);
  visit(session, 'p0', 'p1');
  answer(session, 'q0', 0);
  answer(session, 'q1', 0, ['b']);
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

test('a course loaded anew in its tab, and refused, is the one of before', () => {
  const course = makeCourse(2, 2);
  const [storage, tab] = [makeStorage(), makeStorage()];
  const start = (lms) => {
    const win = { API: lms.api, opener: null };
    win.parent = win;
    return openSession(adapter12(win, course), course, { storage: () => storage, tab: () => tab, limit: 4096, report() {}, later() {} });
  };
  const lms = makeLms('LMS', { 'cmi.core.student_id': 'jonas' });
  visit(start(lms), 'p0');
  lms.initialized = false;
  const again = start(lms);
  assert.deepEqual([again.lms.refused, [...again.state.visited]], [true, ['p0']]);
  visit(again, 'p1');
  lms.initialized = true;
  lms.values['cmi.core.entry'] = 'resume';
  assert.deepEqual([...start(lms).state.visited], ['p0', 'p1']);
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
