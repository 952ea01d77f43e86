/** A learner who does all that a course offers: fails it, tries again, passes; types, asks, fills worksheets. What must be kept is noted apart. */
const WRONG = {
  'short-answer': () => 'zzz', numeric: () => '-999999', likert: ({ options }) => options[0].id, 'long-answer': () => 'Mano planas: ačiū.\nIki!',
  matching: ({ left, right, pairs }) => Object.fromEntries(left.map(({ id }) => [id, right.find((each) => each.id !== pairs[id]).id])),
  ordering: ({ options }) => options.map(({ id }) => id).reverse(),
  gaps: ({ gaps }) => Object.fromEntries(gaps.map((gap) => [gap.id, gap.choose ? gap.options.find((each) => !each.correct).id : 'zzz'])),
  scenario: ({ steps }) => [steps[0].id], 'multiple-choice': ({ options }) => [options.find((each) => !each.correct).id],
};
const RIGHT = {
  ...WRONG, 'short-answer': ({ accepted }) => accepted.lt.find((each) => each.correct).text, matching: ({ pairs }) => ({ ...pairs }),
  numeric: ({ ranges }) => String(ranges.find((each) => each.correct).low), ordering: ({ options }) => options.map(({ id }) => id),
  gaps: ({ gaps }) => Object.fromEntries(gaps.map((gap) => [gap.id, gap.choose ? gap.options.find((each) => each.correct).id : gap.accepted.lt[0]])),
  'multiple-choice': ({ options }) => options.filter((each) => each.correct).map(({ id }) => id),
};
const one = (right) => ({ options }) => options.find((each) => each.correct === right).id;
const answerOf = (q, right) => ((right ? RIGHT : WRONG)[q.type] ?? one(right))(q);

const scored = ({ type, points }) => points > 0 && !/likert|long/.test(type);

/** @returns {{pages: Set, responses: Map, sheets: Map, comments: string[], passed: boolean, failed: boolean, attempt: number}} */
export const makeMemory = () => ({ pages: new Set(), responses: new Map(), sheets: new Map(), comments: [], passed: false, failed: false, attempt: 1 });

const questionsOn = (page, { answers }, course) => {
  const pools = Object.values(course.pools).flatMap((pool) => pool.questions);
  return page.questions.filter((id) => !pools.includes(id) || answers.has(id));
};

function visit(page) {
  return (session, memory) => {
    session.visit(page.id);
    memory.pages.add(page.id);
  };
}

function answer(course, page, right) {
  return (session, memory) => {
    for (const id of questionsOn(page, session.state, course)) {
      const response = answerOf(course.questions[id], right);
      session.take(id, response, 3);
      memory.responses.set(id, response);
    }
  };
}

function fill(id, fields) {
  return (session, memory) => {
    const text = Object.fromEntries(fields.map((field) => [field, `Užrašas apie ${field}: 100 % „ačiū“`]));
    session.write(id, text);
    memory.sheets.set(id, text);
  };
}

const ask = (text) => (session, memory) => {
  session.comment(text);
  memory.comments.push(text);
};

/** The attempt is done: what the course must say now. */
const judged = (course, passes) => (session, memory) => {
  if (course.mastery == null || !Object.values(course.questions).some(scored)) return;
  Object.assign(memory, { passed: memory.passed || passes, failed: !memory.passed && !passes });
};

function retry(session, memory, course) {
  session.again();
  memory.attempt += 1;
  memory.failed = false;
  for (const id of [...memory.responses.keys()]) if (!/likert|long/.test(course.questions[id].type)) memory.responses.delete(id);
}

/** @returns {(function(object, object, object): void)[]} steps of a session, each told the session, the learner's memory and the course */
export function steps(course) {
  const end = course.pages.findLastIndex((page) => page.questions.some((id) => scored(course.questions[id])));
  const pass = (right) => course.pages.flatMap((page, n) => {
    const answers = answer(course, page, right);
    return [visit(page), n === end ? (...all) => { answers(...all); judged(course, right)(...all); } : answers];
  });
  const sheets = Object.entries(course.worksheets).map(([id, { fields }]) => fill(id, fields));
  return [...pass(false), ask('Kodėl taip?'), ...sheets, retry, ...pass(true), ask('Ką daryti toliau?')];
}
