/**
 * A picture with pins: one place at a time is told, chosen on the picture or by its heading.
 *
 * @import { Part } from '../view.js'
 */
import { BLOCKS } from '../blocks.js';
import { all, find, make } from '../view.js';

/** The heading of a place as a button. @param {Part} item */
function asButton(item) {
  const heading = find(item, ':first-child'),
    button = make('button', { type: 'button', 'aria-controls': find(item, '.pinned').id }, ...heading.childNodes);
  heading.append(button);
  return button;
}

BLOCKS.pins = block => {
  const pins = all(block, '.pin'),
    items = all(block, '.pins-text > ol > li'),
    buttons = items.map(asButton);

  /** @param {number} chosen none where it is no item's */
  function choose(chosen) {
    items.forEach((item, n) => {
      item.classList.toggle('chosen', n === chosen);
      pins[n].classList.toggle('chosen', n === chosen);
      buttons[n].setAttribute('aria-expanded', String(n === chosen));
    });
  }

  buttons.forEach((button, n) => {
    button.onclick = () => choose(items[n].matches('.chosen') ? -1 : n);
    pins[n].onclick = event => {
      event.preventDefault();
      event.stopPropagation();
      choose(n);
      button.focus({ preventScroll: true });
      items[n].scrollIntoView({ block: 'nearest' });
    };
  });
  block.classList.add('live');
  choose(0);
};
