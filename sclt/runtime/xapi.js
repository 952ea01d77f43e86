/**
 * The adapter that has an LRS instead of an LMS's API, and the statements it makes (xAPI 1.0.3). A launch holds what differs; see adapter-cmi5.js.
 *
 * @import { Course, Question, Side, Step, Texts } from './declarations/course.js'
 * @import { Ask, Context, Refusal, Statement } from './lrs.js'
 * @import { Adapter, AnswerItem, CommentItem, Extra, Lms, Results, Told } from './store.js'
 *
 * @typedef {[verb: string, object: object, result?: object]} Made  what a statement tells
 *
 * @typedef {object} Launch what the launch told
 * @property {Ask} ask
 * @property {{name?: string}} actor
 * @property {string} activity
 * @property {string} [home] the activity that documents belong to, if another
 * @property {string | null} registration
 * @property {string} [session]
 * @property {string} mode
 * @property {number | null} [mastery] 0 to 1
 * @property {Context} template
 * @property {string} [language]
 * @property {boolean} [muted]
 * @property {string | null} [returnURL]
 * @property {unknown} [over] whether this session has ended
 * @property {(verb: string, context: Context) => Context} defined adds to the context of a statement that the launch's standard defines
 * @property {() => void} [ended] is told when the session ends
 * @property {(language: string) => unknown} [speak] keeps the learner's preference
 *
 * @typedef {{ask: Ask, activity: string, home: Record<string, string>, idOf: (key: string) => string}} Lrs  `home` says whose documents are meant,
 *   `idOf` the id of the statement that is told by a key
 */
import { hash } from './hash.js';
import { patterns, typeName } from './interaction.js';
import { openDocument, openQueue } from './lrs.js';
import { responses } from './responses.js';
import { round } from './score.js';
import { typeOf } from './types.js';

const ADL = 'http://adlnet.gov/expapi/';
const PAGE = 'https://w3id.org/sclt/activity-types/page';

/** @returns {string} a UUID that derives from a text: what is told twice has one id @param {string} text */
export const uuid = text => [0, 1, 2, 3].map(n => hash(`${n}${text}`).toString(16).padStart(8, '0')).join('')
  .replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, '$1-$2-5$3-a$4-$5');

/** @param {string} id @param {string} type @param {Texts | undefined} name @param {object} [more] */
const activity = (id, type, name, more) => ({ objectType: 'Activity', id, definition: { type, name, ...more } });
/** @param {(Side | Step)[]} list */
const components = list => list.map(({ id, text }) => ({ id, ...text && { description: text } }));

/** The members of a definition that tell an interaction (xAPI Data, Appendix C). @param {Question} q @param {string} lang */
function interactionOf(q, lang) {
  const lists = Object.entries(typeOf(q).lists?.(q) ?? {}).map(([name, list]) => [name, components(list)]);
  return { interactionType: typeName(q, responses), correctResponsesPattern: patterns(q, lang, responses), ...Object.fromEntries(lists) };
}

/** Pages as activities, and what a learner does as [verb, object, result]. @param {Course} course */
function statements(course) {
  /** @param {string} id */
  const page = id => activity(`${course.iri}/pages/${id}`, PAGE, course.pages.find(each => each.id === id)?.title);

  /** @param {AnswerItem} item @returns {Made} */
  function answered({ id, response, share, seconds, language }) {
    const q = course.questions[id],
      judged = share != null && { success: share >= 1, score: { scaled: round(share) } };
    return ['answered', activity(`${course.iri}/questions/${id}`, `${ADL}activities/cmi.interaction`, q.text, interactionOf(q, language)),
      { response: responses.response(q, response, language), ...judged, duration: responses.duration(seconds) }];
  }

  /** @param {CommentItem} item @returns {Made} */
  const asked = ({ comment, location }) => ['asked', page(location), { response: comment }];
  return { page, answered, asked };
}

/**
 * The adapter of a launch.
 * @param {Course} course @param {Launch} launch @returns {Promise<Adapter>}
 */
