/**
 * A strict SCORM run-time: it answers as the standards say and nothing else, and keeps only what Commit or Finish has brought to it.
 * Behaviours of real LMSs are laid over it as layers; see behaviours/.
 *
 * @import { Element, Model } from './models.js'
 *
 * @typedef {Record<string, string>} Values  by the names of elements
 * @typedef {Record<string, (...values: string[]) => string | undefined>} Api  the functions of an LMS, as a course finds them
 * @typedef {{learner?: string, name?: string, mode?: string, credit?: string, mastery?: string | number | null, language?: string, data?: string,
 *   like?: string}} Wishes  of the launch
 * @typedef {ReturnType<typeof makeWorld>} World
 * @typedef {{name: string, title: string, source: string, standards: Record<string, Switch[]>}} Behaviour  of an LMS, where it differs from the standard
 * @typedef {(before: RunTime, lms: RunTime) => Partial<RunTime>} Switch  a layer: of the methods so far it returns those that it replaces
 *
 * @typedef {{
 *   model: Model, record: Learned, wishes: Wishes, world: World, values: Values, lengths: Map<string, number>, outgoing: Values,
 *   page: {ended?: boolean}, stored?: Set<string>, touched: Map<string, Set<number>>, broken?: boolean, sent?: Values, shared?: boolean, withoutEnd?: boolean,
 *   count(list: string): number,
 *   put(name: string, value: string): void,
 *   begin(values: Values): void,
 *   isOver(): boolean,
 *   forget(): void,
 *   handOut(): Values,
 *   admit(): string,
 *   read(name: string): [value: string | undefined, code: string],
 *   readKeyword(name: string, keyword: string): [value: string, code: string],
 *   judge(name: string, value: string): string,
 *   write(name: string, value: string): void,
 *   atEnd(): void,
 *   toSend(): Values,
 *   send(values: Values, last: boolean): boolean,
 *   keep(values: Values, last: boolean): void,
 *   tellError(code: string): string,
 *   size(values: Values): number,
 * }} RunTime  what layers may replace, and what layers remember
 *
 * @typedef {{values: Values, seconds: number, unfinished: number, attempts: number}} Learned  what an LMS has stored of a learner in a SCO:
 *   elements, seconds of sessions that ended, and of one that did not
 */
import { MODELS } from './models.js';
import { MOST_PATTERNS } from './types.js';

/** @returns {Learned} */
export const makeRecord = () => ({ values: {}, seconds: 0, unfinished: 0, attempts: 0 });

/** What the world does to an LMS: the network, the learner's login, and whether the page is being left. `sent` is in bytes, of one page's leaving. */
export const makeWorld = () => ({ online: true, loggedIn: true, unloading: false, sent: 0 });

/** @type {Map<string, Parsed>} */
const parsed = new Map();

/**
 * What a name says of itself; each is taken apart once.
 * @typedef {{generic: string, lists: [string, number][]}} Parsed  the name whatever its places in lists, and those places, the outer ones first
 * @param {string} name @returns {Parsed}
 */
export function parse(name) {
  let found = parsed.get(name);
  if (!found) {
    const lists = [...name.matchAll(/\.(\d+)(?=\.|$)/g)].map(({ index, 1: at }) => /** @type {[string, number]} */ ([name.slice(0, index), Number(at)]));
    parsed.set(name, found = { generic: name.replace(/\.\d+(?=\.|$)/g, '.n'), lists });
  }
  return found;
}

/** @param {string} name */
const generic = (name) => parse(name).generic;

/** @returns {number} seconds of either standard's lengths of time @param {string} text */
export function seconds(text) {
  const old = /^(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(text);
  if (old) return Number(old[1]) * 3600 + Number(old[2]) * 60 + Number(old[3]);
  const [, d = 0, h = 0, m = 0, s = 0] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text) ?? [];
  return Number(d) * 86400 + Number(h) * 3600 + Number(m) * 60 + Number(s);
}

/** @param {string | number} value @param {number} width */
const pad = (value, width) => String(value).padStart(width, '0');

