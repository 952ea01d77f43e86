/**
 * Plays the package in the first folder half-way, and goes on with what the LMS has in the package in the second one, by the runtime that each holds.
 * Arguments: the two folders, the standard, and what to do there as JSON: lists of ["visit", page], ["take", question, response] or
 * ["write", worksheet, fields]. Prints what the learner has at the end of each session, and the LMS's interactions and objectives.
 */
import { readFileSync } from 'node:fs';
import { makeLms, makeStorage } from './lms.mjs';
import { runtimeOf } from './shipped.mjs';

const [first, second, standard, ...plays] = process.argv.slice(2);
const old = standard === 'scorm12';
const lms = makeLms(old ? 'LMS' : '', { [old ? 'cmi.core.student_id' : 'cmi.learner_id']: 'jonas' });

const DO = {
  visit: (session, page) => session.visit(page),
  take: (session, id, response) => session.take(id, response, 1),
  write: (session, id, fields) => {
    session.state.sheets.set(id, { ...session.state.sheets.get(id), ...fields });
    session.save();
  },
};

/** What an LMS's list has, by index: its ids. */
function list(name) {
  const found = [];
  for (const [element, value] of Object.entries(lms.values)) {
    const match = element.match(`^${name}\\.(\\d+)\\.id$`);
    if (match) found[match[1]] = value;
  }
  return found;
}

async function play(folder, steps) {
  const { openSession, createAdapter, summary } = await runtimeOf(folder);
  const course = JSON.parse(readFileSync(`${folder}/course.json`, 'utf8'));
  const win = { [old ? 'API' : 'API_1484_11']: lms.api, opener: null };
  win.parent = win;
  const session = openSession(createAdapter(win, course), course, { storage: makeStorage, tab: makeStorage, limit: 4096, report() {}, later() {} });
  session.language('lt');
  for (const [what, ...details] of steps) DO[what](session, ...details);
  const { state } = session;
  session.leave(false);
  lms.values[old ? 'cmi.core.entry' : 'cmi.entry'] = 'resume';
  return {
    visited: [...state.visited], answers: Object.fromEntries(state.answers), sheets: Object.fromEntries(state.sheets), best: state.best,
    passed: state.passed, complete: state.complete, place: state.place, attempt: state.attempt, seed: state.seed, open: summary(course, state).open,
    interactions: list('cmi.interactions'), objectives: list('cmi.objectives'),
    status: lms.values[old ? 'cmi.core.lesson_status' : 'cmi.completion_status'],
    score: lms.values[old ? 'cmi.core.score.raw' : 'cmi.score.raw'] ?? null,
  };
}

const sessions = [];
for (const [n, folder] of [first, second].entries()) sessions.push(await play(folder, JSON.parse(plays[n])));
process.stdout.write(JSON.stringify(sessions));
