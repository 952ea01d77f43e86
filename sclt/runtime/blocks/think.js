/**
 * A note that the learner keeps, as the text of a worksheet's field.
 *
 * @import { Session } from '../store.js'
 * @import { Part } from '../view.js'
 */
import { find, word } from '../view.js';

/** @param {Part} form @param {Session} session */
export function mount(form, { state, readOnly, write, save }) {
  const id = form.dataset.note,
    /** @type {HTMLTextAreaElement} */
    field = find(form, 'textarea');
  field.value = state.sheets.get(id)?.note ?? '';
  field.readOnly = readOnly;
  field.oninput = () => write(id, { note: field.value });
  field.onchange = () => {
    if (readOnly) return;
    save();
    find(form, '.think-noted').textContent = word('worksheet_kept');
  };
  form.onsubmit = event => event.preventDefault();
}
