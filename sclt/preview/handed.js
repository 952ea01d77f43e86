/**
 * What a SCORM LMS hands out at a launch.
 *
 * @typedef {{learner: number, like: string, mode: string, credit: string, language: string, mastery: string | number, data: string}} Wishes  of the panel:
 *   `like` names a behaviour; texts are '' for what nobody has wished
 * @typedef {{[name: string]: any}} Tree  a data model as scorm-again has it
 * @typedef {Record<string, string | number>} Said  by the names of elements
 * @param {Tree} tree @param {string} name @param {unknown} value
 */
function put(tree, name, value) {
  const path = name.split('.').slice(1), last = path.pop() ?? '';
  let at = tree;
  for (const part of path) at = at[part] ??= {};
  at[last] = value;
}

/** @param {string | number} mastery */
export const scaled = mastery => String(Number(mastery) > 1 ? Number(mastery) / 100 : mastery);

/** @param {Wishes} wishes @param {Tree | undefined} before @param {string} exit @returns {Said} */
function ofScorm12({ learner, mode, credit, mastery, language, data }, before, exit) {
  return {
    'cmi.core.student_id': `learner-${learner}`, 'cmi.core.student_name': 'Learner, Trial',
    'cmi.core.lesson_mode': mode, 'cmi.core.credit': credit,
    'cmi.core.entry': before ? (exit === 'suspend' ? 'resume' : '') : 'ab-initio',
    'cmi.launch_data': data,
    ...mastery && { 'cmi.student_data.mastery_score': mastery },
    ...language && { 'cmi.student_preference.language': language },
    ...before ? { 'cmi.core.exit': '', 'cmi.core.session_time': '0000:00:00' } : { 'cmi.core.lesson_status': 'not attempted' },
  };
}

/** @param {Wishes} wishes @param {Tree | undefined} before @param {string} exit @returns {Said} */
function ofScorm2004({ learner, mode, credit, mastery, language, data }, before, exit) {
  return {
    'cmi.learner_id': `learner-${learner}`, 'cmi.learner_name': 'Learner, Trial',
    'cmi.mode': mode, 'cmi.credit': credit,
    'cmi.entry': before ? (exit === 'suspend' ? 'resume' : '') : 'ab-initio',
    'cmi.launch_data': data,
    ...mastery && { 'cmi.scaled_passing_score': scaled(mastery) },
    ...language && { 'cmi.learner_preference.language': language },
    ...before && { 'cmi.exit': '', 'cmi.session_time': 'PT0S' },
  };
}

/**
 * @param {string} protocol scorm12 or scorm2004 @param {Wishes} wishes
 * @param {Tree} [before] the data model as it was committed last @returns {Tree} the data model to begin with
 */
export function handed(protocol, wishes, before) {
  const cmi = structuredClone(before ?? {}), old = protocol === 'scorm12';
  const said = old ? ofScorm12(wishes, before, before?.core?.exit) : ofScorm2004(wishes, before, before?.exit);
  for (const [name, value] of Object.entries(said)) put(cmi, name, value);
  return cmi;
}
