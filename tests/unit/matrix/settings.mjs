/** What is played: each LMS as it was seen to behave, and each switch by itself. */
import { BEHAVIOURS } from '../../../sclt/preview/lms/behaviours/index.js';
import { MODELS } from '../../../sclt/preview/lms/models.js';
import * as s from '../../../sclt/preview/lms/switches.js';

export const STANDARDS = Object.keys(MODELS);
const OLD = ['scorm12'];
const unreadable = s.stateUnreadable(true, false);
const unreadableThrows = s.stateUnreadable(true, true);

/** A title, its switches and, where not in all, the standards; `scene` is another than the usual one of play.mjs. */
const SINGLE = [
  { title: '`_count` empty', switches: [s.countEmpty] },
  { title: '`_count` 0 after a resume', switches: [s.countForgotten] },
  { title: 'status and score always empty', switches: [s.resultsEmpty] },
  { title: 'status, score and mode undefined', switches: [s.resultsUndefined] },
  { title: 'errors never told', switches: [s.errorless] },
  { title: 'no session is a resumed one', switches: [s.entryEmpty] },
  { title: 'each session is the first', switches: [s.entryAlwaysNew] },
  { title: 'no mastery score handed out', switches: [s.masteryMissing] },
  { title: 'begun before the first session', switches: [s.statusBegun] },
  { title: 'everything sent with keepalive, at most 64 KB', switches: [s.keepalive] },
  { title: 'nothing sent after the first failure', switches: [s.firstFailureIsLast] },
  { title: 'mastery −1', switches: [s.masteryMinusOne] },
  { title: 'score 0 at the start', switches: [s.scoreZero] },
  { title: 'objectives of interactions refused (401)', switches: [s.lacks(/^cmi\.interactions\.\d+\.objectives/)] },
  { title: 'passing score 1.0', switches: [s.passingScoreOne] },
  { title: 'no status said becomes *completed*', switches: [s.unsetIsCompleted] },
  { title: 'mastery score decides at the end', switches: [s.masteryDecides], standards: OLD },
  { title: 'beacon while leaving, at most 64 KB', switches: [s.beacon] },
  { title: 'success answered for what never travelled', switches: [s.blind] },
  { title: 'changes travel once', switches: [s.changesOnce] },
  { title: 'finished opens in review', switches: [s.finishedIsReview] },
  { title: 'learner without a name', switches: [s.learnerEmpty] },
  { title: 'state unread once (error)', switches: [s.stateUnreadable(false, false)] },
  { title: 'state unread once (throws)', switches: [s.stateUnreadable(false, true)] },
  { title: 'state unread for a whole session (error)', switches: [unreadable], healed: [], scene: 'unreadable' },
  { title: 'state unread for a whole session (throws)', switches: [unreadableThrows], healed: [], scene: 'unreadable' },
  { title: 'what was not suspended is over', switches: [s.unsuspendedIsOver] },
  { title: 'nothing is over', switches: [s.nothingIsOver] },
  { title: 'time of ended sessions alone', switches: [s.timeAtEndOnly] },
  { title: 'each value stored as it is written', switches: [s.storesAtOnce] },
  { title: 'comments replace', switches: [s.commentsReplace], standards: OLD },
  { title: 'no value is judged', switches: [s.judgesNothing] },
  { title: 'no call ends a session', switches: [s.finishMissing] },
  { title: 'one store for all modules', switches: [s.sharedStore] },
  { title: 'session refused after another module’s', switches: [s.oneSessionAPage], scene: 'refused' },
];

const NO_COMMENTS = /chamilo/;
const ofLms = (standard) => BEHAVIOURS.filter(({ standards }) => standards[standard]).map(({ title, name, standards }) =>
  ({ title, switches: standards[standard], may: { comments: !NO_COMMENTS.test(name) } }));

/** Whether all SCOs of a package have one store there. */
const isShared = ({ switches }) => switches.includes(s.sharedStore);

/** @returns {{title: string, switches: function[], may: {comments: boolean}, scene: string}[]} what is played in a standard */
export function settingsOf(standard) {
  const single = SINGLE.filter(({ standards = STANDARDS }) => standards.includes(standard));
  return [...ofLms(standard), ...single].map((each) => ({ may: { comments: true }, scene: isShared(each) ? 'shared' : 'usual', ...each, standard }));
}

/** @returns {string[]} switches that are in no setting, by their names */
export const unplayed = () => {
  const played = new Set(STANDARDS.flatMap(settingsOf).flatMap(({ switches }) => switches));
  return Object.keys(s).filter((name) => !/^(lacks|stateUnreadable)$/.test(name) && !played.has(s[name]));
};
