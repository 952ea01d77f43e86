/** What pages hold besides questions: scenarios, worksheets, tabs, terms, questions to the authors. */
import { UNITS, touch } from './state.js';
import { judge } from './score.js';
import { fill, make, percent, say, word } from './words.js';

const all = (root, selector) => [...root.querySelectorAll(selector)];

/** Show one step at a time; what was chosen leads on. */
export function mountScenario(section, question, session, changed) {
  const id = section.dataset.question;
  const { state } = session;
  const start = question.steps[0].id;
  const isEnding = (step) => question.steps.find((each) => each.id === step)?.score != null;
  let path = state.answers.get(id)?.response ?? [];
  let since = Date.now();
  if (!path.length) path = [start];

  function show(focus, feedback) {
    const here = path.at(-1);
    all(section, '.path-feedback, .restart').forEach((each) => each.remove());
    for (const step of all(section, '.step')) step.hidden = step.dataset.step !== here;
    const step = section.querySelector('.step:not([hidden])');
    if (feedback) step.prepend(Object.assign(make('div', { class: 'path-feedback' }), { innerHTML: feedback }));
    if (isEnding(here)) step.append(make('p', { class: 'path-feedback ending' }, ending()));
    if (here !== start && !session.readOnly) step.append(make('button', { type: 'button', class: 'restart' }, word('restart')));
    if (focus) step.focus();
  }

  function ending() {
    const best = state.answers.get(id)?.best ?? 0;
    const share = judge(question, path, state.language);
    section.dataset.result = best >= UNITS ? 'correct' : best ? 'partial' : 'incorrect';
    return word('ending', { percent: percent((share / UNITS) * 100), best: percent((best / UNITS) * 100) });
  }

  function go(step, feedback) {
    path = step === start ? [start] : [...path, step];
    const answer = state.answers.get(id) ?? { tries: 0, best: 0 };
    if (isEnding(step)) {
      const share = judge(question, path, state.language);
      state.answers.set(id, { tries: answer.tries + 1, best: Math.max(answer.best, share), response: path });
      session.answer({ id, response: path, share: share / UNITS, seconds: (Date.now() - since) / 1000 });
      since = Date.now();
    } else {
      state.answers.set(id, { ...answer, response: path });
      session.save();
    }
    show(true, feedback);
    changed();
  }

  section.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-goto], .restart');
    if (!button || session.readOnly) return;
    go(button.dataset.goto ?? start, button.parentElement.querySelector('.choice-feedback')?.innerHTML);
  });
  show(false);
}

const fieldsOf = (form) => all(form, '.field');

/** The worksheet as a page of its own, with the learner's text in it. */
function asDocument(form, language) {
  const copy = form.cloneNode(true);
  all(copy, '.actions, .result').forEach((each) => each.remove());
  const values = fieldsOf(form).map((field) => field.value);
  all(copy, '.field').forEach((field, n) => field.replaceWith(make('strong', { style: 'white-space:pre-wrap' }, values[n] || '____')));
  const title = form.querySelector('h2').textContent;
  return `<!DOCTYPE html><html lang="${language}"><meta charset="utf-8"><title>${make('p', {}, title).innerHTML}</title>`
    + `<body style="font-family:sans-serif;max-width:45em;margin:2em auto">${copy.innerHTML}</body></html>`;
}

