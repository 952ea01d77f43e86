/**
 * Pages, navigation, contents and results. A document has one player.
 *
 * @import { AskForm } from './extras.js'
 * @import { Course, Objective, Page, PathQuestion } from './declarations/course.js'
 * @import { Reached, Summary } from './score.js'
 * @import { State } from './state.js'
 * @import { Session } from './store.js'
 * @import { Field, Part } from './view.js'
 */
import { mountAsk, mountScenario, mountTabs, mountWorksheet, glossary, showTerm } from './extras.js';
import { drafts, mountQuestion } from './questions.js';
import { activeQuestions, pagesOf, summary, verdict } from './score.js';
import { answerOf } from './state.js';
import { all, copyOf, find, focus, get, lang, make, number, percent, say, word } from './view.js';

/** @type {Course} */
let course;
/** @type {Session} */
let session;
/** @type {State} */
let state;
let turn = 0;
let moving = false;
let here = '';

/** @param {Course} theCourse @param {Session} theSession */
export function openPlayer(theCourse, theSession) {
  course = theCourse;
  session = theSession;
  state = session.state;
  document.onclick = follow;
  window.onhashchange = () => show(true);
}

/**
 * What leads through a course that has conditions for going on, or a short way: only those courses have ways.js, which brings it.
 * `gate` is the page that is to be finished before another one opens; `shown` is called when a page is shown, and when something on it changed.
 */
export const ways = {
  /** @type {(course: Course, session: Session, id: string) => Page | undefined} */
  gate: () => undefined,
  /** @type {(course: Course, session: Session, id: string, changed: () => void) => void} */
  shown() {},
};

/** @param {string} id */
const pageOf = id => /** @type {Page} */ (course.pages.find(page => page.id === id));

/** @returns {string} the title of a page @param {string} id */
export const title = id => pageOf(id).title[lang];

/** Go to a page. @param {string} id */
export function go(id) {
  if (location.hash === `#/${id}`) show(true);
  else location.hash = `#/${id}`;
}

/** @type {Record<string, Promise<Part>>} */
const cache = {};

/** Where the text of a page comes from; a course that lies on a disk has another place. */
export const origin = {
  /** @param {string} href @returns {Promise<string>} */
  read: href => fetch(href).then(answer => (answer.ok ? answer.text() : Promise.reject())),
};

/** The content of a page. What comes instead of it, such as a form to sign in again, is none. @param {Page} page @returns {Promise<Part>} */
async function fetchPage({ id, href }) {
  const main = find(new DOMParser().parseFromString(await origin.read(href[lang]), 'text/html'), `[data-page="${id}"]`);
  return main ?? Promise.reject();
}

/** Pages are fetched once; one that failed is asked for again. @param {Page} page */
function load(page) {
  const href = page.href[lang];
  cache[href] ??= fetchPage(page);
  cache[href].catch(() => delete cache[href]);
  return cache[href];
}

