import assert from 'node:assert/strict';
import test from 'node:test';
import { connect, findApi } from '../../../sclt/runtime/find-api.js';

const api = { LMSInitialize: () => 'true' };
const top = (more = {}) => {
  const win = { opener: null, ...more };
  win.parent = win;
  win.top = win;
  return win;
};
const below = (parent, more = {}) => ({ parent, top: parent.top, opener: null, ...more });
const foreign = () => new Proxy({}, { get() { throw new Error('SecurityError'); } });

test('in the window, its parents, the opener, the opener of the top', () => {
  assert.equal(findApi(top({ API: api }), 'API'), api);
  let deep = top({ API: api });
  for (let i = 0; i < 20; i++) deep = below(deep);
  assert.equal(findApi(deep, 'API'), api);
  assert.equal(findApi(top({ opener: below(top({ API: api })) }), 'API'), api);
  assert.equal(findApi(below(top({ opener: top({ API: api }) })), 'API'), api);
  assert.equal(findApi(top(), 'API'), null);
});

test('parents of another origin and endless chains end the search', () => {
  assert.equal(findApi({ parent: foreign(), opener: null, get top() { throw new Error('SecurityError'); } }, 'API'), null);
  assert.equal(findApi({ parent: foreign(), opener: top({ API: api }) }, 'API'), api);
  const endless = {};
  endless.parent = new Proxy(endless, { get: (target, name) => (name === 'parent' ? { parent: endless.parent } : undefined) });
  const one = { opener: null };
  const two = { parent: one };
  one.parent = two;
  assert.equal(findApi(one, 'API'), null);
});

test('an API that throws is one that refuses', () => {
  const link = connect({ LMSSetValue() { throw new Error('gone'); } }, 'LMS');
  assert.equal(link.call('Commit'), false);
  assert.equal(link.get('cmi.suspend_data'), '');
  assert.equal(link.need('cmi.suspend_data', 'x'), false);
});
