/**
 * What LMSs do other than the standards say, one switch each. A switch gets the run-time's methods as they were (`before`) and the run-time as it is (`lms`),
 * and returns the methods that it replaces.
 *
 * @import { Switch, Values, RunTime } from './strict.js'
 */
import { parse } from './strict.js';

/** A form that a page sends while it is left may have 64 KB, over all that it sends then (Fetch standard, keepalive). */
const BEACON = 65536;

/** `_count` has no value. @type {Switch} */
export const countEmpty = (before) => ({ readKeyword: (name, keyword) => (keyword === '_count' ? ['', '0'] : before.readKeyword(name, keyword)) });

/** `_count` is 0 in each new session, though the entries are there: it counts those that something new was written to. @type {Switch} */
export const countForgotten = (before, lms) => ({
  begin(values) {
    before.begin(values);
    lms.stored = new Set(Object.keys(values));
    lms.touched = new Map();
  },
  put(name, value) {
    before.put(name, value);
    if (!lms.stored || lms.stored.has(name)) return;
    for (const [list, at] of parse(name).lists) lms.touched.set(list, (lms.touched.get(list) ?? new Set()).add(at));
  },
  readKeyword: (name, keyword) => (keyword === '_count' ? [String(lms.touched.get(name)?.size ?? 0), '0'] : before.readKeyword(name, keyword)),
});

/** Status, success and score are always empty. @type {Switch} */
export const resultsEmpty = (before, lms) => ({
  read(name) {
    const { status, success, score } = lms.model.names;
    return [status, success, score, 'cmi.score.raw'].includes(name) ? ['', '0'] : before.read(name);
  },
});

/** Status, success, score and, in SCORM 2004, the mode have no value at all: not even an empty one. @type {Switch} */
export const resultsUndefined = (before, lms) => ({
  read(name) {
    const { status, success, score } = lms.model.names;
    return [status, success, score, 'cmi.score.raw', 'cmi.mode'].includes(name) ? [undefined, '0'] : before.read(name);
  },
});

/** An error is never told. @type {Switch} */
export const errorless = () => ({ tellError: () => '0' });

/** @param {(names: RunTime['model']['names'], lms: RunTime) => Values} more @returns {Switch} */
const handing = (more) => (before, lms) => ({ handOut: () => ({ ...more(lms.model.names, lms), ...before.handOut() }) });

/** A mastery score of −1 stands for none. */
export const masteryMinusOne = handing(({ mastery }) => ({ [mastery]: '-1' }));
/** The score is 0 before anything was answered. */
export const scoreZero = handing(({ score }) => ({ [score]: '0' }));
/** A passing score is handed out where the package has none. */
export const passingScoreOne = handing(({ mastery }) => ({ [mastery]: '1.0' }));
/** The learner has no name that the course could know. @type {Switch} */
export const learnerEmpty = (before, lms) => ({ handOut: () => ({ ...before.handOut(), [lms.model.names.learner]: '' }) });

/** @param {(names: RunTime['model']['names'], stored: Values) => Values} change @returns {Switch} */
const handingOver = (change) => (before, lms) => ({ handOut: () => ({ ...before.handOut(), ...change(lms.model.names, lms.record.values) }) });

/** No session is said to be resumed, though what was stored is there. */
export const entryEmpty = handingOver(({ entry }) => ({ [entry]: '' }));
/** Each session is said to be the first, though what was stored is there. */
export const entryAlwaysNew = handingOver(({ entry }) => ({ [entry]: 'ab-initio' }));
/** The mastery score of the package is not handed out. */
export const masteryMissing = handingOver(({ mastery }) => ({ [mastery]: '' }));
/** The status is *incomplete* before the first session. */
export const statusBegun = handingOver(({ status }, stored) => ({ [status]: stored[status] ?? 'incomplete' }));

/** Elements are not implemented. @param {RegExp} pattern @param {string} [code] @returns {Switch} */
export const lacks = (pattern, code = '401') => (before) => ({
  read: (name) => (pattern.test(name) ? ['', code] : before.read(name)),
  judge: (name, value) => (pattern.test(name) ? code : before.judge(name, value)),
});

/** What was not suspended begins anew; what was, goes on. It is so by the standard too, and LMSs do so in earnest. @type {Switch} */
export const unsuspendedIsOver = (before, lms) => ({
  isOver: () => lms.model.names.exit in lms.record.values && lms.record.values[lms.model.names.exit] !== 'suspend',
});

/** All data go on whatever `exit` says. @type {Switch} */
export const nothingIsOver = () => ({ isOver: () => false });

/** A session that has said no status has completed the lesson. @type {Switch} */
export const unsetIsCompleted = (before, lms) => ({
  atEnd() {
    const { status } = lms.model.names;
    if (['not attempted', undefined, ''].includes(lms.values[status])) lms.put(status, 'completed');
    before.atEnd();
  },
});

