/**
 * Questions on a page: putting an answer in, taking it out, judging, showing what came of it.
 *
 * @import { Course, OptionsQuestion, OrderQuestion, Page, Question } from './declarations/course.js'
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
/** Where a question says what came of an answer. @param {HTMLElement} form */
const resultBox = form => find(form, '.result');

/** Say something about an answer, in the place of all that was said before. @param {HTMLElement} form @param {Node[]} said */
function tellIn(form, ...said) {
  const result = resultBox(form);
  for (const each of all(result, '.feedback')) {
    each.hidden = !said.includes(each);
    if (each.hidden) form.append(each);
  }
  result.classList.remove('panel');
  result.replaceChildren(...said);
}

/** @param {string} text */
const paragraph = text => (text ? [make('p', {}, text)] : []);

/** What a list of choices shows when it is closed: a native one cuts long texts. @param {HTMLElement} form */
function mountPicks(form) {
  for (const select of /** @type {HTMLSelectElement[]} */ (all(form, 'select'))) {
    const around = make('span', { class: 'pick' });
    select.replaceWith(around);
    around.append(select, make('span', { 'aria-hidden': 'true' }));
  }
}

/** @param {HTMLElement} form */
function showPicks(form) {
  for (const around of all(form, '.pick')) {
    const /** @type {HTMLSelectElement} */ select = find(around, 'select');
    find(around, 'span').textContent = select.selectedOptions[0]?.textContent ?? '';
    around.classList.toggle('empty', !select.value);
  }
}

/** Put a response into a question. @param {HTMLElement} form @param {Question} q @param {LearnerResponse} response */
function write(form, q, response) {
  typeOf(q).write(form, response);
  showPicks(form);
}

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
      if (element.matches('.gap')) (element.closest('.pick') ?? element).after(note);
      else (/** @type {Part | null} */ (find(element, '.option-text')) ?? element).append(' ', note);
    }
  }
}

/** The feedback on an option; where several were chosen, with the option's words. @param {HTMLElement} form @param {Part} feedback @param {boolean} several */
function optionFeedback(form, feedback, several) {
  const copy = /** @type {Part} */ (feedback.cloneNode(true)),
    option = several && /** @type {Part | null} */ (find(form, `.option[data-option="${feedback.dataset.option}"] .option-text`));
  copy.hidden = false;
  if (option) copy.prepend(make('strong', { class: 'of' }, (find(option, 'p') ?? option).textContent ?? ''));
  return copy;
}

/**
 * The feedback of what was chosen or typed, and of the whole.
 * @param {HTMLElement} form @param {Question} q @param {Answer} answer @param {number | null} share
 */
function feedback(form, q, answer, share) {
  const chosen = typeOf(q).chosen(q, answer.response, lang),
    /** @type {Record<string, boolean>} */
    shown = { any: true, sample: isLocked(q, answer) || share == null, correct: share === UNITS, incorrect: share != null && share < UNITS },
    given = all(form, '.option-feedback').filter(each => !each.closest('.result')).filter(each => chosen.includes(each.dataset.option)),
    general = all(form, '.feedback').filter(each => shown[each.dataset.when]);
  for (const each of general) each.hidden = false;
  return [...given.map(each => optionFeedback(form, each, chosen.length > 1)), ...general];
}

/** @param {Question} q @param {Answer} answer @param {number | null} share @param {boolean} over */
function resultText(q, answer, share, over) {
  if (share == null) return word('kept');
  if (share >= UNITS) return word('right');
  const left = triesLeft(q, answer),
    parts = [share ? word('partly', { percent: percent(share / UNITS) }) : word(over ? 'wrong' : 'not_yet')];
  if (!over && left < Infinity) parts.push(word('tries_left', { n: left }));
  if (over && left <= 0) parts.push(word('no_tries'));
  return over ? `${parts.join(' ')} ${rightAnswer(q)}`.trim() : parts.join(' ');
}

/** @param {HTMLElement} form */
function lock(form) {
  form.classList.add('locked');
  for (const each of /** @type {Field[]} */ (all(form, 'input, select, textarea, button:not([data-action])'))) each.disabled = true;
}

/** Where to read about it again. @param {Page | undefined} lesson */
const readAgain = lesson => (lesson ? [make('p', { class: 'teach' }, word('read_again'), ' ', make('a', { href: `#/${lesson.id}` }, lesson.title[lang]))] : []);

/** The buttons for what can be done now: check, try once more, or nothing any more. @param {HTMLElement} form @param {boolean} judged @param {boolean} over */
function offer(form, judged, over) {
  const /** @type {Part | null} */ retry = find(form, '[data-action=retry]');
  find(form, '[type=submit]').hidden = judged || over;
  if (retry) retry.hidden = !judged || over;
}

/** Take away what was said of an answer that is no longer the one that stands there. @param {Part} form */
function forget(form) {
  if (form.matches('.locked')) return;
  delete form.dataset.result;
  tellIn(form);
  offer(form, false, false);
}

/**
 * Show what came of the last answer.
 * @param {Part} form @param {Question} q @param {Answer} answer @param {{readOnly: boolean}} session @param {Page} [lesson]
 */
