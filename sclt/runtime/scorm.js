/**
 * What the adapters of SCORM 1.2 and SCORM 2004 share. A dialect holds what differs; see adapter-scorm12.js.
 *
 * @import { Course, Objective, Question } from './declarations/course.js'
 * @import { Link } from './find-api.js'
 * @import { Dialect } from './interaction.js'
 * @import { Reached, Standing } from './score.js'
 * @import { State } from './state.js'
 * @import { Adapter, AnswerItem, CommentItem, Lms, Results } from './store.js'
 *
 * @typedef {[name: string, value: string | number]} Pair  an element of the LMS's data model and its value
 *
 * @typedef {Dialect & {
 *   api: string, prefix: string, terminate: string, whole: number, wrong: string, browsed: string, names: Record<string, string>,
 *   questionId(course: Course, id: string): string,
 *   objectiveId(course: Course, id: string): string,
 *   time(time: number): string,
 *   more(q: Question, id: string, lang: string): Pair[],
 *   complete(link: Link, results: Pick<Results, 'complete' | 'progress'> & {success: Standing['success'] | false}, again: boolean): void,
 *   score(link: Link, percent: number, blank: boolean): void,
 *   objective(scaled: number | null, done: boolean, mastery: number | null): Pair[],
 *   comment(link: Link, item: CommentItem, state: State): boolean,
 * }} ScormDialect  how an edition names its calls and elements; `whole` is its best score, `more` what an interaction has besides
 */
import { connect, findApi } from './find-api.js';
import { patterns, typeName } from './interaction.js';
import { indexIn, sentBytes } from './state.js';

/** A page that closes can send 64 KB in all, and some LMSs send every value with each call. So much of it is for interactions. */
const LAST_CALL = 65536;
const RESERVED = 34000;     // the saved state and what stands once
const OBJECTIVE = 450;
const COMMENT = 3000;
/** So much is held free for a question that is not answered yet. */
const SPARE = 400;
/** What an interaction can do without, the least needed first. */
const SPARED = [/\.description$/, /\.correct_responses\.\d+\.pattern$/, /\.latency$/, /\.weighting$/, /\.objectives\.\d+\.id$/];

/** @returns {string} the result of an answer; one that is partly right has its share @param {number | null} share @param {string} wrong */
export function resultOf(share, wrong) {
  if (share == null) return 'neutral';
  return share >= 1 ? 'correct' : share > 0 ? share.toFixed(2) : wrong;
}

/** The elements of an interaction in the order of writing. @param {Course} course @param {AnswerItem} item @param {ScormDialect} dialect @returns {Pair[]} */
export function interaction(course, { id, response, share, seconds, time, language: lang }, dialect) {
  const q = course.questions[id],
    { names } = dialect;
  return /** @type {Pair[]} */ ([
    ['id', dialect.questionId(course, id)],
    ['type', typeName(q, dialect)],
    ...(q.objective ? [['objectives.0.id', dialect.objectiveId(course, q.objective)]] : []),
    [names.at, dialect.time(time)],
    ...patterns(q, lang, dialect).map((pattern, n) => [`correct_responses.${n}.pattern`, pattern]),
    ['weighting', q.points],
    [names.response, dialect.response(q, response, lang)],
    ['result', resultOf(share, dialect.wrong)],
    ['latency', dialect.duration(seconds)],
    ...dialect.more(q, id, lang),
  ]);
}

/** @param {Pair[]} elements */
const sizeOf = elements => elements.reduce((sum, [name, value]) => sum + name.length + sentBytes(String(value)) + 2, 0);

/** The longest beginning of a text that takes so many bytes when it is sent. @param {string} text @param {number} room */
function clip(text, room) {
  let end = text.length;
  while (end > 1 && sentBytes(text.slice(0, end)) > room) end = Math.floor(end * 0.9);
  return text.slice(0, end);
}

/**
 * Leave out what an interaction can do without, then shorten the response, until it fits.
 * @param {Pair[]} elements @param {number} room @param {string} response @returns {Pair[]}
 */
