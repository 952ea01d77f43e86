/**
 * Worksheets: what is written in them is kept, saved as a Word document, printed. Only courses with worksheets have this file.
 *
 * @import { Session } from './store.js'
 * @import { Field, Part } from './view.js'
 */
import { BLOCKS } from './blocks.js';
import { asDocx } from './docx.js';
import { printOnly } from './extras.js';
import { all, find, make, word } from './view.js';

/** @param {HTMLElement} form @returns {Field[]} */
const fieldsOf = form => all(form, '.field');

/** @param {Part} form */
function download(form) {
  const href = URL.createObjectURL(asDocx(form));
  make('a', { href, download: `${form.dataset.worksheet}.docx` }).click();
  URL.revokeObjectURL(href);
}

/** Let a field be as high as what is written in it, in browsers that don't do so by themselves. @param {Field} field */
function grow(field) {
  if (CSS.supports('field-sizing', 'content')) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
}

/** Keep what is written in a worksheet; download, print, clear it. @param {Part} form @param {Session} session */
function mountWorksheet(form, { state, readOnly, write, save }) {
  const id = form.dataset.worksheet,
    result = find(form, '.result');
  for (const field of fieldsOf(form)) {
    field.oninput = () => grow(field);
    field.value = state.sheets.get(id)?.[field.dataset.field] ?? '';
    field.readOnly = readOnly;
    requestAnimationFrame(() => grow(field));
  }
  const keep = () => write(id, Object.fromEntries(fieldsOf(form).map(field => [field.dataset.field, field.value])));
  /** @param {string} key */
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
  const /** @type {Record<string, () => void>} */ actions = { clear, download: () => download(form), print: () => printOnly(form) };
  form.oninput = keep;
  form.onchange = () => settle('worksheet_kept');
  form.onsubmit = event => event.preventDefault();
  form.onclick = ({ target }) => actions[/** @type {Part | null} */ (/** @type {Part} */ (target).closest('[data-action]'))?.dataset.action ?? '']?.();
}

BLOCKS.worksheet = mountWorksheet;
