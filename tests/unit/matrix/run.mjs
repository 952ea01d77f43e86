/**
 * Plays the matrix: `node run.mjs FOLDER full MODULE STANDARD`, or `node run.mjs FOLDER choice`, where FOLDER/MODULE/STANDARD holds unpacked packages.
 * Writes JSON: a row for each session that was left, with what was wrong. `node run.mjs - titles` writes what is played in each standard.
 */
import { join } from 'node:path';
import { readdirSync } from 'node:fs';
import { openPackage } from './packages.mjs';
import { choose } from './pairs.mjs';
import { play } from './play.mjs';
import { STANDARDS, settingsOf, unplayed } from './settings.mjs';

const LEAVINGS = ['exit', 'navigation', 'closing', 'crash'];
const FAULTS = [null, 'online', 'loggedIn'];
/** Parts of all that a learner does: half-way, failed, trying again, everything done. */
const MOMENTS = [0.25, 0.5, 0.75, 1];
/** Scenes of which a play has one time of leaving alone. */
const ONCE = ['refused', 'unreadable'];

/** Leaving four times after the same fault. */
const sameFault = (fault) => MOMENTS.map((part) => ({ part, fault }));

/** Leaving twelve times, each fault in each quarter of what is done; which comes first depends on the way of leaving. */
const everyFault = (how) => Array.from({ length: 12 }, (_, n) => ({ part: (n + 1) / 12, fault: FAULTS[(Math.floor(n / 3) + n + LEAVINGS.indexOf(how)) % 3] }));

/** Leaving once after each fault, at moments in turn. */
const eachFault = (how) => FAULTS.map((fault, n) => ({ part: MOMENTS[(3 * LEAVINGS.indexOf(how) + n) % 4], fault }));

const TEST = 'pre-test';
const OTHER_TEST = 'final-test';
const [folder, command, ...wanted] = process.argv.slice(2);

const opened = {};
const open = (module, standard) => opened[`${module}/${standard}`] ??= openPackage(join(folder, module, standard));

/** A setting with the module that is played in it and another one of the same programme. */
async function prepared(setting, module) {
  const [course, other] = await Promise.all([open(module, setting.standard), open(module === TEST ? OTHER_TEST : TEST, setting.standard)]);
  return { ...setting, course, other };
}

const rowsOf = (setting, module, how, plan) => play(setting, how, plan).map((row) =>
  ({ module, standard: setting.standard, title: setting.title, how, ...row }));

async function full([module, standard]) {
  const settings = await Promise.all(settingsOf(standard).map((setting) => prepared(setting, module)));
  return settings.flatMap((setting) => LEAVINGS.flatMap((how) => rowsOf(setting, module, how, (ONCE.includes(setting.scene) ? eachFault : everyFault)(how))));
}

/** Every setting meets every standard, module, leaving and fault, and so do all of these one another. */
async function choice() {
  const settings = STANDARDS.flatMap(settingsOf),
    ways = LEAVINGS.flatMap((how) => FAULTS.map((fault) => ({ how, fault }))),
    all = settings.flatMap((setting) => readdirSync(folder).sort().flatMap((module) => ways.map((way) => ({ setting, module, ...way }))));
  const chosen = choose(all, ({ setting, module, how, fault }) => [setting.title, setting.standard, module, how, `${fault}`]),
    rows = [];
  for (const { setting, module, how, fault } of chosen) rows.push(...rowsOf(await prepared(setting, module), module, how, sameFault(fault)));
  return rows;
}

const titles = () => ({ titles: Object.fromEntries(STANDARDS.map((standard) => [standard, settingsOf(standard).map(({ title }) => title)])), unplayed: unplayed() });

process.stdout.write(JSON.stringify(await { full, choice, titles }[command](wanted)));
