/**
 * A learner's session: the state, its copies in the LMS and in this browser, and what to do when saving fails.
 *
 * @import { Course } from './declarations/course.js'
 * @import { Link } from './find-api.js'
 * @import { Context } from './lrs.js'
 * @import { Lrs } from './xapi.js'
 * @import { Copy } from './mirror.js'
 * @import { Reached, Standing } from './score.js'
 * @import { State } from './state.js'
 * @import { LearnerResponse } from './types.js'
 *
 * @typedef {ReturnType<typeof openSession>} Session
 *
 * @typedef {object} Lms what an LMS says at the start, as far as it says it
 * @property {boolean} connected
 * @property {boolean} [refused] whether there is one that did not begin the session
 * @property {string} [mode] normal, browse or review
 * @property {boolean} [credit]
 * @property {number | null} [mastery] 0 to 1
 * @property {string} [learner] the identifier
 * @property {string} [name]
 * @property {string} [language]
 * @property {number | null} [best] 0 to 100
 * @property {boolean} [fresh] whether nothing was ever saved
 * @property {boolean} [passed]
 * @property {boolean} [complete]
 * @property {boolean} [muted]
 * @property {string | null} [returnURL]
 * @property {boolean} [shared] whether several modules share its store
 * @property {Link} [link] to the API of SCORM
 * @property {Lrs} [lrs]
 *
 * @typedef {{key: string, time: number, language: string, told?: number, sure?: boolean, extra?: Extra}} Kept  `told`: the revision in which the LMS took it; `sure`:
 *   whether that can be believed
 * @typedef {{id: string, response: LearnerResponse, share: number | null, seconds: number, question?: string, type?: string, comment?: undefined}} Answered
 *   an answer to the question `id`, whose key and type are `question` and `type`; `share` is 0 to 1
 * @typedef {{comment: string, location: string, place?: number, id?: undefined} & Partial<About>} Asked  a question to the authors; `place` in the LMS's
 *   list
 * @typedef {{key: string, full: string, extra: Extra}} About  what ask.js adds to it: `full` is what an LMS without statements gets, `extra` what the
 *   statement's context has
 * @typedef {Kept & Answered} AnswerItem
 * @typedef {Kept & Asked} CommentItem
 * @typedef {AnswerItem | CommentItem} Item  what is told to the LMS, and kept in the outbox until it has it
 *
 * @typedef {{verb: string, object: {id: string}, result?: object, context?: Extra}} Told  what a block tells an LRS, as a statement has it; `verb` is
 *   an IRI
 * @typedef {Partial<Pick<Context, 'extensions'>> & {category?: object[]}} Extra  what its context has beside that of the launch
 *
 * @typedef {Standing & {progress: number, best: number | null, objectives: Reached[], mastery: number | null, last?: boolean}} Results  `last`: whether no
 *   call may come between status and score
 *
 * @typedef {{
 *   start(): Lms,
 *   watch?(callback: (success: boolean, theirs?: string) => void): void,
 *   durable?: boolean,
 *   resumeState(): string | null,
 *   write(text: string, location: string): void,
 *   commit(asleep?: boolean): boolean,
 *   doubt?(): void,
 *   distrust?(): void,
 *   setResults(results: Results, state: State): void,
 *   recordAnswer(item: AnswerItem, state: State): boolean,
 *   comment(item: CommentItem, state: State): boolean,
 *   tell?(told: Told): void,
 *   unsent?(): string[],
 *   setLanguage(language: string): void,
 *   settled?(): Promise<unknown>,
 *   finish(byExit?: boolean): boolean,
 * }} Adapter  all that the runtime knows of an LMS. Without a connection only `start` may be called.
 *
 * @typedef {object} How how saving goes
 * @property {boolean} saved
 * @property {boolean} here whether this browser keeps it
 * @property {string[]} left questions and worksheets whose texts had no room in the LMS
 * @property {boolean} recovered
 * @property {boolean} [unread] whether what the LMS has cannot be read
 * @property {boolean} online
 *
 * @typedef {object} Tools
 * @property {() => Storage} storage
 * @property {() => Storage} tab
 * @property {boolean} reloaded whether this page was loaded anew where it stood
 * @property {number} limit of the LMS, in characters
 * @property {(how: How) => void} report
 * @property {(act: () => void, wait: number) => unknown} later
 * @property {() => boolean} [online] a success is believed only online
 * @property {() => boolean} [visible] and while the page is seen
 */
import { openMirror } from './mirror.js';
import { add, answerOf, foreign, freshState, merge, pack, touch, unpack, UNITS } from './state.js';
import { draw, judge, keepReached, newKey, newSeed, nextAttempt, standing, summary } from './score.js';

/** So long after the last key the LMS gets what is typed; this browser has it at once. */
const PAUSE = 2000;

