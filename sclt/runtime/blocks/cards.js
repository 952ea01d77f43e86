/**
 * Cards that turn: the front becomes a button, and the back shows when it is pressed.
 *
 * @import { Part } from '../view.js'
 */
import { BLOCKS } from '../blocks.js';
import { all, find, make } from '../view.js';

/** @param {Part} card */
function letTurn(card) {
  const heading = find(card, ':first-child'),
    button = make('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': find(card, '.back').id }, ...heading.childNodes);
  button.append(make('span', { class: 'turn', 'aria-hidden': 'true' }, card.dataset.turn));
  button.onclick = () => {
    const shows = card.classList.toggle('turned');
    button.setAttribute('aria-expanded', String(shows));
  };
  heading.append(button);
}

BLOCKS.cards = block => {
  all(block, '.turn-card').forEach(letTurn);
  block.classList.add('live');
};
