/** What the adapters of SCORM 1.2 and SCORM 2004 share. A dialect holds what differs; see adapter-scorm12.js. */
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

/** @returns {string} the result of an answer; one that is partly right has its share */
export function resultOf(share, wrong) {
  if (share == null) return 'neutral';
  return share >= 1 ? 'correct' : share > 0 ? share.toFixed(2) : wrong;
}

/** @returns {[string, string|number][]} the elements of an interaction in the order of writing */
export function interaction(course, { id, response, share, seconds, time, language: lang }, dialect) {
  const q = course.questions[id],
    { names } = dialect;
  return [
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
  ];
}

const sizeOf = elements => elements.reduce((sum, [name, value]) => sum + name.length + sentBytes(String(value)) + 2, 0);

/** The longest beginning of a text that takes so many bytes when it is sent. */
function clip(text, room) {
  let end = text.length;
  while (end > 1 && sentBytes(text.slice(0, end)) > room) end = Math.floor(end * 0.9);
  return text.slice(0, end);
}

/** Leave out what an interaction can do without, then shorten the response, until it fits. */
export function fit(elements, room, response) {
  let kept = elements;
  for (const part of SPARED) {
    if (sizeOf(kept) <= room) return kept;
    kept = kept.filter(([name]) => !part.test(name));
  }
  const over = sizeOf(kept) - room;
  return kept.map(([name, value]) => (name.endsWith(response) && over > 0 ? [name, clip(value, Math.max(60, sentBytes(value) - over))] : [name, value]));
}

/**
 * @param {Window} win @param {object} course @param {object} dialect
 * @returns the adapter: all that the runtime knows of an LMS. Without a connection only `start` may be called.
 */
export function createScorm(win, course, dialect) {
  const { names } = dialect,
    // One of several in a package that is not assessed: a pre-test's score would stand as the whole programme's.
    isScored = win.document?.documentElement.dataset.score !== 'none',
    started = Date.now(),
    sizes = new Map();
  let link;
  let mode;
  let credit;
  let mastered = false;
  let over = false;
  const records = () => mode === 'normal' && !over;
  const tells = list => !link.lacks(`cmi.${list}.n.id`);

  const unset = value => /^(not attempted|unknown|)$/.test(value);

  function begin() {
    const read = name => link.get(names[name]),
      fraction = text => (isNaN(parseFloat(text)) ? null : Number(text) / dialect.whole),
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
      connected: true, mode, credit, mastery, learner: read('learner'), name: read('name'), language: read('language'),
      best: best == null ? null : best * 100, fresh: read('entry') === 'ab-initio' && unset(status), passed: success === 'passed', complete,
    };
  }

  /** An entry of a list has its own place for good; one that the LMS made beforehand is used. */
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

  function setObjective({ id, scaled, done }, mastery, state) {
    const { key, was = [] } = course.objectives.find(each => each.id === id),
      name = dialect.objectiveId(course, id),
      at = open('cmi.objectives', name, [key, ...was], state.objectives);
    if (!at) return;
    for (const [element, value] of dialect.objective(scaled, done, mastery)) link.raise(link.offer, at + element, value);
  }

  /** The bytes that an interaction may take: what is free, less what others have taken or will need. */
  function roomFor(key, state) {
    const free = LAST_CALL - RESERVED - OBJECTIVE * course.objectives.length - COMMENT * state.comments,
      // What an earlier session told is known by its response alone.
      earlier = id => SPARE + sentBytes(JSON.stringify(state.answers.get(id)?.response ?? '')),
      others = Object.entries(course.questions).filter(([, q]) => q.key !== key);
    return Math.max(SPARE, others.reduce((room, [id, q]) => room - (sizes.get(q.key) ?? earlier(id)), free));
  }

  /** How long this session has lasted. */
  function keepTime() {
    if (mode === 'normal') link.need(names.time, dialect.duration((Date.now() - started) / 1000));
  }

  /** Write the status. @param {boolean} last whether no call may come between it and the score */
  function setStatus({ complete, success, progress, again }, last) {
    const before = link.last(names.status);
    dialect.complete(link, { complete, progress, success: credit && success }, again);
    const after = link.last(names.status);
    // Some LMSs look at the status that they stored before, when a score comes.
    if (after !== before && /^(passed|failed|completed)$/.test(after) && !last) link.call('Commit');
  }

  return {
    start() {
      const api = findApi(win, dialect.api);
      link = api && connect(api, dialect.prefix);
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
    /** @param {{interactions: string[], comments: number, answers: Map}} state which keeps the place of each @returns {boolean} false if it shall be tried again */
    recordAnswer(item, state) {
      if (!records() || !tells('interactions')) return true;
      const { key, was } = course.questions[item.id],
        [[, name], ...elements] = interaction(course, item, dialect),
        list = 'cmi.interactions',
        at = open(list, name, [key, ...was], state.interactions);
      if (!at) return at === null;
      const all = fit([['id', name], ...elements].map(([element, value]) => [at + element, value]), roomFor(key, state), names.response);
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
