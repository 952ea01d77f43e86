/**
 * What the panel shows of a learner's record: calls and data model of SCORM; statements, documents and requests of an LRS.
 *
 * @typedef {{name: string, values: string[], result: string, error: string, took: number, saved?: object}} Call  of the API; `took` is in milliseconds
 * @typedef {{line: string, status: number, took: number, reason: string}} Request  to the LRS; its status is 0 where it broke, and `reason` says
 *   which rule it breaks
 * @typedef {{resource: string, id: string, size: number, text: string}} Held  a document in the LRS
 * @typedef {{id: string, timestamp: string, verb: {id: string}, object: {id?: string, objectType?: string, definition?: {name?: Words, description?: Words}},
 *   result?: {score?: {scaled?: number, raw?: number}, success?: boolean, completion?: boolean, response?: string}}} Statement  in the LRS
 * @typedef {Record<string, string>} Words  by language
 */

/** An element that the panel has. @template {HTMLElement} [E=HTMLElement] @param {string} id @returns {E} */
export const get = id => /** @type {E} */ (document.getElementById(id));
const MOST = 500;

/** @template {keyof HTMLElementTagNameMap} N @param {N} name @param {string} [text] @param {string} [className] */
export function make(name, text = '', className = '') {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

/** @param {...string | number} cells */
function row(...cells) {
  const made = document.createElement('tr');
  for (const cell of cells) made.insertCell().textContent = String(cell);
  return made;
}

/** @param {string} id of a table */
const bodyOf = id => /** @type {HTMLTableElement} */ (get(id)).tBodies[0];

/** Tell beside the heading of a list how much is in it. @param {HTMLElement} list @param {number | string} n */
export function count(list, n) {
  const heading = list.closest('details')?.querySelector('.count');
  if (heading) heading.textContent = n ? `(${n})` : '';
}

/** @param {HTMLTableElement} table @param {HTMLElement} line @param {boolean} failed */
function first(table, line, failed) {
  const body = table.tBodies[0];
  line.classList.toggle('failed', failed);
  body.prepend(line);
  if (body.rows.length > MOST) body.lastChild?.remove();
  count(table, body.rows.length === MOST ? `last ${MOST}` : body.rows.length);
}

/** @param {Date} [moment] */
const clock = (moment = new Date()) => moment.toTimeString().slice(0, 8);

/** @param {Call} call */
export function showCall({ name, values, result, error, took }) {
  const line = row(`${clock()} ${took.toFixed(1)}\u00a0ms`, `${name}(${values.join(', ')})`, result, error === '0' ? '' : error);
  first(get('calls'), line, error !== '0' || result === 'false');
}

/** @param {Record<string, string | number>} data @param {number} limit */
export function showData(data, limit) {
  const said = Object.entries(data).filter(([, value]) => value !== '');
  bodyOf('data').replaceChildren(...said.map(([name, value]) => row(name, value)));
  count(get('data'), said.length);
  const size = String(data['cmi.suspend_data'] ?? '').length;
  const [output, meter] = ['output', 'meter'].map(name => /** @type {Element} */ (get('size').querySelector(name)));
  output.textContent = `${size} of ${limit || 'unlimited'} characters`;
  Object.assign(meter, { max: limit || 64000, high: limit * .9, value: size });
}

/** @param {string} reason */
function showRefusal(reason) {
  const list = get('refusals').querySelector('ul');
  list?.prepend(make('li', reason));
  if (list && list.children.length > MOST) list.lastChild?.remove();
  get('refusals').hidden = false;
}

/** @param {Request} request */
export function showRequest({ line, status, took, reason }) {
  if (reason) showRefusal(reason);
  first(get('requests'), row(`${clock()} ${took.toFixed(1)}\u00a0ms`, line, status || 'broken'), !status || status >= 400);
}

export function forgetCalls() {
  for (const id of ['calls', 'requests']) {
    bodyOf(id).replaceChildren();
    count(get(id), 0);
  }
}

/** Before a session ends: what its last words break is seen in the next one still. */
export function forgetRefusals() {
  get('refusals').querySelector('ul')?.replaceChildren();
  get('refusals').hidden = true;
}

/** @param {string | undefined} iri */
const last = iri => String(iri ?? '').replace(/[/#]+$/, '').split(/[/#]/).pop();
/** @param {Words | undefined} map */
const words = map => Object.values(map ?? {})[0];

/** @param {Statement} statement */
function objectOf({ object }) {
  return words(object.definition?.name) || words(object.definition?.description) || last(object.id) || object.objectType;
}

/** @param {Statement} statement */
function resultOf({ result = {} }) {
  const { score, success, completion, response } = result;
  const said = [
    score?.scaled != null ? `${Math.round(score.scaled * 100)} %` : score?.raw != null && `${score.raw}`,
    success != null && (success ? 'success' : 'no success'), completion && 'completion', response && `“${response}”`,
  ];
  return said.filter(Boolean).join(' · ');
}

/** @param {Set<string | undefined>} open @param {string} key @param {string} body @param {...HTMLElement} summary */
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

/** @param {Set<string | undefined>} open @param {Statement} each */
function statement(open, each) {
  const when = Object.assign(make('time', clock(new Date(each.timestamp))), { dateTime: each.timestamp });
  return unfolding(open, each.id, JSON.stringify(each, null, 2), when, make('b', last(each.verb.id)), make('span', objectOf(each)),
    make('span', resultOf(each), 'result'));
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** @param {Set<string | undefined>} open @param {Held} document */
function held(open, { resource, id, size, text }) {
  return unfolding(open, `${resource} ${id}`, pretty(text), make('b', id), make('span', resource), make('span', `${size} B`, 'result'));
}

/** @template T @param {HTMLElement} list @param {(open: Set<string | undefined>, entry: T) => Node} make @param {T[]} entries */
function fill(list, make, entries) {
  const open = new Set([.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll('details[open]'))].map(each => each.dataset.key));
  list.replaceChildren(...entries.map(each => make(open, each)));
  count(list, entries.length);
}

/** Show what the LRS has; what is unfolded stays so. @param {{statements: Statement[], documents: Held[]}} record */
export function showRecord({ statements, documents }) {
  fill(get('statements'), statement, statements);
  fill(get('documents'), held, documents);
}
