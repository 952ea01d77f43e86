/**
 * A question to the authors as an LMS without statements keeps it: the text, then the marked passage, then what it is known by. It is read again at
 * the next launch, and by `sclt questions import` (sclt/consulting/comments.py). Pure: no browser, no LMS.
 *
 * @typedef {{mark: string, text: string, page: string, question?: string, passage?: string, version?: string}} WiredQuestion  `mark` is what it is
 *   known by
 */
/** What stands before the names of a statement's extensions about it. */
export const EXTENSIONS = 'https://w3id.org/sclt/extensions/';
const TAIL = /^(.*?)(?: \[“(.*)”\])? \(#([0-9a-z]+)(?:, ([a-z0-9-]+))?, v([^\s)]+)\)\s*$/s;
/** How each question begins in the one text that SCORM 1.2 has. */
const HEAD = /^\[([a-z0-9-]*), [A-Za-z0-9-]+\] /gm;

/** @param {WiredQuestion} question */
export function wired({ mark, text, question, passage, version }) {
  const own = text.replace(/\n\s*\[/g, '\n ['),
    quoted = passage ? ` [“${passage.replace(/\s+/g, ' ')}”]` : '',
    known = [`#${mark}`, ...question ? [question] : [], `v${version}`].join(', ');
  return `${own}${quoted} (${known})`;
}

/** @returns {WiredQuestion | undefined} nothing for what no ask.js wrote @param {string} full @param {string} page */
export function unwired(full, page) {
  const [, text, passage, mark, question, version] = full.replace(/^\{lang=[\w-]+\}/, '').match(TAIL) ?? [];
  return mark ? { mark, text: text.trim(), page, version, ...question && { question }, ...passage && { passage } } : undefined;
}

/** The questions in the one text of SCORM 1.2. @param {string} comments @returns {WiredQuestion[]} */
export function unwiredAll(comments) {
  const heads = [...comments.matchAll(HEAD)];
  return heads.flatMap(({ 0: head, 1: page, index }, n) => unwired(comments.slice(index + head.length, heads[n + 1]?.index), page) ?? []);
}
