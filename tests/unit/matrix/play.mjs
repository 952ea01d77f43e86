/** Plays a course in the simulated LMS: launches it, lets the learner work and leave, launches it again, and looks what is missing or untrue. */
import { launch, makeRecord, makeWorld } from '../../../sclt/preview/lms/strict.js';
import { lackingComments, untrue, wrongInteractions, wrongScore, wrongStatus } from './expected.mjs';
import { makeMemory, steps, straight, truth } from './learner.mjs';

const STEP = 10;   // seconds that a step takes
/** So many steps before leaving what fails begins to fail. */
const EARLIER = 3;

/** A browser's storage. */
export function makeStorage() {
  const items = new Map();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value), removeItem: (key) => items.delete(key),
    key: (n) => [...items.keys()][n] ?? null, get length() { return items.size; } };
}

/** Numbers like random ones, the same in each play. */
function chance(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const LEAVING = {
  exit(it) {
    if (!it.session.leave(true)) LEAVING.closing(it);
  },
  navigation({ session, world }) {
    world.unloading = true;
    session.leave(false);
  },
  /** A window that closes is hidden first. */
  closing({ session, world }) {
    world.unloading = true;
    session.save();
    session.leave(false);
  },
  crash() {},
};

/**
 * One learner, one browser, one record of the LMS.
 * @param {{standard: string, course: object, switches: function[]}} setting  course: what openPackage has of a package
 * @param {object} [record] of the LMS @param {Storage} [storage] of the browser
 */
export function makePlay({ standard, course, switches }, record = makeRecord(), storage = makeStorage()) {
  const clock = { now: Date.parse('2026-01-05T08:00:00Z') },
    mastery = course.json.mastery == null ? undefined : course.json.mastery * (standard === 'scorm12' ? 100 : 1);
  Math.random = chance(course.json.pages.length);
  const it = {
    record, storage, clock, course, memory: makeMemory(), before: {}, excused: {},
    /** Launch the course. @param {object} [page] of the LMS, which other SCOs may have used @param {function[]} [on] */
    open(page = {}, on = switches) {
      Date.now = () => clock.now;
      it.world = makeWorld();
      const { api, name, lms } = launch(standard, record, { behaviour: { switches: on }, wishes: { mastery }, world: it.world, page });
      const win = { [name]: api, opener: null },
        { world } = it;
      win.parent = win;
      it.model = lms.model;
      it.session = course.openSession(course.createAdapter(win, course.json), course.json, { storage: () => storage, limit: course.limit,
        report() {}, later() {}, online: () => world.online, visible: () => !world.unloading });
      it.session.language('lt');
    },
    step(each) {
      Date.now = () => clock.now;
      clock.now += STEP * 1000;
      each(it.session, it.memory, course);
    },
    leave(how) {
      Date.now = () => clock.now;
      LEAVING[how](it);
    },
  };
  return it;
}

const isMap = (value) => value && typeof value === 'object' && !Array.isArray(value);

/** A value as a text, whatever the order of its members. */
const plain = (value) => JSON.stringify(value, (_, each) => (isMap(each) ? Object.fromEntries(Object.entries(each).sort()) : each));

/** @returns {string[]} what the session has lost of what the learner did */
export function lostIn({ state }, { pages, responses, sheets }) {
  return [
    ...[...pages].filter((id) => !state.visited.has(id)).map((id) => `page ${id}`),
    ...[...responses].filter(([id, response]) => plain(state.answers.get(id)?.response) !== plain(response)).map(([id]) => `answer ${id}`),
    ...[...sheets].filter(([id, text]) => plain(state.sheets.get(id)) !== plain(text)).map(([id]) => `worksheet ${id}`),
  ].map((each) => `lost: ${each}`);
}

/** @returns {string[]} where the course's own verdict is not the learner's */
export function misjudged({ course: { json, standing, summary }, session: { state, mastery }, memory }) {
  const found = standing(state, summary(json, state), mastery),
    { complete, success, again } = truth(memory, json),
    wanted = { complete, success: again ? 'unknown' : success, again },
    best = memory.best == null ? null : memory.best * 100;
  return [
    ...plain(found) === plain(wanted) ? [] : [`the course says ${plain(found)}, not ${plain(wanted)}`],
    ...state.best === best || Math.abs(state.best - best) < 0.01 ? [] : [`the course's best score is ${state.best}, not ${best}`],
  ];
}

export const untrueIn = ({ record, memory, course, model, excused }) => untrue(record, memory, course.json, model, excused).map((each) => `untrue: ${each}`);

/** @returns {string[]} what the record lacks once nothing is under way any more */
function lackingIn({ record, memory, course, model, excused }, may) {
  return [
    ...wrongStatus(record, memory, course.json, model, excused), ...wrongScore(record, memory, course.json, model),
    ...wrongInteractions(record, memory, course.json, model.isOld),
    ...may.comments ? lackingComments(record, memory) : [],
  ].map((each) => `the LMS has ${each}`);
}

/** @returns {number} seconds that the record has */
const timeIn = ({ record }) => Math.round(record.seconds + record.unfinished);

/** @returns {string[]} where the time that came to the record is not the time that was worked; `whole`: whether all of it could travel */
function wrongTime(found, worked, whole) {
  return found > worked || (whole && found < worked) ? [`time: ${found} of ${worked} s`] : [];
}

/** Work on; shortly before the end something may begin to fail: then the LMS says what was true until then. */
function work(it, all, [from, to], fault, wrong) {
  for (let n = from; n < to; n++) {
    if (fault && n >= to - EARLIER && it.world[fault]) {
      it.world[fault] = false;
      it.excused = { ...it.excused, success: truth(it.memory, it.course.json).success || it.excused.success };
    }
    it.step(all[n]);
    wrong.push(...untrueIn(it).map((each) => `step ${n}: ${each}`));
  }
}

/** Open the course again: nothing is missing, nothing untrue. */
function reopen(it, may, wrong, on) {
  it.open({}, on);
  // In review the LMS takes nothing: what it heard last stands there.
  if (!it.session.readOnly) it.excused = it.before;
  wrong.push(...lostIn(it.session, it.memory), ...misjudged(it), ...untrueIn(it));
  if (!it.session.readOnly) wrong.push(...lackingIn(it, may).map((each) => `opened again: ${each}`));
}

/** Do the rest, leave by Exit, and open once more. */
function finish(it, may, all, from, wrong) {
  work(it, all, [from, all.length], null, wrong);
  it.leave('exit');
  wrong.push(...lackingIn(it, may));
  reopen(it, may, wrong);
}

/**
 * A course that is left and opened again time after time. Yields what was wrong each time; a learner who is locked in review stops there.
 * @param {object} scene  `how` the learner leaves; `plan` says after which part of all steps, and what fails before; `may` what this LMS can have at all
 */
function* usual({ it, all, how, plan, may }) {
  let from = 0;
  it.open();
  for (const { part, fault } of plan) {
    const wrong = [],
      to = Math.round(all.length * part),
      before = timeIn(it);
    work(it, all, [from, to], fault, wrong);
    it.leave(how);
    wrong.push(...untrueIn(it), ...fault ? [] : lackingIn(it, may));
    reopen(it, may, wrong);
    wrong.push(...wrongTime(timeIn(it) - before, (to - from) * STEP, !fault && how !== 'crash'));
    if (part === plan.at(-1).part && !it.session.readOnly) finish(it, may, all, to, wrong);
    yield wrong;
    if (it.session.readOnly) return;
    from = to;
  }
}

const SCENES = {
  usual,

  /** Another module has had all its say in the same store before, and finds it again afterwards. */
  * shared(scene) {
    const { setting, seed } = scene,
      it = makePlay(setting, structuredClone(seed.record)),
      { best, passed } = seed.memory;
    it.before = it.excused = { score: best, success: passed && setting.course.json.mastery == null && 'passed' };
    for (const wrong of usual({ ...scene, it })) {
      const theirs = Object.assign(makePlay({ ...setting, course: setting.other }, structuredClone(it.record)), { memory: seed.memory });
      theirs.open();
      wrong.push(...[...lostIn(theirs.session, seed.memory), ...misjudged(theirs)].map((each) => `other module: ${each}`));
      yield wrong;
    }
  },

  /** The LMS refuses a session, as another SCO has had one in its page; what is done then lies in the browser, under no learner. */
  * refused({ it, all, how, plan: [{ part, fault }], may }) {
    const wrong = [],
      to = Math.round(all.length * part);
    it.open({ ended: true });
    if (it.session.lms.connected) wrong.push('the LMS did not refuse');
    work(it, all, [0, to], fault, wrong);
    it.leave(how);
    it.open();
    if (it.session.state.visited.size) wrong.push('work under no learner was taken for this one’s');
    for (const { key } of it.session.strays()) it.session.adopt(key);
    wrong.push(...lostIn(it.session, it.memory), ...misjudged(it), ...lackingIn(it, may));
    finish(it, may, all, to, wrong);
    yield wrong;
  },

  /** The state that the LMS has can't be read for a whole session: the browser's copy goes on, and nothing is written over the LMS's. */
  * unreadable({ it, all, how, plan: [{ part, fault }], may, setting: { healed } }) {
    const wrong = [],
      to = Math.round(all.length * part);
    it.open();
    work(it, all, [0, to], fault, wrong);
    it.leave(how);
    const before = it.record.values['cmi.suspend_data'];
    it.open();
    wrong.push(...lostIn(it.session, it.memory), ...misjudged(it));
    for (const each of all.slice(to)) it.step(each);
    it.leave('exit');
    if (it.record.values['cmi.suspend_data'] !== before) wrong.push('a state that could not be read was written over');
    reopen(it, may, wrong, healed);
    finish(it, may, all, all.length, wrong);
    yield wrong;
  },
};

/** @returns {{record: object, memory: object}} what the other module leaves in a store when it was done rightly from end to end */
function makeSeed(setting) {
  const it = makePlay({ ...setting, course: setting.other });
  it.open();
  for (const each of straight(setting.other.json)) it.step(each);
  it.leave('exit');
  return { record: it.record, memory: it.memory };
}

function playOnce(setting, how, plan) {
  const { scene, may, course } = setting,
    seed = scene === 'shared' ? setting.seed ??= makeSeed(setting) : null,
    found = [];
  const note = (wrong) => found.push({ ...plan[found.length], wrong });
  try {
    for (const wrong of SCENES[scene]({ setting, seed, it: makePlay(setting), all: steps(course.json), how, plan, may })) note(wrong);
  } catch (error) {
    note([`throws: ${error.stack.split('\n').slice(0, 3).join(' ')}`]);
  }
  return found;
}

/**
 * Play a course in one LMS: once with the whole plan, and anew for what was not reached.
 * @param {object} setting from settings.mjs, with its course and another one @param {string} how the learner leaves
 * @param {{part: number, fault: string|null}[]} plan after which part of all steps, and what has failed since a few of them: `online` or `loggedIn`
 * @returns {{part: number, fault: string|null, wrong: string[]}[]} what was wrong each time
 */
export function play(setting, how, plan) {
  const found = [];
  while (found.length < plan.length) found.push(...playOnce(setting, how, plan.slice(found.length)));
  return found;
}
