/**
 * Shortens the learner's runtime ahead, so that building a course needs no Node: `node lean.mjs` (`make lean`) writes sclt/runtime/lean.json, which holds of
 * each module what ships and a digest of the source that it was made from; `node lean.mjs --check` only tells whether it is still what would be written.
 *
 * All modules are to stand in one scope (sclt/standards/bundle.py). So what a module declares at its top gets one short name in all of them, and Terser
 * shortens the rest of each by itself.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { parse } from 'acorn';
import { minify } from 'terser';

const RUNTIME = new URL('../../sclt/runtime/', import.meta.url);
const TARGET = new URL('lean.json', RUNTIME);
const START = 'main.js';
const FIRST = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Where a name is no variable's, unless it is computed. */
const KEYS = ['property', 'key', 'label', 'meta'];
const OPTIONS = { ecma: 2022, toplevel: false, compress: { passes: 3, ecma: 2022, hoist_funs: true, unsafe_arrows: true, unsafe: true }, format: { ecma: 2022 } };

const scripts = (folder = '') => readdirSync(new URL(folder, RUNTIME)).filter((name) => name.endsWith('.js')).map((name) => folder + name);

/** The source as it stands in a checkout of Unix. */
const read = (name) => readFileSync(new URL(name, RUNTIME), 'utf8').replaceAll('\r\n', '\n');

/** A module's statements without imports and exports: all names are of one scope. */
function statements(source) {
  const { body } = parse(source, { ecmaVersion: 2022, sourceType: 'module' });
  return body.filter(({ type }) => type !== 'ImportDeclaration').map((node) => node.declaration ?? node);
}

/** The names that a pattern declares. */
function namesIn(pattern) {
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type === 'ObjectPattern') return pattern.properties.flatMap(({ value }) => namesIn(value));
  throw new Error(`a name at the top of a module is declared by ${pattern.type}`);
}

/** The names that a statement declares. */
const declaredBy = ({ declarations, id }) => (declarations ? declarations.flatMap((each) => namesIn(each.id)) : id ? [id.name] : []);

/** Tell `found` each name that is no property's: its node, and whether it stands for a key as well, as in `{ name }`. */
function walk(node, found, short = false) {
  if (node.type === 'Identifier') found(node, short);
  else if (node.type === 'Property' && node.shorthand) walk(node.value, found, true);
  else if (node.type === 'AssignmentPattern') {
    walk(node.left, found, short);
    walk(node.right, found);
  } else {
    for (const [key, value] of Object.entries(node)) {
      if (node.computed || !KEYS.includes(key)) [value].flat().filter((each) => each?.type).forEach((each) => walk(each, found));
    }
  }
}

/** Short names for those at the top of all modules, the shortest for what stands most often. */
function shortNames(modules) {
  const counts = new Map(modules.flatMap((nodes) => nodes.flatMap(declaredBy)).map((name) => [name, 0]));
  for (const node of modules.flat()) walk(node, ({ name }) => counts.has(name) && counts.set(name, counts.get(name) + 1));
  const order = [...counts].sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1)).map(([name]) => name);
  return new Map(order.map((name, n) => [name, n < 26 ? FIRST[n] : FIRST[n % 26] + (Math.floor(n / 26) - 1).toString(36)]));
}

/** A module's text with the short names in their places. */
function renamed(source, nodes, names) {
  const places = [];
  for (const node of nodes) walk(node, ({ start, end, name }, short) => names.has(name) && places.push([start, end, (short ? `${name}:` : '') + names.get(name)]));
  const cut = (node) => places.filter(([start]) => start >= node.start && start < node.end).sort(([one], [other]) => other - one)
    .reduce((text, [start, end, name]) => text.slice(0, start - node.start) + name + text.slice(end - node.start), source.slice(node.start, node.end));
  return nodes.map(cut).join(';\n');
}

/** What ships of a module. The start waits for its LMS, which only a function can. */
async function lean(name, text) {
  const { code } = await minify(name === START ? `(async()=>{${text}})()` : text, OPTIONS);
  return code;
}

const names = [...scripts(), ...scripts('blocks/')].sort();
const sources = names.map(read);
const modules = sources.map(statements);
const short = shortNames(modules);
const entries = await Promise.all(names.map(async (name, n) => [name, {
  digest: createHash('sha256').update(sources[n]).digest('hex').slice(0, 16),
  code: await lean(name, renamed(sources[n], modules[n], short)),
}]));
const written = `{\n${entries.map(([name, entry]) => `${JSON.stringify(name)}: ${JSON.stringify(entry)}`).join(',\n')}\n}\n`;
if (!process.argv.includes('--check')) writeFileSync(TARGET, written);
else if (readFileSync(TARGET, 'utf8') !== written) {
  console.error('sclt/runtime/lean.json is not what the runtime gives: run make lean');
  process.exitCode = 1;
}
