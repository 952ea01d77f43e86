/** The strict simulated LMS answers as the standards say, and its switches as the LMSs they are named in do. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { BEHAVIOURS } from '../../../sclt/preview/lms/behaviours/index.js';
import { MODELS } from '../../../sclt/preview/lms/models.js';
import { launch, makeRecord, makeWorld } from '../../../sclt/preview/lms/strict.js';
import * as switches from '../../../sclt/preview/lms/switches.js';

/** What an LMS does, by standard. */
const behaviour = (lms) => BEHAVIOURS.find(({ name }) => name === lms).standards;

const EDITIONS = Object.keys(MODELS).slice(1);

/** A session with calls of one name in either standard. */
function open(standard, { record = makeRecord(), on = [], ...more } = {}) {
  const { api, prefix, lms } = launch(standard, record, { behaviour: { switches: on }, ...more });
  const call = (name, ...values) => api[prefix + name](...values);
  return { call, record, lms, begin: () => call('Initialize', ''), end: () => call(prefix ? 'Finish' : 'Terminate', ''), error: () => call('GetLastError'),
    set: (name, value) => [call('SetValue', name, value), call('GetLastError')], get: (name) => [call('GetValue', name), call('GetLastError')],
    commit: () => call('Commit', '') };
}

function begun(standard, more) {
  const session = open(standard, more);
  assert.equal(session.begin(), 'true');
  return session;
}

test('1.2: nothing is answered before the beginning or after the end', () => {
  const session = open('scorm12');
  assert.deepEqual(session.set('cmi.core.exit', 'suspend'), ['false', '301']);
  assert.equal(session.begin(), 'true');
  assert.deepEqual([session.begin(), session.error()], ['false', '101']);
  assert.equal(session.end(), 'true');
  assert.deepEqual([session.commit(), session.error()], ['false', '301']);
});

test('2004: each call has its own error before the beginning and after the end', () => {
  const session = open('scorm2004-4');
  const errors = () => [session.get('cmi.mode')[1], session.set('cmi.location', 'a')[1], session.commit() && session.error(), session.end() && session.error()];
  assert.deepEqual(errors(), ['122', '132', '142', '112']);
  session.begin();
  assert.deepEqual([session.begin(), session.error()], ['false', '103']);
  session.end();
  assert.deepEqual(errors(), ['123', '133', '143', '113']);
  assert.deepEqual([session.begin(), session.error()], ['false', '104']);
});

test('1.2: types, vocabularies, read-only, write-only, keywords', () => {
  const { set, get } = begun('scorm12');
  for (const [name, value, code] of [
    ['cmi.core.lesson_status', 'not attempted', '405'], ['cmi.core.lesson_status', 'passed', '0'], ['cmi.core.score.raw', '101', '405'],
    ['cmi.core.score.raw', '', '0'], ['cmi.core.student_id', 'x', '403'], ['cmi.objectives._count', '1', '402'], ['cmi.core.nothing', '1', '201'],
    ['cmi.suspend_data', 'x'.repeat(4096), '0'], ['cmi.suspend_data', 'x'.repeat(4097), '405'], ['cmi.core.session_time', '1:2:3', '405'],
    ['cmi.interactions.1.id', 'late', '201'], ['cmi.interactions.0.id', 'a', '0'], ['cmi.interactions.0.type', 'choice', '0'],
    ['cmi.interactions.0.student_response', 'Vilnius', '405'], ['cmi.interactions.0.student_response', 'a,b', '0']]) {
    assert.equal(set(name, value)[1], code, `${name}=${value}`);
  }
  assert.deepEqual(get('cmi.core.exit'), ['', '404']);
  assert.deepEqual(get('cmi.interactions.0.id'), ['', '404']);
  assert.deepEqual(get('cmi.interactions._count'), ['1', '0']);
  assert.deepEqual(get('cmi.core.score._children'), ['raw,min,max', '0']);
  assert.deepEqual(get('cmi.suspend_data._count'), ['', '203']);
});