function showResult(form, q, answer, { readOnly }, lesson) {
  const response = answer.response ?? '',
    known = !isEmpty(response),
    share = known ? judge(q, response, lang) : answer.best,
    over = readOnly || isLocked(q, answer);
  form.dataset.result = kindOf(share);
  tellIn(form, make('p', { class: 'told' }, resultText(q, answer, share, over)), ...(known ? feedback(form, q, answer, share) : []),
    ...readAgain(share == null || share === UNITS ? undefined : lesson));
  resultBox(form).classList.add('panel');
  offer(form, share != null, over);
  if (known && over) showMarks(form, q, response);
  if (over) lock(form);
}

/** In a review a question without an answer shows what would have been right. @param {HTMLElement} form @param {Question} q */
function reveal(form, q) {
  if (find(form, '.options')) showMarks(form, q, []);
  tellIn(form, ...paragraph(rightAnswer(q)));
  offer(form, false, true);
  lock(form);
}

/** Say why an answer can't be taken, and lead to where it is to be given. @param {HTMLElement} form @param {string} text @param {Field | null} field */
function complain(form, text, field) {
  const result = resultBox(form);
  tellIn(form, ...paragraph(text));
  result.id = `${form.id}-told`;
  const marked = field?.closest('.options') ?? field;
  marked?.setAttribute('aria-describedby', result.id);
  (field?.type === 'radio' || field?.type === 'checkbox' ? null : field)?.setAttribute('aria-invalid', 'true');
  field?.focus();
  result.scrollIntoView({ block: 'nearest' });
}

/** Take a complaint back. @param {HTMLElement} form */
function content(form) {
  for (const field of all(form, '[aria-invalid]')) field.removeAttribute('aria-invalid');
  for (const each of all(form, `[aria-describedby="${form.id}-told"]`)) each.removeAttribute('aria-describedby');
}

/** What is still empty or untouched where parts are to be answered: who presses once more means it so. @param {Part} form @param {Question} q @param {boolean} touched */
function lacking(form, q, touched) {
  const fields = /** @type {Field[]} */ (all(form, '.pairs select, .gap')).filter(field => !field.value);
  if (fields.length) return { text: word('still_empty', { n: fields.length }), field: fields[0] };
  return typeOf(q).toOrder && !touched ? { text: word('not_moved'), field: null } : undefined;
}

/** @param {HTMLElement} form @param {OrderQuestion} q @param {Part} button */
function move(form, { options }, button) {
  const row = /** @type {Part} */ (button.closest('li'));
  if (button.dataset.move === 'up') row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  button.focus();
  const list = rows(form);
  const item = options.find(({ id }) => id === idOf(row))?.text[lang] ?? '';
  tellIn(form, ...paragraph(word('moved', { item, n: list.indexOf(row) + 1, all: list.length })));
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
      if (!isEmpty(kept.get(form.id))) write(form, q, /** @type {LearnerResponse} */ (kept.get(form.id)));
      form.dispatchEvent(new Event('change'));
    }
  };
}

/**
 * Bring a question to life.
 * @param {Part} form @param {Question} q
 * @param {Session} session
 * @param {() => void} changed called when an answer was taken
 * @param {Page} [lesson] the page that teaches what is asked
 */
export function mountQuestion(form, q, session, changed, lesson) {
  const id = form.dataset.question,
    { state } = session,
    type = typeOf(q),
    before = answerOf(state, id);
  let since = Date.now(), touched = false, warned = false;
  mountPicks(form);
  shuffle(form, q, salt(state, id));
  if (!isEmpty(before.response)) type.write(form, before.response);
  showPicks(form);
  if (before.tries) showResult(form, q, before, session, lesson);
  else if (session.readOnly) reveal(form, q);
  mounts[q.type]?.(form);

  form.onsubmit = event => {
    event.preventDefault();
    const response = type.read(form, q),
      complaint = isEmpty(response) ? 'answer_first' : type.complaint?.(response),
      lack = warned ? undefined : lacking(form, q, touched);
    content(form);
    if (form.matches('.locked')) return;
    if (complaint) {
      forget(form);
      complain(form, word(complaint), find(form, 'input, select, textarea'));
    } else if (lack) {
      warned = true;
      complain(form, lack.text, lack.field);
    } else {
      warned = touched = false;
      session.take(id, response, (Date.now() - since) / 1000);
      since = Date.now();
      showResult(form, q, answerOf(state, id), session, lesson);
      if (form.matches('.locked')) resultBox(form).focus();
      changed();
    }
  };
  // What is typed is kept while it is typed; a draft never takes the place of an answer.
  form.oninput = ({ target }) => {
    showPicks(form);
    if (q.scored && form.dataset.result) forget(form);
    const isDraft = /** @type {Part} */ (target).matches('.answer, .gap') && !answerOf(state, id).tries;
    if (type.long || isDraft) session.write(id, type.read(form, q));
  };
  const /** @type {Record<string, (button: Part) => void>} */ actions = {
    hint(button) {
      const hint = find(form, '.hint');
      hint.hidden = !hint.hidden;
      button.setAttribute('aria-expanded', String(!hint.hidden));
    },
    retry() {
      forget(form);
      find(form, 'input, select, textarea, [data-move]').focus();
    },
  };
  form.onclick = ({ target }) => {
    const button = /** @type {Part | null} */ (/** @type {Part} */ (target).closest('[data-move], [data-action]'));
    if (button?.dataset.move) {
      touched = true;
      if (form.dataset.result) forget(form);
      move(form, /** @type {OrderQuestion} */ (q), button);
    } else if (button) actions[button.dataset.action](button);
  };
}
