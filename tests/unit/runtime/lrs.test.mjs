/** The documents of an LRS, as pages that write and close find them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocument } from '../../../sclt/runtime/lrs.js';

/** An LRS with one document, that takes what is conditional as xAPI Communication 3.1 has it; answers wait until they are let go. */
function makeLrs() {
  const lrs = { text: '', version: 0, held: [], refused: 0 };
  lrs.ask = async (method, path, query, { body, headers = {} } = {}) => {
    const etag = lrs.version ? `"${lrs.version}"` : null,
      wrong = (headers['If-None-Match'] && etag) || (headers['If-Match'] && headers['If-Match'] !== etag);
    if (method === 'PUT' && wrong) {
      lrs.refused += 1;
      throw Object.assign(Error('412'), { status: 412 });
    }
    if (method === 'PUT') Object.assign(lrs, { text: body, version: lrs.version + 1 });
    const answer = new Response(lrs.text, { headers: { ETag: `"${lrs.version}"` } });
    await new Promise(resolve => (lrs.hold ? lrs.held.push(resolve) : resolve()));
    return answer;
  };
  return lrs;
}

test('the last words of a page arrive though the answer to those before is still on its way', async () => {
  const lrs = makeLrs(),
    state = openDocument(lrs.ask, 'activities/state', {});
  await state.write('first');
  lrs.hold = true;
  state.write('second');
  lrs.hold = false;
  await state.write('last', true);
  assert.equal(lrs.text, '"last"');
});

test('what another window wrote is not overwritten, by last words neither', async () => {
  const lrs = makeLrs(),
    [mine, theirs] = [0, 1].map(() => openDocument(lrs.ask, 'activities/state', {}));
  await mine.write('mine');
  await theirs.read();
  await theirs.write('theirs');
  await assert.rejects(mine.write('more'), { status: 412 });
  await assert.rejects(mine.write('last', true), { status: 412 });
  assert.equal(lrs.text, '"theirs"');
});