for (const edition of EDITIONS) {
  test(`${edition}: values without a beginning, identifiers first, unique objectives, patterns`, () => {
    const { set, get } = begun(edition);
    assert.deepEqual(get('cmi.score.scaled'), ['', '403']);
    const room = edition === 'scorm2004-2' ? 4000 : 64000;
    for (const [name, value, code] of [
      ['cmi.suspend_data', 'x'.repeat(room), '0'], ['cmi.suspend_data', 'x'.repeat(room + 1), '406'], ['cmi.score.scaled', '1.5', '407'],
      ['cmi.score.scaled', 'much', '406'], ['cmi.entry', 'resume', '404'], ['cmi.interactions.0.type', 'choice', '408'],
      ['cmi.interactions.0.id', 'urn:q', '0'], ['cmi.interactions.0.learner_response', 'a', '408'], ['cmi.interactions.0.type', 'choice', '0'],
      ['cmi.interactions.0.learner_response', 'a[,]b', '0'], ['cmi.interactions.0.learner_response', 'a[,]a', '406'],
      ['cmi.interactions.0.correct_responses.0.pattern', 'a', '0'], ['cmi.interactions.0.correct_responses.1.pattern', 'a', '351'],
      ['cmi.interactions.2.id', 'urn:r', '351'], ['cmi.objectives.0.id', 'urn:o', '0'], ['cmi.objectives.1.id', 'urn:o', '351'],
      ['cmi.objectives.0.id', 'urn:p', '351'], ['cmi.nothing', '1', '401']]) {
      assert.equal(set(name, value)[1], code, `${name}=${value.slice(0, 20)}`);
    }
    assert.deepEqual(get('cmi.exit'), ['', '405']);
    assert.deepEqual(get('cmi.interactions.0.id'), ['urn:q', '0']);
    assert.deepEqual(get('cmi.interactions.5.id'), ['', '301']);
  });

  test(`${edition}: what is not suspended is over`, () => {
    const first = begun(edition);
    first.set('cmi.suspend_data', 'kept');
    first.set('cmi.exit', 'suspend');
    first.end();
    const second = begun(edition, { record: first.record });
    assert.deepEqual([second.get('cmi.entry')[0], second.get('cmi.suspend_data')[0]], ['resume', 'kept']);
    second.set('cmi.exit', 'normal');
    second.end();
    const third = begun(edition, { record: first.record });
    assert.deepEqual([third.get('cmi.entry')[0], third.get('cmi.suspend_data')], ['ab-initio', ['', '403']]);
  });
}

for (const [standard, time, twice] of [['scorm12', '0000:01:30.50', '0000:03:01.00'], ['scorm2004-3', 'PT1M30.5S', 'PT0H3M1.00S']]) {
  test(`${standard}: only what a call has brought is kept; the time of sessions adds up, also of one that crashed`, () => {
    const first = begun(standard);
    const { exit, time: spent, location, total } = first.lms.model.names;
    first.set(exit, 'suspend');
    first.set(spent, time);
    first.set(location, 'p1');
    first.commit();
    first.set(location, 'p2');
    const second = begun(standard, { record: first.record });
    assert.equal(second.get(location)[0], 'p1');
    second.set(exit, 'suspend');
    second.set(spent, time);
    second.end();
    assert.equal(begun(standard, { record: first.record }).get(total)[0], twice);
  });

  test(`${standard}: without network or login a call fails and nothing is kept; a beacon says otherwise, up to 64 KB`, () => {
    for (const fault of [{ online: false }, { loggedIn: false }]) {
      const world = { ...makeWorld(), ...fault };
      const { set, commit, record, lms } = begun(standard, { world, on: [switches.beacon] });
      set(lms.model.names.location, 'p1');
      assert.equal(commit(), 'false');
      world.unloading = true;
      assert.equal(commit(), 'true');
      assert.deepEqual(record.values, {});
    }
    const world = { ...makeWorld(), unloading: true };
    const { set, commit, lms } = begun(standard, { world, on: [switches.beacon] });
    set(lms.model.names.location, 'p1');
    world.sent = 65536 - lms.size(lms.toSend());
    assert.equal(commit(), 'true');
    assert.equal(commit(), 'false');
  });
}

test('each LMS can be launched in every standard that it takes, and says where that is known from', () => {
  for (const { name, source, standards } of BEHAVIOURS) {
    assert.match(source, /.{10}/, name);
    for (const [standard, on] of Object.entries(standards)) assert.equal(open(standard, { on }).begin(), 'true', `${name} ${standard}`);
  }
});

test('Moodle 1.2: no status is completed, a mastery score decides, what was lost is not sent again, the end is review', () => {
  const moodle = BEHAVIOURS.find(({ name }) => name === 'moodle').standards.scorm12;
  const unset = begun('scorm12', { on: moodle });
  unset.end();
  assert.equal(unset.record.values['cmi.core.lesson_status'], 'completed');
  const world = makeWorld();
  const scored = begun('scorm12', { on: moodle, world, wishes: { mastery: 70 } });
  scored.set('cmi.core.lesson_status', 'incomplete');
  scored.set('cmi.core.score.raw', '60');
  scored.set('cmi.core.lesson_location', 'p1');
  world.online = false;
  assert.equal(scored.commit(), 'false');
  world.online = true;
  assert.equal(scored.end(), 'true');
  assert.equal(scored.record.values['cmi.core.lesson_status'], 'failed');
  assert.equal(scored.record.values['cmi.core.lesson_location'], undefined);
  assert.equal(begun('scorm12', { on: moodle, record: scored.record }).get('cmi.core.lesson_mode')[0], 'review');
});

