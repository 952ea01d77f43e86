/**
 * The start page of a package that is not launched by an LMS: one language shows, and how far this browser has come. What launched the page launches its
 * modules.
 *
 * @import { Part } from './view.js'
 */
import { pattern } from './pattern.js';
import { all, find } from './view.js';

const query = new URLSearchParams(location.search);
const sections = all(document, 'section');

/** @param {string | null} tag */
const languageOf = tag => (tag || '').toLowerCase().split(/[-_]/)[0];

/** The section in the language that is asked for, or the browser's. */
const chosen = () => [query.get('language'), ...navigator.languages].map(tag => sections.find(each => languageOf(each.lang) === languageOf(tag))).find(Boolean) ?? sections[0];

/** @param {Part} own */
function showOnly(own) {
  for (const each of sections) each.hidden = each !== own;
  Object.assign(document.documentElement, { lang: own.lang, dir: own.dir || 'ltr' });
  document.title = own.dataset.title;
}

/** Links keep what the page was launched with; that to the language of the moment is told apart. @param {string} tag */
function mountLinks(tag) {
  query.delete('language');
  for (const link of /** @type {HTMLAnchorElement[]} */ (all(document, 'a'))) {
    if (link.hreflang === tag && link.parentElement?.matches('.tongues')) link.setAttribute('aria-current', 'true');
    if (`${query}`) link.search += `&${query}`;
  }
}

/** @returns {{progress: number, state: string} | null} what the player of a module has kept @param {string} iri */
function progressOf(iri) {
  try {
    return JSON.parse(localStorage.getItem(`sclt-progress:${iri}`) ?? 'null');
  } catch {
    return null;
  }
}

/** @param {Part} entry of a module */
function showModule(entry) {
  const known = progressOf(entry.dataset.iri),
    /** @type {HTMLProgressElement} */ bar = /** @type {HTMLProgressElement} */ (/** @type {unknown} */ (find(entry, 'progress')));
  pattern(/** @type {Part} */ (find(entry, 'svg')), entry.dataset.module);
  if (!known) return;
  bar.value = known.progress;
  bar.hidden = false;
  /** @type {Part | null} */ (find(entry, `[data-state=${known.state}]`))?.removeAttribute('hidden');
}

const shown = chosen();
showOnly(shown);
mountLinks(shown.lang);
all(document, '[data-iri]').forEach(showModule);
