/** Questions on a page: putting an answer in, taking it out, judging, showing what came of it. */
import { UNITS, mix, touch } from './state.js';
import { foreseen, gapRight, isJudged, isLocked, judge, parseNumber, salt, triesLeft } from './score.js';
import { make, percent, word } from './words.js';

const all = (root, selector) => [...root.querySelectorAll(selector)];
const inputs = (form) => all(form, '.options input');
const textOf = (list, id, language) => list.find((each) => each.id === id)?.text[language] ?? '';
const fieldsOf = (form, selector, name) => all(form, selector).map((field) => [name(field), field]);
const sides = (form) => fieldsOf(form, '[data-left] select', (field) => field.closest('[data-left]').dataset.left);
const gaps = (form) => fieldsOf(form, '.gap', (field) => field.dataset.gap);
const rows = (form) => all(form, '.order > li');

const readFields = (fields) => Object.fromEntries(fields.map(([id, field]) => [id, field.value.trim()]).filter(([, value]) => value));
const writeFields = (fields, response) => fields.forEach(([id, field]) => { field.value = response[id] ?? ''; });
const order = (parent, items, ids, key) => ids.forEach((id) => parent.append(...items.filter((item) => item.dataset[key] === id)));

const choice = {
  read: (form) => inputs(form).filter((input) => input.checked).map((input) => input.value),
  write: (form, response) => inputs(form).forEach((input) => { input.checked = [].concat(response).includes(input.value); }),
};
const one = { read: (form) => choice.read(form)[0] ?? '', write: choice.write };
const text = {
  read: (form) => form.querySelector('.answer').value.trim(),
  write: (form, response) => { form.querySelector('.answer').value = response; },
};
const CONTROLS = {
  'single-choice': one, 'true-false': one, likert: one, 'multiple-choice': choice,
  'short-answer': text, numeric: text, 'long-answer': text,
  matching: { read: (form) => readFields(sides(form)), write: (form, response) => writeFields(sides(form), response) },
  gaps: { read: (form) => readFields(gaps(form)), write: (form, response) => writeFields(gaps(form), response) },
  ordering: {
    read: (form) => rows(form).map((row) => row.dataset.option),
    write: (form, response) => order(form.querySelector('.order'), rows(form), response, 'option'),
  },
};

const isEmpty = (response) => (typeof response === 'object' ? !Object.keys(response).length : !response);

/** Mix what stands in the author's order; an order to find is never the right one from the start. */
function shuffle(form, question, seed) {
  if (question.type === 'ordering') {
    const right = question.options.map((option) => option.id);
    const mixed = mix(right, seed);
    CONTROLS.ordering.write(form, mixed.join() === right.join() ? [...mixed.slice(1), mixed[0]] : mixed);
  }
  if (!question.shuffle) return;
  const list = form.querySelector('.options');
  if (list && question.type !== 'likert') order(list, [...list.children], mix(question.options?.map((each) => each.id) ?? [], seed), 'option');
  for (const [, select] of sides(form)) {
    const given = [...select.options].slice(1);
    select.append(...mix(given.map((each) => each.value), seed).map((id) => given.find((each) => each.value === id)));
  }
}

const range = ({ low, high }) => [...new Set([low, high])].map((number) => percent(number)).join('–');
const RIGHT = {
  'short-answer': (q, language) => q.accepted[language]?.find((each) => each.correct)?.text,
  numeric: (q, language) => `${q.ranges.filter((each) => each.correct).map(range).join('; ')} ${q.unit?.[language] ?? ''}`,
  matching: (q, language) => q.left.map(({ id, text: left }) => `${left[language]} – ${textOf(q.right, q.pairs[id], language)}`).join('; '),
  ordering: (q, language) => q.options.map((option) => option.text[language]).join(' → '),
  gaps: (q, language) => q.gaps.map((gap) => (gap.choose ? gap.options.find((each) => each.correct)?.text[language]
    : gap.accepted[language]?.[0])).join('; '),
};

/** Each part of an answer with its mark; for choices also what was missed. */
function marks(form, question, response, language) {
  const judged = (right) => (right ? 'right' : 'wrong');
  const truth = (id) => (question.type === 'true-false' ? String(question.answer) === id : question.options.find((each) => each.id === id)?.correct);
  switch (question.type) {
    case 'likert': case 'long-answer': return [];
    case 'matching': return sides(form).map(([id, field]) => [field.parentElement, judged(response[id] === question.pairs[id])]);
    case 'ordering': return rows(form).map((row, place) => [row, judged(question.options[place].id === row.dataset.option)]);
    case 'gaps': return gaps(form).map(([id, field]) =>
      [field, judged(gapRight(question, question.gaps.find((gap) => gap.id === id), response[id], language))]);
    default: return inputs(form).map((input) =>
      [input.closest('.option'), input.checked ? judged(truth(input.value)) : truth(input.value) && 'missed']);
  }
}

function showMarks(list) {
  for (const [element, mark] of list.filter(([, each]) => each)) {
    element.dataset.mark = mark;
    const note = make('span', { class: 'mark' }, word(`mark_${mark}`));
    if (element.matches('.gap')) element.after(note);
    else (element.querySelector('label') ?? element).append(' ', note);
  }
}

/** The feedback of what was chosen or typed, and of the whole. */
function showFeedback(form, question, answer, language) {
  const chosen = ['short-answer', 'numeric'].includes(question.type)
    ? [foreseen(question, answer.response, language)?.id] : [].concat(answer.response ?? []);
  if (question.type !== 'ordering') {
    for (const each of all(form, '.option-feedback')) each.hidden = !chosen.includes((each.closest('[data-option]')).dataset.option);
  }
  const share = judge(question, answer.response, language);
  const shown = { any: true, sample: isLocked(question, answer) || share == null, correct: share === UNITS, incorrect: share < UNITS && share != null };
  for (const each of all(form, '.feedback')) each.hidden = !shown[each.dataset.when];
}

