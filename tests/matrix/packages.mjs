/** Packages as they lie unpacked: FOLDER/MODULE/STANDARD. What the runtime in them needs is loaded as a browser would. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Only the size is ever asked for; Node's own takes its time for it. */
globalThis.Blob = class {
  constructor(parts) {
    this.size = Buffer.byteLength(parts.join(''));
  }
};

/**
 * @param {string} folder of an unpacked module package
 * @returns {Promise<{json: object, limit: number, createAdapter: function, openSession: function, activeQuestions: function, standing: function, summary: function}>}
 */
export async function openPackage(folder) {
  const shell = readdirSync(folder, { recursive: true }).find((name) => name.endsWith('.html') && readFileSync(join(folder, name), 'utf8').includes('data-state-limit')),
    html = readFileSync(join(folder, shell), 'utf8'),
    load = (name) => import(pathToFileURL(resolve(folder, 'runtime', `${name}.js`))),
    [{ createAdapter }, { openSession }, { activeQuestions, standing, summary }] = await Promise.all(['adapter', 'store', 'score'].map(load));
  return { json: JSON.parse(/<script[^>]*id="?course"?[^>]*>([^]*?)<\/script>/.exec(html)[1]), limit: Number(/data-state-limit="?(\d+)/.exec(html)[1]) || Infinity,
    createAdapter, openSession, activeQuestions, standing, summary };
}