test('Moodle 2004: a passing score of its own, and one session a page', () => {
  const on = BEHAVIOURS.find(({ name }) => name === 'moodle').standards['scorm2004-4'];
  const page = {};
  const first = begun('scorm2004-4', { on, page });
  assert.equal(first.get('cmi.scaled_passing_score')[0], '1.0');
  first.end();
  const second = open('scorm2004-4', { on, page });
  assert.deepEqual([second.begin(), second.error()], ['false', '104']);
});

test('Chamilo: mastery −1, score 0, no objectives of interactions, no comments', () => {
  const { get, set } = begun('scorm12', { on: BEHAVIOURS.find(({ name }) => name === 'chamilo').standards.scorm12 });
  assert.deepEqual([get('cmi.student_data.mastery_score')[0], get('cmi.core.score.raw')[0]], ['-1', '0']);
  set('cmi.interactions.0.id', 'a');
  assert.equal(set('cmi.interactions.0.objectives.0.id', 'o')[1], '401');
  assert.equal(set('cmi.comments', 'Kodėl?')[1], '401');
});

test('Open edX: results undefined, no count, no entry, no mastery, no errors, every value stored as it is written', () => {
  const { get, set, record } = begun('scorm12', { on: behaviour('open-edx').scorm12, wishes: { mastery: 70 } });
  set('cmi.core.lesson_status', 'passed');
  set('cmi.interactions.0.id', 'a');
  assert.deepEqual(['cmi.core.lesson_status', 'cmi.core.score.raw', 'cmi.interactions._count', 'cmi.core.entry', 'cmi.student_data.mastery_score'].map((name) => get(name)[0]),
    [undefined, undefined, '', '', '']);
  assert.equal(record.values['cmi.core.lesson_status'], 'passed');
  assert.equal(begun('scorm2004-4', { on: behaviour('open-edx')['scorm2004-4'] }).get('cmi.mode')[0], undefined);
});

test('scormhost: each session is the first; more than 64 KB is not sent, nor is anything after the first failure, and nothing says so', () => {
  for (const [standard, text] of [['scorm12', 'cmi.core.lesson_location'], ['scorm2004-2', 'cmi.location']]) {
    const on = behaviour('scormhost')[standard];
    const { set, commit, record } = begun(standard, { on });
    set(text, 'p1');
    commit();
    const { get, lms, ...next } = begun(standard, { on, record });
    assert.deepEqual([get(lms.model.names.entry)[0], get(text)[0]], ['ab-initio', 'p1']);
    next.set(text, 'ą'.repeat(32768));
    assert.equal(next.commit(), 'true');
    next.set(text, 'p3');
    assert.deepEqual([next.commit(), next.end(), record.values[text]], ['true', 'true', 'p1']);
  }
});

test('wagtail-lms: begun before the first session, no call that ends it, values stored as they are written', () => {
  const { api, lms } = launch('scorm12', makeRecord(), { behaviour: { switches: behaviour('wagtail-lms').scorm12 } });
  api.LMSInitialize('');
  assert.deepEqual([api.LMSGetValue('cmi.core.lesson_status'), 'LMSFinish' in api], ['incomplete', false]);
  api.LMSSetValue('cmi.core.lesson_location', 'p1');
  assert.equal(lms.record.values['cmi.core.lesson_location'], 'p1');
});

test('an error that is never told; a session that is never resumed', () => {
  const { set, get } = begun('scorm2004-4', { on: [switches.errorless, switches.entryEmpty] });
  assert.deepEqual(set('cmi.nothing', '1'), ['false', '0']);
  assert.equal(get('cmi.entry')[0], '');
});

test('a count that is forgotten, a state that is not read', () => {
  const first = begun('scorm12');
  first.set('cmi.interactions.0.id', 'a');
  first.set('cmi.suspend_data', 'kept');
  first.end();
  const next = (...on) => begun('scorm12', { record: first.record, on });
  assert.equal(next(switches.countForgotten).get('cmi.interactions._count')[0], '0');
  const once = next(switches.stateUnreadable(false, false));
  assert.deepEqual([once.get('cmi.suspend_data'), once.get('cmi.suspend_data')], [['', '101'], ['kept', '0']]);
  assert.throws(() => next(switches.stateUnreadable(true, true)).get('cmi.suspend_data'));
});