/**
 * The state to go on with. A copy in this browser counts if it descends from what the LMS has, or if the LMS never took any of it.
 * @param {Course} course @param {State | null} kept what the LMS has @param {Copy | null} copy from the mirror @param {boolean} connected
 * @returns {State | null}
 */
function chooseState(course, kept, copy, connected) {
  const local = copy && unpack(copy.state, course);
  if (!local) return kept;
  if (!kept) return !connected || copy.base === 0 ? local : null;
  return local.seed === kept.seed ? merge(kept, local, course) : kept;
}

/** What the LMS says was reached is reached. @param {State} state @param {Lms} lms */
function believe(state, lms) {
  state.passed ||= Boolean(lms.passed);
  state.complete ||= Boolean(lms.complete);
  if (lms.best != null) state.best = Math.max(state.best ?? 0, lms.best);
}

/**
 * A course without a mastery score has none, whatever an LMS hands out; and no score can be needed that nobody can miss or reach.
 * @param {Course} course @param {Lms} lms
 */
function masteryOf(course, { mastery }) {
  if (course.mastery == null) return null;
  return mastery && mastery > 0 && mastery <= 1 ? mastery : course.mastery;
}

/**
 * What was answered or asked before, by the questions as a newer course calls them; answers to what it no longer has, or asks otherwise, can't be told.
 * @param {Item[]} outbox @param {Course} course @returns {Item[]}
 */
function current(outbox, { questions }) {
  /** @param {AnswerItem} item */
  const idNow = ({ id, question, type }) => Object.keys(questions).find(each => {
    const q = questions[each];
    return (question ? [q.key, ...q.was ?? []].includes(question) : each === id) && (!type || type === q.type);
  });
  const now = outbox.map(item => (item.comment ? item : { ...item, id: idNow(/** @type {AnswerItem} */ (item)) }));
  return /** @type {Item[]} */ (now.filter(({ comment, id }) => comment || id));
}

/**
 * What the LMS was told and has handed out again needs no second telling; all else may not have arrived.
 * @param {Item[]} outbox @param {State | null} kept @returns {Item[]}
 */
function untold(outbox, kept) {
  return outbox.filter(item => !(kept && /** @type {number} */ (item.told) <= kept.revision)).map(({ told, sure, ...item }) => item);
}

/** Whether work that lies under no learner is worth asking for. @param {State} state @param {Item[]} outbox */
const isWork = ({ visited, answers, sheets }, outbox) => visited.size > 1 || sheets.size > 0 || outbox.length > 0
  || [...answers.values()].some(answer => answer.tries || answer.response);

/**
 * @param {Adapter} adapter @param {Course} course @param {Omit<Tools, 'reloaded'> & Partial<Tools>} tools
 */
