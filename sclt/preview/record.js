// What the panel shows of a learner's record: calls and data model of SCORM; statements, documents and requests of an LRS.
export const get = id => document.getElementById(id);
const MOST = 500;

export function make(name, text = '', className = '') {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

function row(...cells) {
  const made = document.createElement('tr');
  for (const cell of cells) made.insertCell().textContent = cell;
  return made;
}

/** Tell beside the heading of a list how much is in it. */
export function count(list, n) {
  list.closest('details').querySelector('.count').textContent = n ? `(${n})` : '';
}

function first(table, line, failed) {
  const body = table.tBodies[0];
  line.classList.toggle('failed', failed);
  body.prepend(line);
  if (body.rows.length > MOST) body.lastChild.remove();
  count(table, body.rows.length === MOST ? `last ${MOST}` : body.rows.length);
}

const clock = (moment = new Date()) => moment.toTimeString().slice(0, 8);

export function showCall({ name, values, result, error, took }) {
  const line = row(`${clock()} ${took.toFixed(1)}\u00a0ms`, `${name}(${values.join(', ')})`, result, error === '0' ? '' : error);
  first(get('calls'), line, error !== '0' || result === 'false');
}

export function showData(data, limit) {
  const said = Object.entries(data).filter(([, value]) => value !== '');
  get('data').tBodies[0].replaceChildren(...said.map(([name, value]) => row(name, value)));
  count(get('data'), said.length);
  const size = String(data['cmi.suspend_data'] ?? '').length;
  get('size').querySelector('output').textContent = `${size} of ${limit || 'unlimited'} characters`;
  Object.assign(get('size').querySelector('meter'), { max: limit || 64000, high: limit * .9, value: size });
}

export function showRequest({ line, status, took }) {
  first(get('requests'), row(`${clock()} ${took.toFixed(1)}\u00a0ms`, line, status || 'broken'), !status || status >= 400);
}

export function forgetCalls() {
  for (const id of ['calls', 'requests']) {
    get(id).tBodies[0].replaceChildren();
    count(get(id), 0);
  }
}

const last = iri => String(iri ?? '').replace(/[/#]+$/, '').split(/[/#]/).pop();
const words = map => Object.values(map ?? {})[0];

function objectOf({ object }) {
  return words(object.definition?.name) || words(object.definition?.description) || last(object.id) || object.objectType;
}

function resultOf({ result = {} }) {
  const { score, success, completion, response } = result;
  const said = [
    score?.scaled != null ? `${Math.round(score.scaled * 100)} %` : score?.raw != null && `${score.raw}`,
    success != null && (success ? 'success' : 'no success'), completion && 'completion', response && `“${response}”`,
  ];
  return said.filter(Boolean).join(' · ');
}

function unfolding(open, key, body, ...summary) {
  const made = make('details'), line = make('summary');
  made.dataset.key = key;
  made.open = open.has(key);
  line.append(...summary);
  made.append(line, make('pre', body));
  const item = make('li');
  item.append(made);
  return item;
}

function statement(open, each) {
  const when = Object.assign(make('time', clock(new Date(each.timestamp))), { dateTime: each.timestamp });
  return unfolding(open, each.id, JSON.stringify(each, null, 2), when, make('b', last(each.verb.id)), make('span', objectOf(each)),
    make('span', resultOf(each), 'result'));
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function held(open, { resource, id, size, text }) {
  return unfolding(open, `${resource} ${id}`, pretty(text), make('b', id), make('span', resource), make('span', `${size} B`, 'result'));
}

function fill(list, make, entries) {
  const open = new Set([...list.querySelectorAll('details[open]')].map(each => each.dataset.key));
  list.replaceChildren(...entries.map(each => make(open, each)));
  count(list, entries.length);
}

/** Show what the LRS has; what is unfolded stays so. */
export function showRecord({ statements, documents }) {
  fill(get('statements'), statement, statements);
  fill(get('documents'), held, documents);
}
