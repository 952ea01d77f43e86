/** An AU on @rusticisoftware/cmi5, of the version that it is told; it plays through and keeps its place. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const { library, url, preferred } = JSON.parse(process.env.TOLD);
globalThis.self = globalThis;   // the library is made for browsers
const made = createRequire(new URL('../../node/', import.meta.url))(library);
const Cmi5 = made.default ?? made;

const au = new Cmi5(url);
await au.start();
assert.equal(au.getMasteryScore(), 0.8);
assert.equal(au.getLanguagePreference(), preferred);
assert.equal(au.getReturnURL(), 'https://lms.example.org/back');
await au.sendStatement(au.prepareStatement('http://adlnet.gov/expapi/verbs/answered'));
if (!preferred) {
  au.setLanguagePreference('lt-LT,en');
  au.setAudioPreference('off');
  await au.saveLearnerPrefs();
}
au.setProgress(50);
await au.completed();
const below = { ...au.passedStatement({ scaled: 0.9 }), result: { success: true, score: { scaled: 0.7 }, duration: 'PT1S' } };
await assert.rejects(au.sendStatement(below), /403/);
await au.passed({ scaled: 0.9, raw: 90, min: 0, max: 100 });
await au.terminate();
await assert.rejects(au.sendStatement(au.prepareStatement('http://adlnet.gov/expapi/verbs/experienced')), /403/);
