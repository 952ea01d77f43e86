/** A pattern for covers, drawn from the colours of the theme: each module has one of its own. */
import { hash } from './hash.js';

/** Tiles of ten by ten: what is drawn in them, and in which of the theme's colours. */
const TILES = ['M0 0h10A10 10 0 0 1 0 10z', 'M0 0A10 10 0 0 1 10 10H0z', 'M5 1a4 4 0 1 1 0 8 4 4 0 0 1 0-8z', 'M0 0h10v5H0z', 'M0 5a5 5 0 0 1 10 0v5H0z', ''];
const COLOURS = ['--accent', '--warm', '--tint', '--warm-wash', '--accent', '--line'];

/** Fill a drawing of 160 by 30 with the pattern of a module. @param {Element} svg @param {string} id */
export function pattern(svg, id) {
  svg.replaceChildren(...Array.from({ length: 48 }, (_, n) => {
    const dice = hash(`${id}.${n}`),
      tile = document.createElementNS(svg.namespaceURI, 'path');
    tile.setAttribute('d', TILES[dice % 6]);
    tile.setAttribute('transform', `translate(${n % 16 * 10} ${Math.floor(n / 16) * 10}) rotate(${(dice >>> 6) % 4 * 90} 5 5)`);
    tile.setAttribute('style', `fill:var(${COLOURS[(dice >>> 3) % 6]})`);
    return tile;
  }));
}
