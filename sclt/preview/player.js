/**
 * The frame around the course, on the course's own origin: it launches the course, hands a SCORM course its API, and tells the panel of each call.
 *
 * @import { Launched, RunTime } from './run-times.js'
 */
import { pointing } from './pointing.js';
import { loadRunTime, openRunTime } from './run-times.js';

/** @param {object} message */
const tell = message => parent.postMessage(message, '*');
const NAMES = ['Initialize', 'GetValue', 'SetValue', 'Commit', 'GetLastError', 'GetErrorString', 'GetDiagnostic'];
/** @type {Record<string, string[]>} */
const APIS = { scorm12: ['API', 'LMS', 'Finish'], scorm2004: ['API_1484_11', '', 'Terminate'] };
const frame = /** @type {HTMLIFrameElement} */ (document.getElementById('course'));
/** Where a course looks for its API. @type {Record<string, any>} */
const found = window;
const ask = /** @type {HTMLElement} */ (document.getElementById('own'));
/** Where a unit plays that wants a window of its own. @type {Window | null} */
let own = null;
const view = () => /** @type {Window} */ (frame.contentWindow);
/** @type {RunTime} */
let run;
/** @type {Launched} */
let launched;
/** @type {{broken?: boolean, refused?: boolean}} */
let faults = {};
let prefix = '', error = '', renew = false, turn = 0;
// biome-ignore lint/correctness/noUnusedVariables: ||= reads it
let showing = 0;

// A course may take its language from the page around it. An LMS speaks the learner's, the panel English.
document.documentElement.lang = navigator.language;

/** What a fault that the panel asks for answers. A lost connection throws, as an LMS's own request does. @param {string} name */
function fault(name) {
  if (!/^(Commit|Finish|Terminate)$/.test(name) || !(faults.broken || faults.refused)) return undefined;
  error = prefix ? '101' : name === 'Commit' ? '391' : '111';
  if (faults.broken) throw new DOMException('The connection is lost.', 'NetworkError');
  return 'false';
}

/** @param {string} name @param {string[]} values */
function answer(name, values) {
  if (name === 'GetLastError' && error) return error;
  if (!/^Get(LastError|ErrorString|Diagnostic)$/.test(name)) error = '';
  return fault(name) ?? run.api[prefix + name](...values);
}

/** @param {string} name @param {...string} values */
function call(name, ...values) {
  if (renew && name === 'Initialize') open();
  const began = performance.now();
  let result;
  try {
    return (result = answer(name, values));
  } catch (thrown) {
    result = `throws ${/** @type {Error} */ (thrown).name}`;
    throw thrown;
  } finally {
    const saved = run.stored(name, String(result));
    if (saved) launched.before = saved;
    const code = error || String(run.api[`${prefix}GetLastError`]());
    tell({ kind: 'call', name: prefix + name, values: values.map(String), result: String(result), error: code,
           took: performance.now() - began, saved });
    showing ||= setTimeout(showData, 100);
  }
}

/** Many calls come at once; what they have made of the data is told once. */
function showData() {
  showing = 0;
  tell({ kind: 'data', data: run.values() });
}

/** Begin a session of the run-time with what was committed before. */
function open() {
  renew = false;
  run = openRunTime(launched);
}

/** A browser may block a window that no click has asked for. @param {string} url */
function openWindow(url) {
  own = window.open(url);
  ask.hidden = Boolean(own);
  /** @type {HTMLButtonElement} */ (ask.querySelector('button')).onclick = () => openWindow(url);
}

function closeWindow() {
  own?.close();
  own = null;
  ask.hidden = true;
}

/** @param {Launched} launch */
async function start(launch) {
  const [api, first, last] = APIS[launch.protocol] ?? [];
  const mine = turn += 1;
  launched = launch;
  for (const [other] of Object.values(APIS)) delete found[other];
  if (api) {
    await loadRunTime(launch);
    if (mine !== turn) return;
    prefix = first;
    open();
    // Not every LMS has each of them.
    const names = [...NAMES, last].filter(name => run.api[prefix + name]);
    found[api] = Object.fromEntries(names.map(name => [prefix + name, (/** @type {string[]} */ ...values) => call(name, ...values)]));
  }
  frame.onload = null;
  if (launch.own) openWindow(launch.url);
  else view().location.replace(launch.url);
}

function place() {
  try {
    return view().location.hash;
  } catch {
    return '';
  }
}

/** Let the course say goodbye; what it commits while it is unloaded has arrived when the empty page is there. */
function end() {
  if (!launched) return tell({ kind: 'ended', hash: '' });
  const hash = place();
  closeWindow();
  run?.leave();
  frame.onload = () => tell({ kind: 'ended', hash });
  view().location.replace('about:blank');
}

/** Load the course anew where it is: it says goodbye, and its next session goes on with what it committed. */
function reload() {
  renew = true;
  run?.leave();
  try {
    view().location.reload();
  } catch {
    view().location.replace(launched.url);
  }
}

addEventListener('message', ({ data, source }) => {
  if (source !== parent) return;
  if (data.faults) faults = data.faults;
  if (data.points) pointing(frame, found => tell({ kind: 'pointed', ...found }));
  if (data.forget) {
    localStorage.clear();
    sessionStorage.clear();
    indexedDB.databases().then(all => all.forEach(each => indexedDB.deleteDatabase(String(each.name))));
  }
  if (data.start) start(data.start);
  if (data.end) end();
  if (data.reload) reload();
});
tell({ kind: 'ready' });
