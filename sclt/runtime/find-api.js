/** Finding an LMS's API and calling it. Nothing here throws: an LMS that fails answers like one that refuses. */

const FAR = 500;

/** The API of a window, or of its parents. A parent of another origin ends the search. */
function upwards(win, name) {
  for (let i = 0; win && i < FAR; i++) {
    try {
      if (win[name]) return win[name];
      if (win.parent === win) return null;
      win = win.parent;
    } catch {
      return null;
    }
  }
  return null;
}

/** @returns {object|null} the API called `name` of the window, its parents, or the opener and its parents */
export function findApi(win, name) {
  const api = upwards(win, name);
  if (api) return api;
  try {
    return upwards(win.opener, name) ?? upwards(win.top?.opener, name);
  } catch {
    return null;
  }
}

// Answers that are about the value or the element, not about the connection: to try again would be no use.
const FINAL = new Set(['201', '202', '203', '351', '391', '401', '402', '403', '404', '405', '406', '407', '408']);
const MISSING = new Set(['401', '402']);
const RANK = { browsed: 0, unknown: 0, incomplete: 1, failed: 2, completed: 3, passed: 4 };
const rank = (value) => RANK[value] ?? (value === '' || isNaN(value) ? -1 : Number(value));
const group = (name) => name.split('.').slice(0, 2).join('.');

/**
 * @param {object} api @param {string} prefix of the function names: 'LMS' in SCORM 1.2
 * @returns what adapters call: `need` for what must not be lost, `offer` for what an LMS may lack
 */
export function connect(api, prefix) {
  const written = new Map();
  const missing = new Set();
  const link = { failed: false };

  function call(name, ...values) {
    try {
      return String(api[prefix + name](...values) ?? '');
    } catch {
      return '';
    }
  }

  link.call = (name) => call(name, '') === 'true';
  link.get = (name) => call('GetValue', name).replace(/^(undefined|null)$/, '');

  link.set = (name, value) => {
    if (call('SetValue', name, String(value)) !== 'true') return false;
    written.set(name, String(value));
    return true;
  };

  link.need = (name, value) => {
    if (written.get(name) === String(value) || link.set(name, value)) return true;
    link.failed = true;
    return false;
  };

  /** @returns {boolean} false if another try later may succeed */
  link.offer = (name, value) => {
    if (missing.has(group(name)) || written.get(name) === String(value) || link.set(name, value)) return true;
    const error = call('GetLastError');
    if (MISSING.has(error)) missing.add(group(name));
    return FINAL.has(error);
  };

  link.lacks = (name) => missing.has(group(name));

  /** Write a status or a number only if it is better than what the LMS has. */
  link.raise = (write, name, value) => {
    const now = written.get(name) ?? link.get(name);
    return rank(value) <= rank(now) || write(name, value);
  };
  return link;
}
