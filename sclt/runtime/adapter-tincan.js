/**
 * The adapter of a Tin Can launch: credentials and actor come in the address. Packages carry it as adapter.js.
 *
 * @import { Course } from './declarations/course.js'
 */
import { connectLrs, isWeb } from './lrs.js';
import { adapt } from './xapi.js';

/** Older launches put everything of the actor into lists, and call an account otherwise. @param {Record<string, any>} actor as a stranger wrote it */
function agentOf({ name, mbox, account }) {
  const [one, address, at] = [name, mbox, account].map(each => [each].flat()[0]);
  return {
    objectType: 'Agent', ...one && { name: one },
    ...address ? { mbox: address } : { account: { homePage: at.homePage ?? at.accountServiceHomePage, name: at.name ?? at.accountName } },
  };
}

/** The adapter that the runtime talks to. @param {Window} win @param {Course} course */
export function createAdapter(win, course) {
  const query = new URLSearchParams(win.location.search),
    [endpoint, auth, registration] = ['endpoint', 'auth', 'registration'].map(name => /** @type {string} */ (query.get(name))),
    home = query.get('activity_id') ?? course.iri;
  return adapt(course, isWeb(endpoint), () => ({
    ask: connectLrs(endpoint, auth), actor: agentOf(JSON.parse(/** @type {string} */ (query.get('actor')))),
    registration, mode: 'normal', activity: course.iri, home,
    template: { contextActivities: { grouping: [{ objectType: 'Activity', id: home }] } },
    defined: (verb, context) => context,
  }));
}