/** @returns {[string, string?]} where the address leads: a page, results or glossary, and a place within it */
function route() {
  const [, id, part] = location.hash.match(/^#\/([^/]*)\/?(.*)$/) ?? [];
  if (id === 'results' || (id === 'glossary' && course.glossary.length)) return [id, part];
  const page = pageOf(id)?.id ?? (state.place || pagesOf(course, state)[0].id),
    gate = ways.gate(course, session, page);
  return gate ? [gate.id] : [page, page === id ? part : undefined];
}

/** @param {Page} page */
function pageState({ id, questions }) {
  const active = activeQuestions(course, state),
    open = questions.filter(question => active.includes(question) && !answerOf(state, question).tries).length;
  if (ways.gate(course, session, id)) return ['locked', word('state_locked')];
  if (!state.visited.has(id)) return ['new', ''];
  if (open) return ['open', word('state_open', { n: open })];
  const kind = questions.length ? 'done' : 'visited';
  return [kind, word(`state_${kind}`)];
}

/** @param {Page} page */
function tocItem(page) {
  const item = copyOf('toc-item');
  [item.dataset.state, find(item, '.state').textContent] = pageState(page);
  find(item, '.title').textContent = title(page.id);
  /** @type {HTMLAnchorElement} */ (find(item, 'a')).href = `#/${page.id}`;
  return item;
}

function showProgress() {
  const { progress, visited, answered, questions } = summary(course, state),
    toc = get('toc');
  const pages = pagesOf(course, state);
  get('toc-pages').replaceChildren(...pages.map(tocItem));
  /** @type {Part | null} */ (find(toc, '[aria-current]'))?.removeAttribute('aria-current');
  /** @type {Part | null} */ (find(toc, `[href="#/${here}"]`))?.setAttribute('aria-current', 'page');
  /** @type {HTMLProgressElement} */ (find(toc, 'progress')).value = progress;
  find(toc, '#progress p').textContent = word('progress_text',
    { pages: visited, all_pages: pages.length, done: answered, questions: questions.length });
  ways.shown(course, session, here, showProgress);
}

function showSteps() {
  const pages = pagesOf(course, state),
    at = here === 'results' ? pages.length : pages.indexOf(pageOf(here));
  for (const [id, n] of /** @type {[string, number][]} */ ([['previous', at - 1], ['next', at + 1]])) {
    const /** @type {HTMLAnchorElement} */ link = get(id),
      to = pages[n]?.id ?? 'results';
    link.hidden = at < 0 || n < 0 || n > pages.length;
    link.href = `#/${to}`;
    find(link, '.title').textContent = pages[n] ? title(to) : word('results');
  }
  if (pages[at + 1]) load(pages[at + 1]).catch(() => {});
}

/** @param {HTMLElement} main */
function enliven(main) {
  const active = activeQuestions(course, state),
    questionOf = (/** @type {Part} */ element) => course.questions[element.dataset.question];
  for (const each of all(main, '.pool [data-question]')) each.hidden = !active.includes(each.dataset.question);
  for (const form of all(main, '.question')) mountQuestion(form, questionOf(form), session, showProgress);
  for (const each of all(main, '.scenario')) mountScenario(each, /** @type {PathQuestion} */ (questionOf(each)), session, showProgress);
  for (const form of all(main, '.worksheet')) mountWorksheet(form, session);
  for (const form of all(main, '.ask')) mountAsk(/** @type {AskForm} */ (form), session);
  all(main, '.tabs').forEach(mountTabs);
  for (const each of /** @type {HTMLMediaElement[]} */ (all(main, 'audio, video'))) each.muted = Boolean(session.lms.muted);
}

/** The content of a page, ready to be shown. @param {string} id @returns {Promise<Part>} */
async function view(id) {
  if (id === 'results') return results();
  if (id === 'glossary') return glossary(course);
  const main = document.importNode(await load(pageOf(id)), true);
  enliven(main);
  return main;
}

function failed() {
  const main = copyOf('failed-view');
  find(main, 'button').onclick = () => show(true);
  return main;
}

/** @param {HTMLElement} main @param {string | undefined} part @param {boolean} moves */
function place(main, part, moves) {
  const heading = find(main, 'h1');
  document.title = `${heading.textContent} – ${course.title[lang]}`;
  const target = part && all(main, '[id]').find(({ id }) => id === part || encodeURIComponent(id) === part);
  if (target) target.scrollIntoView();
  else if (moves) scrollTo(0, 0);
  if (moves) focus(target || heading);
}

/**
 * Show where the address leads. A page that comes too late, after another was asked for, is dropped; that the learner went somewhere is not.
 * @param {boolean} [moves] whether the learner goes there
 */
export async function show(moves) {
  moving ||= Boolean(moves);
  const mine = turn += 1,
    [id, part] = route(),
    page = get('page');
  if (!location.hash.startsWith(`#/${id}`)) history.replaceState(null, '', `#/${id}`);
  page.setAttribute('aria-busy', 'true');
  const main = await view(id).catch(failed);
  if (mine !== turn) return;
  const restore = here === id ? drafts(page, course) : null;
  here = id;
  page.replaceChildren(main);
  restore?.(main);
  page.removeAttribute('aria-busy');
  if (main.dataset.page) session.visit(id);
  showSteps();
  showProgress();
  place(main, part, moving);
  moving = false;
}

/** @param {{id: string}} page */
const pageLink = ({ id }) => make('li', {}, make('a', { href: `#/${id}` }, title(id)));

/** @param {string} id */
function questionLink(id) {
  const { page, text } = course.questions[id];
  return make('li', {}, make('a', { href: `#/${page}/q-${id}` }, text[lang] || title(page)));
}

/** @param {Reached} reached */
function objectiveItem({ id, scaled, done }) {
  const { text } = /** @type {Objective} */ (course.objectives.find(each => each.id === id)),
    reached = scaled == null ? word(done ? 'state_done' : 'verdict_open') : `${percent(scaled)} %`;
  return make('li', {}, `${text[lang]} `, make('span', { class: 'state' }, reached));
}

/** @param {Summary} now */
function verdictOf({ assessed, scored }) {
  if (state.passed) return 'passed';
  if (assessed && scored) return verdict(state, session.mastery) || 'completed';
  return state.complete ? 'completed' : 'open';
}

/** @returns {Part} */
function results() {
  const main = copyOf('results-view'),
    now = summary(course, state),
    { scaled, scored } = now,
    kind = verdictOf(now);
  const /** @type {Record<string, string | number | false | undefined>} */ texts = {
    course: course.title[lang],
    learner: session.lms.name,
    date: new Date().toLocaleDateString(lang, { dateStyle: 'long' }),
    verdict: word(`verdict_${kind}`),
    score: scaled != null ? word('score', { percent: percent(scaled) }) : scored && word('score_none'),
    mastery: session.mastery != null && scored && word('mastery', { percent: percent(session.mastery) }),
    best: state.attempt > 1 && state.best != null && word('best', { percent: number(state.best) }),
  };
  const unopened = session.readOnly || state.complete ? [] : pagesOf(course, state).filter(({ id }) => !state.visited.has(id)),
    /** @type {Record<string, HTMLElement[]>} */
    lists = { objectives: now.objectives.map(objectiveItem), unopened: unopened.map(pageLink), open: now.open.map(questionLink),
      revisit: now.revisit.map(questionLink) },
    again = find(main, '[data-action=again]');
  for (const each of all(main, '[data-fill]')) say(each, String(texts[each.dataset.fill] || ''));
  for (const each of all(main, '[data-show]')) {
    const items = lists[each.dataset.show];
    each.hidden = !items.length;
    find(each, 'ul').append(...items);
  }
  find(main, '.verdict').classList.add(kind);
  find(main, '[data-action=print]').onclick = () => print();
  again.hidden = session.readOnly || !now.answered;
  again.onclick = tryAgain;
  return main;
}

function tryAgain() {
  if (!confirm(word('try_again_sure'))) return;
  session.again();
  show(true);
}

/** Links within the course change the place; links within a page only scroll. @param {MouseEvent} event */
function follow(event) {
  const link = /** @type {Part} */ (event.target).closest('a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { pageLink, term } = link.dataset,
    [, inPage] = link.getAttribute('href')?.match(/^#([^/].*)/) ?? [];
  if (!pageLink && !term && !inPage) return;
  event.preventDefault();
  if (pageLink) location.hash = `#/${pageLink}${link.hash.replace('#', '/')}`;
  else if (term) showTerm(course, term);
  else {
    const target = get(inPage);
    target?.scrollIntoView();
    if (target) focus(target);
  }
}
