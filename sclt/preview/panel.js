/**
 * The panel: plays the LMS. It keeps what the course committed, launches units as the controls say, and shows what happens.
 *
 * @typedef {{title: string, href: string, protocol: string, mastery: string, data: string, limit: number, launch_method: string}} Unit  what can be
 *   launched
 * @typedef {{severity: string, place: string, message: string, mend: string}} Finding
 * @typedef {{title: string, player: string, standard: string, standards: Record<string, string>, units: Unit[], findings: Finding[]}} Course
 * @typedef {{[name: string]: HTMLInputElement} & {unit: HTMLSelectElement, standard: HTMLSelectElement, like: HTMLSelectElement}} Controls
 */
import { BEHAVIOURS } from './lms/behaviours/index.js';
import { count, forgetCalls, forgetRefusals, get, make, showCall, showData, showRecord, showRequest } from './record.js';

const /** @type {HTMLFormElement} */ form = get('controls'), /** @type {HTMLIFrameElement} */ player = get('player');
/** What a page around the panel asks for, which shows a unit alone: its number, the learner's language, the look. */
const around = new URLSearchParams(location.search);
const field = /** @type {Controls} */ (/** @type {unknown} */ (form.elements));
/** Where the files are: their address says the look, and that they come slowly. */
const files = () => [[around.get('look'), field.slow.checked && 'slow'].filter(Boolean).join('-'), 'files'].filter(Boolean).join('/');
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-modals allow-downloads';
const kept = JSON.parse(sessionStorage.kept ?? '{}');   // by unit: the data model, or the registration
/** @type {Course} */
let course;
/** @type {Promise<unknown>} */
let turn;
/** @type {(value?: unknown) => void} */
let arrived;
/** @type {(hash: string) => void} */
let over;
let hash = around.get('page') ? `#/${around.get('page')}` : '', launched = '', enrolment = '';
// biome-ignore lint/correctness/noUnusedVariables: ||= reads it
let asked = 0;
let learner = Number(sessionStorage.learner ??= Math.ceil(Math.random() * 1e6));   // another tab is another learner

const unit = () => course.units[field.unit.selectedIndex];
const key = () => `${field.standard.value} ${field.like.value} ${unit().href}`;
/** What is kept belongs to a unit, a registration of cmi5 to the course. */
const keeper = () => (unit().protocol === 'cmi5' ? `${field.standard.value} ${unit().href.split('/')[0]}` : key());
/** @param {Unit} unit that the course structure wants in a window of its own (cmi5, 8.1) */
const isOwn = ({ launch_method }) => launch_method === 'OwnWindow';
const atLrs = () => /cmi5|tincan/.test(unit().protocol);
/** @param {object} message */
const post = message => player.contentWindow?.postMessage(message, new URL(course.player).origin);
/** @param {string} name @param {object} content */
const send = (name, content) => fetch(name, { method: 'POST', body: JSON.stringify(content) });

/** Keep it for the unit that was launched: the controls may name another already while it says goodbye. @param {unknown} value */
function keep(value) {
  kept[enrolment] = value;
  sessionStorage.kept = JSON.stringify(kept);
}

const wishes = () => ({
  learner, like: field.like.value, mode: field.mode.value, credit: field.credit.value, language: field.language.value.trim(),
  mastery: field.mastery.value.trim() || unit().mastery, data: unit().data,
});

/** Enrol the learner at the LRS and get the address to open. */
async function enrolled() {
  const { mode, language, mastery } = wishes();
  const answer = await send('launch', { unit: field.unit.selectedIndex, standard: field.standard.value, learner,
                                        registration: kept[keeper()] ?? '', mode, language, mastery, files: files() });
  if (!answer.ok) throw Error(await answer.text());
  const { url, registration } = await answer.json();
  keep(registration);
  return url;
}

async function launch() {
  if (!unit()) return;
  forgetCalls();
  launched = key();
  enrolment = keeper();
  get('said').textContent = '';
  try {
    const url = atLrs() ? await enrolled() : `${course.player}/${files()}/${unit().href}`;
    post({ start: { protocol: unit().protocol, standard: field.standard.value, url: url + hash, before: kept[keeper()], wishes: wishes(), own: isOwn(unit()) } });
  } catch (error) {
    get('said').textContent = `It cannot be launched: ${/** @type {Error} */ (error).message}`;
  }
  if (atLrs()) showLearner();
}

/** One thing after another: whoever clicks fast gets what was clicked last. @param {() => unknown} work */
const inTurn = work => {
  turn = turn.then(work).catch(error => { get('said').textContent = error.message; });
};

/** End the session first, so that the course can say goodbye. @param {() => unknown} [then] */
function relaunch(then = () => {}) {
  inTurn(async () => {
    forgetRefusals();
    hash = await new Promise(fulfil => {
      over = fulfil;
      post({ end: true });
    });
    await then();
    await launch();
  });
}

async function openPlayer() {
  await new Promise(fulfil => {
    arrived = fulfil;
    player.setAttribute('sandbox', SANDBOX + (field.windows.checked || course.units.some(isOwn) ? ' allow-popups' : ''));
    player.src = `${course.player}/player.html`;
  });
  await faults();
}

