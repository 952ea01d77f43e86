/** Plays a course in the simulated LMS: launches it, lets the learner work and leave, launches it again, and looks what is missing. */
import { launch, makeRecord, makeWorld } from '../../sclt/preview/lms/strict.js';
import { makeMemory, steps } from './learner.mjs';

const STEP = 10;   // seconds that a step takes

/** A browser's storage. */
function makeStorage() {
  const items = new Map();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value), removeItem: (key) => items.delete(key),
    key: (n) => [...items.keys()][n] ?? null, get length() { return items.size; } };
}

/** One learner, one browser, one record of the LMS; `course` is a package: its JSON, limit, adapter and session. */
export function makePlay({ standard, course, switches }) {
  const { storage, record, memory } = { storage: makeStorage(), record: makeRecord(), memory: makeMemory() };
  const clock = { now: Date.parse('2026-01-05T08:00:00Z'), worked: 0 };
  let world;
  let session;
  let run;
  Date.now = () => clock.now;

  function open() {
    world = makeWorld();
    run = launch(standard, record, { behaviour: { switches }, wishes: { mastery: course.json.mastery == null ? undefined : course.mastery }, world });
    const win = { [run.name]: run.api, opener: null };
    win.parent = win;
    session = course.openSession(course.createAdapter(win, course.json), course.json, { storage: () => storage, tab: () => storage, limit: course.limit,
      report() {}, later() {}, online: () => world.online, visible: () => !world.unloading });
    session.language('lt');
    return session;
  }

  function step(each) {
    clock.now += STEP * 1000;
    clock.worked += STEP;
    each(session, memory, course.json);
  }

  const leaving = {
    exit() {
      if (!session.leave(true)) leaving.closing();
    },
    navigation() {
      world.unloading = true;
      session.leave(false);
    },
    closing() {
      world.unloading = true;
      session.hide?.();
      session.leave(false);
    },
    crash() {},
  };
  return { open, step, leave: (how) => leaving[how](), record, memory, clock, session: () => session, world: () => world, run: () => run };
}

const plain = (value) => JSON.stringify(value, (_, each) => (each && typeof each === 'object' && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort()) : each));

/** @returns {string[]} what the session has lost of what the learner did */
export function lostIn({ state }, { pages, responses, sheets }) {
  return [
    ...[...pages].filter((id) => !state.visited.has(id)).map((id) => `page ${id}`),
    ...[...responses].filter(([id, response]) => plain(state.answers.get(id)?.response) !== plain(response)).map(([id]) => `answer ${id}`),
    ...[...sheets].filter(([id, text]) => plain(state.sheets.get(id)) !== plain(text)).map(([id]) => `worksheet ${id}`),
  ];
}

/** @returns {string[]} what the LMS's record lacks; `may` says what this LMS can have at all */
export function lackingIn({ values }, { responses, comments }, may) {
  const texts = Object.entries(values).filter(([name]) => name.includes('comments')).map(([, text]) => text).join('\n');
  const said = new Map(Object.entries(values).filter(([name]) => /^cmi\.interactions\.\d+\.id$/.test(name)).map(([name, id]) =>
    [id.split('/').at(-1), values[name.replace(/id$/, 'student_response')] ?? values[name.replace(/id$/, 'learner_response')]]));
  return [
    ...[...responses.keys()].filter((id) => said.get(id) === undefined).map((id) => `interaction ${id}`),
    ...may.comments ? comments.filter((text) => !texts.includes(text)).map((text) => `comment ${text}`) : [],
  ];
}

/** @returns {string[]} verdicts in the record that are not true */
export function untrue({ values }, memory, names) {
  const said = [values[names.status], values[names.success]];
  return [said.includes('passed') && !memory.passed && 'passed', said.includes('failed') && !memory.failed && 'failed'].filter(Boolean);
}

/**
 * @param {{how: string, fault: string, at: number}} leave how the learner leaves, what has failed a few steps before, and after which part of the steps
 * @returns {string[]} what was wrong
 */
export function play(setting, { how, fault, at }, may) {
  const it = makePlay(setting),
    all = steps(setting.course.json),
    stop = Math.floor(all.length * at),
    wrong = [];
  it.open();
  const { names } = it.run().lms.model;
  const look = (when) => wrong.push(...untrue(it.record, it.memory, names).map((each) => `${when}: ${each} is untrue`));
  function work(from, to) {
    for (let n = from; n < to; n++) {
      if (fault && n === Math.max(stop - 3, 0) && from === 0) it.world()[fault] = false;
      it.step(all[n]);
      look(`step ${n}`);
    }
  }
  work(0, stop);
  it.leave(how);
  look('left');
  it.open();
  look('opened again');
  const { session, readOnly } = { session: it.session(), readOnly: it.session().readOnly };
  wrong.push(...lostIn(session, it.memory).map((each) => `lost: ${each}`));
  if (readOnly) return wrong;
  work(stop, all.length);
  it.leave('exit');
  look('finished');
  wrong.push(...lackingIn(it.record, it.memory, may).map((each) => `the LMS lacks: ${each}`));
  it.open();
  wrong.push(...lostIn(it.session(), it.memory).map((each) => `lost at the end: ${each}`));
  // What was worked while nothing could travel, and what a crash cut off, no later call can bring.
  if (!fault && how !== 'crash' && Math.round(it.record.seconds) < it.clock.worked) wrong.push(`time: ${it.record.seconds} of ${it.clock.worked} s`);
  return wrong;
}
