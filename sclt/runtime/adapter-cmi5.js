/**
 * The adapter of cmi5 (the assignable unit's part: 8 to 11 of the specification). Packages carry it as adapter.js.
 *
 * @import { Course } from './declarations/course.js'
 * @import { Launch } from './xapi.js'
 */
import { connectLrs, isWeb, openDocument } from './lrs.js';
import { adapt } from './xapi.js';

const CONTEXT = 'https://w3id.org/xapi/cmi5/context/';
const MOVE_ON = ['completed', 'passed', 'failed'];

/** The one-time answer of the fetch URL; a tab that loads the course anew has it still (8.2). @param {string} fetchUrl @param {Storage} tab */
async function token(fetchUrl, tab) {
  const kept = tab.getItem(fetchUrl);
  if (kept) return kept;
  const answer = await (await fetch(fetchUrl, { method: 'POST' })).json();
  if (answer['auth-token']) tab.setItem(fetchUrl, answer['auth-token']);
  return answer['auth-token'];
}

/** The categories and extensions of statements that cmi5 defines (9.6.2, 9.6.3). @param {number | undefined} masteryScore @returns {Launch['defined']} */
const defined = masteryScore => (verb, context) => {
  const judged = MOVE_ON.includes(verb),
    { category = [] } = context.contextActivities,
    mine = ['cmi5', ...judged ? ['moveon'] : []].map(name => ({ objectType: 'Activity', id: `${CONTEXT}categories/${name}` }));
  context.contextActivities.category = [...category, ...mine];
  if (judged && verb !== 'completed' && masteryScore != null) {
    /** @type {Record<string, unknown>} */ (context.extensions)[`${CONTEXT}extensions/masteryscore`] = masteryScore;
  }
  return context;
};

/** @param {URLSearchParams} query @param {Storage} tab @returns {Promise<Launch>} */
async function launched(query, tab) {
  const [endpoint, fetchUrl, registration, activity] = ['endpoint', 'fetch', 'registration', 'activityId'].map(name => /** @type {string} */ (query.get(name))),
    actor = JSON.parse(/** @type {string} */ (query.get('actor'))),
    agent = JSON.stringify(actor);
  if (![endpoint, fetchUrl].every(isWeb)) throw Error('a launch without addresses');
  const ask = connectLrs(endpoint, `Basic ${await token(fetchUrl, tab)}`),
    data = await openDocument(ask, 'activities/state', { activityId: activity, agent, registration, stateId: 'LMS.LaunchData' }).read(),
    preferences = openDocument(ask, 'agents/profile', { agent, profileId: 'cmi5LearnerPreferences' }),
    preferred = await preferences.read() ?? {},
    { contextTemplate: template, launchMode, masteryScore: mastery, returnURL } = data;
  return {
    ask, actor, activity, registration, template, mastery, defined: defined(mastery), mode: launchMode.toLowerCase(),
    returnURL: isWeb(returnURL) ? returnURL : null,
    session: template.extensions[`${CONTEXT}extensions/sessionid`],
    language: preferred.languagePreference?.split(',')[0].trim(), muted: preferred.audioPreference === 'off',
    over: tab.getItem(`${fetchUrl} over`), ended: () => tab.setItem(`${fetchUrl} over`, '1'),
    speak: language => preferences.write({ ...preferred, languagePreference: language }).catch(() => {}),
  };
}

/** The adapter that the runtime talks to. @param {Window} win @param {Course} course */
export function createAdapter(win, course) {
  const query = new URLSearchParams(win.location.search);
  return adapt(course, Boolean(query.get('fetch')), () => launched(query, win.sessionStorage));
}
