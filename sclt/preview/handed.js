// What a SCORM LMS hands out at a launch.

function put(tree, name, value) {
  const path = name.split('.').slice(1), last = path.pop();
  let at = tree;
  for (const part of path) at = at[part] ??= {};
  at[last] = value;
}

export const scaled = mastery => String(mastery > 1 ? mastery / 100 : mastery);

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
 * @param {string} protocol scorm12 or scorm2004 @param {object} wishes of the panel
 * @param {object} [before] the data model as it was committed last @returns {object} the data model to begin with
 */
export function handed(protocol, wishes, before) {
  const cmi = structuredClone(before ?? {}), old = protocol === 'scorm12';
  const said = old ? ofScorm12(wishes, before, before?.core?.exit) : ofScorm2004(wishes, before, before?.exit);
  for (const [name, value] of Object.entries(said)) put(cmi, name, value);
  return cmi;
}
