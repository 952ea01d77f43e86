/** The shell carries the words that it and the runtime say, in every language, and no others. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

const sclt = new URL('../../../sclt/', import.meta.url);
const read = (name) => readFileSync(new URL(name, sclt), 'utf8');
const strings = Object.fromEntries(readdirSync(new URL('locale/', sclt)).filter((name) => name.endsWith('.json'))
  .map((name) => [name.slice(0, -5), JSON.parse(read(`locale/${name}`))]).filter(([, { shell }]) => shell));
const scripts = readdirSync(new URL('runtime/', sclt)).filter((name) => name.endsWith('.js')).map((name) => read(`runtime/${name}`)).join('\n');
const shell = read('templates/shell.html');

const said = new Set([...scripts.matchAll(/'(\w+)'/g), ...shell.matchAll(/data-(?:word|label)="(\w+)"/g)].map(([, key]) => key));
const begun = [...scripts.matchAll(/word\(`(\w+_)\$/g)].map(([, start]) => start);

for (const [language, { shell: words }] of Object.entries(strings)) {
  test(`the words of the shell: ${language}`, () => {
    const plain = new Set(Object.keys(words).map((key) => key.replace(/_(one|few|many|other)$/, '')));
    const missing = [...shell.matchAll(/data-(?:word|label)="(\w+)"/g), ...scripts.matchAll(/\bword\('(\w+)'/g)].map(([, key]) => key).filter((key) => !plain.has(key));
    assert.deepEqual(missing, []);
    assert.deepEqual([...plain].filter((key) => !said.has(key) && !begun.some((start) => key.startsWith(start))), []);
    for (const key of plain) if (!(key in words)) assert.ok(`${key}_other` in words, key);
  });
}
