/**
 * A learner who does all that a course offers: fails it, tries again, passes; types, asks, fills worksheets. What must be kept, and what is true
 * of the learner, is noted apart from the course, by what the learner did alone.
 *
 * @typedef {{response: any, share: number|null}} Said  an answer and the part of it that is right; null where nothing is right or wrong
 * @typedef {{pages: Set<string>, responses: Map<string, any>, told: Map<string, Said>, sheets: Map<string, object>, comments: string[],
 *   attempt: number, earned: number, total: number, assessed: boolean, best: number|null, passed: boolean, complete: boolean}} Memory
 *   responses are those of this attempt, told is what an LMS must have heard last of each question; best is 0 to 1
 */
const firstRight = ({ left, right, pairs }) => Object.fromEntries(left.map(({ id }, n) => [id, n ? right.find((each) => each.id !== pairs[id]).id : pairs[id]]));
/** The same for each type that joins two sides. */
export const inPairs = (answer) => ({ matching: answer, sorting: answer, 'picture-labels': answer });
const inGaps = (right) => ({ gaps }) => Object.fromEntries(gaps.map(({ id, choose, options, accepted }) =>
  [id, choose ? options.find((each) => each.correct === right).id : right ? accepted.lt[0] : 'zzz']));
const one = (right) => ({ options }) => options.find((each) => each.correct === right).id;
const idsOf = (list) => list.map(({ id }) => id);

/** The ways through a scenario, the best first. */
function walksOf({ steps }) {
  const walks = [[steps[0]]];
  for (const walk of walks) walks.push(...walk.at(-1).choices.map((id) => [...walk, steps.find((each) => each.id === id)]));
  return walks.filter((walk) => !walk.at(-1).choices.length).sort((a, b) => b.at(-1).score - a.at(-1).score);
}

/** What is answered wrongly; of pairs the first is right. */
const WRONG = {
  'short-answer': () => 'zzz', numeric: () => '-999999', ...inPairs(firstRight), ordering: ({ options }) => idsOf([...options.slice(1), options[0]]),
  gaps: inGaps(false), scenario: (q) => idsOf(walksOf(q).at(-1)), 'multiple-choice': ({ options }) => [one(false)({ options })],
};
/** The share of such an answer that is right all the same. */
const PART = { ...inPairs(({ partial, left }) => (partial ? 1 / left.length : 0)), scenario: (q) => walksOf(q).at(-1).at(-1).score / 100 };
const RIGHT = {
  'short-answer': ({ accepted }) => accepted.lt.find((each) => each.correct).text, numeric: ({ ranges }) => String(ranges.find((each) => each.correct).low),
  ...inPairs(({ pairs }) => ({ ...pairs })), ordering: ({ options }) => idsOf(options), gaps: inGaps(true), scenario: (q) => idsOf(walksOf(q)[0]),
  'multiple-choice': ({ options }) => idsOf(options.filter((each) => each.correct)),
};
const UNJUDGED = { likert: ({ options }) => options[0].id, 'long-answer': () => 'Mano planas: ačiū.\nIki!' };

const isJudged = ({ type }) => !(type in UNJUDGED);
const isScored = (q) => q.points > 0 && isJudged(q);

/** @returns {Said} what this learner answers */
function sayTo(q, right) {
  if (!isJudged(q)) return { response: UNJUDGED[q.type](q), share: null };
  return { response: ((right ? RIGHT : WRONG)[q.type] ?? one(right))(q), share: right ? 1 : PART[q.type]?.(q) ?? 0 };
}

/** @returns {Memory} */
export const makeMemory = () => ({ pages: new Set(), responses: new Map(), told: new Map(), sheets: new Map(), comments: [], attempt: 1, earned: 0, total: 0,
  assessed: false, best: null, passed: false, complete: false });

/**
 * What is true of the learner, whatever anybody says.
 * @returns {{complete: boolean, success: 'passed'|'failed'|'', again: boolean}} again: a failed course is being tried again, and open until it is done
 */
export function truth({ attempt, assessed, best, passed, complete }, { mastery }) {
  const failed = mastery != null && best != null && !passed,
    again = failed && attempt > 1 && !assessed;
  return { complete: complete && !again, success: passed ? 'passed' : failed && !again ? 'failed' : '', again };
}

/** The questions that the page shows: of a pool those that were drawn. */
function shownOn({ questions }, { state }, { json, activeQuestions }) {
  const active = activeQuestions(json, state);
  return questions.filter((id) => active.includes(id));
}

const look = (memory, course) => {
  memory.complete ||= memory.assessed && memory.pages.size === course.pages.length;
};

const visit = (page) => (session, memory, { json }) => {
  session.visit(page.id);
  memory.pages.add(page.id);
  look(memory, json);
};

function note(memory, id, q, said) {
  memory.responses.set(id, said.response);
  memory.told.set(id, said);
  if (!isScored(q)) return;
  memory.earned += q.points * said.share;
  memory.total += q.points;
}

const answer = (page, right) => (session, memory, course) => {
  for (const id of shownOn(page, session, course)) {
    const q = course.json.questions[id],
      said = sayTo(q, right);
    session.take(id, said.response, 3);
    note(memory, id, q, said);
  }
};

const fill = (id, fields) => (session, memory) => {
  const text = Object.fromEntries(fields.map((field) => [field, `Užrašas apie ${field}: 100 % „ačiū“`]));
  session.write(id, text);
  memory.sheets.set(id, text);
};

const ask = (text) => (session, memory) => {
  session.comment(text);
  memory.comments.push(text);
};

/** Everything that counts is answered: the attempt is judged. */
function judge(memory, course) {
  for (const { draw, questions } of Object.values(course.pools)) {
    const drawn = questions.filter((id) => memory.responses.has(id));
    if (drawn.length !== draw) throw new Error(`${drawn} were drawn, not ${draw}`);
  }
  memory.assessed = true;
  memory.best = Math.max(memory.best ?? 0, memory.earned / memory.total);
  memory.passed ||= course.mastery != null && memory.best >= course.mastery;
  look(memory, course);
}

function retry(session, memory, { json }) {
  session.again();
  Object.assign(memory, { attempt: memory.attempt + 1, earned: 0, total: 0, assessed: false });
  for (const id of [...memory.responses.keys()]) if (isJudged(json.questions[id])) memory.responses.delete(id);
}

/** An attempt: page by page, answered all rightly or all wrongly. */
function attempt(json, right) {
  const end = json.pages.findLastIndex((page) => page.questions.some((id) => isScored(json.questions[id])));
  return json.pages.flatMap((page, n) => [visit(page), (session, memory, course) => {
    answer(page, right)(session, memory, course);
    if (n === end) judge(memory, course.json);
  }]);
}

/** @returns {(function(object, Memory, object): void)[]} an attempt in which everything is wrong; no more is done */
export const astray = (course) => attempt(course, false);

/** @returns {(function(object, Memory, object): void)[]} an attempt in which everything is right; no more is done */
export const straight = (course) => attempt(course, true);

/** @returns {(function(object, Memory, object): void)[]} steps of a session, each told the session, the learner's memory and the course as packages.mjs has it */
export function steps(course) {
  const sheets = Object.entries(course.worksheets).map(([id, { fields }]) => fill(id, fields));
  return [...attempt(course, false), ask('Kodėl taip?'), ...sheets, retry, ...attempt(course, true), ask('Ką daryti toliau?')];
}