export function openSession(adapter, course, { storage, limit, report, later, online = () => true, visible = () => true, tab, reloaded = false }) {
  const lms = { mode: 'normal', credit: true, ...adapter.start() },
    { connected, mode } = lms,
    own = newKey(),
    mirror = openMirror({ storage, tab, reloaded }, course.iri, lms, own),
    saved = connected && !lms.fresh ? adapter.resumeState() : '',
    kept = saved ? unpack(saved, course) : null,
    copy = mode === 'browse' ? null : mirror.read(),
    found = chooseState(course, kept, copy, connected && saved != null),
    state = found ? { ...found } : freshState(newSeed()),
    mastery = masteryOf(course, lms),
    readOnly = mode === 'review';
  /** @type {Item[]} */
  let outbox = found && copy?.outbox && unpack(copy.state, course)?.seed === found.seed ? untold(current(copy.outbox, course), kept) : [];
  let base = kept?.revision ?? (found ? /** @type {Copy} */ (copy).base : 0);
  let unread = saved == null;
  /** @type {string[]} */
  let left = [];
  let failures = 0;
  let doubtful = false;
  let dirty = false;
  let typing = 0;
  let over = false;
  let seenOf = copy?.state;
  state.others ||= saved ? foreign(saved, course) : '';
  // Where several modules share one store, its status and score may be those of another module.
  lms.shared = Boolean(state.others);
  if (lms.shared) adapter.distrust?.();
  else believe(state, lms);
  if (!readOnly) draw(course, state);

  /** @param {boolean} taken */
  const keepHere = taken => mirror.write({ state: pack(state, course).text, base, outbox }, taken);

  /** Join what another window of this learner has saved meanwhile. @param {string} text @returns {boolean} whether it is of this record */
  function join(text) {
    const theirs = text ? unpack(text, course) : null;
    if (theirs?.seed !== state.seed) return false;
    Object.assign(state, merge(theirs, state, course));
    return true;
  }

  /** @returns {boolean} whether another window had something new in this browser */
  function absorb() {
    const theirs = mirror.read();
    if (!theirs || theirs.by === own || theirs.state === seenOf) return false;
    seenOf = theirs.state;
    return join(theirs.state);
  }

  /** An earlier work that the LMS would not hand out at the start: nothing is written before it is read. */
  function reread() {
    const text = adapter.resumeState();
    if (text == null) return false;
    const before = unpack(text, course);
    unread = false;
    state.others ||= foreign(text, course);
    if (before) Object.assign(state, before.seed === state.seed ? merge(before, state, course) : add(before, state, course));
    return true;
  }

  /** Where an answer stands in the LMS's list; what has no place yet comes behind all that have one. @param {Item} item */
  function placeOf({ id }) {
    const { key, was = [] } = course.questions[id ?? ''] ?? {},
      at = state.interactions.findIndex(each => [key, ...was].includes(each));
    return at < 0 ? state.interactions.length : at;
  }

  /** An LMS takes no entry before those in front of it. @param {Item} one @param {Item} two */
  const byPlace = (one, two) => placeOf(one) - placeOf(two);

  /** Give the LMS all values, without asking it to keep them yet. @param {boolean} [last] whether only one more call can be made */
  function write(last) {
    const now = summary(course, state);
    if (doubtful) adapter.doubt?.();
    adapter.setResults({ ...standing(state, now, mastery), progress: now.progress, best: state.best, objectives: now.objectives, mastery, last }, state);
    for (const item of outbox.filter(({ told }) => !told || doubtful).sort(byPlace)) tell(item);
    const packed = pack(state, course, limit);
    left = packed.left;
    adapter.write(packed.text, state.place);
  }

  /** @param {Item} item */
  function tell(item) {
    const taken = item.comment ? adapter.comment(item, state) : adapter.recordAnswer(/** @type {AnswerItem} */ (item), state);
    if (taken) item.told = state.revision;
  }

  /**
   * Note whether saving goes well, and show it.
   * @param {boolean} success @param {boolean} [sure] whether a success can be believed
   */
  function settle(success, sure = true) {
    if (success && sure) {
      base = state.revision;
      for (const item of outbox) if (item.told) item.sure = true;
      if (adapter.durable) outbox = outbox.filter(item => !item.told);
    }
    if (success) doubtful = !sure;
    dirty &&= !success;
    report({ saved: success, here: keepHere(success && sure), left, recovered: success && failures > 0, unread, online: online() });
    failures = success ? 0 : failures + 1;
  }

  /** @param {boolean} [asleep] whether the page may never wake up again */
  function push(asleep) {
    const ready = online() && (!unread || reread());
    if (ready) write();
    settle(ready && adapter.commit(asleep), visible());
    if (failures) later(retry, Math.min(2 ** failures, 60) * 1000);
  }

  /**
   * How an adapter that sends by and by gets on.
   * @param {boolean} success @param {string} [theirs] what another window has saved meanwhile
   */
  function hear(success, theirs) {
    if (theirs) {
      join(theirs);
      if (over) write();
      else save();
    } else if (!over) {
      for (const item of outbox) if (!item.told) tell(item);
      settle(success);
    }
  }

  const retry = () => failures && !over && push();

  /** A save begins: what was reached stays. */
  function note() {
    absorb();
    state.revision += 1;
    dirty = true;
    keepReached(state, summary(course, state), mastery);
  }

  /** Save now, everywhere. In a preview only the place is told, in a review nothing. @param {boolean} [asleep] whether the page may never wake up again */
  function save(asleep) {
    if (over || readOnly) return;
    if (mode === 'browse') {
      adapter.write('', state.place);
      adapter.commit();
      return;
    }
    note();
    if (connected) push(asleep);
    else report({ saved: true, here: keepHere(false), left: [], recovered: false, online: online() });
  }

  /** @returns {string[]} the questions to the authors that the LMS hasn't taken yet */
  const unsent = () => [...outbox.flatMap(item => (item.comment && !item.sure ? item.comment : [])), ...adapter.unsent?.() ?? []];

  /**
   * Tell the LMS, now or once saving works again. Of a question's answers an LMS without statements keeps the latest.
   * @param {Answered | Asked} item
   */
  function send(item) {
    if ((connected || lms.refused) && mode === 'normal') {
      if (!adapter.durable && item.id) outbox = outbox.filter(({ id }) => id !== item.id);
      const { key: question, type } = course.questions[item.id ?? ''] ?? {};
      outbox.push(/** @type {Item} */ ({ key: newKey(), ...item, question, type, time: Date.now(), language: state.language }));
    }
    save();
  }

  const nameless = () => (mode === 'normal' ? mirror.strays() : []).map(([key, { state: text, outbox: items = [], at }]) =>
    ({ key, at, items: current(items, course), state: /** @type {State} */ (unpack(text, course)) })).filter(({ state: theirs }) => theirs);

  const strays = () => nameless().filter(each => isWork(each.state, each.items));

  /** Add work that lay under no learner; what the LMS has not heard of it is told. @param {State} theirs @param {Item[]} items @param {number} at */
  function receive(theirs, items, at) {
    const told = new Set(items.map(({ id }) => id));
    Object.assign(state, add(state, theirs, course));
    outbox.push(...untold(items, null));
    for (const [id, { tries, best, response }] of theirs.answers) {
      if (tries && response && !told.has(id)) {
        const share = judge(course.questions[id], response, state.language) == null ? null : best / UNITS;
        outbox.push({ id, response, share, seconds: 0, key: newKey(), time: at ?? Date.now(), language: state.language });
      }
    }
    draw(course, state);
  }

  /** Work without a name that this very record began is the record's, however little. */
  function takeOwn() {
    for (const { key, state: theirs, items } of nameless()) {
      if (theirs.seed === state.seed) {
        Object.assign(state, merge(theirs, state, course));
        outbox.push(...untold(items, kept));
        mirror.remove(key);
      }
    }
  }

  if (connected && !readOnly) {
    adapter.watch?.(hear);
    if (kept) takeOwn();
    save();
  }

  return {
    lms, course, state, mastery, readOnly, key: mirror.key, settled: adapter.settled, resumed: Boolean(found?.visited.size), save, retry, unsent,
    /** A page was opened. @param {string} id */
    visit(id) {
      state.place = id;
      if (!readOnly) state.visited.add(id);
      save();
    },
    /** A question was answered: judge it, note it, tell it. @param {string} id @param {LearnerResponse} response @param {number} seconds since it was begun */
    take(id, response, seconds) {
      const share = judge(course.questions[id], response, state.language),
        { tries, best } = answerOf(state, id);
      state.answers.set(id, { tries: tries + 1, best: Math.max(best, share ?? 0), response });
      touch(state, id);
      send({ id, response, share: share == null ? null : share / UNITS, seconds });
    },
    /**
     * Something is being written: a long answer, a draft, a worksheet. This browser has it at once, the LMS soon.
     * @param {string} id @param {LearnerResponse | undefined} text
     */
    write(id, text) {
      if (readOnly || over) return;
      if (course.worksheets[id]) state.sheets.set(id, /** @type {Record<string, string>} */ (text));
      else state.answers.set(id, { ...answerOf(state, id), response: text });
      touch(state, id);
      dirty = true;
      if (mode === 'normal') keepHere(false);
      const mine = typing += 1;
      later(() => mine === typing && dirty && save(), PAUSE);
    },
    /**
     * @returns {boolean} whether the LMS has a question to the authors; else it is tried again with the next save
     * @param {string} text @param {Partial<Asked>} [more]
     */
    comment(text, more) {
      if (unsent().includes(text)) save();
      else send({ comment: text, location: state.place, ...more });
      return !unsent().includes(text);
    },
    /** Tell an LRS what happened in a block; other learning systems have no place for it. @param {Told} told */
    tell(told) {
      if (connected && mode === 'normal' && !over) adapter.tell?.(told);
    },
    /** Begin another attempt; what was reached and written stays. */
    again() {
      nextAttempt(course, state);
      save();
    },
    /** @param {string} language */
    language(language) {
      state.language = language;
      if (connected && !over) adapter.setLanguage(language);
      save();
    },
    /** @returns {{key: string, at: number, pages: number, answers: number}[]} work in this browser under no learner; who comes next is asked whose it is */
    strays: () => strays().map(({ key, at, state: { visited, answers } }) =>
      ({ key, at, pages: visited.size, answers: [...answers.values()].filter(answer => answer.tries).length })),
    /** The learner says that such work is theirs. @param {string} key */
    adopt(key) {
      const { state: theirs, items, at } = /** @type {ReturnType<typeof strays>[0]} */ (strays().find(each => each.key === key));
      receive(theirs, items, at);
      save();
      mirror.remove(key);
    },
    discard: mirror.remove,
    /** Another window has saved. @returns {boolean} whether that changed anything here */
    absorb,
    /** The page is seen again: what was saved while it was hidden may not have arrived. */
    seen: () => (doubtful || dirty) && save(),
    /** Leave for good. @param {boolean} [byExit] whether the learner said so @returns {boolean} false if something is not saved: then stay */
    leave(byExit) {
      if (over) return true;
      if (byExit) save();
      if (byExit && failures) return false;
      if (connected && !byExit && mode === 'normal') {
        note();
        if (!unread) write(true);
        keepHere(false);
      }
      over = true;
      return !connected || adapter.finish(byExit) || !byExit;
    },
  };
}
