/**
 * What stands behind the API of a SCORM course: scorm-again, or an LMS as it was seen to behave (lms/).
 *
 * @import { Said, Tree, Wishes } from './handed.js'
 * @import { Behaviour } from './lms/strict.js'
 *
 * @typedef {{protocol: string, standard: string, url: string, wishes: Wishes, own?: boolean, before?: any}} Launched  `wishes.like` names a
 *   behaviour; `before` is what `stored` of an earlier session has answered, `own` whether it plays in a window of its own
 * @typedef {{api: Record<string, any>, values: () => Record<string, unknown>, stored: (name: string, result: string) => object | undefined,
 *   leave: () => void}} RunTime
 *   the API; the data model now; what is new in the LMS after a call and its result; a word that the page is left
 */
import { handed, scaled } from './handed.js';
import { BEHAVIOURS } from './lms/behaviours/index.js';
import { launch, makeRecord, makeWorld } from './lms/strict.js';

/** @type {Record<string, Promise<unknown>>} */
const scripts = {};

/** A script is loaded once. @param {string} name @returns {Promise<unknown>} */
const load = name => scripts[name] ??= new Promise(fulfil => {
  document.head.append(Object.assign(document.createElement('script'), { src: `run-time/${name}.min.js`, onload: fulfil }));
});

/** @param {Tree} tree @param {string} [name] @param {Record<string, unknown>} [into] */
function flat(tree, name = 'cmi', into = {}) {
  for (const [key, value] of Object.entries(tree ?? {})) {
    if (value && typeof value === 'object') flat(value, `${name}.${key}`, into);
    else into[`${name}.${key}`] = value;
  }
  return into;
}

/** @param {Launched} launched @returns {RunTime} */
function scormAgain({ protocol, wishes, before }) {
  const api = new (protocol === 'scorm12' ? Scorm12API : Scorm2004API)({ autocommit: false, logLevel: 5 });
  api.loadFromJSON(handed(protocol, wishes, before));
  const tree = () => api.renderCMIToJSONObject().cmi;
  return { api, values: () => flat(tree()), leave() {},
    stored: (name, result) => /^(Commit|Finish|Terminate)$/.test(name) && result === 'true' ? tree() : undefined };
}

/** @param {Launched} launched @returns {RunTime} */
function simulated({ standard, protocol, wishes, before }) {
  const behaviour = /** @type {Behaviour} */ (BEHAVIOURS.find(each => each.name === wishes.like)),
    record = structuredClone(before ?? makeRecord()), world = makeWorld(),
    { learner, mastery } = wishes;
  let known = JSON.stringify(record);
  const { api, lms } = launch(standard, record, { behaviour: { switches: behaviour.standards[standard] }, world,
    wishes: { ...wishes, learner: `learner-${learner}`, mastery: mastery && protocol !== 'scorm12' ? scaled(mastery) : mastery } });
  return {
    api, values: () => lms.values,
    stored() {
      const now = JSON.stringify(record);
      return now === known ? undefined : JSON.parse(known = now);
    },
    leave() {
      world.unloading = true;
    },
  };
}

/** Load what a session needs. @param {Launched} launched */
export const loadRunTime = ({ protocol, wishes: { like } }) => like || load(protocol);

/** Begin a session. @param {Launched} launched @returns {RunTime} */
export const openRunTime = launched => (launched.wishes.like ? simulated : scormAgain)(launched);
