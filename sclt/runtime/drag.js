/**
 * Dragging by mouse, pen or finger: never the only way. What is dragged lies where a menu says, and a drop only chooses from that menu.
 *
 * @import { Part } from './view.js'
 */
import { find, make } from './view.js';

/** So many pixels a pointer moves before it drags: a click that trembles is none. */
const TREMBLE = 6;

/** @param {HTMLElement} root @param {string} places @param {PointerEvent} event @returns {Part | undefined} the place under a pointer */
const placeUnder = (root, places, { clientX, clientY }) => /** @type {Part | undefined} */ (
  document.elementsFromPoint(clientX, clientY).find(each => each.matches(places) && root.contains(each)));

/** What a finger drags by: elsewhere it scrolls the page. @param {HTMLElement} item */
export function addGrip(item) {
  if (!find(item, '.grip')) item.prepend(make('span', { class: 'grip', 'aria-hidden': 'true' }, '⠿'));
}

/**
 * Let what matches `items` be dragged onto what matches `places`.
 * @param {HTMLElement} form @param {string} items @param {string} places @param {(item: Part, place: Part) => void} drop
 */
export function letDrag(form, items, places, drop) {
  /** @param {PointerEvent} event @param {Part} item */
  function follow({ pointerId, clientX, clientY }, item) {
    /** @param {PointerEvent} event */
    const move = event => {
      const [x, y] = [event.clientX - clientX, event.clientY - clientY];
      if (!item.matches('.dragged') && Math.hypot(x, y) < TREMBLE) return;
      item.classList.add('dragged');
      item.style.translate = `${x}px ${y}px`;
      find(form, '.over')?.classList.remove('over');
      placeUnder(form, places, event)?.classList.add('over');
    };
    /** @param {PointerEvent} event */
    const end = event => {
      const place = item.matches('.dragged') && event.type === 'pointerup' ? placeUnder(form, places, event) : null;
      item.classList.remove('dragged');
      item.style.translate = '';
      find(form, '.over')?.classList.remove('over');
      item.onpointermove = item.onpointerup = item.onpointercancel = null;
      if (place) drop(item, place);
    };
    item.setPointerCapture(pointerId);
    [item.onpointermove, item.onpointerup, item.onpointercancel] = [move, end, end];
  }

  form.addEventListener('pointerdown', event => {
    const target = /** @type {Part} */ (event.target),
      item = /** @type {Part | null} */ (target.closest(items)),
      grips = event.pointerType === 'mouse' ? !target.closest('select, a') : target.closest('.grip');
    if (!item || !grips || event.button || form.matches('.locked')) return;
    event.preventDefault();
    follow(event, item);
  });
}

/** Choose from a menu as a learner does. @param {HTMLSelectElement} menu @param {string} value */
export function choose(menu, value) {
  menu.value = value;
  menu.dispatchEvent(new Event('change', { bubbles: true }));
}
