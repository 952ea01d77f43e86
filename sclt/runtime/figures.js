/** What stands wide on a page: pictures that open large, tables that scroll. */
import { all, find, word } from './view.js';

/** What lets pictures of a page open large: only courses with pictures have viewer.js, which brings it. */
export const pictures = {
  /** @type {(main: ParentNode) => void} */
  mount() {},
};

/** Only what scrolls can be reached by keyboard, and says what it is. @param {ParentNode} main */
export function mountTables(main) {
  for (const each of all(main, '.table')) {
    if (each.scrollWidth <= each.clientWidth) continue;
    each.tabIndex = 0;
    each.setAttribute('role', 'group');
    each.setAttribute('aria-label', find(each, 'caption')?.textContent ?? word('table'));
  }
}