export function fit(elements, room, response) {
  let kept = elements;
  for (const part of SPARED) {
    if (sizeOf(kept) <= room) return kept;
    kept = kept.filter(([name]) => !part.test(name));
  }
  const over = sizeOf(kept) - room;
  const shorter = (/** @type {string} */ text) => clip(text, Math.max(60, sentBytes(text) - over));
  return kept.map(([name, value]) => [name, name.endsWith(response) && over > 0 ? shorter(String(value)) : value]);
}

/**
 * @param {Window} win @param {Course} course @param {ScormDialect} dialect
 * @returns {Adapter} whose every call but `start` needs a connection
 */
export function createScorm(win, course, dialect) {
  const { names } = dialect,
    // One of several in a package that is not assessed: a pre-test's score would stand as the whole programme's.
    isScored = win.document?.documentElement.dataset.score !== 'none',
    started = Date.now();
  /** @type {Map<string, number>} */
  const sizes = new Map();
  /** @type {Link} */
  let link;
  /** @type {string} */
  let mode;
  /** @type {boolean} */
  let credit;
  let mastered = false;
  let over = false;
  const records = () => mode === 'normal' && !over;
  /** @param {string} list */
  const tells = list => !link.lacks(`cmi.${list}.n.id`);

  /** @param {string} value */
  const unset = value => /^(not attempted|unknown|)$/.test(value);

  /** @returns {Lms} */
  function begin() {
    const /** @type {(name: string) => string} */ read = name => link.get(names[name]),
      /** @type {(text: string) => number | null} */
      fraction = text => (Number.isNaN(parseFloat(text)) ? null : Number(text) / dialect.whole),
      status = read('status'),
      success = read('success'),
      complete = /^(passed|failed|completed)$/.test(status),
      best = complete || /^(passed|failed)$/.test(success) ? fraction(read('best')) : null,
      mastery = fraction(read('mastery'));
    mode = /^(browse|review)$/.test(read('mode')) ? read('mode') : 'normal';
    credit = read('credit') !== 'no-credit';
    mastered = mastery != null;
    if (mode !== 'review') link.need(names.exit, 'suspend');
    if (mode === 'browse' && unset(status)) link.need(names.status, dialect.browsed);
    return {
      connected: true, link, mode, credit, mastery, learner: read('learner'), name: read('name'), language: read('language'),
      best: best == null ? null : best * 100, fresh: read('entry') === 'ab-initio' && unset(status), passed: success === 'passed', complete,
    };
  }

  /**
   * An entry of a list has its own place for good; one that the LMS made beforehand is used.
   * @param {string} list @param {string} name @param {string[]} keys @param {string[]} order
   */
  function placeOf(list, name, keys, order) {
    const count = link.count(list);
    if (!keys.some(key => order.includes(key))) {
      for (let n = 0; n < count; n++) {
        if (link.get(`${list}.${n}.id`) === name) {
          indexIn(order, [], n);
          order[n] = keys[0];
        }
      }
    }
    return indexIn(order, keys, count);
  }

  /**
   * Name an entry. An LMS that lacks earlier ones takes it behind those that it has: it changes places with the first that is lacking,
   * which is the last that the LMS takes, as some cannot count.
   * @returns {string|null|undefined} where the entry is; null if the LMS will never take it, undefined if it may later
   * @param {string} list @param {string} name @param {string[]} keys @param {string[]} order
   */
  function open(list, name, keys, order) {
    const at = placeOf(list, name, keys, order),
      settled = link.offer(`${list}.${at}.id`, name);
    if (link.last(`${list}.${at}.id`) === name) return `${list}.${at}.`;
    for (let n = at - 1; n >= link.count(list); n--) {
      if (link.set(`${list}.${n}.id`, name)) {
        [order[at], order[n]] = [order[n], order[at]];
        return `${list}.${n}.`;
      }
    }
    return settled ? null : undefined;
  }

  /** @param {Reached} objective @param {number | null} mastery @param {State} state */
  function setObjective({ id, scaled, done }, mastery, state) {
    const { key, was = [] } = /** @type {Objective} */ (course.objectives.find(each => each.id === id)),
      name = dialect.objectiveId(course, id),
      at = open('cmi.objectives', name, [key, ...was], state.objectives);
    if (!at) return;
    for (const [element, value] of dialect.objective(scaled, done, mastery)) link.raise(link.offer, at + element, value);
  }

  /** The bytes that an interaction may take: what is free, less what others have taken or will need. @param {string} key @param {State} state */
  function roomFor(key, state) {
    const free = LAST_CALL - RESERVED - OBJECTIVE * course.objectives.length - COMMENT * state.comments,
      // What an earlier session told is known by its response alone.
      /** @type {(id: string) => number} */
      earlier = id => SPARE + sentBytes(JSON.stringify(state.answers.get(id)?.response ?? '')),
      others = Object.entries(course.questions).filter(([, q]) => q.key !== key);
    return Math.max(SPARE, others.reduce((room, [id, q]) => room - (sizes.get(q.key) ?? earlier(id)), free));
  }

  /** How long this session has lasted. */
  function keepTime() {
    if (mode === 'normal') link.need(names.time, dialect.duration((Date.now() - started) / 1000));
  }

  /**
   * Write the status.
   * @param {Standing & {progress: number}} results @param {boolean} [last] whether no call may come between it and the score
   */
  function setStatus({ complete, success, progress, again }, last) {
    const before = link.last(names.status);
    dialect.complete(link, { complete, progress, success: credit && success }, again);
    const after = link.last(names.status);
    // Some LMSs look at the status that they stored before, when a score comes.
    if (after && after !== before && /^(passed|failed|completed)$/.test(after) && !last) link.call('Commit');
  }

  return {
    start() {
      const api = findApi(win, dialect.api);
      if (api) link = connect(api, dialect.prefix);
      return link?.call('Initialize') ? begin() : { connected: false, refused: Boolean(api) };
    },
    /** @returns {string|null} null if the LMS failed to read it: then nothing may be written over it */
    resumeState() {
      for (let n = 0; n < 3; n++) {
        const text = link.read('cmi.suspend_data', names.learner);
        if (text != null) return text;
      }
      return null;
    },
    write(text, location) {
      if (over || mode === 'review') return;
      if (location) link.offer(names.location, location);
      if (mode === 'normal') link.need('cmi.suspend_data', text);
    },
    /** @returns {boolean} whether the LMS says that it has everything */
    commit() {
      if (over || mode === 'review') return true;
      keepTime();
      const done = link.call('Commit') && !link.failed;
      link.failed = false;
      return done;
    },
    doubt: () => link.doubt(),
    /** The values in the LMS are those of another module. */
    distrust() {
      link.trusts = false;
    },
    setResults({ complete, success, progress, again, best, objectives, mastery, last }, state) {
      if (!records()) return;
      setStatus({ complete, success, progress, again }, last);
      if (credit && isScored && best != null) dialect.score(link, best, mastered && !complete);
      for (const each of tells('objectives') ? objectives : []) setObjective(each, credit ? mastery : null, state);
    },
    /** The state keeps the place of each; false if it shall be tried again. */
    recordAnswer(item, state) {
      if (!records() || !tells('interactions')) return true;
      const { key, was } = course.questions[item.id],
        [[, name], ...elements] = interaction(course, item, dialect),
        list = 'cmi.interactions',
        at = open(list, /** @type {string} */ (name), [key, ...was], state.interactions);
      if (!at) return at === null;
      const named = [['id', name], ...elements].map(([element, value]) => /** @type {Pair} */ ([at + element, value])),
        all = fit(named, roomFor(key, state), names.response);
      sizes.set(key, sizeOf(all));
      for (const [element, value] of all.slice(1)) link.offer(element, value);
      return true;
    },
    setLanguage(lang) {
      if (mode !== 'review' && !over) link.offer(names.language, lang);
    },
    comment: (item, state) => records() && dialect.comment(link, item, state),
    /** The one last call. */
    finish() {
      keepTime();
      over = true;
      return link.call(link.can(dialect.terminate) ? dialect.terminate : 'Commit');
    },
  };
}
