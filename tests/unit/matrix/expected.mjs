/** What an LMS must have of a learner, told from the learner's side and the standards alone: the runtime has no part in it. */
import { inPairs, truth } from './learner.mjs';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const indexOf = (list, id) => list.findIndex((each) => each.id === id);
const oneLine = (text) => text.replace(/\s+/g, ' ');
const gapTexts = ({ gaps }, response) => gaps.map(({ id, choose, options }) =>
  oneLine(choose ? options.find((each) => each.id === response[id]).text.lt : response[id]));

/** SCORM 1.2 RTE, 3.4.4: characters for options, by their place. */
const OLD = {
  'true-false': (q, response) => response[0], numeric: (q, response) => String(Number(response)), scenario: (q, response) => response.join(),
  ...inPairs(({ left, right }, response) => left.map(({ id }, n) => `${n + 1}.${LETTERS[indexOf(right, response[id])]}`).join()),
  gaps: (q, response) => gapTexts(q, response).join(), 'short-answer': (q, response) => response, 'long-answer': (q, response) => oneLine(response),
};
const letters = ({ options }, response) => [response].flat().map((id) => LETTERS[indexOf(options, id)]).join();

/** SCORM 2004 RTE, 4.2.9.1: identifiers and marks between them. */
const NOW = {
  numeric: OLD.numeric, ...inPairs(({ left }, response) => left.map(({ id }) => `${id}[.]${response[id]}`).join('[,]')),
  gaps: (q, response) => gapTexts(q, response).map((text) => `{lang=lt}${text}`).join('[,]'),
  scenario: (q, response) => response.slice(1).map((to, n) => `${response[n]}[.]${to}`).join('[,]'),
  'short-answer': (q, response) => `{lang=lt}${response}`, 'long-answer': (q, response) => `{lang=lt}${oneLine(response)}`,
};
const identifiers = (q, response) => [response].flat().join('[,]');

/** @returns {{response: string, result: string}} what an interaction says of an answer */
export function saidOf(q, { response, share }, isOld) {
  const write = isOld ? OLD[q.type] ?? letters : NOW[q.type] ?? identifiers;
  const part = share > 0 && share < 1 ? share.toFixed(2) : '';
  return { response: write(q, response), result: share == null ? 'neutral' : part || (share ? 'correct' : isOld ? 'wrong' : 'incorrect') };
}

/** @returns {[string, object][]} the interactions of a record: the question's name and what is said of it */
function interactionsIn(values) {
  const found = Object.entries(values).filter(([name]) => /^cmi\.interactions\.\d+\.id$/.test(name));
  return found.map(([name, id]) => {
    const [response, result] = [`${name.slice(0, -2)}student_response`, `${name.slice(0, -2)}result`];
    return [id, { response: values[response] ?? values[response.replace('student', 'learner')], result: values[result] }];
  });
}

/** @returns {string[]} what is missing or wrong among a course's interactions in the record: each question has one, with the latest answer */
export function wrongInteractions({ values }, { told }, course, isOld) {
  const all = interactionsIn(values);
  return [...told].flatMap(([id, said]) => {
    const found = all.filter(([name]) => name === (isOld ? id : `${course.iri}/questions/${id}`)).map(([, each]) => JSON.stringify(each)),
      wanted = JSON.stringify(saidOf(course.questions[id], said, isOld));
    return found.length === 1 && found[0] === wanted ? [] : [`interaction ${id}: ${found.join(' and ') || 'none'}, not ${wanted}`];
  });
}

/** @returns {string[]} questions to the authors that the record lacks */
export function lackingComments({ values }, { comments }) {
  const texts = Object.entries(values).filter(([name]) => name.includes('comments')).map(([, text]) => text).join('\n');
  return comments.filter((text) => !texts.includes(text)).map((text) => `comment ${text}`);
}

/** @returns {number} 0 to 1; NaN where there is none */
const scoreIn = (values, { names, isOld }) => Number(values[names.score] || NaN) / (isOld ? 100 : 1);

/**
 * @param {{success?: string, score?: number}} excused what the record may say all the same: what was true when it was heard last
 * @returns {string[]} verdicts and scores in the record that are not true
 */
export function untrue({ values }, memory, course, model, excused) {
  const { success } = truth(memory, course),
    { names } = model,
    said = [values[names.status], values[names.success]],
    score = scoreIn(values, model);
  return [...['passed', 'failed'].filter((each) => said.includes(each) && success !== each && excused.success !== each),
    ...score > (memory.best ?? 0) + 1e-4 && score !== excused.score ? [`a score of ${score}`] : []];
}

/** @returns {string[]} where the status in the record is not the learner's */
export function wrongStatus({ values }, memory, course, { names, isOld }, excused) {
  const { complete, success: own } = truth(memory, course),
    // Who has no verdict takes none away from another module of the same store.
    success = own || (course.mastery == null && !isOld && excused.success);
  const wanted = isOld ? [complete ? success || 'completed' : 'incomplete'] : [complete ? 'completed' : 'incomplete', success || 'unknown'];
  const found = isOld ? [values[names.status]] : [values[names.status], values[names.success] || 'unknown'];
  return `${found}` === `${wanted}` ? [] : [`status ${found}, not ${wanted}`];
}

/** @returns {string[]} where the score of somebody who has finished is not the best one */
export function wrongScore({ values }, memory, course, model) {
  const found = scoreIn(values, model);
  return !truth(memory, course).complete || Math.abs(found - memory.best) < 1e-4 ? [] : [`score ${found}, not ${memory.best}`];
}
