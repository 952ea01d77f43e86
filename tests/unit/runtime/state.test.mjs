import assert from 'node:assert/strict';
import test from 'node:test';
import { UNITS, freshState, merge, mix, pack, packCore, touch, unpack } from '../../../sclt/runtime/state.js';
import { RESPONSES, code, makeCourse, question } from './course.mjs';

/** The state of a learner who did everything, with all that can be kept. */
function fullState(course, responses = RESPONSES) {
  const state = { ...freshState('zzzz'), attempt: 99, revision: 1e6, language: 'lt', passed: true, complete: true, best: 100, place: course.pages.at(-1).id };
  state.interactions = Object.values(course.questions).map(({ key }) => key);
  state.objectives = course.objectives.map(({ key }) => key);
  for (const page of course.pages) state.visited.add(page.id);
  for (const [id, { type }] of Object.entries(course.questions)) state.answers.set(id, { tries: 40, best: UNITS, response: responses[type] });
  return state;
}

/** The formula of docs/saved-state.md. */
function formula(course) {
  const code = (id) => Math.min(id.length, 2);
  const longest = (list) => Math.max(...list.map((each) => code(each.id)));
  const all = (list) => list.reduce((sum, each) => sum + code(each.id), 0);
  const sides = (q) => q.left.reduce((sum, left) => sum + code(left.id) + longest(q.right), 0);
  const choice = (q) => ({
    'single-choice': () => longest(q.options), likert: () => longest(q.options), 'true-false': () => 2,
    'multiple-choice': () => all(q.options), ordering: () => all(q.options), scenario: () => 12 * longest(q.steps),
    'picture-choice': () => longest(q.options), hotspot: () => longest(q.options),
    matching: () => sides(q), sorting: () => sides(q), 'picture-labels': () => sides(q),
    gaps: () => q.gaps.filter((gap) => gap.choose).reduce((sum, gap) => sum + code(gap.id) + longest(gap.options), 0),
  })[q.type]?.() ?? 0;
  return 80 + 3 * (course.pages.length + course.objectives.length) + Object.values(course.questions).reduce((sum, q) => sum + 10 + choice(q), 0);
}

test('everything comes back', () => {
  const course = makeCourse(5, 11);
  const state = fullState(course);
  state.sheets.set('map', { f1: 'Ąžuolas; "x" \\ ~ . : * <b>\n', f2: '' });
  touch(state, 'map');
  const back = unpack(pack(state, course).text, course);
  assert.deepEqual([...back.visited], ['p0', 'p1', 'p2', 'p3', 'p4']);
  for (const [id, answer] of state.answers) {
    assert.deepEqual(back.answers.get(id).response, course.questions[id].type === 'short-answer' ? ' žemaitija ' : answer.response, id);
    assert.equal(back.answers.get(id).best, UNITS);
    assert.equal(back.answers.get(id).tries, 35);
  }
  assert.deepEqual(back.sheets.get('map'), { f1: 'Ąžuolas; "x" \\ ~ . : * <b>\n' });
  for (const name of ['seed', 'attempt', 'revision', 'language', 'passed', 'complete', 'best', 'place']) assert.equal(back[name], state[name], name);
});

test('200 pages and 100 questions of every type fit into SCORM 1.2, and the formula bounds it', () => {
  const named = 'abcdefgh'.split('').map((id) => ({ id: `option-${id}`, code: code(`option-${id}`), correct: id < 'e', text: { lt: id, en: id } }));
  const lists = { 'multiple-choice': { options: named }, ordering: { options: named } };
  const course = makeCourse(200, 100, (type) => lists[type] ?? {});
  const ids = named.map(({ id }) => id);
  const path = Array.from({ length: 50 }, (_, n) => ['invite', 'letter'][n % 2]);
  const state = fullState(course, { ...RESPONSES, 'multiple-choice': ids, ordering: ids, scenario: path });
  const size = packCore(state, course).length;
  assert.ok(size <= formula(course), `${size} > ${formula(course)}`);
  assert.ok(formula(course) <= 4096, formula(course));
  const { text } = pack(state, course, 4096);
  assert.ok(new TextEncoder().encode(text).length <= 4096);
  assert.deepEqual(unpack(text, course).answers.get('q6').response, ids);
});

test('what is brief gets room before what was written later', () => {
  const course = { ...makeCourse(1, 0), worksheets: {
    film: { key: 'F00', page: 'p0', fields: ['seen', 'at'], brief: true }, note: { key: 'N00', page: 'p0', fields: ['note'] } } };
  const state = freshState('a');
  state.sheets.set('film', { seen: '_'.repeat(17), at: '80' });
  touch(state, 'film');
  state.sheets.set('note', { note: 'x'.repeat(200) });
  touch(state, 'note');
  const { text, left } = pack(state, course, packCore(state, course).length + 100);
  assert.deepEqual(left, ['note']);
  assert.deepEqual(unpack(text, course).sheets.get('film'), { seen: '_'.repeat(17), at: '80' });
});

