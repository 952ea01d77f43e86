/** What all parts of the interface need: elements of the document, and the words in the language of the moment. */

/** The language of the moment. */
export let lang = '';
let words = {};
let plural = null;

/** @returns {HTMLElement} */
export const get = id => document.getElementById(id);
/** @returns {HTMLElement|null} */
export const find = (root, selector) => root.querySelector(selector);
/** @returns {HTMLElement[]} */
export const all = (root, selector) => [...root.querySelectorAll(selector)];

/** @param {Record<string, Record<string, string>>} strings @param {string} tag */
export function speak(strings, tag) {
  lang = tag;
  words = strings[tag];
  plural = new Intl.PluralRules(tag);
}

/** @returns {string} the word with its {names} filled in; with `n`, the form that the number asks for */
export const word = (key, values = {}) => (words[`${key}_${plural.select(values.n)}`] ?? words[`${key}_other`] ?? words[key])
  .replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** @returns {string} a number as the language writes it */
export const number = value => new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(value);
/** @returns {string} a share of 1 in per cent */
export const percent = share => number(share * 100);

/** Put the words where data-word and data-label ask for them. @param {ParentNode} root */
export function fill(root) {
  for (const each of all(root, '[data-word]')) each.textContent = word(each.dataset.word);
  for (const each of all(root, '[data-label]')) each.setAttribute('aria-label', word(each.dataset.label));
}

/** @returns {HTMLElement} a copy of a template's only element */
export function copyOf(template) {
  const copy = get(template).content.firstElementChild.cloneNode(true);
  fill(copy);
  return copy;
}

/** @returns {HTMLElement} an element with attributes, and text or other elements in it */
export function make(tag, attributes, ...inside) {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  element.append(...inside);
  return element;
}

/** Put the focus on what isn't a field, so that a screen reader goes on from there. */
export function focus(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** Show a text in an element, or hide the element. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}
