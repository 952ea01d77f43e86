// The panel: plays the LMS. It keeps what the course committed, and shows what the player tells.
const get = id => document.getElementById(id);
const form = get('controls'), field = form.elements;
const kept = JSON.parse(sessionStorage.kept ?? '{}');
let course, hash = '', learner = Number(sessionStorage.learner ?? 1), after;

const unit = () => course.units[field.unit.selectedIndex];
const key = () => `${field.standard.value} ${unit().href}`;
const old = () => unit().standard === 'scorm12';
const post = message => get('player').contentWindow.postMessage(message, new URL(course.player).origin);

function put(tree, name, value) {
  const path = name.split('.').slice(1), last = path.pop();
  let at = tree;
  for (const part of path) at = at[part] ??= {};
  at[last] = value;
}

/** What an LMS hands out at a launch. */
function handed() {
  const before = kept[key()], cmi = structuredClone(before ?? {});
  const core = old() ? 'cmi.core.' : 'cmi.', exit = old() ? before?.core?.exit : before?.exit;
  const said = {
    [`${core}${old() ? 'student_id' : 'learner_id'}`]: `learner-${learner}-${unit().standard}`,
    [`${core}${old() ? 'student_name' : 'learner_name'}`]: 'Learner, Trial',
    [`${core}${old() ? 'lesson_mode' : 'mode'}`]: field.mode.value, [`${core}credit`]: field.credit.value,
    [`${core}entry`]: !before ? 'ab-initio' : exit === 'suspend' ? 'resume' : '',
    'cmi.launch_data': unit().data,
  };
  const mastery = field.mastery.value || unit().mastery;
  if (mastery) said[old() ? 'cmi.student_data.mastery_score' : 'cmi.scaled_passing_score'] = old() ? mastery : String(mastery > 1 ? mastery / 100 : mastery);
  if (field.language.value) said[old() ? 'cmi.student_preference.language' : 'cmi.learner_preference.language'] = field.language.value;
  if (before) Object.assign(said, { [`${core}exit`]: '', [`${core}session_time`]: old() ? '0000:00:00' : 'PT0S' });
  else if (old()) said['cmi.core.lesson_status'] = 'not attempted';
  for (const [name, value] of Object.entries(said)) put(cmi, name, value);
  return cmi;
}

function faults() {
  post({ faults: { broken: field.broken.checked, refused: field.refused.checked } });
}

function launch() {
  get('calls').tBodies[0].replaceChildren();
  get('player').src = `${course.player}/player.html?${Date.now()}`;
}

/** End the session first, so that the course can say goodbye. */
function relaunch(then = () => {}) {
  after = then;
  if (get('player').src) post({ end: true });
  else launch();
}

function row(...cells) {
  const made = document.createElement('tr');
  for (const cell of cells) made.insertCell().textContent = cell;
  return made;
}

function showData(data) {
  get('data').tBodies[0].replaceChildren(...Object.entries(data).filter(([, value]) => value !== '').map(([name, value]) => row(name, value)));
  const size = String(data['cmi.suspend_data'] ?? '').length, { limit } = unit();
  get('size').querySelector('output').textContent = `${size} of ${limit || 'unlimited'} characters`;
  Object.assign(get('size').querySelector('meter'), { max: limit || 64000, high: limit * .9, value: size });
}

function showCall({ name, values, result, error, took, saved }) {
  const line = row(`${new Date().toTimeString().slice(0, 8)} ${took.toFixed(1)} ms`, `${name}(${values.join(', ')})`, result, error === '0' ? '' : error);
  line.classList.toggle('failed', error !== '0' || result === 'false');
  get('calls').tBodies[0].prepend(line);
  if (!saved) return;
  kept[key()] = saved;
  sessionStorage.kept = JSON.stringify(kept);
}

addEventListener('message', ({ data, origin }) => {
  if (!course || origin !== new URL(course.player).origin) return;
  if (data.kind === 'ready') {
    faults();
    post({ start: { api: old() ? 'API' : 'API_1484_11', cmi: handed(), url: `${course.player}/files/${unit().href}${hash}` } });
  } else if (data.kind === 'call') showCall(data);
  else if (data.kind === 'data') showData(data.data);
  else if (data.kind === 'ended') {
    hash = data.hash;
    after?.();
    launch();
  }
});

const option = (text, value) => new Option(text, value);

function showCourse() {
  const at = field.unit.selectedIndex;
  get('title').textContent = document.title = course.title;
  field.unit.replaceChildren(...course.units.map((each, i) => option(each.title, i)));
  field.unit.selectedIndex = Math.min(Math.max(at, 0), course.units.length - 1);
  field.standard.replaceChildren(...course.standards.map(each => option(each)));
  field.standard.value = course.standard;
  get('faults').querySelector('ul').replaceChildren(...course.findings.map(({ place, message, mend }) => {
    return Object.assign(document.createElement('li'), { textContent: `${place}: ${message} ${mend}` });
  }));
  get('faults').hidden = !course.findings.length;
}

async function load() {
  course = await (await fetch(`units?standard=${field.standard.value}`)).json();
  showCourse();
  return course.units.length && !course.findings.length;
}

const start = () => { hash = ''; };
get('resume').onclick = () => relaunch(start);
get('again').onclick = () => relaunch(() => { start(); delete kept[key()]; });
get('reset').onclick = () => relaunch(() => {
  start();
  post({ forget: true });
  sessionStorage.learner = ++learner;
  for (const each of Object.keys(kept)) delete kept[each];
});
form.onchange = async ({ target }) => {
  if (target.type === 'checkbox') return faults();
  if (target.name === 'standard') await load();
  relaunch(start);
};
form.onsubmit = event => event.preventDefault();
new EventSource('events').onmessage = async () => { if (await load()) relaunch(); };
if (await load() || course.units.length) launch();
