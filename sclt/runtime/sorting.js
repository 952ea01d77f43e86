/**
 * Things to sort: each lies in the box that its menu says, and can be dragged into another one.
 *
 * @import { Part } from './view.js'
 */
import { addGrip, choose, letDrag } from './drag.js';
import { mounts } from './questions.js';
import { all, find, make } from './view.js';

/** A box for each category of a menu. @param {HTMLSelectElement} menu */
const boxesOf = ({ options }) => [...options].filter(({ value }) => value).map(({ value, text }) =>
  make('section', { class: 'bin', 'data-bin': value }, make('p', { class: 'bin-title' }, text), make('ul', { class: 'pairs' })));

/** Lay each thing where its menu says; what has the focus keeps it. @param {HTMLElement} form @param {HTMLElement} waiting */
function lay(form, waiting) {
  for (const thing of all(form, '.pairs > li')) {
    const menu = /** @type {HTMLSelectElement} */ (/** @type {HTMLElement} */ (find(thing, 'select'))),
      bin = all(form, '.bin').find(({ dataset }) => dataset.bin === menu.value),
      place = bin ? find(bin, '.pairs') : waiting,
      focused = document.activeElement === menu;
    if (thing.parentElement !== place) place.append(thing);
    if (focused) menu.focus();
  }
  waiting.hidden = !waiting.children.length;
}

mounts.sorting = form => {
  const waiting = find(form, '.mixed');
  waiting.after(make('div', { class: 'bins' }, ...boxesOf(find(form, 'select'))));
  all(form, '.pairs > li').forEach(addGrip);
  letDrag(form, '.pairs > li', '.bin', (thing, bin) => choose(find(thing, 'select'), bin.dataset.bin));
  form.addEventListener('change', () => lay(form, waiting));
  lay(form, waiting);
};
