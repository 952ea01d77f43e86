/**
 * Finding an LMS's API and calling it. Nothing here throws: an LMS that fails answers like one that refuses.
 *
 * @typedef {{[name: string]: (...values: string[]) => unknown}} Api  an LMS's functions by name; what they answer is not to be relied on
 *
 * @typedef {object} Link what adapters call: `need` for what must not be lost, `offer` for what an LMS may lack
 * @property {boolean} failed whether something that was needed is not there
 * @property {boolean} trusts whether values that the LMS has from before count: not those of another module
 * @property {(name: string) => boolean} call
 * @property {(name: string) => boolean} can whether the LMS has such a function at all
 * @property {(name: string) => string} get
 * @property {() => string} error
 * @property {(name: string, known: string) => string | null} read null if the LMS could not read it; `known` can always be read
 * @property {(list: string) => number} count of entries in a list
 * @property {Write} set
 * @property {Write} need
 * @property {Write} offer false if another try later may succeed
 * @property {(name: string) => boolean} lacks whether the LMS has no such element, whatever its place in a list
 * @property {(write: Write, name: string, value: string | number) => boolean} raise write a status or a number only if it is better than what the LMS has
 * @property {(name: string) => string | undefined} last what this session wrote last
 * @property {() => void} doubt what was written may not have arrived: write it all again
 * @typedef {(name: string, value: string | number) => boolean} Write  false if the value is not there
 */

const FAR = 500;

/**
 * The API of a window or of its parents; the top one is its own parent. A window of another origin ends the search.
 * @param {() => any} start whose windows are strangers' @param {string} name @returns {Api | null}
 */
function upwards(start, name) {
  try {
    let win = start();
    for (let i = 0; i < FAR; i++) {
      if (win[name]) return win[name];
      win = win.parent;
    }
  } catch { /* none here */ }
  return null;
}

/** @returns {Api | null} the API called `name` of the window, its parents, or the opener and its parents @param {Window} win @param {string} name */
export const findApi = (win, name) => upwards(() => win, name) ?? upwards(() => win.opener, name) ?? upwards(() => win.top?.opener, name);

// Answers that are about the value or the element, not about the connection: to try again would be no use.
const FINAL = /^(20[123]|3[59]1|40[1-8])$/;
const MISSING = /^40[12]$/;
/** Answers to a reading that say that it failed; others say that there is nothing to read. */
const UNREADABLE = /^(1\d\d|301)$/;
/** @type {Record<string, number>} */
const RANK = { unknown: 0, 'not attempted': 0, browsed: 0, incomplete: 1, failed: 2, completed: 3, passed: 4 };
/** @param {string | number} value @returns {number} */
const rank = value => RANK[value] ?? parseFloat(String(value));
/** An element whatever its place in a list. @param {string} name */
const kind = name => name.replace(/\.\d+/g, '.n');

/**
 * @param {Api} api @param {string} prefix of the function names: 'LMS' in SCORM 1.2
 */
export function connect(api, prefix) {
  /** @type {Map<string, string>} */
  const written = new Map();
  /** @type {Set<string>} */
  const missing = new Set();
  let threw = false;

  /** @param {string} name @param {...string} values */
  function call(name, ...values) {
    threw = false;
    try {
      return String(api[prefix + name](...values) ?? '');
    } catch {
      threw = true;
      return '';
    }
  }

  /** Write what isn't there yet. @param {string} name @param {string | number} value @returns {boolean} */
  const put = (name, value) => written.get(name) === String(value) || link.set(name, value);

  /** @type {Link} */
  const link = {
    failed: false,
    /** Whether values that the LMS has from before count: not those of another module. */
    trusts: true,
    call: name => call(name, '') === 'true',
    /** @returns {boolean} whether the LMS has such a function at all */
    can: name => typeof api[prefix + name] === 'function',
    get: name => call('GetValue', name).replace(/^(undefined|null)$/, ''),
    error: () => call('GetLastError'),
    /** @param {string} known an element that can always be read @returns {string|null} null if the LMS could not read it */
    read(name, known) {
      const value = link.get(name);
      if (value) return value;
      if (threw) return null;
      const error = link.error();
      if (!UNREADABLE.test(error)) return value;
      // An LMS that never clears its last error says nothing by it.
      return link.get(known) && link.error() === error ? value : null;
    },
    /** @returns {number} of entries in a list */
    count: list => Number(link.get(`${list}._count`)) || 0,
    set(name, value) {
      const done = call('SetValue', name, String(value)) === 'true';
      if (done) written.set(name, String(value));
      return done;
    },
    need(name, value) {
      const done = put(name, value);
      link.failed ||= !done;
      return done;
    },
    /** @returns {boolean} false if another try later may succeed */
    offer(name, value) {
      if (link.lacks(name) || put(name, value)) return true;
      const error = link.error();
      if (MISSING.test(error)) missing.add(kind(name));
      return FINAL.test(error);
    },
    /** @returns {boolean} whether the LMS has no such element, whatever its place in a list */
    lacks: name => missing.has(kind(name)),
    /** Write a status or a number only if it is better than what the LMS has. */
    raise(write, name, value) {
      const before = written.get(name) ?? (link.trusts ? link.get(name) : '');
      return rank(value) <= rank(before) || write(name, value);
    },
    /** @returns {string|undefined} what this session wrote last */
    last: name => written.get(name),
    /** What was written may not have arrived: write it all again. */
    doubt: () => written.clear(),
  };
  return link;
}
