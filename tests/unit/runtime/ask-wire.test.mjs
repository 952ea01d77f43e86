/** A question to the authors as an LMS without statements keeps it, there and back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwired, unwiredAll, wired } from '../../../sclt/runtime/ask-wire.js';

const OAK = { mark: '1kt0j50', text: 'Is oak good?', page: 'wood', question: 'where', passage: 'Larch lasts “longer” than pine.', version: '1.2.0' };
const PLAIN = { mark: 'a1', text: 'Why?', page: 'shade', version: '1' };
const QUOTING = { mark: 'b2', text: 'He says: “[wood, lt] no” (#a1, v1)\n[shade, en] and more', page: 'wood', version: '2' };

for (const question of [OAK, PLAIN, QUOTING]) {
  test(`${question.text.slice(0, 8)} comes back as it was`, () => {
    const back = unwired(wired(question), question.page);
    assert.deepEqual(back, { ...question, text: question.text.replace('\n[', '\n [') });
  });
}

test('the one text of SCORM 1.2 holds several, and what others wrote is none of ours', () => {
  const text = [OAK, QUOTING, PLAIN].map(each => `[${each.page}, en] ${wired(each)}\n`).join('');
  assert.deepEqual(unwiredAll(`by hand\n${text}[wood, lt] of an older course\n`).map(({ mark }) => mark), ['1kt0j50', 'b2', 'a1']);
  assert.deepEqual(unwiredAll(''), []);
});

test('SCORM 2004 says the language before it', () => {
  assert.equal(unwired(`{lang=en}${wired(PLAIN)}`, 'shade')?.text, 'Why?');
});
