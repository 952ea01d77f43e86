/**
 * Labels on a picture: each place shows what its menu below says; a click on a place opens that menu, and labels can be dragged.
 *
 * @import { Part } from './view.js'
 */
import { addGrip, choose, letDrag } from './drag.js';
import { mounts } from './questions.js';
import { all, find, make } from './view.js';

/** @param {HTMLElement} form @param {Part} pin @returns {HTMLSelectElement} */
const menuOf = (form, pin) => find(/** @type {Part} */ (all(form, '.pairs > li').find(({ dataset }) => dataset.left === pin.dataset.left)), 'select');

/** The labels of a menu, to be dragged. @param {HTMLSelectElement} menu */
function trayOf({ options }) {
  const chips = [...options].filter(({ value }) => value).map(({ value, text }) => make('li', { class: 'chip', 'data-option': value }, text));
  chips.forEach(addGrip);
  return make('ul', { class: 'tray', 'aria-hidden': 'true' }, ...chips);
}

/** @param {HTMLElement} form */
function showLabels(form) {
  for (const pin of all(form, '.pin')) {
    const menu = menuOf(form, pin),
      [chosen] = menu.selectedOptions;
    pin.classList.toggle('filled', Boolean(menu.value));
    find(pin, '.chosen')?.remove();
    if (menu.value) pin.append(make('span', { class: 'chosen' }, chosen.text));
  }
}

mounts['picture-labels'] = form => {
  find(form, '.on-picture').before(trayOf(find(form, 'select')));
  for (const pin of all(form, '.pin')) {
    pin.onclick = () => {
      const menu = menuOf(form, pin);
      menu.focus();
      try {
        menu.showPicker();
      } catch {
        // a browser that has none: the menu has the focus
      }
    };
  }
  letDrag(form, '.chip', '.pin', (chip, pin) => choose(menuOf(form, pin), chip.dataset.option));
  form.addEventListener('change', () => showLabels(form));
  showLabels(form);
};
