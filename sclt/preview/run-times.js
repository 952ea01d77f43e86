// What stands behind the API of a SCORM course: scorm-again, or an LMS as it was seen to behave (lms/).
import { handed, scaled } from './handed.js';
import { BEHAVIOURS } from './lms/behaviours/index.js';
import { launch, makeRecord, makeWorld } from './lms/strict.js';

const scripts = {};

/** A script is loaded once. */
const load = name => scripts[name] ??= new Promise(fulfil => {
  document.head.append(Object.assign(document.createElement('script'), { src: `run-time/${name}.min.js`, onload: fulfil }));
});

function flat(tree, name = 'cmi', into = {}) {
  for (const [key, value] of Object.entries(tree ?? {})) {
    if (value && typeof value === 'object') flat(value, `${name}.${key}`, into);
    else into[`${name}.${key}`] = value;
  }
  return into;
}

function scormAgain({ protocol, wishes, before }) {
  const api = new (protocol === 'scorm12' ? Scorm12API : Scorm2004API)({ autocommit: false, logLevel: 5 });
  api.loadFromJSON(handed(protocol, wishes, before));
  const tree = () => api.renderCMIToJSONObject().cmi;
  return { api, values: () => flat(tree()), stored: (name, result) => /^(Commit|Finish|Terminate)$/.test(name) && result === 'true' ? tree() : undefined, leave() {} };
}

function simulated({ standard, protocol, wishes, before }) {
  const behaviour = BEHAVIOURS.find(each => each.name === wishes.like),
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

/** Load what a session needs. */
export const loadRunTime = ({ protocol, wishes: { like } }) => like || load(protocol);

/**
 * Begin a session. @param {{protocol: string, standard: string, wishes: object, before: object|undefined}} launched  `wishes.like` names a
 *   behaviour; `before` is what `stored` of an earlier session has answered
 * @returns {{api: object, values: function(): object, stored: function(string, string): object|undefined, leave: function(): void}}
 *   the API; the data model now; what is new in the LMS after a call and its result; a word that the page is left
 */
export const openRunTime = launched => (launched.wishes.like ? simulated : scormAgain)(launched);
