/** Packages as they lie unpacked: FOLDER/MODULE/STANDARD. What the runtime in them needs is loaded as a browser would. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runtimeOf } from '../runtime/shipped.mjs';

/** Only the size is ever asked for; Node's own takes its time for it. */
globalThis.Blob = class {
  constructor(parts) {
    this.size = Buffer.byteLength(parts.join(''));
  }
};

/** @returns {[object, string]} the course of a package, and the page that has it: the shell */
function courseIn(folder) {
  const pages = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html')),
    html = pages.map((name) => readFileSync(join(folder, name), 'utf8')).find((text) => text.includes('data-state-limit'));
  return [JSON.parse(/<script[^>]*id="?course"?[^>]*>([^]*?)<\/script>/.exec(html)[1]), html];
}

/**
 * @param {string} folder of an unpacked module package
 * @returns {Promise<{json: object, limit: number, createAdapter: function, openSession: function, activeQuestions: function, standing: function,
 *   summary: function}>}
 */
export async function openPackage(folder) {
  const [json, html] = courseIn(folder),
    { createAdapter, openSession, activeQuestions, standing, summary } = await runtimeOf(folder);
  return { json, limit: Number(/data-state-limit="?(\d+)/.exec(html)[1]) || Infinity, createAdapter, openSession, activeQuestions, standing, summary };
}
