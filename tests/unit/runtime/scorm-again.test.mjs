/** The adapters against the run-time of scorm-again, which judges names, types and order by the standards. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { createAdapter as adapter12 } from '../../../sclt/runtime/adapter-scorm12.js';
import { createAdapter as adapter2004 } from '../../../sclt/runtime/adapter-scorm2004.js';
import { openSession } from '../../../sclt/runtime/store.js';
import { RESPONSES, makeCourse } from './course.mjs';
import { makeStorage } from './lms.mjs';

const modules = new URL('../../../sclt/preview/node_modules', import.meta.url).pathname;
const load = (name) => import(`${modules}/scorm-again/dist/esm/${name}.js`);

/** Let every question be answered, and note each value that the LMS refused. */
function run(api, prefix, name, createAdapter) {
  const refused = [];
  const set = api[`${prefix}SetValue`].bind(api);
  api[`${prefix}SetValue`] = (...values) => {
    const result = set(...values);
    if (String(result) !== 'true') refused.push([...values, api[`${prefix}GetLastError`]()]);
    return result;
  };
  const course = makeCourse(3, 11);
  const win = { [name]: api, opener: null };
  win.parent = win;
  const reports = [];
  const session = openSession(createAdapter(win, course), course,
    { storage: () => makeStorage(), limit: 4096, report: (each) => reports.push(each), later() {} });
  session.language('lt');
  for (const { id } of course.pages) {
    session.visit(id);
  }
  for (const [id, question] of Object.entries(course.questions)) {
    const response = RESPONSES[question.type];
    session.take(id, response, 1.5);
  }
  assert.equal(session.comment('Kodėl?'), true);
  assert.deepEqual(refused, []);
  assert.ok(reports.every((each) => each.saved));
  return session;
}

test('SCORM 1.2', async () => {
  const { Scorm12API } = await load('scorm12');
  const api = new Scorm12API({ autocommit: false, logLevel: 5 });
  const session = run(api, 'LMS', 'API', adapter12);
  assert.equal(api.cmi.core.lesson_status, 'failed');
  assert.equal(api.cmi.interactions.childArray.length, 11);
  session.leave(true);
});

test('SCORM 2004', async () => {
  const { Scorm2004API } = await load('scorm2004');
  const api = new Scorm2004API({ autocommit: false, logLevel: 5 });
  const session = run(api, '', 'API_1484_11', adapter2004);
  assert.equal(api.cmi.completion_status, 'completed');
  assert.equal(api.cmi.success_status, 'failed');
  assert.equal(api.cmi.interactions.childArray.length, 11);
  assert.equal(api.cmi.objectives.childArray.length, 1);
  session.leave(true);
});