function resultText(question, answer, share, { state: { language }, readOnly }) {
  if (share == null) return word('kept');
  const parts = [share >= UNITS ? word('right') : share ? word('partly', { percent: percent((share / UNITS) * 100) }) : word('wrong')];
  const left = triesLeft(question, answer);
  if (share < UNITS && (readOnly || isLocked(question, answer))) {
    if (left <= 0) parts.push(word('no_tries'));
    const right = RIGHT[question.type]?.(question, language);
    if (right) parts.push(word('right_answer', { answer: right.trim() }));
  } else if (share < UNITS && left < Infinity) parts.push(word('tries_left', { n: left }));
  return parts.join(' ');
}

function lock(form) {
  form.classList.add('locked');
  for (const each of all(form, 'input, select, textarea, button:not([data-action])')) each.disabled = true;
}

/** Show what came of the last answer. */
function show(form, question, answer, session) {
  const { state, readOnly } = session;
  const known = !isEmpty(answer.response ?? '');
  const share = known ? judge(question, answer.response, state.language) : answer.best;
  form.dataset.result = share == null ? 'kept' : share >= UNITS ? 'correct' : share ? 'partial' : 'incorrect';
  form.querySelector('.result').textContent = resultText(question, answer, share, session);
  if (known) showFeedback(form, question, answer, state.language);
  if (!isLocked(question, answer) && !readOnly) return;
  if (known) showMarks(marks(form, question, answer.response, state.language));
  lock(form);
}

function complain(form, key) {
  const field = form.querySelector('input, select, textarea');
  form.querySelector('.result').textContent = word(key);
  field?.setAttribute('aria-invalid', 'true');
  field?.focus();
}

function move(form, question, button, { state }) {
  const row = button.closest('li');
  const other = button.dataset.move === 'up' ? row.previousElementSibling : row.nextElementSibling;
  if (other) other[button.dataset.move === 'up' ? 'before' : 'after'](row);
  button.focus();
  const values = { item: textOf(question.options, row.dataset.option, state.language), n: rows(form).indexOf(row) + 1, all: rows(form).length };
  form.querySelector('.result').textContent = word('moved', { ...values, place: values.n });
}

/** Take what is filled in but not answered. @returns {function(ParentNode): void} that puts it into another copy of the page */
export function drafts(page) {
  const open = (root) => all(root, 'form.question:not(.locked)');
  const kept = new Map(open(page).map((form) => [form.id, CONTROLS[form.dataset.type].read(form)]));
  return (copy) => open(copy).filter((form) => !isEmpty(kept.get(form.id) ?? ''))
    .forEach((form) => CONTROLS[form.dataset.type].write(form, kept.get(form.id)));
}

/** In a review a question without an answer shows what would have been right. */
function reveal(form, question, language) {
  if (question.options && question.type !== 'ordering' || question.type === 'true-false') showMarks(marks(form, question, [], language));
  const answer = RIGHT[question.type]?.(question, language);
  if (answer) form.querySelector('.result').textContent = word('right_answer', { answer: answer.trim() });
  lock(form);
}

/**
 * Bring a question to life.
 * @param {HTMLFormElement} form @param {object} question of the course
 * @param {{state: object, readOnly: boolean, answer: function(object): void, save: function(): void}} session
 * @param {function(): void} changed called when an answer was taken
 */
export function mountQuestion(form, question, session, changed) {
  const id = form.dataset.question;
  const { read, write } = CONTROLS[question.type];
  const { state } = session;
  let since = Date.now();
  const before = state.answers.get(id);
  shuffle(form, question, salt(state, id));
  if (!isEmpty(before?.response ?? '')) write(form, before.response);
  if (before?.tries) show(form, question, before, session);
  else if (session.readOnly) reveal(form, question, state.language);

  function take(response) {
    const share = judge(question, response, state.language);
    const answer = state.answers.get(id) ?? { tries: 0, best: 0 };
    const taken = { tries: answer.tries + 1, best: Math.max(answer.best, share ?? 0), response };
    state.answers.set(id, taken);
    touch(state, id);
    session.answer({ id, response, share: share == null ? null : share / UNITS, seconds: (Date.now() - since) / 1000 });
    since = Date.now();
    show(form, question, taken, session);
    if (form.classList.contains('locked')) form.querySelector('.result').focus();
    changed();
  }

  form.querySelector('.result').tabIndex = -1;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const response = read(form);
    all(form, '[aria-invalid]').forEach((field) => field.removeAttribute('aria-invalid'));
    if (form.classList.contains('locked')) return;
    if (isEmpty(response)) complain(form, 'answer_first');
    else if (question.type === 'numeric' && Number.isNaN(parseNumber(response))) complain(form, 'answer_number');
    else take(response);
  });
  form.addEventListener('change', () => {
    if (question.type !== 'long-answer' || session.readOnly) return;
    state.answers.set(id, { tries: 0, best: 0, ...state.answers.get(id), response: read(form) });
    touch(state, id);
    session.save();
  });
  form.addEventListener('click', ({ target }) => {
    const button = target.closest('button[data-move], [data-action=hint]');
    if (button?.dataset.move) move(form, question, button, session);
    else if (button) form.querySelector('.hint').hidden = !form.querySelector('.hint').hidden;
  });
}