/** @returns {string} a total time in the form of the standard @param {number} total @param {boolean} isOld */
export function duration(total, isOld) {
  const hundredths = Math.round(total * 100),
    [h, m, s] = [Math.floor(hundredths / 360000), Math.floor(hundredths / 6000) % 60, ((hundredths % 6000) / 100).toFixed(2)];
  return isOld ? `${pad(h, 4)}:${pad(m, 2)}:${pad(s, 5)}` : `PT${h}H${m}M${s}S`;
}

/**
 * Note that a list has this element.
 * @param {Map<string, number>} lengths of lists @param {string} name
 */
function lengthen(lengths, name) {
  for (const [list, at] of parse(name).lists) if (at >= (lengths.get(list) ?? 0)) lengths.set(list, at + 1);
}

/** The lists that a data model has. @param {Model['elements']} elements */
const listsIn = (elements) => new Set(Object.keys(elements).flatMap((name) => parse(name.replaceAll('.n.', '.0.')).lists.map(([list]) => generic(list))));
const LISTS = new Map(Object.values(MODELS).map((model) => [model, listsIn(model.elements)]));
/** @param {Model} model @param {string} name */
const isList = (model, name) => /** @type {Set<string>} */ (LISTS.get(model)).has(generic(name));
/** @param {Model} model @param {string} name */
const children = (model, name) => {
  const start = `${generic(name)}.`.replace(/\.$/, isList(model, name) ? '.n.' : '.');
  return [...new Set(Object.keys(model.elements).filter((each) => each.startsWith(start)).map((each) => each.slice(start.length).split('.')[0]))];
};

/**
 * What the standards ask of an index and of what must have been said before. @returns {string} an error code, '' for none
 * @param {RunTime} lms @param {string} name @param {string} value
 */
function dependency(lms, name, value) {
  const { codes, isOld } = lms.model;
  if (parse(name).lists.some(([list, at]) => at > lms.count(list))) return codes.order;
  return isOld ? '' : identity(lms, name, value) || typed(lms, name, value);
}

/**
 * The other values that an element has in the entries of its list.
 * @param {RunTime} lms @param {string} list @param {string} last @param {string} name
 */
function others(lms, list, last, name) {
  const names = Array.from({ length: lms.count(list) }, (_, at) => `${list}.${at}.${last}`);
  return names.filter((each) => each !== name && lms.values[each] !== undefined).map((each) => lms.values[each]);
}

/**
 * RTE 4.2.9 and 4.2.17: an identifier comes first, is unique, and an objective keeps its own.
 * @param {RunTime} lms @param {string} name @param {string} value
 */
function identity(lms, name, value) {
  const [, list, at, rest] = /^(cmi\.(?:objectives|interactions))\.(\d+)\.(.*)$/.exec(name) ?? [],
    { codes } = lms.model;
  if (!list) return '';
  const id = lms.values[`${list}.${at}.id`];
  if (rest !== 'id') return id ? '' : codes.depends;
  if (list !== 'cmi.objectives') return '';
  return others(lms, list, 'id', name).includes(value) || (id && id !== value) ? codes.set : '';
}

/**
 * A response is judged by the type of its interaction, which must be known; patterns are few, and in a choice unique.
 * @param {RunTime} lms @param {string} name @param {string} value
 */
function typed(lms, name, value) {
  const [, at, rest] = /^(cmi\.interactions\.\d+)\.(learner_response|correct_responses\.\d+\.pattern)$/.exec(name) ?? [],
    { codes } = lms.model;
  if (!at) return '';
  const type = lms.values[`${at}.type`];
  if (!type) return codes.depends;
  if (rest === 'learner_response') return '';
  const patterns = others(lms, `${at}.correct_responses`, 'pattern', name);
  if (patterns.length >= (MOST_PATTERNS[type] ?? 1)) return codes.set;
  return type === 'choice' && patterns.includes(value) ? codes.set : '';
}

/** @param {Values} values */
const form = (values) => new URLSearchParams(Object.entries(values)).toString();

/**
 * The run-time without its calls: what layers may replace. Each method calls the others by `lms`, so that a layer is seen by all.
 * @param {Model} model @param {Learned} record @param {Wishes} wishes @param {World} world
 */
