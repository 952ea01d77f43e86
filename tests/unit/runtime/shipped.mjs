/** The parts of a package's runtime, which is one script: packages that are built with --debug tell by a source map where each begins. */
import { readFileSync } from 'node:fs';

const WANTED = 'createAdapter, openSession, activeQuestions, standing, summary';
const loaded = new Map();

/** The script without its frame and its last part, which is the start and wants a document. */
function withoutStart(script) {
  const [, map] = /^\/\/# sourceMappingURL=data:[^,]*,(\S+)/m.exec(script),
    { sections } = JSON.parse(Buffer.from(map, 'base64').toString()),
    start = sections.at(-1);
  if (start.map.sources[0] !== 'main.js') throw new Error(`the last part is ${start.map.sources[0]}`);
  return script.split('\n').slice(sections[0].offset.line, start.offset.line).join('\n');
}

/** @param {string} folder of an unpacked package. Packages with the same runtime share it, so that Node compiles it once. */
export function runtimeOf(folder) {
  const code = `${withoutStart(readFileSync(`${folder}/runtime/main.js`, 'utf8'))}\nexport { ${WANTED} };`;
  if (!loaded.has(code)) loaded.set(code, import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`));
  return loaded.get(code);
}
