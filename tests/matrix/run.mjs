/** The whole matrix: `node run.mjs FOLDER`, where FOLDER/COURSE/STANDARD holds unpacked packages. Writes JSON: one row for each LMS or switch, standard and leaving. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BEHAVIOURS } from '../../sclt/preview/lms/behaviours/index.js';
import { MODELS } from '../../sclt/preview/lms/models.js';
import * as s from '../../sclt/preview/lms/switches.js';
import { play } from './play.mjs';

/** Only the size is ever asked for; Node's own takes its time for it. */
globalThis.Blob = class {
  constructor(parts) {
    this.size = Buffer.byteLength(parts.join(''));
  }
};

const SINGLE = {
  '`_count` empty': [s.countEmpty], '`_count` 0 after a resume': [s.countForgotten], 'status and score always empty': [s.resultsEmpty],
  'mastery −1': [s.masteryMinusOne], 'score 0 at the start': [s.scoreZero], 'objectives of interactions refused (401)': [s.lacks(/^cmi\.interactions\.\d+\.objectives/)],
  'passing score 1.0': [s.passingScoreOne], 'no status said becomes *completed*': [s.unsetIsCompleted], 'beacon while leaving, at most 64 KB': [s.beacon],
  'success answered for what never travelled': [s.blind], 'changes travel once': [s.changesOnce], 'finished opens in review': [s.finishedIsReview],
  'learner without a name': [s.learnerEmpty], 'state unread once (error)': [s.stateUnreadable(false, false)], 'state unread once (throws)': [s.stateUnreadable(false, true)],
};
const OLD_ONLY = { 'mastery score decides at the end': [s.masteryDecides] };
const LEAVINGS = ['exit', 'navigation', 'closing', 'crash'];
const FAULTS = [null, 'online', 'loggedIn'];
const MOMENTS = [0.2, 0.5, 0.97];
const NO_COMMENTS = /chamilo/;

async function openPackage(folder) {
  const root = readdirSync(folder, { recursive: true }).find((name) => name.endsWith('.html') && readFileSync(join(folder, name), 'utf8').includes('data-state-limit'));
  const html = readFileSync(join(folder, root), 'utf8');
  const load = (name) => import(pathToFileURL(resolve(folder, 'runtime', `${name}.js`)));
  const json = JSON.parse(/<script[^>]*id="?course"?[^>]*>([^]*?)<\/script>/.exec(html)[1]);
  const [{ createAdapter }, { openSession }] = [await load('adapter'), await load('store')];
  return { json, createAdapter, openSession, limit: Number(/data-state-limit="?(\d+)/.exec(html)[1]) || Infinity };
}

function settings(standard) {
  const lms = BEHAVIOURS.filter(({ standards }) => standards[standard]).map(({ title, name, standards }) => [title, standards[standard], { comments: !NO_COMMENTS.test(name) }]);
  const single = Object.entries({ ...SINGLE, ...standard === 'scorm12' && OLD_ONLY }).map(([title, switches]) => [title, switches, { comments: true }]);
  return [...lms, ...single];
}

function rows(course, standard, name) {
  const opened = { ...course, mastery: standard === 'scorm12' ? course.json.mastery * 100 : course.json.mastery };
  return settings(standard).flatMap(([title, switches, may]) => LEAVINGS.flatMap((how) => FAULTS.flatMap((fault) => MOMENTS.map((at) => {
    let wrong;
    try {
      wrong = play({ standard, course: opened, switches }, { how, fault, at }, may);
    } catch (error) {
      wrong = [`throws: ${error.stack.split('\n').slice(0, 3).join(' ')}`];
    }
    return { course: name, standard, title, how, fault, at, wrong };
  }))));
}

/** `node run.mjs FOLDER [COURSE [STANDARD]]` plays a part. */
const [folder, onlyCourse = '', onlyStandard = ''] = process.argv.slice(2);
const found = [];
for (const name of readdirSync(folder).filter((each) => each.includes(onlyCourse)).sort()) {
  for (const standard of Object.keys(MODELS).filter((each) => each.includes(onlyStandard))) found.push(...rows(await openPackage(join(folder, name, standard)), standard, name));
}
process.stdout.write(JSON.stringify(found));
