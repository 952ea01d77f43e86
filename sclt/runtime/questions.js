/** Questions on a page: putting an answer in, taking it out, judging, showing what came of it. */
import { UNITS, answerOf, idsOf, mix, optionsOf } from './state.js';
import { foreseen, isLocked, isRight, judge, kindOf, marks, parseNumber, salt, triesLeft } from './score.js';
import { all, find, lang, make, number, percent, word } from './view.js';

const isEmpty = response => !(typeof response === 'object' ? Object.keys(response).length : response);
const resultOf = form => find(form, '.result');

/** What an element stands for: an option, a left side or a gap. */
const idOf = element => element.dataset.option ?? element.dataset.gap ?? element.dataset.left ?? element.value;
const inputs = form => all(form, '.options input');
const rows = form => all(form, '.order > li');
const fields = form => all(form, '.pairs select, .gap').map(field => [idOf(field.closest('[data-left], .gap')), field]);

/** Put the children of a list into the order of these ids. */
function arrange(list, ids) {
  const children = [...list.children];
  for (const id of ids) list.append(...children.filter(child => idOf(child) === id));
}

const many = {
  read: form => inputs(form).filter(input => input.checked).map(input => input.value),
  write(form, response) {
    for (const input of inputs(form)) input.checked = [response].flat().includes(input.value);
  },
};
const one = { ...many, read: form => many.read(form)[0] };
const typed = {
  read: form => find(form, '.answer').value.trim(),
  write(form, response) {
    find(form, '.answer').value = response;
  },
};
const named = {
  read: form => Object.fromEntries(fields(form).map(([id, field]) => [id, field.value.trim()]).filter(([, value]) => value)),
  write(form, response) {
    for (const [id, field] of fields(form)) field.value = response[id] ?? '';
  },
};
const CONTROLS = {
  'multiple-choice': many, 'short-answer': typed, numeric: typed, 'long-answer': typed, matching: named, gaps: named,
  ordering: { read: form => rows(form).map(idOf), write: (form, response) => arrange(find(form, '.order'), response) },
};
const control = form => CONTROLS[form.dataset.type] ?? one;

/** What is filled in; options in the author's order, however they were mixed. */
function responseOf(form, q) {
  const response = control(form).read(form);
  return q.type === 'multiple-choice' ? idsOf(optionsOf(q)).filter(id => response.includes(id)) : response;
}

/** Mix what stands in the author's order; an order to find is never the right one from the start. */
function shuffle(form, { type, shuffle: wanted }, seed) {
  const toOrder = type === 'ordering';
  for (const list of wanted || toOrder ? all(form, '.options, .order, .pairs select') : []) {
    const ids = [...list.children].map(idOf).filter(Boolean),
      mixed = mix(ids, seed);
    if (toOrder && mixed.join() === ids.join()) mixed.push(mixed.shift());
    arrange(list, mixed);
  }
}

const range = ({ low, high }) => [...new Set([low, high])].map(number).join('–');

/** The right answer in words, where the marks don't show it. */
function rightAnswer({ ranges, unit, answer }) {
  const words = ranges ? `${ranges.filter(isRight).map(range).join('; ')} ${unit[lang]}`.trim() : answer?.[lang];
  return words ? word('right_answer', { answer: words }) : '';
}

/** Mark each part of an answer; of options also what was missed. */
function showMarks(form, q, response) {
  const found = new Map(marks(q, response, lang));
  for (const element of all(form, '.option, .order > li, .pairs > li, .gap')) {
    const mark = found.get(idOf(element));
    if (mark) {
      element.dataset.mark = mark;
      const note = make('span', { class: 'mark' }, word(`mark_${mark}`));
      if (element.matches('.gap')) element.after(note);
      else (find(element, 'label') ?? element).append(' ', note);
    }
  }
}

/** The feedback of what was chosen or typed, and of the whole. */
function showFeedback(form, q, answer, share) {
  const { accepted, ranges, type } = q,
    { response } = answer,
    chosen = accepted || ranges ? [foreseen(q, response, lang)?.id] : type === 'ordering' ? [] : [response].flat();
  for (const each of all(form, '.option-feedback')) each.hidden = !chosen.includes(each.dataset.option);
  const shown = { any: true, sample: isLocked(q, answer) || share == null, correct: share === UNITS, incorrect: share != null && share < UNITS };
  for (const each of all(form, '.feedback')) each.hidden = !shown[each.dataset.when];
}

