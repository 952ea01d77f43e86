/** Our own AU, as packages carry it: on Exit the state goes first, then what waits, then terminated, each once and nothing after. */
import assert from 'node:assert/strict';
import { createAdapter } from '../../../sclt/runtime/adapter-cmi5.js';
import { RESPONSES, makeCourse } from '../runtime/course.mjs';

const { url, verdict } = JSON.parse(process.env.TOLD);
const held = new Map(), asked = [], course = makeCourse(2, 2);
const tab = { getItem: (name) => held.get(name) ?? null, setItem: (name, value) => held.set(name, value) };
globalThis.document = { documentElement: { lang: 'lt' } };
const real = globalThis.fetch;
globalThis.fetch = async (address, options) => {
  const answer = await real(address, options);
  const statements = options.body?.startsWith('[') ? JSON.parse(options.body) : [];
  asked.push({ line: `${options.method} ${new URL(address).pathname}`, status: answer.status,
    verbs: statements.map((each) => each.verb.id.split('/').pop()) });
  return answer;
};

const adapter = await createAdapter({ location: { search: new URL(url).search }, sessionStorage: tab }, course);
const lms = adapter.start();
assert.equal(lms.connected, true);
adapter.watch(() => {});
await adapter.settled();
adapter.write('first', 'p0');
adapter.commit();   // this is on its way while the learner leaves
const [id] = Object.keys(course.questions);
adapter.recordAnswer({ key: 'answer', id, response: RESPONSES['single-choice'], share: 1, seconds: 2, language: 'lt', time: Date.now() - 6e4 });
adapter.write('last', 'p1');
adapter.setResults({ complete: true, success: verdict, best: verdict === 'passed' ? 200 / 3 : 100 / 3, progress: 1 });
adapter.finish(true);
await adapter.settled();
adapter.finish(true);
await adapter.settled();

assert.deepEqual(asked.filter(({ status }) => status >= 400).map(({ line, status }) => [line, status]),
  [['GET /xapi/agents/profile', 404], ['GET /xapi/activities/state', 404]], 'there are no documents yet, and nothing is refused');
const told = asked.flatMap(({ verbs }) => verbs);
assert.equal(told.filter((verb) => verb === 'terminated').length, 1);
assert.equal(told.at(-1), 'terminated');
assert.equal(asked.at(-1).line, 'POST /xapi/statements');
assert.equal(asked.findLastIndex(({ line }) => line === 'PUT /xapi/activities/state')
  < asked.findIndex(({ verbs }) => verbs.includes('terminated')), true);
assert.equal(new Set(told).size, told.length - 1, 'experienced is told of two pages, all else once');