function download(form, language) {
  const url = URL.createObjectURL(new Blob([asDocument(form, language)], { type: 'text/html' }));
  make('a', { href: url, download: `${form.dataset.worksheet}.html` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1e4);
}

function printOnly(form) {
  const mark = (on) => {
    document.body.classList.toggle('print-worksheet', on);
    form.classList.toggle('printing', on);
  };
  mark(true);
  window.addEventListener('afterprint', () => mark(false), { once: true });
  window.print();
}

/** Keep what is written in a worksheet; download, print, clear it. */
export function mountWorksheet(form, session) {
  const id = form.dataset.worksheet;
  const { state } = session;
  const result = make('div', { class: 'result', role: 'status' });
  form.append(result);
  form.querySelector('.actions').append(' ', make('button', { type: 'button', 'data-action': 'clear' }, word('clear')));
  for (const field of fieldsOf(form)) {
    field.value = state.sheets.get(id)?.[field.dataset.field] ?? '';
    field.readOnly = session.readOnly;
  }
  const keep = (key) => {
    state.sheets.set(id, Object.fromEntries(fieldsOf(form).map((field) => [field.dataset.field, field.value])));
    touch(state, id);
    session.save();
    result.textContent = word(key);
  };
  const clear = () => {
    if (session.readOnly || !window.confirm(word('clear_sure'))) return;
    fieldsOf(form).forEach((field) => { field.value = ''; });
    keep('worksheet_cleared');
  };
  const actions = { clear, download: () => download(form, state.language), print: () => printOnly(form) };
  form.addEventListener('change', () => keep('worksheet_kept'));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('click', ({ target }) => actions[target.closest('[data-action]')?.dataset.action]?.());
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -1e3, End: 1e3 };
let count = 0;

/** Make a list of tabs of sections that stand one below the other. */
export function mountTabs(box) {
  const panels = [...box.querySelectorAll(':scope > .tab')];
  const list = make('div', { class: 'tab-list', role: 'tablist' });
  const tabs = panels.map((panel) => {
    panel.id ||= `tab-${count += 1}`;
    const tab = make('button', { type: 'button', role: 'tab', id: `${panel.id}-tab`, 'aria-controls': panel.id }, panel.dataset.title);
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    panel.tabIndex = 0;
    return tab;
  });
  const choose = (n) => tabs.forEach((tab, i) => {
    tab.setAttribute('aria-selected', String(i === n));
    tab.tabIndex = i === n ? 0 : -1;
    panels[i].classList.toggle('chosen', i === n);
  });
  list.append(...tabs);
  list.addEventListener('click', ({ target }) => tabs.includes(target) && choose(tabs.indexOf(target)));
  list.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const now = tabs.indexOf(document.activeElement);
    const next = Math.abs(step) > 1 ? (step > 0 ? tabs.length - 1 : 0) : (now + step + tabs.length) % tabs.length;
    choose(next);
    tabs[next].focus();
  });
  box.prepend(list);
  choose(0);
}

/** Open the definition of a term beside the text. */
export function showTerm(course, id, language) {
  const term = course.glossary?.find((each) => each.id === id);
  const dialog = document.getElementById('term');
  document.getElementById('term-title').textContent = term?.term[language] ?? id;
  document.getElementById('term-text').innerHTML = term?.text[language] ?? '';
  dialog.showModal();
}

/** The glossary as a page, in the order of the language's alphabet. */
export function glossary(course, language) {
  const main = document.getElementById('glossary-view').content.cloneNode(true).firstElementChild;
  const sorted = [...course.glossary].sort((a, b) => a.term[language].localeCompare(b.term[language], language));
  for (const { id, term, text } of sorted) {
    const meaning = make('dd');
    meaning.innerHTML = text[language];
    main.querySelector('dl').append(make('dt', { id: `term-${id}` }, term[language]), meaning);
  }
  fill(main);
  return main;
}

/** Send a question to the authors and say what became of it. */
export function mountAsk(form, session) {
  const field = form.querySelector('[name=question]');
  const result = form.querySelector('.result');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return field.focus();
    if (!session.lms.connected || session.lms.mode !== 'normal') {
      const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
      result.textContent = word(copied ? 'ask_copied' : 'ask_local');
      return undefined;
    }
    const sent = session.comment(text);
    result.textContent = word(sent ? 'ask_sent' : 'ask_failed');
    if (sent) noteAsked(field, text);
    return undefined;
  });
}

function noteAsked(field, text) {
  field.value = '';
  document.getElementById('asked-title').hidden = false;
  const item = make('li', {}, `${text} `);
  item.append(make('span', { class: 'state' }, word('ask_sent')));
  document.getElementById('asked').append(item);
}

/** How else to reach the authors. */
export function showContact(course, language) {
  const contact = course.contact?.[language];
  say(document.getElementById('contact'), contact ? word('contact', { contact }) : '');
}
