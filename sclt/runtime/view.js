/**
 * What all parts of the interface need: elements of the document, and the words in the language of the moment.
 *
 * @typedef {HTMLElement & {dataset: Record<string, string>}} Part  an element of a page: the data- attributes that docs/contract.md names are there
 * @typedef {HTMLInputElement & Part} Field
 * @typedef {HTMLTemplateElement & {content: {firstElementChild: Part}}} Template
 * @typedef {Record<string, string | number>} Values  what stands in a word's {names}
 */

/** The language of the moment. */
export let lang = '';
/** @type {Record<string, string>} */
let words = {};
/** @type {Intl.PluralRules} */
let plural;

/** An element that the shell has. @template {HTMLElement} [E=Part] @param {string} id @returns {E} */
export const get = id => /** @type {E} */ (document.getElementById(id));
/**
 * An element that the contract of pages promises; where there may be none, say that E may be null.
 * @template {HTMLElement | null} [E=Part] @param {ParentNode} root @param {string} selector @returns {E}
 */
export const find = (root, selector) => /** @type {E} */ (root.querySelector(selector));
/** @template {HTMLElement} [E=Part] @param {ParentNode} root @param {string} selector @returns {E[]} */
export const all = (root, selector) => /** @type {E[]} */ ([...root.querySelectorAll(selector)]);

/** @param {Record<string, Record<string, string>>} strings @param {string} tag */
export function speak(strings, tag) {
  lang = tag;
  words = strings[tag];
  plural = new Intl.PluralRules(tag);
}

/** @returns {string} the word with its {names} filled in; with `n`, the form that the number asks for @param {string} key @param {Values} [values] */
export const word = (key, values = {}) => (words[`${key}_${plural.select(/** @type {number} */ (values.n))}`] ?? words[`${key}_other`] ?? words[key])
  .replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** @returns {string} a number as the language writes it @param {number} value @param {number} [decimals] */
export const number = (value, decimals = 1) => new Intl.NumberFormat(lang, { maximumFractionDigits: decimals }).format(value);
/** @returns {string} a share of 1 in per cent @param {number} share */
export const percent = share => number(share * 100);

/** Put the words where data-word and data-label ask for them. @param {ParentNode} root */
export function fill(root) {
  for (const each of all(root, '[data-word]')) each.textContent = word(each.dataset.word);
  for (const each of all(root, '[data-label]')) each.setAttribute('aria-label', word(each.dataset.label));
}

/** @returns {Part} a copy of a template's only element @param {string} template */
export function copyOf(template) {
  const copy = /** @type {Part} */ (/** @type {Template} */ (get(template)).content.firstElementChild.cloneNode(true));
  fill(copy);
  return copy;
}

/**
 * An element with attributes, and text or other elements in it
 * @param {string} tag @param {Record<string, string>} [attributes] @param {...(string | Node)} inside
 */
export function make(tag, attributes, ...inside) {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...inside);
  return element;
}

/** Put the focus on what isn't a field, so that a screen reader goes on from there. @param {HTMLElement} element */
export function focus(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** Show a text in an element, or hide the element. @param {HTMLElement} element @param {string} text */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}
