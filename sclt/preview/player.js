// The frame around the course, on the course's own origin: it hands out the API and tells the panel of each call.
const tell = message => parent.postMessage(message, '*');
const NAMES = ['Initialize', 'GetValue', 'SetValue', 'Commit', 'GetLastError', 'GetErrorString', 'GetDiagnostic'];
let frame, run, prefix, faults = {}, error = '', showing = 0;

function flat(tree, name = 'cmi', into = {}) {
  for (const [key, value] of Object.entries(tree ?? {})) {
    if (value && typeof value === 'object') flat(value, `${name}.${key}`, into);
    else into[`${name}.${key}`] = value;
  }
  return into;
}

/** What a fault that the panel asks for answers. A lost connection throws, as an LMS's own request does. */
function fault(name) {
  if (!/^(Commit|Finish|Terminate)$/.test(name) || !(faults.broken || faults.refused)) return undefined;
  error = prefix ? '101' : name === 'Commit' ? '391' : '111';
  if (faults.broken) throw new DOMException('The connection is lost.', 'NetworkError');
  return 'false';
}

function answer(name, values) {
  if (name === 'GetLastError' && error) return error;
  if (!/^Get(LastError|ErrorString|Diagnostic)$/.test(name)) error = '';
  return fault(name) ?? run[prefix + name](...values);
}

function call(name, ...values) {
  const began = performance.now();
  let result;
  try {
    return (result = answer(name, values));
  } catch (thrown) {
    result = `throws ${thrown.name}`;
    throw thrown;
  } finally {
    const saved = /^(Commit|Finish|Terminate)$/.test(name) && String(result) === 'true';
    const cmi = saved ? run.renderCMIToJSONObject().cmi : undefined;
    const code = error || String(run[`${prefix}GetLastError`]());
    tell({ kind: 'call', name: prefix + name, values: values.map(String), result: String(result), error: code,
           took: performance.now() - began, saved: cmi });
    showing ||= setTimeout(showData, 100);
  }
}

/** Many calls come at once; what they have made of the data is told once. */
function showData() {
  showing = 0;
  tell({ kind: 'data', data: flat(run.renderCMIToJSONObject().cmi) });
}

function start({ api, cmi, url }) {
  const old = api === 'API';
  prefix = old ? 'LMS' : '';
  run = new (old ? Scorm12API : Scorm2004API)({ autocommit: false, logLevel: 5 });
  run.loadFromJSON(cmi);
  window[api] = Object.fromEntries([...NAMES, old ? 'Finish' : 'Terminate'].map(name => [prefix + name, (...values) => call(name, ...values)]));
  frame = Object.assign(document.createElement('iframe'), { src: url, title: 'Course', allow: 'fullscreen' });
  document.body.append(frame);
}

function place() {
  try {
    return frame.contentWindow.location.hash;
  } catch {
    return '';
  }
}

/** Let the course say goodbye; what it commits while it is unloaded has arrived when the empty page is there. */
function end() {
  if (!frame) return tell({ kind: 'ended', hash: '' });
  const hash = place();
  frame.onload = () => tell({ kind: 'ended', hash });
  frame.src = 'about:blank';
}

addEventListener('message', ({ data, source }) => {
  if (source !== parent) return;
  if (data.faults) faults = data.faults;
  if (data.start) {
    const script = Object.assign(document.createElement('script'), { src: `run-time/${data.start.api === 'API' ? 'scorm12' : 'scorm2004'}.min.js` });
    script.onload = () => start(data.start);
    document.head.append(script);
  }
  if (data.forget) localStorage.clear();
  if (data.end) end();
});
tell({ kind: 'ready' });