test('texts get the room that is left: short ones, then the newest of the long ones', () => {
  const course = makeCourse(1, 0);
  course.questions = { old: question('long-answer', { key: 'old' }), new: question('long-answer', { key: 'new' }), short: question('short-answer', { key: 'sho' }) };
  const state = freshState('a');
  for (const id of ['old', 'new']) {
    state.answers.set(id, { tries: 1, best: 0, response: 'ž'.repeat(100) });
    touch(state, id);
  }
  state.answers.set('short', { tries: 1, best: 0, response: 'Vilnius' });
  const limit = packCore(state, course).length + 250;
  const { text, left } = pack(state, course, limit);
  assert.deepEqual(left, ['old']);
  const back = unpack(text, course);
  assert.equal(back.answers.get('short').response, 'Vilnius');
  assert.equal(back.answers.get('new').response, 'ž'.repeat(100));
  assert.equal(back.answers.get('old').response, undefined);
  assert.equal(back.answers.get('old').tries, 1);
});

test('records survive new places, names and neighbours', () => {
  const course = makeCourse(3, 11);
  const { text } = pack(fullState(course), course);
  const later = structuredClone(course);
  later.pages.reverse();
  later.pages[0] = { ...later.pages[0], id: 'renamed', key: 'NEW', was: ['P02'] };
  later.questions.q1.options.reverse().splice(1, 0, { id: 'inserted', code: 'X1', correct: false, text: {} });
  later.questions.renamed = { ...later.questions.q0, key: 'RRR', was: ['Q00'] };
  delete later.questions.q0;
  delete later.questions.q3;
  const back = unpack(text, later);
  assert.ok(back.visited.has('renamed'));
  assert.deepEqual(back.answers.get('q1').response, ['shared-goal', 'd']);
  assert.equal(back.answers.get('renamed').response, 'b');
  assert.equal(back.answers.has('q3'), false);
});

test('only characters that every LMS keeps', () => {
  const course = makeCourse(2, 11);
  const state = fullState(course);
  state.sheets.set('map', { f1: '\u0000\t\n"\'\\<>&%+\ud800' });
  assert.doesNotMatch(pack(state, course).text, /[\u0000-\u001f"'\\<>&%+\u007f]|\p{Surrogate}/u);
});

test('what is no state is none', () => {
  for (const text of ['', null, 'undefined', '2a.1.1.lt.0.;;;', '{"a":1}', '1;', 'garbage']) assert.equal(unpack(text, makeCourse(1, 1)), null);
});

test('two copies join: the newer speaks, the other adds', () => {
  const newer = { ...freshState('s'), revision: 5, best: 40, visited: new Set(['a']) };
  const older = { ...freshState('s'), revision: 3, best: 90, passed: true, visited: new Set(['b']), sheets: new Map([['map', { f1: 'x' }]]) };
  newer.answers.set('q', { tries: 2, best: 7, response: 'a' });
  older.answers.set('q', { tries: 1, best: 3, response: 'b' }).set('r', { tries: 1, best: 1, response: 'c' });
  const course = { questions: { q: question('single-choice'), r: question('single-choice'), essay: question('long-answer') } };
  const both = merge(older, newer, course);
  assert.deepEqual([both.best, both.passed, [...both.visited].sort()], [90, true, ['a', 'b']]);
  assert.equal(both.answers.get('q').response, 'a');
  assert.equal(both.answers.get('r').response, 'c');
  assert.deepEqual(both.sheets.get('map'), { f1: 'x' });
  newer.attempt += 1;
  newer.answers.clear();
  older.answers.set('essay', { tries: 0, best: 0, response: 'kept' });
  assert.deepEqual([...merge(newer, older, course).answers.keys()], ['essay']);
});

test('of two answers the one with more tries counts, and a blank one never', () => {
  const course = { questions: { q: question('single-choice') } };
  const [newer, older] = [5, 3].map((revision) => ({ ...freshState('s'), revision, answers: new Map() }));
  newer.answers.set('q', { tries: 0, best: 0 });
  older.answers.set('q', { tries: 1, best: 9, response: 'b' });
  assert.deepEqual(merge(newer, older, course).answers.get('q'), { tries: 1, best: 9, response: 'b' });
});

test('a state of the first form is read, and written in the second', () => {
  const course = makeCourse(3, 2);
  const old = `1abcd.2.1k.lt.31jk.${course.pages[1].key};${course.pages[0].key}${course.pages[1].key};${course.questions.q0.key}1z0b.;W00f1:ab.`;
  const state = unpack(old, course);
  assert.deepEqual([state.seed, state.attempt, state.revision, state.language, state.passed, state.complete, state.place],
    ['abcd', 2, 56, 'lt', true, true, 'p1']);
  assert.deepEqual([[...state.visited], state.answers.get('q0'), state.sheets.get('map')],
    [['p0', 'p1'], { tries: 1, best: 1260, response: 'b' }, { f1: 'ab' }]);
  assert.match(pack(state, course).text, /^2/);
  assert.equal(unpack(old, makeCourse(0, 0)), null);
});

test('mixing depends on the salt and keeps its order when something is added', () => {
  const ids = 'abcdefgh'.split('');
  const first = mix(ids, 'x.1.q');
  assert.deepEqual(mix([...ids].reverse(), 'x.1.q'), first);
  assert.notDeepEqual(mix(ids, 'x.2.q'), first);
  assert.deepEqual(mix([...ids, 'new'], 'x.1.q').filter((id) => id !== 'new'), first);
});

test('what is fixed keeps its place when the others are mixed', () => {
  const list = ['a', 'b', 'c', 'both', 'd'];
  const orders = ['x', 'y', 'z', 'w'].map((salt) => mix(list, salt, ['both']));
  for (const order of orders) assert.deepEqual([order[3], [...order].sort()], ['both', [...list].sort()]);
  assert.ok(new Set(orders.map(String)).size > 1);
});