function faults() {
  const { broken, refused, slow, status } = field;
  post({ faults: { broken: broken.checked, refused: refused.checked }, points: around.has('points') });
  return send('faults', { broken: broken.checked, slow: slow.checked, refused: refused.checked ? Number(status.value) : 0 });
}

/** Ask the LRS once for what many requests have changed. */
function showLearner() {
  asked ||= setTimeout(async () => {
    asked = 0;
    showRecord(await (await fetch(`record?learner=${learner}`)).json());
  }, 60);
}

addEventListener('message', ({ data, origin }) => {
  if (!course || origin !== new URL(course.player).origin) return;
  if (data.kind === 'ready') arrived();
  else if (data.kind === 'call') {
    showCall(data);
    if (data.saved) keep(data.saved);
  } else if (data.kind === 'data') showData(data.data, unit().limit);
  else if (data.kind === 'ended') over(data.hash);
  else if (data.kind === 'pointed' && parent !== window) parent.postMessage(data, '*');  // our headers say who alone can be around us
});

/** @param {string} id */
const listIn = id => /** @type {HTMLElement} */ (get(id).querySelector('ul'));

/** @param {Finding[]} findings */
function showFindings(findings) {
  /** @param {Finding} finding */
  const item = ({ place, message, mend }) => {
    const made = make('li');
    made.append(make('code', place), make('span', ` ${message} `), make('span', mend, 'mend'));
    return made;
  };
  const errors = findings.filter(each => each.severity === 'error'), advice = findings.filter(each => each.severity !== 'error');
  listIn('faults').replaceChildren(...errors.map(item));
  get('faults').hidden = !errors.length;
  listIn('advice').replaceChildren(...advice.map(item));
  count(listIn('advice'), advice.length);
  get('advice').hidden = !advice.length;
}

function showControls() {
  const protocol = unit()?.protocol ?? '';
  /** @type {NodeListOf<HTMLElement>} */
  const some = document.querySelectorAll('[data-for]');
  for (const each of some) each.hidden = !each.dataset.for?.split(' ').includes(protocol);
  field.mastery.placeholder = unit()?.mastery || 'none';
}

/** An LMS that does not take a standard can't be chosen for it. */
function showBehaviours() {
  const { like, standard } = field, chosen = like.value;
  const offered = BEHAVIOURS.map(({ name, title, standards }) => Object.assign(new Option(title, name), { disabled: !standards[standard.value] }));
  like.replaceChildren(like.options[0], ...offered);
  like.value = offered.some(each => each.value === chosen && !each.disabled) ? chosen : '';
}

function showCourse() {
  const at = field.unit.length ? field.unit.selectedIndex : Number(around.get('course'));
  get('title').textContent = document.title = course.title;
  field.unit.replaceChildren(...course.units.map((each, i) => new Option(each.title, String(i))));
  field.unit.selectedIndex = Math.min(Math.max(at, 0), course.units.length - 1);
  field.standard.replaceChildren(...Object.entries(course.standards).map(([id, title]) => new Option(title, id)));
  field.standard.value = course.standard;
  showBehaviours();
  showControls();
  showFindings(course.findings);
}

async function load() {
  course = await (await fetch(`units?standard=${field.standard.value}`)).json();
  showCourse();
}

/** The learner sees it first; what the controls name is asked for afterwards. @param {{files: boolean, findings: Finding[]}} event */
function changed({ files, findings }) {
  showFindings(findings);
  if (!files || !course) return;   // what is on its way already is as new
  if (!unit()) {
    relaunch(load);
    return;
  }
  if (atLrs()) relaunch();
  else inTurn(() => post({ reload: true }));
  inTurn(async () => {
    await load();
    if (unit() && key() !== launched) relaunch(start);
  });
}

const start = () => { hash = ''; };
get('resume').onclick = () => relaunch(start);
get('again').onclick = () => relaunch(() => { start(); delete kept[keeper()]; });
get('reset').onclick = () => relaunch(() => {
  start();
  post({ forget: true });
  sessionStorage.learner = ++learner;
  for (const each of Object.keys(kept)) delete kept[each];
});
form.onchange = async ({ target }) => {
  const { name } = /** @type {HTMLInputElement} */ (target);
  if (/broken|refused|status/.test(name)) faults();
  else if (name === 'windows') relaunch(openPlayer);
  else if (name === 'slow') relaunch(faults);
  else relaunch(name === 'standard' ? async () => { start(); await load(); } : () => { start(); showControls(); });
};
form.onsubmit = event => event.preventDefault();
new EventSource('events').onmessage = ({ data }) => {
  const event = JSON.parse(data);
  if (event.kind === 'changed') changed(event);
  else {
    showRequest(event);
    showLearner();
  }
};
document.body.classList.toggle('alone', around.has('course'));
field.language.value = around.get('language') ?? '';
field.slow.checked = around.has('slow');
turn = load().then(openPlayer);
inTurn(launch);
