/** The adapter that has an LRS: what a learner did is told once, however slow the browser keeps it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adapt } from '../../../sclt/runtime/xapi.js';
import { makeCourse } from './course.mjs';

/** An IndexedDB that opens at once and never says that it has kept anything. */
function makeSlowIndexedDb() {
  const answered = (result) => {
    const request = { result };
    queueMicrotask(() => request.onsuccess?.());
    return request;
  };
  const store = { getAll: () => answered([]), put: () => ({}), delete: () => ({}) };
  return { open: () => answered({ transaction: () => ({ objectStore: () => store }) }) };
}

test('an answer that the LRS has before this browser is not told again in another language', async () => {
  const posted = [],
    ask = async (method, path, query, { body } = {}) => {
      if (method === 'GET') throw Object.assign(Error('404'), { status: 404 });
      if (path === 'statements') posted.push(...JSON.parse(body));
      return new Response('', { headers: { ETag: '"1"' } });
    };
  Object.assign(globalThis, { indexedDB: makeSlowIndexedDb(), document: { documentElement: { lang: 'lt' } } });
  const launch = { ask, actor: { name: 'Ona' }, activity: 'https://example.org/a', registration: 'r', mode: 'normal', template: {},
      defined: (verb, context) => context },
    adapter = await adapt(makeCourse(1, 1), true, () => launch),
    answer = { id: 'q0', key: 'k', response: 'b', share: 1, seconds: 1, time: 1, language: 'lt' };
  adapter.start();
  const told = adapter.recordAnswer(answer);
  await adapter.settled();
  document.documentElement.lang = 'en';
  adapter.recordAnswer(answer);
  await adapter.settled();
  assert.equal(told, false);
  assert.deepEqual(posted.map(({ verb }) => verb.display.en), ['initialized', 'answered']);
});
