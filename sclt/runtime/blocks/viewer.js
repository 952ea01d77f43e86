/**
 * Pictures over the whole window: one of several, larger or smaller.
 *
 * @import { Part } from '../view.js'
 */
import { all, find, say } from '../view.js';

/** How many times as wide as it fits a picture can be. */
const SCALES = [1, 1.5, 2, 3, 4];

/** What a link to a picture shows. @param {Part} link */
const shownBy = link => ({
  src: /** @type {HTMLAnchorElement} */ (/** @type {unknown} */ (link)).href,
  alt: find(link, 'img').getAttribute('alt') ?? '',
  caption: link.parentElement?.querySelector('figcaption')?.textContent?.trim() ?? '',
});

/** @param {Part} block */
export function mountViewer(block) {
  const links = all(block, '.enlarge'),
    /** @type {HTMLTemplateElement} */
    template = find(block, 'template');
  /** @type {(n: number) => void} */
  let open = n => {
    open = openViewer(/** @type {HTMLDialogElement} */ (template.content.firstElementChild), block, links);
    open(n);
  };
  links.forEach((link, n) => {
    link.onclick = event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(n);
    };
  });
}

/**
 * Put the dialog into the page.
 * @param {HTMLDialogElement} pattern @param {Part} block @param {Part[]} links @returns {(n: number) => void} which opens it at a picture
 */
function openViewer(pattern, block, links) {
  const dialog = /** @type {HTMLDialogElement} */ (pattern.cloneNode(true)),
    picture = /** @type {HTMLImageElement} */ (/** @type {unknown} */ (find(dialog, 'img'))),
    room = find(dialog, '.viewer-room'),
    /** @type {(name: string) => HTMLButtonElement} */
    button = name => find(dialog, `[data-view=${name}]`);
  let here = 0,
    scale = 0;
  block.append(dialog);
  for (const name of ['previous', 'next']) button(name).hidden = links.length < 2;

  /** @param {number} to */
  function grow(to) {
    scale = Math.max(0, Math.min(to, SCALES.length - 1));
    picture.style.width = '';
    room.classList.toggle('grown', scale > 0);
    if (scale) picture.style.width = `${Math.min(room.clientWidth, fitted(picture, room)) * SCALES[scale]}px`;
    button('smaller').disabled = !scale;
    button('larger').disabled = scale === SCALES.length - 1;
  }

  /** @param {number} to */
  function show(to) {
    here = (to + links.length) % links.length;
    const { src, alt, caption } = shownBy(links[here]);
    Object.assign(picture, { src, alt });
    room.setAttribute('aria-label', caption || alt);
    say(find(dialog, '.viewer-caption'), caption);
    say(find(dialog, '.viewer-place'), links.length > 1 ? `${here + 1} / ${links.length}` : '');
    grow(0);
  }

  /** @type {Record<string, () => void>} */
  const acts = { previous: () => show(here - 1), next: () => show(here + 1), smaller: () => grow(scale - 1), larger: () => grow(scale + 1),
      close: () => dialog.close() },
    /** @type {Record<string, string>} */
    keys = { '+': 'larger', '=': 'larger', '-': 'smaller', ...links.length > 1 && { ArrowLeft: 'previous', ArrowRight: 'next' } };
  dialog.onclick = ({ target }) => {
    const act = /** @type {Part} */ (target).dataset.view;
    if (act) acts[act]();
    else if (target === picture) grow(scale ? 0 : 2);
  };
  dialog.onkeydown = event => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || (scale && event.key.startsWith('Arrow'))) return;
    event.preventDefault();
    acts[act]();
  };
  return n => {
    dialog.showModal();
    show(n);
    button('close').focus();
  };
}

/** How wide a picture is when all of it fits. @param {HTMLImageElement} picture @param {HTMLElement} room */
const fitted = ({ naturalWidth, naturalHeight }, room) => (naturalHeight ? room.clientHeight * naturalWidth / naturalHeight : room.clientWidth);
