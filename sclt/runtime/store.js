/** A learner's session: the state, its copies in the LMS and in this browser, and what to do when saving fails. */
import { freshState, hash, merge, pack, unpack } from './state.js';
import { draw, keepReached, newSeed, summary, verdict } from './score.js';

const PATIENCE = [2, 4, 8, 15, 30, 60];

/** The copy in this browser. @returns {{read: function(): object|null, write: function(object): boolean}} */
export function openMirror(storage, iri, learner) {
  const key = `sclt:${iri}:${hash(learner ?? '').toString(36)}`;
  return {
    read() {
      try {
        return JSON.parse(storage().getItem(key));
      } catch {
        return null;
      }
    },
    write(copy) {
      try {
        storage().setItem(key, JSON.stringify(copy));
        return true;
      } catch {
        return false;
      }
    },
  };
}

/**
 * The state to go on with. A copy in this browser counts if it descends from what the LMS has, or if the LMS never took any of it.
 * @param {object|null} kept what the LMS has @param {object|null} copy from the mirror
 */
export function choose(course, kept, copy, connected) {
  const local = copy && unpack(copy.state, course);
  if (!local) return kept;
  if (!kept) return !connected || copy.base === 0 ? local : null;
  return local.seed === kept.seed ? merge(kept, local) : kept;
}

/**
 * @param {object} adapter @param {object} course @param {{storage: function(): Storage, limit: number, report: function(object): void,
 *   later: function(function(): void, number): any}} tools
 */
export function openSession(adapter, course, { storage, limit, report, later }) {
  const lms = { mode: 'normal', credit: true, fresh: false, mastery: null, name: '', ...adapter.start() };
  const mirror = openMirror(storage, course.iri, lms.learner);
  const copy = lms.mode === 'normal' ? mirror.read() : null;
  const kept = lms.connected && !lms.fresh ? unpack(adapter.resumeState(), course) : null;
  const found = choose(course, kept, copy, lms.connected);
  const state = found ?? freshState(newSeed());
  const mastery = lms.mastery ?? course.mastery ?? null;
  let outbox = copy?.outbox && copy.state.startsWith(`1${state.seed}.`) ? copy.outbox : [];
  let base = kept?.revision ?? 0;
  let failures = 0;
  let over = false;
  const told = new WeakSet();
  state.passed ||= Boolean(lms.passed);
  state.complete ||= Boolean(lms.complete);
  if (lms.best != null) state.best = Math.max(state.best ?? 0, lms.best);
  if (lms.mode !== 'review') draw(course, state);

  const session = { lms, state, mastery, resumed: Boolean(found?.visited.size), readOnly: lms.mode === 'review' };
  const keepHere = () => mirror.write({ state: pack(state, course).text, base, outbox });

  function tell() {
    const now = summary(course, state);
    adapter.setCompletion({ complete: state.complete, success: verdict(state, mastery), progress: now.progress });
    adapter.setScore(state.best);
    adapter.setObjectives(now.objectives, mastery);
    for (const item of outbox) if (!told.has(item) && adapter.recordAnswer(item)) told.add(item);
  }

  function push() {
    const { text, left } = pack(state, course, limit);
    tell();
    const saved = adapter.saveState(text, state.place);
    if (saved) {
      base = state.revision;
      outbox = outbox.filter((item) => !told.has(item));
    }
    const here = keepHere();
    report({ saved, here, left, recovered: saved && failures > 0 });
    failures = saved ? 0 : failures + 1;
    if (!saved) later(() => failures && push(), PATIENCE[Math.min(failures, PATIENCE.length) - 1] * 1000);
  }

  /** Save now, everywhere. In a preview only the place is told, in a review nothing. */
  session.save = () => {
    if (over || session.readOnly) return;
    if (lms.mode === 'browse') {
      adapter.saveState('', state.place);
      return;
    }
    state.revision += 1;
    keepReached(state, summary(course, state), mastery);
    if (lms.connected) push();
    else report({ saved: true, here: keepHere(), left: [], recovered: false });
  };

  session.retry = () => failures && push();

  /** Note an answer that was judged; `share` is null where nothing is right or wrong. */
  session.answer = (item) => {
    if (lms.mode === 'normal' && lms.connected) outbox.push({ ...item, time: Date.now(), language: state.language });
    session.save();
  };

  session.comment = (text) => adapter.comment(text, { language: state.language, location: state.place, time: Date.now() });
  session.language = (language) => {
    state.language = language;
    adapter.setLanguage(language);
    session.save();
  };

  /** Leave for good. @param {boolean} byExit whether the learner said so @returns {boolean} false if something is not saved: then stay */
  session.leave = (byExit) => {
    session.save();
    if (over || (byExit && failures)) return over;
    adapter.finish(byExit && state.complete && verdict(state, mastery) !== 'failed');
    over = true;
    return over;
  };
  return session;
}