/** The LMS makes passed or failed of any score, if it has a mastery score. @type {Switch} */
export const masteryDecides = (before, lms) => ({
  atEnd() {
    const { mastery, score, status, mode, credit } = lms.model.names,
      { values } = lms;
    const decides = values[mastery] && values[score] !== undefined && values[score] !== '' && values[mode] === 'normal' && values[credit] === 'credit';
    if (decides) lms.put(status, Number(values[score]) >= Number(values[mastery]) ? 'passed' : 'failed');
    before.atEnd();
  },
});

/** Whoever has passed, failed or completed gets the lesson in review. @type {Switch} */
export const finishedIsReview = (before, lms) => ({
  handOut() {
    const values = before.handOut(),
      { status, mode, credit } = lms.model.names;
    return /^(passed|failed|completed)$/.test(values[status]) ? { ...values, [mode]: 'review', [credit]: 'no-credit' } : values;
  },
});

/** After another SCO has ended in the same page of the LMS, none may begin. @type {Switch} */
export const oneSessionAPage = (before, lms) => ({
  admit: () => (lms.page.ended ? lms.model.codes.over : before.admit()),
  send(values, last) {
    const arrived = before.send(values, last);
    if (last && arrived) lms.page.ended = true;
    return arrived;
  },
});

/** While the page is left a beacon is sent: its success says only that the browser has taken it, and it may be too big. @type {Switch} */
export const beacon = (before, lms) => ({
  send(values, last) {
    const { world } = lms;
    if (!world.unloading) return before.send(values, last);
    const size = lms.size(values);
    if (world.sent + size > BEACON) return false;
    world.sent += size;
    if (world.online && world.loggedIn) before.send(values, last);
    return true;
  },
});

/** Success is answered at once, whether or not anything arrives. @type {Switch} */
export const blind = (before) => ({
  send(values, last) {
    before.send(values, last);
    return true;
  },
});

/** All values are sent in the background each time, and at most 64 KB (Fetch standard, keepalive). @type {Switch} */
export const keepalive = (before) => ({ send: (values, last) => new TextEncoder().encode(JSON.stringify(values)).length <= BEACON && before.send(values, last) });

/** After the first sending that fails nothing is sent any more. @type {Switch} */
export const firstFailureIsLast = (before, lms) => ({
  send(values, last) {
    lms.broken ||= !before.send(values, last);
    return !lms.broken;
  },
});

/** Only what has changed since the last sending travels, and what was sent once is taken for arrived. @type {Switch} */
export const changesOnce = (before, lms) => ({
  toSend() {
    const sent = lms.sent ??= { ...lms.record.values };
    const changed = Object.entries(before.toSend()).filter(([name, value]) => sent[name] !== value || name === lms.model.names.time);
    Object.assign(sent, Object.fromEntries(changed));
    return Object.fromEntries(changed);
  },
});

/** The time of a session that did not end is not kept. @type {Switch} */
export const timeAtEndOnly = (before, lms) => ({
  keep(values, last) {
    before.keep(values, last);
    if (!last) lms.record.unfinished = 0;
  },
});

/** Each value is stored as it is written, without a Commit. @type {Switch} */
export const storesAtOnce = (before, lms) => ({
  write(name, value) {
    before.write(name, value);
    if (lms.world.online && lms.world.loggedIn) lms.record.values[name] = lms.values[name];
  },
});

/** Comments replace what was there. @type {Switch} */
export const commentsReplace = (before, lms) => ({
  write(name, value) {
    before.write(name, value);
    if (name === 'cmi.comments') lms.put(name, value);
  },
});

/** No value is judged. @type {Switch} */
export const judgesNothing = (before, lms) => ({
  judge: () => '',
  read: (name) => (/\._(count|children)$/.test(name) ? ['', '0'] : [lms.values[name] ?? '', '0']),
});

/** The saved state cannot be read at the first asking, or ever. @param {boolean} [always] @param {boolean} [throws] @returns {Switch} */
export const stateUnreadable = (always, throws) => (before, lms) => {
  let asked = 0;
  return {
    read(name) {
      if (name !== 'cmi.suspend_data' || lms.record.values[name] === undefined) return before.read(name);
      asked += 1;
      if (!always && asked > 1) return before.read(name);
      if (throws) throw new Error('The LMS does not answer.');
      return ['', lms.model.isOld ? '101' : '301'];
    },
  };
};

/** All SCOs of a package have one store. A mark for whoever keeps the records. @type {Switch} */
export const sharedStore = () => ({ shared: true });

/** The call that ends a session is not there. @type {Switch} */
export const finishMissing = () => ({ withoutEnd: true });
