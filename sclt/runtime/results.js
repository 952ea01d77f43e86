/**
 * The end of a module: what came of it and what it means, what is left, what to do next, and a statement to keep.
 *
 * @import { Around, Course, Objective, Page } from './declarations/course.js'
 * @import { Reached, Summary } from './score.js'
 * @import { State } from './state.js'
 * @import { Session } from './store.js'
 * @import { Part } from './view.js'
 */
import { duration } from './cover.js';
import { printOnly } from './extras.js';
import { pagesOf, summary, teachers, verdict } from './score.js';
import { all, copyOf, find, lang, make, number, percent, say, word } from './view.js';

/** @typedef {'passed' | 'failed' | 'completed' | 'open'} Kind */

/** @param {Pick<Summary, 'assessed' | 'scored'>} now @param {Session} session @returns {Kind} */
export function outcomeOf({ assessed, scored }, { state, mastery }) {
  if (state.passed) return 'passed';
  if (assessed && scored) return verdict(state, mastery) || 'completed';
  return state.complete ? 'completed' : 'open';
}

/** @param {Page} page */
const pageLink = ({ id, title }) => make('a', { href: `#/${id}` }, title[lang]);

/** A question by its words, and the page where it stands. @param {Course} course @param {string} id */
function questionItem({ questions, pages }, id) {
  const { page, text } = questions[id],
    { title } = /** @type {Page} */ (pages.find(each => each.id === page));
  return make('li', {}, make('a', { href: `#/${page}/q-${id}` }, text[lang] || title[lang]), ' ', make('span', { class: 'meta' }, title[lang]));
}

/** What is reached of an objective, and where it is taught. @param {Course} course @param {Reached} reached @param {number | null} mastery */
function objectiveItem(course, { id, scaled, done }, mastery) {
  const { text } = /** @type {Objective} */ (course.objectives.find(each => each.id === id)),
    reached = scaled == null ? done : scaled >= (mastery ?? 1),
    kind = scaled == null && !done ? 'open' : reached ? 'reached' : 'again',
    state = [word(`goal_${kind}`), scaled == null ? '' : word('percent', { percent: percent(scaled) })].filter(Boolean).join(', '),
    item = make('li', {}, make('span', { class: 'goal' }, text[lang]), ' ', make('span', { class: 'state' }, state)),
    lessons = kind === 'reached' ? [] : teachers(course, id);
  item.dataset.goal = kind;
  if (lessons.length) item.append(' ', make('span', { class: 'meta' }, word('taught_at'), ' ', ...lessons.flatMap(page => [pageLink(page), ' '])));
  return item;
}

/** What the verdict means, in a sentence. @param {Kind} kind @param {Summary} now @param {Session} session @param {number} unopened */
function meaning(kind, { scaled, open }, { mastery, lms }, unopened) {
  if (kind === 'failed') {
    return word('means_failed', { percent: percent(Number(scaled)), needed: percent(Number(mastery)) });
  }
  if (kind === 'open') return [open.length && word('means_questions', { n: open.length }), unopened && word('means_pages', { n: unopened })].filter(Boolean).join(' ');
  const left = unopened ? ` ${word(lms.connected ? 'unopened_text' : 'means_pages', { n: unopened })}` : '';
  return `${word(`means_${kind}`)}${left}`;
}

/** The scale with the mark that is needed. @param {Part} main @param {Summary} now @param {Session} session */
function showScale(main, { scaled }, { mastery }) {
  const scale = find(main, '.scale');
  scale.hidden = scaled == null;
  scale.style.setProperty('--reached', `${(scaled ?? 0) * 100}%`);
  scale.style.setProperty('--needed', `${(mastery ?? 0) * 100}%`);
  scale.classList.toggle('unmarked', mastery == null);
}

