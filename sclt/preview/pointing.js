/**
 * Pointing at a text of the course instead of using it: whoever shows the preview is told what it says and where it stands. By mouse, and by keyboard,
 * for which each text can be reached.
 *
 * @typedef {{quote: string, question: string, page: string, language: string}} Pointed
 */

const TEXTS = 'h1, h2, h3, h4, p, li, td, th, dt, dd, figcaption, blockquote, label, legend, summary, button, img, video';

/** So many milliseconds apart it is looked whether the course shows another document. */
const EVERY = 200;

/** What a place is known by: the name of its picture, or its text. @param {Element} element */
function quoteOf(element) {
  const file = element.getAttribute('src') ?? '', at = file.lastIndexOf('media/');
  return at >= 0 ? file.slice(at) : (element.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 600);
}

/** @param {Element} element @returns {Pointed} */
function pointed(element) {
  const document = element.ownerDocument, page = element.closest('[data-page]') ?? document.querySelector('main[data-page], [data-page]');
  return {
    quote: quoteOf(element),
    question: element.closest('[data-question]')?.getAttribute('data-question') ?? '',
    page: document.location.hash.match(/^#\/([a-z0-9-]+)/)?.[1] ?? page?.getAttribute('data-page') ?? '',
    language: document.documentElement.lang,
  };
}

/** @param {Document} document */
function reachable(document) {
  for (const each of document.querySelectorAll(`main :is(${TEXTS})`)) if (!each.hasAttribute('tabindex')) each.setAttribute('tabindex', '0');
}

/** Tell what is pointed at in the course that a frame shows, now and whenever it shows another. @param {HTMLIFrameElement} frame @param {(found: Pointed) => void} tell */
export function pointing(frame, tell) {
  /** @param {Event} event */
  const take = event => {
    const target = /** @type {Element} */ (event.target), element = target.closest?.(TEXTS);
    // the cover and the results have ways on, which go on working
    if (!element?.closest('main') || (!element.closest('[data-page]') && target.closest('a, button')) || (event.type === 'keydown' && /** @type {KeyboardEvent} */ (event).key !== 'Enter')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tell(pointed(element));
  };
  /** @type {Document | null} */
  let known = null;
  const listen = () => {
    const document = frame.contentDocument;
    if (!document?.body || document === known) return;
    known = document;
    for (const name of ['click', 'keydown']) document.addEventListener(name, take, true);
    document.documentElement.style.cursor = 'crosshair';
    reachable(document);
    new MutationObserver(() => reachable(document)).observe(document.body, { childList: true, subtree: true });
  };
  setInterval(listen, EVERY);   // over a slow network a page is read long before it has loaded
}
