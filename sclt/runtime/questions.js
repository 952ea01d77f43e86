/**
 * Questions on a page: putting an answer in, taking it out, judging, showing what came of it.
 *
 * @import { Course, OptionsQuestion, OrderQuestion, Question } from './declarations/course.js'
 * @import { Answer } from './state.js'
 * @import { Session } from './store.js'
 * @import { LearnerResponse } from './types.js'
 * @import { Field, Part } from './view.js'
 */
import { UNITS, answerOf, mix } from './state.js';
import { isLocked, judge, kindOf, marks, salt, triesLeft } from './score.js';
import { arrange, idOf, rows, typeOf } from './types.js';
import { all, find, lang, make, percent, word } from './view.js';

/**
 * What some types bring in files of their own, which only courses with such questions have: called with each form of theirs when it is ready.
 * What is filled in by others than the learner is told by a `change` on the form.
 * @type {Record<string, (form: Part) => void>}
 */
export const mounts = {};

/** @param {LearnerResponse | null | undefined} response */
const isEmpty = response => !(response && typeof response === 'object' ? Object.keys(response).length : response);
/** @param {HTMLElement} form */
const resultOf = form => find(form, '.result');

/**
 * Mix what stands in the author's order, but for what keeps its place; an order to find is never the right one from the start.
 * @param {HTMLElement} form @param {Question} q @param {string} seed
 */
function shuffle(form, q, seed) {
  const { toOrder } = typeOf(q);
  for (const list of q.shuffle || toOrder ? all(form, '.options, .order, .mixed, .pairs:not(.mixed) select') : []) {
    const ids = /** @type {Part[]} */ ([...list.children]).map(idOf).filter(Boolean),
      mixed = mix(ids, seed, /** @type {OptionsQuestion} */ (q).options?.flatMap(option => (option.fixed ? option.id : [])));
    if (toOrder && mixed.join() === ids.join()) mixed.push(/** @type {string} */ (mixed.shift()));
    arrange(list, mixed);
  }
}

/** The right answer in words, where the marks don't show it. @param {Question} q */
function rightAnswer(q) {
  const answer = typeOf(q).rightWords?.(q, lang) || q.answer?.[lang];
  return answer ? word('right_answer', { answer }) : '';
}

/** Mark each part of an answer; of options also what was missed. @param {HTMLElement} form @param {Question} q @param {LearnerResponse} response */
function showMarks(form, q, response) {
  const found = new Map(marks(q, response, lang));
  for (const element of all(form, '.option, .order > li, .pairs > li, .gap, .spot, .pin')) {
    const mark = found.get(idOf(element));
    if (mark) {
      element.dataset.mark = mark;
      const note = make('span', { class: 'mark' }, word(`mark_${mark}`));
      if (element.matches('.gap')) element.after(note);
      else (/** @type {Part | null} */ (find(element, 'label')) ?? element).append(' ', note);
    }
  }
}

/**
 * The feedback of what was chosen or typed, and of the whole.
 * @param {HTMLElement} form @param {Question} q @param {Answer} answer @param {number | null} share
 */
function showFeedback(form, q, answer, share) {
  const chosen = typeOf(q).chosen(q, answer.response, lang);
  for (const each of all(form, '.option-feedback')) each.hidden = !chosen.includes(each.dataset.option);
  /** @type {Record<string, boolean>} */
  const shown = { any: true, sample: isLocked(q, answer) || share == null, correct: share === UNITS, incorrect: share != null && share < UNITS };
  for (const each of all(form, '.feedback')) each.hidden = !shown[each.dataset.when];
}

/** @param {Question} q @param {Answer} answer @param {number | null} share @param {boolean} over */
function resultText(q, answer, share, over) {
  if (share == null) return word('kept');
  if (share >= UNITS) return word('right');
  const left = triesLeft(q, answer),
    parts = [share ? word('partly', { percent: percent(share / UNITS) }) : word('wrong')];
  if (!over && left < Infinity) parts.push(word('tries_left', { n: left }));
  if (over && left <= 0) parts.push(word('no_tries'));
  return over ? `${parts.join(' ')} ${rightAnswer(q)}`.trim() : parts.join(' ');
}