/** One way on: what is open, the next module, or out. @param {Part} main @param {Kind} kind @param {Page[]} unopened @param {Summary} now @param {Course} course @param {Around} around */
function showNext(main, kind, unopened, { open }, course, { home, next }) {
  const /** @type {HTMLAnchorElement} */ on = find(main, '[data-action=on]'),
    /** @type {HTMLAnchorElement} */ back = find(main, '[data-action=home]'),
    done = kind === 'passed' || kind === 'completed',
    first = open.length ? `${course.questions[open[0]].page}/q-${open[0]}` : unopened[0]?.id;
  if (first && !done) {
    on.href = `#/${first}`;
    on.textContent = word(open.length ? 'on_question' : 'on_page');
  } else if (done && next?.href) {
    on.href = `${next.href}?language=${lang}`;
    on.textContent = word('on_module', { module: next.title[lang] });
  }
  on.hidden = !on.hasAttribute('href');
  back.hidden = !home;
  if (home) back.href = `${home}?language=${lang}`;
  say(find(main, '[data-fill=onward]'), done && next && !next.href ? word('on_lms', { module: next.title[lang] }) : '');
}

/** @param {Part} main @param {Course} course @param {Session} session @param {Kind} kind @param {Summary} now */
function fillStatement(main, course, { lms, mastery }, kind, { scaled }) {
  const statement = find(main, '.statement');
  statement.hidden = kind !== 'passed' && kind !== 'completed';
  const texts = {
    s_name: lms.name || '', s_title: course.title[lang], s_programme: course.programme[lang] ?? '', s_time: duration(course.minutes),
    s_date: new Date().toLocaleDateString(lang, { dateStyle: 'long' }), s_publisher: course.about.publisher[lang],
    s_score: scaled != null && mastery != null ? word('percent', { percent: percent(scaled) }) : '',
  };
  for (const [name, text] of Object.entries(texts)) find(statement, `[data-fill=${name}]`).textContent = text;
  find(statement, '.scored').hidden = !texts.s_score;
  find(statement, '.taught').hidden = !course.objectives.length;
  find(statement, '.taught ul').append(...course.objectives.map(({ text }) => make('li', {}, text[lang])));
}

/** @param {Course} course @param {Session} session @param {Around} around @param {() => void} again @returns {Part} */
export function results(course, session, around, again) {
  const main = copyOf('results-view'),
    { state, mastery } = session,
    now = summary(course, state),
    { scaled, scored } = now,
    kind = outcomeOf(now, session),
    unopened = session.readOnly || state.complete ? [] : pagesOf(course, state).filter(({ id }) => !state.visited.has(id));
  const /** @type {Record<string, string | number | false | undefined>} */ texts = {
    verdict: word(`verdict_${kind}`), means: meaning(kind, now, session, unopened.length),
    score: scaled != null ? word('score', { percent: percent(scaled) }) : scored && word('score_none'),
    mastery: mastery != null && scored && word('mastery', { percent: percent(mastery) }),
    best: state.attempt > 1 && state.best != null && word('best', { percent: number(state.best) }),
    course: course.title[lang], learner: session.lms.name, date: new Date().toLocaleDateString(lang, { dateStyle: 'long' }),
  };
  const /** @type {Record<string, HTMLElement[]>} */ lists = {
    objectives: now.objectives.map(each => objectiveItem(course, each, mastery)),
    unopened: unopened.map(page => make('li', {}, pageLink(page), ' ', make('span', { class: 'meta' }, word('minutes', { n: page.minutes })))),
    open: now.open.map(id => questionItem(course, id)), revisit: now.revisit.map(id => questionItem(course, id)),
  };
  for (const each of all(main, '[data-fill]')) if (each.dataset.fill in texts) say(each, String(texts[each.dataset.fill] || ''));
  for (const each of all(main, '[data-show]')) {
    const items = lists[each.dataset.show];
    each.hidden = !items.length;
    find(each, 'ul').append(...items);
  }
  find(main, '.verdict').classList.add(kind);
  showScale(main, now, session);
  showNext(main, kind, unopened, now, course, around);
  fillStatement(main, course, session, kind, now);
  mountActions(main, session, now, again);
  return main;
}

/** @param {Part} main @param {Session} session @param {Summary} now @param {() => void} again */
function mountActions(main, { readOnly }, { answered }, again) {
  const button = find(main, '[data-action=again]'),
    statement = find(main, '.statement'),
    certify = find(main, '[data-action=statement]');
  certify.hidden = statement.hidden;
  certify.onclick = () => printOnly(statement);
  find(main, '[data-action=print]').onclick = () => print();
  button.hidden = readOnly || !answered;
  button.onclick = again;
}