async function createXapi(course, launch) {
  const { ask, actor, activity: iri, registration, session = '', mode, template, mastery } = launch,
    agent = JSON.stringify(actor),
    owner = `${iri} ${registration} ${agent}`,
    home = { activityId: launch.home ?? iri, agent, ...registration && { registration } },
    state = openDocument(ask, 'activities/state', { ...home, stateId: `sclt-${course.id}` }),
    kept = await state.read() ?? { told: [] },
    queue = await openQueue(ask, owner),
    self = activity(iri, `${ADL}activities/module`, course.title),
    make = statements(course),
    started = Date.now(),
    visit = `${owner} ${session || started}`,
    safe = new Set(queue.entries.map(each => each.id)),
    given = new Set(safe);
  /** @type {(success: boolean, theirs?: string) => void} */
  let watch = () => {};
  let over = launch.over;
  /** @type {object | null} */
  let wanted = null;
  /** @type {Promise<unknown> | null} */
  let running = null;
  let failures = 0;
  /** @type {Pick<Results, 'best' | 'success'>} */
  let results = { best: null, success: '' };
  /** @type {string} */
  let place;
  let told = 0;

  /** @param {string} verb @param {object} [parent] @param {Extra} [extra] @returns {Context} */
  function contextOf(verb, parent, extra = {}) {
    const { contextActivities, extensions } = template,
      category = [...contextActivities?.category ?? [], ...extra.category ?? []],
      context = { ...template, ...registration && { registration }, language: document.documentElement.lang,
        contextActivities: { ...contextActivities, ...parent && { parent: [parent] }, ...category.length && { category } },
        ...(extensions || extra.extensions) && { extensions: { ...extra.extensions, ...extensions } } };
    return parent ? context : launch.defined(verb, context);
  }

  /**
   * Put a statement into the queue.
   * @param {string} key what makes it this statement and no other @param {Made} made an IRI of a verb is one that ADL does not have
   * @param {object} [parent] @param {number} [time] @param {Extra} [extra]
   */
  function tell(key, [verb, object, result], parent, time = Date.now(), extra = undefined) {
    const id = uuid(key),
      verbId = verb.includes(':') ? verb : `${ADL}verbs/${verb}`,
      /** @type {Statement} */
      statement = { id, actor, verb: { id: verbId, display: { en: verbId.slice(verbId.lastIndexOf('/') + 1) } }, object, ...result && { result },
        context: contextOf(verb, parent, extra), timestamp: new Date(Math.max(time, started)).toISOString() };
    given.add(id);
    const keep = () => {
      safe.add(id);
      if (!over) watch(!failures);
    };
    queue.add({ id, statement, session, extra }).then(keep, () => {});
    flush();
  }

  /**
   * Tell what a learner did, once: the LRS may have it before this browser does, and with its id it takes no other words.
   * @returns {boolean} whether it would survive a crash
   * @template {AnswerItem | CommentItem} I @param {I} item @param {(item: I) => Made} made
   */
  function keeps(item, made) {
    const id = uuid(item.key);
    if (!given.has(id)) tell(item.key, made(item), self, item.time, item.extra);
    return safe.has(id);
  }

  /** What a session that ended could not send goes into this one, after its beginning; what its standard defines is told anew. */
  function adopt() {
    for (const entry of queue.entries.filter(each => each.session !== session)) {
      const { statement } = entry,
        [parent] = statement.context.contextActivities.parent ?? [];
      queue.drop([entry], parent);
      if (parent) {
        Object.assign(statement, { context: contextOf('', parent, entry.extra), timestamp: new Date().toISOString() });
        queue.add({ id: entry.id, statement, session, extra: entry.extra });
      } else kept.told = kept.told.filter((/** @type {string} */ verb) => !statement.verb.id.endsWith(verb));
    }
  }

  /** Write the state; where another window has saved too, take over what it has and save again. */
  async function keepState() {
    while (wanted) {
      const now = wanted;
      try {
        await state.write(now);
        if (wanted === now) wanted = null;
      } catch (error) {
        if (/** @type {Refusal} */ (error).status !== 412) throw error;
        watch(true, (await state.read()).state);
      }
    }
  }

  /** Wait as long as the LRS says, or longer with each failure. @param {unknown} error */
  function pause(error) {
    failures += 1;
    return new Promise(fulfil => setTimeout(fulfil, (/** @type {Refusal} */ (error).wait || Math.min(2 ** failures, 60)) * 1000));
  }

  /**
   * The session's last words, in their order and nothing after them: the state, what waits, and that it is over. The page waits for them, though not long.
   * @param {Promise<unknown> | null} before
   */
  async function sendLast(before) {
    await before;
    failures = 0;
    do {
      try {
        await keepState();
        await queue.flush();
      } catch (error) {
        const { status, wait = 0 } = /** @type {Refusal} */ (error);
        if (failures > 2 || wait > 8 || (status && status < 429)) return;
        await pause(error);
      }
    } while (wanted || queue.entries.length);
  }

  /** What a page can still send that closes or falls asleep; nobody hears the answers. */
  function breathe() {
    if (wanted) state.write(wanted, true).catch(() => {});
    queue.last().catch(() => {});
  }

  /** Send what there is. The session's end stops it, for what it has not sent belongs before the last word. */
  async function run() {
    try {
      do {
        await queue.flush(() => over);
        if (!over) await keepState();
      } while (!over && (wanted || queue.entries.length));
      failures = Number(queue.refused);
    } catch (error) {
      pause(error).then(flush);
    }
    running = null;
    if (over) return;
    if (wanted && !failures) flush();
    watch(!failures);
  }

  function flush() {
    if (!over) running ??= Promise.resolve().then(run);
  }

  /** Tell how long it took. @param {string} what this is told once in @param {string} verb @param {object} [result] */
  const sum = (what, verb, result) => tell(`${what} ${verb}`, [verb, self, { ...result, duration: responses.duration((Date.now() - started) / 1000) }]);

  /** Tell once in a registration. @param {string} verb @param {object} result */
  function once(verb, result) {
    if (kept.told.includes(verb)) return;
    kept.told.push(verb);
    sum(owner, verb, result);
  }

  const score = (best = Number(results.best)) => ({ score: { scaled: round(best / 100), raw: Math.round(best), min: 0, max: 100 } });

  /** @returns {Lms} */
  function begin() {
    if (over) return { connected: false, refused: true };
    tell(`${visit} initialized`, ['initialized', self], undefined, started);   // nothing is earlier
    adopt();
    return { connected: true, mode, learner: owner, name: actor.name ?? '', language: launch.language, muted: launch.muted, mastery, returnURL: launch.returnURL,
      lrs: { ask, activity: iri, home, idOf: uuid } };
  }

  const records = () => mode === 'normal' && !over;

  return {
    start() {
      flush();
      return begin();
    },
    watch(callback) {
      watch = callback;
    },
    /** What is told is kept by this adapter's own queue. */
    durable: true,
    resumeState: () => kept.state ?? '',
    write(text, location) {
      if (mode !== 'normal') return;
      if (!over && location && location !== place) tell(`${visit} ${location} ${Date.now()}`, ['experienced', make.page(location)], self);
      place = location;
      wanted = { ...kept, state: text };
    },
    /** @param {boolean} [asleep] whether the page falls asleep @returns {boolean} how the last sending went; the next one begins */
    commit(asleep) {
      if (records()) (asleep ? breathe : flush)();
      return !failures;
    },
    setResults(now) {
      results = now;
      if (!records()) return;
      if (now.complete) once('completed', { completion: true });
      if (now.success === 'passed') once('passed', { success: true, ...score() });
    },
    /** @returns {boolean} whether the answer would survive a crash */
    recordAnswer: item => !records() || keeps(item, make.answered),
    comment: item => records() && keeps(item, make.asked),
    /** @param {Told} told */
    tell({ verb, object, result, context }) {
      const now = Date.now();
      if (records()) tell(`${visit} ${object.id} ${verb} ${now} ${told += 1}`, [verb, object, result], self, now, context);
    },
    /** @returns {string[]} questions to the authors on their way */
    unsent: () => queue.entries.flatMap(({ statement: { verb, result } }) => (/asked$/.test(verb.id) ? result?.response ?? [] : [])),
    setLanguage: language => launch.speak?.(language),
    /** @returns {Promise<unknown>} fulfilled when everything is sent or nothing can be */
    settled: async () => running,
    /** @param {boolean} byExit whether the page stays until everything is sent; one that closes has a last breath only */
    finish(byExit) {
      const wasOver = over,
        failed = records() && results.success === 'failed';
      over = true;
      if (failed) sum(visit, 'failed', { success: false, ...score() });
      if (!wasOver) sum(visit, 'terminated');
      launch.ended?.();
      if (byExit) running = sendLast(running);
      else breathe();
      return true;
    },
  };
}

/** @param {boolean} refused @returns {Adapter} */
const alone = refused => /** @type {Adapter} */ ({ start: () => ({ connected: false, refused }) });

/**
 * @param {Course} course @param {boolean} launched whether anybody launched the course
 * @param {() => Launch | Promise<Launch>} launch where that fails the LRS has refused
 * @returns {Promise<Adapter>} that the runtime talks to
 */
export async function adapt(course, launched, launch) {
  try {
    return launched ? await createXapi(course, await launch()) : alone(false);
  } catch {
    return alone(true);
  }
}