/** @param {HTMLElement} form */
function lock(form) {
  form.classList.add('locked');
  for (const each of /** @type {Field[]} */ (all(form, 'input, select, textarea, button:not([data-action])'))) each.disabled = true;
}

/** Show what came of the last answer. @param {Part} form @param {Question} q @param {Answer} answer @param {{readOnly: boolean}} session */
function show(form, q, answer, { readOnly }) {
  const response = answer.response ?? '',
    known = !isEmpty(response),
    share = known ? judge(q, response, lang) : answer.best,
    over = readOnly || isLocked(q, answer);
  form.dataset.result = kindOf(share);
  resultOf(form).textContent = resultText(q, answer, share, over);
  if (known) showFeedback(form, q, answer, share);
  if (known && over) showMarks(form, q, response);
  if (over) lock(form);
}

/** In a review a question without an answer shows what would have been right. @param {HTMLElement} form @param {Question} q */
function reveal(form, q) {
  if (find(form, '.options')) showMarks(form, q, []);
  resultOf(form).textContent = rightAnswer(q);
  lock(form);
}

/** @param {HTMLElement} form @param {string} key */
function complain(form, key) {
  const /** @type {Field | null} */ field = find(form, 'input, select, textarea');
  resultOf(form).textContent = word(key);
  field?.setAttribute('aria-invalid', 'true');
  field?.focus();
}

/** @param {HTMLElement} form @param {OrderQuestion} q @param {Part} button */
function move(form, { options }, button) {
  const row = /** @type {Part} */ (button.closest('li'));
  if (button.dataset.move === 'up') row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  button.focus();
  const list = rows(form);
  const item = options.find(({ id }) => id === idOf(row))?.text[lang] ?? '';
  resultOf(form).textContent = word('moved', { item, n: list.indexOf(row) + 1, all: list.length });
}

/**
 * Take what is filled in but not answered.
 * @param {ParentNode} page @param {Course} course @returns {(copy: ParentNode) => void} that puts it into another copy of the page
 */
export function drafts(page, { questions }) {
  /** @type {(root: ParentNode) => [Part, Question][]} */
  const open = root => all(root, 'form.question:not(.locked)').map(form => [form, questions[form.dataset.question]]);
  const kept = new Map(open(page).map(([form, q]) => [form.id, typeOf(q).read(form, q)]));
  return copy => {
    for (const [form, q] of open(copy)) {
      if (!isEmpty(kept.get(form.id))) typeOf(q).write(form, kept.get(form.id));
      form.dispatchEvent(new Event('change'));
    }
  };
}

/**
 * Bring a question to life.
 * @param {Part} form @param {Question} q
 * @param {Session} session
 * @param {() => void} changed called when an answer was taken
 */
export function mountQuestion(form, q, session, changed) {
  const id = form.dataset.question,
    { state } = session,
    type = typeOf(q),
    before = answerOf(state, id);
  let since = Date.now();
  shuffle(form, q, salt(state, id));
  if (!isEmpty(before.response)) type.write(form, before.response);
  if (before.tries) show(form, q, before, session);
  else if (session.readOnly) reveal(form, q);
  mounts[q.type]?.(form);

  form.onsubmit = event => {
    event.preventDefault();
    const response = type.read(form, q),
      complaint = isEmpty(response) ? 'answer_first' : type.complaint?.(response);
    for (const field of all(form, '[aria-invalid]')) field.removeAttribute('aria-invalid');
    if (form.matches('.locked')) return;
    if (complaint) complain(form, complaint);
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
    const isDraft = /** @type {Part} */ (target).matches('.answer, .gap') && !answerOf(state, id).tries;
    if (type.long || isDraft) session.write(id, type.read(form, q));
  };
  form.onclick = ({ target }) => {
    const button = /** @type {Part | null} */ (/** @type {Part} */ (target).closest('[data-move], [data-action=hint]')),
      hint = find(form, '.hint');
    if (button?.dataset.move) move(form, /** @type {OrderQuestion} */ (q), button);
    else if (button) hint.hidden = !hint.hidden;
  };
}
