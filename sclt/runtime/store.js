/** A learner's session: the state, its copies in the LMS and in this browser, and what to do when saving fails. */
import { freshState, hash, merge, pack, unpack } from './state.js';
import { draw, keepReached, newKey, newSeed, summary, verdict } from './score.js';

/** What this browser keeps; it may refuse. @param {function(): Storage} storage */
const openMirror = storage => ({
  read(key) {
    try {
      return JSON.parse(storage().getItem(key));
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      storage().setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
});

/** The key of a learner's copy. Whoever loads the course anew in a tab, and is refused then, is the one of before. */
function keyOf({ iri }, { connected, refused, learner = '' }, tab) {
  const name = `sclt:${iri}`,
    key = `${name}:${hash(learner).toString(36)}`;
  if (connected) tab.write(name, key);
  return (refused && tab.read(name)) || key;
}

/**
 * The state to go on with. A copy in this browser counts if it descends from what the LMS has, or if the LMS never took any of it.
 * @param {object|null} kept what the LMS has @param {object|null} copy from the mirror
 */
function choose(course, kept, copy, connected) {
  const local = copy && unpack(copy.state, course);
  if (!local) return kept;
  if (!kept) return !connected || copy.base === 0 ? local : null;
  return local.seed === kept.seed ? merge(kept, local) : kept;
}

/** What the LMS says was reached is reached. */
function believe(state, lms) {
  state.passed ||= Boolean(lms.passed);
  state.complete ||= Boolean(lms.complete);
  if (lms.best != null) state.best = Math.max(state.best ?? 0, lms.best);
}

/**
 * @param {object} adapter @param {object} course @param {{storage: function(): Storage, tab: function(): Storage, limit: number, report: function(object): void,
 *   later: function(function(): void, number): any}} tools
 */
export function openSession(adapter, course, { storage, tab, limit, report, later }) {
  const lms = { mode: 'normal', credit: true, ...adapter.start() },
    { connected, mode } = lms,
    key = keyOf(course, lms, openMirror(tab)),
    mirror = openMirror(storage),
    copy = mode === 'normal' && mirror.read(key),
    kept = connected && !lms.fresh ? unpack(adapter.resumeState(), course) : null,
    found = choose(course, kept, copy, connected),
    state = found ?? freshState(newSeed()),
    mastery = lms.mastery ?? course.mastery,
    readOnly = mode === 'review',
    told = new WeakSet();
  let left = [];
  let outbox = copy?.state?.startsWith(`1${state.seed}.`) ? copy.outbox : [];
  let base = kept?.revision ?? (found ? copy.base : 0);
  let failures = 0;
  let over = false;
  believe(state, lms);
  if (!readOnly) draw(course, state);

  const keepHere = () => mirror.write(key, { state: pack(state, course).text, base, outbox });

  function tell({ objectives, progress }) {
    adapter.setResults({ complete: state.complete, success: verdict(state, mastery), progress, best: state.best, objectives, mastery });
    for (const item of outbox) {
      if (!told.has(item) && (item.comment ? adapter.comment(item) : adapter.recordAnswer(item))) told.add(item);
    }
  }

  /** Note whether saving goes well, and show it. */
  function settle(saved) {
    if (saved) {
      base = state.revision;
      drop();
    }
    report({ saved, here: keepHere(), left, recovered: saved && failures > 0 });
    failures = saved ? 0 : failures + 1;
  }

  function push() {
    const packed = pack(state, course, limit);
    left = packed.left;
    tell(summary(course, state));
    settle(adapter.saveState(packed.text, state.place));
    if (failures) later(retry, Math.min(2 ** failures, 60) * 1000);
  }

  /** How an adapter that sends by and by gets on. @param {string} [theirs] what another window has saved meanwhile */
  function hear(saved, theirs) {
    const other = theirs && unpack(theirs, course);
    if (other?.seed === state.seed) Object.assign(state, merge(other, state));
    if (theirs) {
      save();
      return;
    }
    if (!over) tell(summary(course, state));
    settle(saved);
  }

  /** The LMS has for good what it was told. */
  function drop() {
    outbox = outbox.filter(item => !told.has(item));
  }

  const retry = () => failures && push();

  /** Save now, everywhere. In a preview only the place is told, in a review nothing. */
  function save() {
    if (over || readOnly) return;
    if (mode === 'browse') {
      adapter.saveState('', state.place);
      return;
    }
    state.revision += 1;
    keepReached(state, summary(course, state), mastery);
    if (connected) push();
    else report({ saved: true, here: keepHere(), left: [], recovered: false });
  }

  /** @returns {string[]} the questions to the authors that the LMS hasn't taken yet */
  const unsent = () => [...outbox.flatMap(item => item.comment ?? []), ...adapter.unsent?.() ?? []];

  /** Tell the LMS, now or once saving works again. */
  function send(item) {
    if ((connected || lms.refused) && mode === 'normal') outbox.push({ ...item, key: newKey(), time: Date.now(), language: state.language });
    save();
  }

  if (connected) adapter.watch?.(hear);

  return {
    lms, state, mastery, readOnly, settled: adapter.settled, resumed: Boolean(found?.visited.size), save, retry,
    /** Note an answer that was judged; `share` is null where nothing is right or wrong. */
    answer: send,
    /** @returns {boolean} whether the LMS has a question to the authors; else it is tried again with the next save */
    comment(text) {
      if (unsent().includes(text)) save();
      else send({ comment: text, location: state.place });
      return !unsent().includes(text);
    },
    unsent,
    language(language) {
      state.language = language;
      if (connected) adapter.setLanguage(language);
      save();
    },
    /** Leave for good. @param {boolean} byExit whether the learner said so @returns {boolean} false if something is not saved: then stay */
    leave(byExit) {
      save();
      if (over || (byExit && failures)) return over;
      if (connected && adapter.finish(byExit && state.complete && verdict(state, mastery) !== 'failed')) {
        drop();
        if (mode === 'normal') keepHere();
      }
      over = true;
      return over;
    },
  };
}
