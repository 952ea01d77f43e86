import assert from 'node:assert/strict';
import test from 'node:test';
import { markSeen, seenShare } from '../../../sclt/runtime/watched.js';

test('nothing was seen of a film that nobody played', () => {
  assert.equal(seenShare(undefined), 0);
  assert.equal(seenShare(''), 0);
});

test('a half is a half, wherever it lies and in however many pieces', () => {
  assert.equal(seenShare(markSeen('', 0, 30, 60)), 0.5);
  assert.equal(seenShare(markSeen(markSeen('', 45, 60, 60), 0, 15, 60)), 0.5);
  let pieces = '';
  for (let at = 0; at < 30; at += 0.25) pieces = markSeen(pieces, at, at + 0.25, 60);
  assert.equal(seenShare(pieces), 0.5);
});

test('what is seen again counts once, and what was seen stays', () => {
  const once = markSeen('', 10, 20, 100);
  assert.equal(seenShare(once), 0.1);
  assert.equal(seenShare(markSeen(once, 15, 20, 100)), 0.1);
  assert.equal(seenShare(markSeen(once, 20, 30, 100)), 0.2);
});

test('the whole film is all of it, in seventeen letters that no saved state escapes', () => {
  const whole = markSeen('', 0, 7.3, 7.3);
  assert.equal(seenShare(whole), 1);
  assert.match(whole, /^[\w-]{17}$/);
});

test('a film whose length nobody knows has no share', () => {
  for (const length of [NaN, 0]) assert.equal(markSeen('', 0, 5, length), '');
});
