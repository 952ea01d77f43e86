/** Finding an LMS's API and calling it. Nothing here throws: an LMS that fails answers like one that refuses. */

const FAR = 500;

/** The API of a window or of its parents; the top one is its own parent. A window of another origin ends the search. */
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

/** @returns {object|null} the API called `name` of the window, its parents, or the opener and its parents */
export const findApi = (win, name) => upwards(() => win, name) ?? upwards(() => win.opener, name) ?? upwards(() => win.top.opener, name);

// Answers that are about the value or the element, not about the connection: to try again would be no use.
const FINAL = /^(20[123]|3[59]1|40[1-8])$/;
const MISSING = /^40[12]$/;
const RANK = { incomplete: 1, failed: 2, completed: 3, passed: 4 };
const rank = value => RANK[value] ?? parseFloat(value);
const group = name => name.split('.', 2).join('.');

/**
 * @param {object} api @param {string} prefix of the function names: 'LMS' in SCORM 1.2
 * @returns what adapters call: `need` for what must not be lost, `offer` for what an LMS may lack
 */
export function connect(api, prefix) {
  const written = new Map(),
    missing = new Set();

  function call(name, ...values) {
    try {
      return String(api[prefix + name](...values) ?? '');
    } catch {
      return '';
    }
  }

  /** Write what isn't there yet. */
  const put = (name, value) => written.get(name) === String(value) || link.set(name, value);

  const link = {
    failed: false,
    call: name => call(name, '') === 'true',
    get: name => call('GetValue', name).replace(/^(undefined|null)$/, ''),
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
      const error = call('GetLastError');
      if (MISSING.test(error)) missing.add(group(name));
      return FINAL.test(error);
    },
    lacks: name => missing.has(group(name)),
    /** Write a status or a number only if it is better than what the LMS has. */
    raise: (write, name, value) => rank(value) <= rank(written.get(name) ?? link.get(name)) || write(name, value),
  };
  return link;
}
