/** A pattern for covers, drawn from the colours of the theme: each module has one of its own. */
import { hash } from './state.js';

const SVG = 'http://www.w3.org/2000/svg';
/** Tiles of ten by ten: what is drawn in them, and in which of the theme's colours. */
const SHAPES = ['M0 0h10A10 10 0 0 1 0 10z', 'M0 0A10 10 0 0 1 10 10H0z', 'M5 1a4 4 0 1 1 0 8 4 4 0 0 1 0-8z', 'M0 0h10v5H0z', 'M0 5a5 5 0 0 1 10 0v5H0z', ''];
const COLOURS = ['accent', 'warm', 'tint', 'warm-wash', 'accent', 'line'];

/** @param {string} name @param {Record<string, string>} attributes @param {...Node} inside */
function draw(name, attributes, ...inside) {
  const element = document.createElementNS(SVG, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.append(...inside);
  return element;
}

/** A pattern that each module has of its own, in the colours of the theme. @param {string} id */
export function pattern(id) {
  const tiles = Array.from({ length: 48 }, (_, n) => {
    const dice = hash(`${id}.${n}`),
      x = n % 16 * 10, y = Math.floor(n / 16) * 10,
      turn = `translate(${x} ${y}) rotate(${(dice >>> 6) % 4 * 90} 5 5)`;
    return draw('path', { d: SHAPES[dice % 6], transform: turn, style: `fill:var(--${COLOURS[(dice >>> 3) % 6]})` });
  });
  return draw('svg', { class: 'art', viewBox: '0 0 160 30', preserveAspectRatio: 'xMidYMid slice', 'aria-hidden': 'true' }, ...tiles);
}