function makeCore(model, record, wishes, world) {
  const { names, codes, elements, isOld } = model;
  /** @type {RunTime} */
  const lms = {
    page: {}, touched: new Map(),
    model, record, wishes, world, values: {}, lengths: new Map(), outgoing: {},
    /** @returns {number} how many entries a list has */
    count: (list) => lms.lengths.get(list) ?? 0,
    /** Set a value: the one place where a session's values change. Only what a SCO may write is sent. */
    put(name, value) {
      lms.values[name] = value;
      if (elements[generic(name)]?.write) lms.outgoing[name] = value;
      lengthen(lms.lengths, name);
    },
    /** A session begins with these values. */
    begin(values) {
      Object.assign(lms, { values: {}, lengths: new Map(), outgoing: {} });
      for (const [name, value] of Object.entries(values)) lms.put(name, value);
    },
    /** Whether what was stored is for a new attempt: in SCORM 2004 whatever was not suspended is over (RTE 4.2.8). */
    isOver: () => !isOld && names.exit in record.values && record.values[names.exit] !== 'suspend',
    forget() {
      record.values = {};
      record.attempts += 1;
    },
    /** @returns {Values} what the LMS hands out when a session begins */
    handOut() {
      record.seconds += record.unfinished;
      record.unfinished = 0;
      if (lms.isOver()) lms.forget();
      const before = { ...record.values },
        begun = Object.keys(before).length > 0,
        { learner = 'learner-1', name = 'Learner, Trial', mode = 'normal', credit = 'credit', mastery, language, data } = wishes;
      const entry = !begun ? 'ab-initio' : before[names.exit] === 'suspend' ? 'resume' : '';
      delete before[names.exit];
      delete before[names.time];
      return { ...before, [names.learner]: learner, [names.name]: name, [names.mode]: mode, [names.credit]: credit, [names.entry]: entry,
        [names.total]: duration(record.seconds, isOld), ...mastery != null && mastery !== '' && { [names.mastery]: String(mastery) },
        ...language && { [names.language]: language }, ...data && { [names.data]: data } };
    },
    /** @returns {string} an error code, '' if the session may begin */
    admit: () => '',
    /** @returns {[string, string]} a value and an error code */
    read(name) {
      const keyword = /^(.+)\.(_count|_children)$/.exec(name);
      if (keyword) return lms.readKeyword(keyword[1], keyword[2]);
      const element = elements[generic(name)];
      if (!element) return ['', codes.unknown];
      if (!element.read) return ['', codes.writeOnly];
      const value = lms.values[name];
      if (value !== undefined) return [value, '0'];
      const [list, at = 0] = parse(name).lists.at(-1) ?? [];
      if (list && at >= lms.count(list)) return ['', codes.get];
      return element.start === undefined ? ['', codes.empty] : [element.start, '0'];
    },
    readKeyword(name, keyword) {
      if (keyword === '_count') return isList(model, name) ? [String(lms.count(name)), '0'] : ['', elements[generic(name)] ? codes.noCount : codes.unknown];
      const found = children(model, name);
      return found.length ? [found.join(), '0'] : ['', elements[generic(name)] ? codes.noChildren : codes.unknown];
    },
    /** @returns {string} an error code, '' if the value may be written */
    judge(name, value) {
      if (/\._(count|children|version)$/.test(name)) return codes.keyword;
      const element = elements[generic(name)];
      if (!element) return codes.unknown;
      if (!element.write) return codes.readOnly;
      const early = dependency(lms, name, value);
      if (early && early !== '0') return early;
      if (element.type?.(value, (other) => lms.values[`${/^.*?\.\d+/.exec(name)?.[0]}.${other}`])) return '';
      return /^[-+]?\d+(\.\d+)?$/.test(value) && !isOld ? codes.range : codes.type;
    },
    write(name, value) {
      // SCORM 1.2 RTE, 3.4.4: comments add up.
      lms.put(name, name === 'cmi.comments' ? (lms.values[name] ?? '') + value : value);
    },
    /** What an LMS makes of the values at the end of a session; nothing, by the standards, but the time. */
    atEnd() {},
    /** @returns {Values} what travels at a call: all that was ever written. To be read only. */
    toSend: () => lms.outgoing,
    /** Bring values to the server. @returns {boolean} whether the LMS says that they arrived */
    send(values, last) {
      if (!world.online || !world.loggedIn) return false;
      lms.keep(values, last);
      return true;
    },
    /** The server stores them. */
    keep(values, last) {
      Object.assign(record.values, values);
      const spent = seconds(values[names.time] ?? '');
      record.unfinished = last ? 0 : spent;
      if (last) record.seconds += spent;
    },
    /** @returns {string} what the last error is said to be */
    tellError: (code) => code,
    /** @returns {number} bytes of a form with these values */
    size: (values) => form(values).length,
  };
  return lms;
}

