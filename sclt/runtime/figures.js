/**
 * What stands wide on a page: pictures that open large, tables that scroll.
 *
 * @import { Part } from './view.js'
 */
import { all, find, get, make, word } from './view.js';

/** Show a picture as large as the window, or larger and scrolled. @param {HTMLImageElement} picture */
function enlarge(picture) {
  const /** @type {HTMLDialogElement} */ dialog = get('zoomed');
  find(dialog, 'div').replaceChildren(picture.cloneNode());
  dialog.showModal();
}

/** @param {Part} figure */
function mountFigure(figure) {
  const picture = /** @type {HTMLImageElement | null} */ (/** @type {unknown} */ (find(figure, ':scope > img')));
  if (!picture?.alt) return; // one without words only decorates
  const caption = /** @type {Part | null} */ (find(figure, 'figcaption'))?.textContent,
    name = [word('enlarge'), caption].filter(Boolean).join(': '),
    button = make('button', { type: 'button', class: 'zoom', 'aria-label': name, 'aria-haspopup': 'dialog' }, '⤢');
  picture.after(button);
  picture.onclick = button.onclick = () => enlarge(picture);
}

/** @param {ParentNode} main */
export const mountFigures = main => all(main, 'figure.picture').forEach(mountFigure);

/** Only what scrolls can be reached by keyboard, and says what it is. @param {ParentNode} main */
export function mountTables(main) {
  for (const each of all(main, '.table')) {
    if (each.scrollWidth <= each.clientWidth) continue;
    each.tabIndex = 0;
    each.setAttribute('role', 'group');
    each.setAttribute('aria-label', word('table'));
  }
}
