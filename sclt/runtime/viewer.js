/**
 * Pictures over the whole window: figures, wide ones and galleries. Only courses with such pictures have this file, the dialog `#viewer` and its words.
 *
 * @import { Part } from './view.js'
 */
import { pictures } from './figures.js';
import { all, find, get, make, say, word } from './view.js';

/** How many times as wide as it fits a picture can be. */
const VIEWER_SCALES = [1, 1.5, 2, 3, 4];
/** The place of twice as wide among them. */
const TWICE = 2;
/** A picture begins so in a window that is narrower: all of it would be no larger than on the page. */
const NARROW = 600;

/** What the dialog shows: which of the links to pictures that belong together, and the place of how large. */
const opened = { links: /** @type {Part[]} */ ([]), at: 0, scale: 0 };

const viewerRoom = () => find(get('viewer'), '.viewer-room');
/** @type {HTMLImageElement} */
let large;
/** @param {string} name */
const viewerButton = name => /** @type {HTMLButtonElement & Part} */ (find(get('viewer'), `[data-view=${name}]`));

/** How wide a picture is when all of it fits. @param {HTMLImageElement} shown @param {HTMLElement} around */
const fittedWidth = ({ naturalWidth, naturalHeight }, { clientWidth, clientHeight }) =>
  Math.min(clientWidth, naturalHeight ? clientHeight * naturalWidth / naturalHeight : clientWidth);

/** @param {number} to */
function scaleTo(to) {
  opened.scale = Math.max(0, Math.min(to, VIEWER_SCALES.length - 1));
  large.style.width = '0'; // while it is measured, it takes no room
  large.style.width = `${Math.floor(fittedWidth(large, viewerRoom()) * VIEWER_SCALES[opened.scale])}px`;
  viewerRoom().classList.toggle('grown', opened.scale > 0);
  viewerButton('smaller').disabled = !opened.scale;
  viewerButton('larger').disabled = opened.scale === VIEWER_SCALES.length - 1;
}

const rescale = () => scaleTo(opened.scale);

/** @param {number} to */
function showPicture(to) {
  opened.at = (to + opened.links.length) % opened.links.length;
  const { src, alt } = /** @type {HTMLImageElement} */ (/** @type {unknown} */ (find(opened.links[opened.at], 'img'))),
    caption = opened.links[opened.at].parentElement?.querySelector('figcaption')?.textContent?.trim() ?? '',
    many = opened.links.length > 1;
  Object.assign(large, { src, alt, onload: rescale });
  viewerRoom().setAttribute('aria-label', caption || alt);
  say(find(get('viewer'), '.viewer-caption'), caption);
  say(find(get('viewer'), '.viewer-place'), many ? `${opened.at + 1} / ${opened.links.length}` : '');
  scaleTo(!many && innerWidth < NARROW ? TWICE : 0);
}

/** @type {Record<string, () => void>} */
const VIEWER_ACTS = {
  previous: () => showPicture(opened.at - 1), next: () => showPicture(opened.at + 1), smaller: () => scaleTo(opened.scale - 1), larger: () => scaleTo(opened.scale + 1),
  close: () => /** @type {HTMLDialogElement} */ (get('viewer')).close(),
};
/** @type {Record<string, string>} */
const VIEWER_KEYS = { '+': 'larger', '=': 'larger', '-': 'smaller', ArrowLeft: 'previous', ArrowRight: 'next' };

/** @param {KeyboardEvent} event */
function pressInViewer(event) {
  const act = VIEWER_KEYS[event.key],
    pages = event.key.startsWith('Arrow');
  if (!act || event.ctrlKey || event.metaKey || (pages && (opened.scale || opened.links.length < 2))) return;
  event.preventDefault();
  VIEWER_ACTS[act]();
}

/** @param {Part[]} group @param {Part} link */
function openViewer(group, link) {
  const /** @type {HTMLDialogElement} */ dialog = get('viewer');
  large = /** @type {HTMLImageElement} */ (make('img', {}));
  opened.links = group;
  for (const name of ['previous', 'next']) viewerButton(name).hidden = opened.links.length < 2;
  dialog.onclick = ({ target }) => (target === large ? scaleTo(opened.scale ? 0 : TWICE) : VIEWER_ACTS[/** @type {Part} */ (target).dataset.view]?.());
  dialog.onkeydown = pressInViewer;
  window.addEventListener('resize', rescale); // once, however often it is opened
  viewerRoom().replaceChildren(large);
  dialog.showModal();
  showPicture(opened.links.indexOf(link));
  viewerButton('close').focus();
}

/** Let a figure of the text be a link to its picture, as the blocks have it. @param {Part} figure */
function mountFigure(figure) {
  const shown = /** @type {HTMLImageElement | null} */ (/** @type {unknown} */ (find(figure, ':scope > img')));
  if (!shown?.alt) return; // one without words only decorates
  const link = make('a', { class: 'enlarge', href: shown.src, title: word('open_large') });
  shown.replaceWith(link);
  link.append(shown, make('span', { class: 'enlarge-sign' }, ` ${word('open_large')}`));
}

/** @param {Part} link */
function mountLink(link) {
  link.onclick = event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const gallery = /** @type {Part | null} */ (link.closest('.gallery'));
    openViewer(gallery ? all(gallery, '.enlarge') : [link], link);
  };
}

pictures.mount = main => {
  if (get('viewer')) VIEWER_ACTS.close(); // another module of the programme may be the one with pictures
  all(main, 'figure.picture').forEach(mountFigure);
  all(main, '.enlarge').forEach(mountLink);
};