/** The calls of the API: a session is new, running or over. @param {RunTime} lms @returns {Api} */
function makeApi(lms) {
  const { codes, prefix, last } = lms.model;
  let phase = 'new';
  let error = '0';
  /** @param {string} code @param {string} [result] @param {string} [failed] */
  const answer = (code, result = 'true', failed = 'false') => {
    error = code || '0';
    return error === '0' ? result : failed;
  };
  /** @param {string} call */
  const closed = (call) => (phase === 'running' ? '' : (phase === 'new' ? codes.early : codes.late)[call]);

  /** @param {string} argument */
  function begin(argument) {
    if (argument !== '') return answer(codes.argument);
    const refused = phase === 'running' ? codes.again : phase === 'over' ? codes.over : lms.admit();
    if (refused) return answer(refused);
    lms.begin(lms.handOut());
    phase = 'running';
    return answer('');
  }

  /** @param {string} call @param {string} argument @param {boolean} ends */
  function store(call, argument, ends) {
    const refused = closed(call) || (argument === '' ? '' : codes.argument);
    if (refused) return answer(refused);
    if (ends) lms.atEnd();
    const arrived = lms.send(lms.toSend(), ends);
    // A session of SCORM 2004 that could not be ended is still there.
    if (ends && (arrived || lms.model.isOld)) phase = 'over';
    return answer(arrived ? '' : ends ? codes.end : codes.commit);
  }

  /** @param {unknown} name */
  function get(name) {
    const refused = closed('Get');
    if (refused) return answer(refused, '', '');
    const [value, code] = lms.read(String(name));
    error = code;
    return value;
  }

  /** @param {unknown} name @param {unknown} value */
  function set(name, value) {
    const refused = closed('Set') || lms.judge(String(name), String(value));
    if (!refused) lms.write(String(name), String(value));
    return answer(refused);
  }

  /** @type {Api} */
  const calls = {
    Initialize: begin, GetValue: get, SetValue: set, Commit: (argument) => store('Commit', argument, false),
    [last]: (argument) => store('Terminate', argument, true), GetLastError: () => lms.tellError(error), GetErrorString: (code) => (code ? `Error ${code}` : ''),
    GetDiagnostic: (code) => String(code || error),
  };
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [prefix + name, call]));
}

/**
 * Launch a SCO. @param {string} standard a key of MODELS @param {Learned} record @param {object} [options]
 * @param {{switches: Switch[]}} [options.behaviour] @param {Wishes} [options.wishes] @param {World} [options.world]
 * @param {{ended?: boolean}} [options.page] what lives as long as the LMS's own page, for all SCOs @returns {{api: Api, name: string, prefix: string, lms: RunTime}}
 */
export function launch(standard, record, { behaviour = { switches: [] }, wishes = {}, world = makeWorld(), page = {} } = {}) {
  const model = MODELS[standard],
    lms = makeCore(model, record, wishes, world);
  lms.page = page;
  for (const layer of behaviour.switches) Object.assign(lms, layer({ ...lms }, lms));
  const api = makeApi(lms);
  if (lms.withoutEnd) delete api[model.prefix + model.last];
  return { api, name: model.api, prefix: model.prefix, lms };
}
