/**
 * What pages hold besides questions: scenarios, tabs, terms, questions to the authors.
 *
 * @import { Course, PathQuestion, Term } from './declarations/course.js'
 * @import { Session } from './store.js'
 * @import { Field, Part } from './view.js'
 *
 * @typedef {HTMLFormElement & Part & {elements: {question: Field}}} AskForm  where a question to the authors is written
 */
import { UNITS, answerOf } from './state.js';
import { judge, kindOf } from './score.js';
import { all, copyOf, find, get, lang, make, percent, say, word } from './view.js';

/**
 * Show one step at a time; what was chosen leads on.
 * @param {Part} section @param {PathQuestion} q @param {Session} session @param {() => void} changed
 */
export function mountScenario(section, q, session, changed) {
  const id = section.dataset.question,
    { state } = session,
    start = q.steps[0].id,
    /** @type {(step: string | undefined) => boolean} */
    isEnding = step => q.steps.find(each => each.id === step)?.score != null;
  let path = /** @type {string[] | undefined} */ (answerOf(state, id).response) ?? [start];
  let since = Date.now();

  /** @param {Iterable<Node>} [feedback] */
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
    return word('ending', { percent: percent(Number(judge(q, path, lang)) / UNITS), best: percent(best / UNITS) });
  }

  /** @param {string} step @param {Iterable<Node>} [feedback] */
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
    const button = /** @type {Part | null} */ (/** @type {Part} */ (target).closest('[data-goto], .restart'));
    if (!button || session.readOnly) return;
    go(button.dataset.goto ?? start, button.nextElementSibling?.cloneNode(true).childNodes);
  };
  show();
}

/** Print one part of a page. @param {HTMLElement} form */
export function printOnly(form) {
  /** @param {boolean} on */
  const mark = on => form.classList.toggle('printing', on);
  mark(true);
  window.onafterprint = () => mark(false);
  print();
}

/** Show one of several sections at a time. @param {HTMLElement} box */
export function mountTabs(box) {
  const [list, ...panels] = /** @type {Iterable<Part>} */ (box.children),
    tabs = /** @type {Part[]} */ ([...list.children]);
  /** @param {Part} chosen */
  const choose = chosen => tabs.forEach((tab, n) => {
    tab.setAttribute('aria-selected', String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
    panels[n].classList.toggle('chosen', tab === chosen);
  });
  list.onclick = ({ target }) => {
    if (target !== list) choose(/** @type {Part} */ (target));
  };
  list.onkeydown = event => {
    const at = tabs.indexOf(/** @type {Part} */ (event.target)),
      place = /** @type {Record<string, number>} */ ({ ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 })[event.key];
    if (place == null) return;
    event.preventDefault();
    const next = /** @type {Part} */ (tabs.at(place % tabs.length));
    choose(next);
    next.focus();
  };
  choose(tabs[0]);
}

/** Open the definition of a term beside the text. @param {Course} course @param {string} id */
export function showTerm({ glossary: terms }, id) {
  const { term, text } = /** @type {Term} */ (terms.find(each => each.id === id));
  get('term-title').textContent = term[lang];
  get('term-text').innerHTML = text[lang];
  /** @type {HTMLDialogElement} */ (get('term')).showModal();
}

/** The glossary as a page, in the order of the language's alphabet. @param {Course} course @returns {Part} */
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

/**
 * What consults the authors in courses that say how, or have answers of theirs: only those have ask.js, which brings it.
 * @type {{
 *   mount?: (form: AskForm, session: Session) => void, told?: (session: Session) => void,
 *   shown?: (main: HTMLElement, session: Session) => void,
 * }} `mount` brings a form to life, `told` shows what became of questions, `shown` is called with a page that is to be shown
 */
export const consulting = {};

/** The questions to the authors of this visit. */
const /** @type {Set<string>} */ asked = new Set();

/**
 * Show what has become of the questions to the authors. What the LMS has not taken stays in its field, and is tried again with each save.
 * @param {Session} session
 */
export function showAsked(session) {
  if (consulting.told) {
    consulting.told(session);
    return;
  }
  const waiting = session.unsent(),
    texts = [...new Set([...asked, ...waiting])],
    /** @type {(text: string) => string} */
    stateOf = text => word(waiting.includes(text) ? 'ask_failed' : 'ask_sent');
  get('asked-title').hidden = !texts.length;
  get('asked').replaceChildren(...texts.map(text => make('li', {}, `${text} `, make('span', { class: 'state' }, stateOf(text)))));
  for (const form of /** @type {AskForm[]} */ (all(document, '.ask'))) {
    const field = form.elements.question,
      text = field.value.trim();
    if (asked.has(text)) {
      find(form, '.result').textContent = stateOf(text);
      if (!waiting.includes(text)) field.value = '';
    }
  }
}

/** Send a question to the authors and say what became of it. @param {AskForm} form @param {Session} session */
export function mountAsk(form, session) {
  if (consulting.mount) {
    consulting.mount(form, session);
    return;
  }
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

/** How else to reach the authors. @param {Course} course */
export function showContact(course) {
  const contact = course.contact[lang];
  say(get('contact'), contact ? word('contact', { contact }) : '');
}
