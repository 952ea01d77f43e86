/**
 * A note that the learner keeps, as the text of a worksheet's field.
 *
 * @import { Session } from '../store.js'
 * @import { Part } from '../view.js'
 */
import { BLOCKS } from '../blocks.js';
import { find, word } from '../view.js';

BLOCKS.think = (form, { state, readOnly, write, save }) => {
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
};
