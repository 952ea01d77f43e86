/** What pages hold besides questions: scenarios, worksheets, tabs, terms, questions to the authors. */
import { UNITS, answerOf } from './state.js';
import { judge, kindOf } from './score.js';
import { all, copyOf, find, get, lang, make, percent, say, word } from './view.js';

/** Show one step at a time; what was chosen leads on. */
export function mountScenario(section, q, session, changed) {
  const id = section.dataset.question,
    { state } = session,
    start = q.steps[0].id,
    isEnding = step => q.steps.find(each => each.id === step)?.score != null;
  let path = answerOf(state, id).response ?? [start];
  let since = Date.now();

  function show(feedback) {
    const here = path.at(-1);
    for (const each of all(section, '.path-feedback, .restart')) each.remove();
    for (const each of all(section, '.step')) each.hidden = each.dataset.step !== here;
    const step = find(section, '.step:not([hidden])');
    if (feedback) step.prepend(make('div', { class: 'path-feedback' }, ...feedback));
    if (isEnding(here)) step.append(make('p', { class: 'path-feedback ending' }, ending()));
    if (here !== start && !session.readOnly) step.append(make('button', { type: 'button', class: 'restart' }, word('restart')));
    return step;
  }

  function ending() {
    const { best } = answerOf(state, id);
    section.dataset.result = kindOf(best);
    return word('ending', { percent: percent(judge(q, path) / UNITS), best: percent(best / UNITS) });
  }

  function go(step, feedback) {
    path = step === start ? [start] : [...path, step];
    if (isEnding(step)) {
      session.take(id, path, (Date.now() - since) / 1000);
      since = Date.now();
    } else {
      session.write(id, path);
      session.save();
    }
    show(feedback).focus();
    changed();
  }

  section.onclick = ({ target }) => {
    const button = target.closest('[data-goto], .restart');
    if (!button || session.readOnly) return;
    go(button.dataset.goto ?? start, button.nextElementSibling?.cloneNode(true).childNodes);
  };
  show();
}

const fieldsOf = form => all(form, '.field');

/** The worksheet as a page of its own, with the learner's text in it. */
function asDocument(form) {
  const copy = form.cloneNode(true),
    values = fieldsOf(form).map(field => field.value || '____');
  for (const each of all(copy, '.actions, .result')) each.remove();
  fieldsOf(copy).forEach((field, n) => field.replaceWith(make('strong', { style: 'white-space:pre-wrap' }, values[n])));
  return `<!DOCTYPE html><html lang="${lang}"><meta charset="utf-8"><title>${find(form, 'h2').innerHTML}</title>`
    + `<body style="font-family:sans-serif;max-width:45em;margin:2em auto">${copy.innerHTML}</body></html>`;
}

function download(form) {
  const href = URL.createObjectURL(new Blob([asDocument(form)], { type: 'text/html' }));
  make('a', { href, download: `${form.dataset.worksheet}.html` }).click();
}

function printOnly(form) {
  const mark = on => form.classList.toggle('printing', on);
  mark(true);
  window.onafterprint = () => mark(false);
  print();
}

/** Keep what is written in a worksheet; download, print, clear it. */
export function mountWorksheet(form, { state, readOnly, write, save }) {
  const id = form.dataset.worksheet,
    result = find(form, '.result');
  for (const field of fieldsOf(form)) {
    field.value = state.sheets.get(id)?.[field.dataset.field] ?? '';
    field.readOnly = readOnly;
  }
  const keep = () => write(id, Object.fromEntries(fieldsOf(form).map(field => [field.dataset.field, field.value])));
  const settle = key => {
    keep();
    save();
    result.textContent = word(key);
  };
  const clear = () => {
    if (readOnly || !confirm(word('clear_sure'))) return;
    for (const field of fieldsOf(form)) field.value = '';
    settle('worksheet_cleared');
  };
  const actions = { clear, download: () => download(form), print: () => printOnly(form) };
  form.oninput = keep;
  form.onchange = () => settle('worksheet_kept');
  form.onsubmit = event => event.preventDefault();
  form.onclick = ({ target }) => actions[target.closest('[data-action]')?.dataset.action]?.();
}

/** Show one of several sections at a time. */
export function mountTabs(box) {
  const [list, ...panels] = box.children,
    tabs = [...list.children];
  const choose = chosen => tabs.forEach((tab, n) => {
    tab.setAttribute('aria-selected', tab === chosen);
    tab.tabIndex = tab === chosen ? 0 : -1;
    panels[n].classList.toggle('chosen', tab === chosen);
  });
  list.onclick = ({ target }) => {
    if (target !== list) choose(target);
  };
  list.onkeydown = event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs.at((tabs.indexOf(event.target) + step) % tabs.length);
    choose(next);
    next.focus();
  };
  choose(tabs[0]);
}

/** Open the definition of a term beside the text. */
export function showTerm({ glossary: terms }, id) {
  const { term, text } = terms.find(each => each.id === id);
  get('term-title').textContent = term[lang];
  get('term-text').innerHTML = text[lang];
  get('term').showModal();
}

/** The glossary as a page, in the order of the language's alphabet. */
export function glossary({ glossary: terms }) {
  const main = copyOf('glossary-view'),
    sorted = [...terms].sort((a, b) => a.term[lang].localeCompare(b.term[lang], lang));
  for (const { id, term, text } of sorted) {
    const meaning = make('dd');
    meaning.innerHTML = text[lang];
    find(main, 'dl').append(make('dt', { id: `term-${id}` }, term[lang]), meaning);
  }
  return main;
}

/** The questions to the authors of this visit. */
const asked = new Set();

/** Show what has become of the questions to the authors. What the LMS has not taken stays in its field, and is tried again with each save. */
export function showAsked(session) {
  const waiting = session.unsent(),
    texts = [...new Set([...asked, ...waiting])],
    stateOf = text => word(waiting.includes(text) ? 'ask_failed' : 'ask_sent');
  get('asked-title').hidden = !texts.length;
  get('asked').replaceChildren(...texts.map(text => make('li', {}, `${text} `, make('span', { class: 'state' }, stateOf(text)))));
  for (const form of all(document, '.ask')) {
    const field = form.elements.question,
      text = field.value.trim();
    if (asked.has(text)) {
      find(form, '.result').textContent = stateOf(text);
      if (!waiting.includes(text)) field.value = '';
    }
  }
}

/** Send a question to the authors and say what became of it. */
export function mountAsk(form, session) {
  form.onsubmit = async (event) => {
    event.preventDefault();
    const field = form.elements.question,
      text = field.value.trim(),
      { connected, mode } = session.lms;
    if (!text) field.focus();
    else if (connected && mode === 'normal') {
      asked.add(text);
      session.comment(text);
    } else {
      const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
      find(form, '.result').textContent = word(copied ? 'ask_copied' : 'ask_local');
    }
  };
}

/** How else to reach the authors. */
export function showContact(course) {
  const contact = course.contact[lang];
  say(get('contact'), contact ? word('contact', { contact }) : '');
}