function resultText(q, answer, share, over) {
  if (share == null) return word('kept');
  if (share >= UNITS) return word('right');
  const left = triesLeft(q, answer),
    parts = [share ? word('partly', { percent: percent(share / UNITS) }) : word('wrong')];
  if (!over && left < Infinity) parts.push(word('tries_left', { n: left }));
  if (over && left <= 0) parts.push(word('no_tries'));
  return over ? `${parts.join(' ')} ${rightAnswer(q)}`.trim() : parts.join(' ');
}

function lock(form) {
  form.classList.add('locked');
  for (const each of all(form, 'input, select, textarea, button:not([data-action])')) each.disabled = true;
}

/** Show what came of the last answer. */
function show(form, q, answer, { readOnly }) {
  const { response = '' } = answer,
    known = !isEmpty(response),
    share = known ? judge(q, response, lang) : answer.best,
    over = readOnly || isLocked(q, answer);
  form.dataset.result = kindOf(share);
  resultOf(form).textContent = resultText(q, answer, share, over);
  if (known) showFeedback(form, q, answer, share);
  if (known && over) showMarks(form, q, response);
  if (over) lock(form);
}

/** In a review a question without an answer shows what would have been right. */
function reveal(form, q) {
  if (q.type !== 'ordering' && find(form, '.options')) showMarks(form, q, []);
  resultOf(form).textContent = rightAnswer(q);
  lock(form);
}

function complain(form, key) {
  const field = find(form, 'input, select, textarea');
  resultOf(form).textContent = word(key);
  field?.setAttribute('aria-invalid', 'true');
  field?.focus();
}

function move(form, { options }, button) {
  const row = button.closest('li');
  if (button.dataset.move === 'up') row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  button.focus();
  const list = rows(form);
  resultOf(form).textContent = word('moved', { item: options.find(({ id }) => id === idOf(row)).text[lang], n: list.indexOf(row) + 1, all: list.length });
}

/** Take what is filled in but not answered. @returns {function(ParentNode): void} that puts it into another copy of the page */
export function drafts(page) {
  const open = root => all(root, 'form.question:not(.locked)'),
    kept = new Map(open(page).map(form => [form.id, control(form).read(form)]));
  return copy => {
    for (const form of open(copy)) if (!isEmpty(kept.get(form.id))) control(form).write(form, kept.get(form.id));
  };
}

/**
 * Bring a question to life.
 * @param {HTMLFormElement} form @param {object} q of the course
 * @param {object} session from store.js
 * @param {function(): void} changed called when an answer was taken
 */
export function mountQuestion(form, q, session, changed) {
  const id = form.dataset.question,
    { state } = session,
    before = answerOf(state, id);
  let since = Date.now();
  shuffle(form, q, salt(state, id));
  if (!isEmpty(before.response)) control(form).write(form, before.response);
  if (before.tries) show(form, q, before, session);
  else if (session.readOnly) reveal(form, q);

  form.onsubmit = event => {
    event.preventDefault();
    const response = responseOf(form, q);
    for (const field of all(form, '[aria-invalid]')) field.removeAttribute('aria-invalid');
    if (form.matches('.locked')) return;
    if (isEmpty(response)) complain(form, 'answer_first');
    else if (q.ranges && isNaN(parseNumber(response))) complain(form, 'answer_number');
    else {
      session.take(id, response, (Date.now() - since) / 1000);
      since = Date.now();
      show(form, q, answerOf(state, id), session);
      if (form.matches('.locked')) resultOf(form).focus();
      changed();
    }
  };
  // What is typed is kept while it is typed; a draft never takes the place of an answer.
  form.oninput = ({ target }) => {
    const isDraft = target.matches('.answer, .gap') && !answerOf(state, id).tries;
    if (q.type === 'long-answer' || isDraft) session.write(id, responseOf(form, q));
  };
  form.onclick = ({ target }) => {
    const button = target.closest('[data-move], [data-action=hint]'),
      hint = find(form, '.hint');
    if (button?.dataset.move) move(form, q, button);
    else if (button) hint.hidden = !hint.hidden;
  };
}
