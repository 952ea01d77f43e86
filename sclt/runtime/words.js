/** The words of the interface in the language of the moment. */

let all = {};
let language = '';
let plural = null;

/** @param {Record<string, Record<string, string>>} strings @param {string} tag */
export function speak(strings, tag) {
  [all, language, plural] = [strings, tag, new Intl.PluralRules(tag)];
}

/** @returns {string} the word with its {names} filled in; with `n`, the form that the number asks for */
export function word(key, values = {}) {
  const words = all[language] ?? {};
  const form = 'n' in values ? words[`${key}_${plural.select(values.n)}`] ?? words[`${key}_other`] : words[key];
  return (form ?? words[key] ?? key).replace(/\{(\w+)\}/g, (mark, name) => values[name] ?? mark);
}

/** @returns {string} a number of per cent as the language writes it */
export const percent = (number) => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(number);

/** Put the words where data-word and data-label ask for them. @param {ParentNode} root */
export function fill(root) {
  for (const each of root.querySelectorAll('[data-word]')) each.textContent = word(each.dataset.word);
  for (const each of root.querySelectorAll('[data-label]')) each.setAttribute('aria-label', word(each.dataset.label));
}

/** @returns {HTMLElement} an element with attributes and text */
export function make(tag, attributes = {}, text = '') {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

/** Show a text in an element, or hide the element. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}
