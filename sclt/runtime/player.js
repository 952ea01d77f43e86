/**
 * Pages, navigation, contents and results. A document has one player.
 *
 * @import { AskForm } from './extras.js'
 * @import { Around, Course, Page, PathQuestion, Question, Texts } from './declarations/course.js'
 * @import { Summary } from './score.js'
 * @import { State } from './state.js'
 * @import { Session } from './store.js'
 * @import { Field, Part } from './view.js'
 */
import { BLOCKS } from './blocks.js';
import { cover } from './cover.js';
import { consulting, mountAsk, mountScenario, mountTabs, glossary, showTerm } from './extras.js';
import { mountTables, pictures } from './figures.js';
import { drafts, mountQuestion } from './questions.js';
import { outcomeOf, results } from './results.js';
import { activeQuestions, pagesOf, summary, teachers } from './score.js';
import { answerOf } from './state.js';
import { all, copyOf, find, focus, get, lang, make, say, word } from './view.js';

/** @type {Course} */
let course;
/** @type {Session} */
let session;
/** @type {State} */
let state;
/** @type {Around} */
let around;
let turn = 0;
let moving = false;
let here = '';

/** @param {Course} theCourse @param {Session} theSession @param {Around} whatIsAround */
export function openPlayer(theCourse, theSession, whatIsAround) {
  course = theCourse;
  session = theSession;
  around = whatIsAround;
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

/** @returns {[string, string?]} where the address leads: a page, results, glossary or, by no name, the cover; and a place within it */
function route() {
  const [, id, part] = location.hash.match(/^#\/([^/]*)\/?(.*)$/) ?? [];
  if (id === 'results' || (id === 'glossary' && course.glossary.length)) return [id, part];
  if (!pageOf(id)) return [''];
  const gate = ways.gate(course, session, id);
  return gate ? [gate.id] : [id, part];
}

/** The questions of a page that are asked in this attempt and have no answer. @param {Page} page */
function openOn({ questions }) {
  const active = activeQuestions(course, state);
  return questions.filter(question => active.includes(question) && !answerOf(state, question).tries).length;
}

/** @param {Page} page */
function pageState(page) {
  const open = openOn(page);
  if (ways.gate(course, session, page.id)) return ['locked', word('state_locked')];
  if (!state.visited.has(page.id)) return ['new', ''];
  if (open) return ['open', word('state_open', { n: open })];
  const kind = page.questions.length ? 'done' : 'visited';
  return [kind, word(`state_${kind}`)];
}

/** @param {Page} page */
function tocItem(page) {
  const item = copyOf('toc-item');
  [item.dataset.state, find(item, '.state').textContent] = pageState(page);
  find(item, '[data-fill]').textContent = word('minutes', { n: page.minutes });
  find(item, '.title').textContent = title(page.id);
  /** @type {HTMLAnchorElement} */ (find(item, 'a')).href = `#/${page.id}`;
  return item;
}

/** The contents: pages that are of a group stand in a list of their own below its title. @param {Page[]} pages */
function tocItems(pages) {
  const top = make('ol');
  let list = top,
    /** @type {number | undefined} */
    open;
  for (const page of pages) {
    const { group } = page,
      id = `group-${group}`;
    if (group !== open) {
      list = make('ol', { 'aria-labelledby': id });
      top.append(make('li', { class: 'group' }, make('p', { id, class: 'kicker' }, /** @type {Texts[]} */ (course.groups)[/** @type {number} */ (group)][lang]), list));
      open = group;
    }
    list.append(tocItem(page));
  }
  return top.children;
}

/** Let the start page of a package without an LMS show how far this browser has come. @param {Summary} now */
function tellLanding(now) {
  try {
    if (around.home && !session.lms.connected) localStorage.setItem(`sclt-progress:${course.iri}`, JSON.stringify({ progress: now.progress, state: outcomeOf(now, session) }));
  } catch {
    // A browser that keeps nothing shows nothing there.
  }
}

function showProgress() {
  const now = summary(course, state),
    { progress, visited, answered, questions } = now,
    toc = get('toc');
  const pages = pagesOf(course, state);
  get('toc-pages').replaceChildren(...tocItems(pages));
  /** @type {Part | null} */ (find(toc, '[aria-current]'))?.removeAttribute('aria-current');
  /** @type {Part | null} */ (find(toc, `[href="#/${here}"]`))?.setAttribute('aria-current', 'page');
  /** @type {HTMLProgressElement} */ (/** @type {unknown} */ (get('line'))).value = progress;
  const page = pageOf(here),
    open = page ? openOn(page) : 0;
  tellLanding(now);
  say(get('left'), open ? word('left_here', { n: open }) : '');
  find(toc, '#progress p').textContent = word('progress_text',
    { pages: visited, all_pages: pages.length, done: answered, questions: questions.length });
  ways.shown(course, session, here, showProgress);
}

function showSteps() {
  const pages = pagesOf(course, state),
    at = here === 'results' ? pages.length : pages.indexOf(pageOf(here));
  get('steps').hidden = !here;
  for (const [id, n] of /** @type {[string, number][]} */ ([['previous', at - 1], ['next', at + 1]])) {
    const /** @type {HTMLAnchorElement} */ link = get(id),
      to = pages[n]?.id ?? 'results';
    link.hidden = n < 0 || n > pages.length || here === 'glossary';
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
  for (const form of all(main, '.question')) mountQuestion(form, questionOf(form), session, showProgress, lesson(questionOf(form)));
  for (const each of all(main, '.scenario')) mountScenario(each, /** @type {PathQuestion} */ (questionOf(each)), session, showProgress);
  for (const form of all(main, '.ask')) mountAsk(/** @type {AskForm} */ (form), session);
  consulting.shown?.(main, session);
  all(main, '.tabs').forEach(mountTabs);
  pictures.mount(main);
  for (const each of all(main, '[data-block]')) BLOCKS[each.dataset.block]?.(each, session, course);
  for (const each of /** @type {HTMLMediaElement[]} */ (all(main, 'audio, video'))) each.muted = Boolean(session.lms.muted);
}

/** A page that teaches what a question asks, if it is another one. @param {Question} q */
function lesson({ objective, page }) {
  const found = teachers(course, objective);
  return found.some(({ id }) => id === page) ? undefined : found[0];
}

/** Where the page is among the others, and what it takes. @param {Page} page */
const kicker = page => make('p', { class: 'kicker' },
  [word('page_of', { n: course.pages.indexOf(page) + 1, all: course.pages.length }), word('minutes', { n: page.minutes })].join(' · '));

/** The content of a page, ready to be shown. @param {string} id @returns {Promise<Part>} */
async function view(id) {
  if (!id) return cover(course, session);
  if (id === 'results') return results(course, session, around, again);
  if (id === 'glossary') return glossary(course);
  const main = document.importNode(await load(pageOf(id)), true);
  main.prepend(kicker(pageOf(id)));
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
  document.title = [...new Set([heading.textContent, course.title[lang]])].join(' – ');
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
  if (id && !location.hash.startsWith(`#/${id}`)) history.replaceState(null, '', `#/${id}`);
  page.setAttribute('aria-busy', 'true');
  const main = await view(id).catch(failed);
  if (mine !== turn) return;
  const restore = here === id ? drafts(page, course) : null;
  here = id;
  page.replaceChildren(main);
  restore?.(main);
  mountTables(main);
  get('app').classList.toggle('covered', !id);
  page.removeAttribute('aria-busy');
  if (main.dataset.page) session.visit(id);
  showSteps();
  showProgress();
  place(main, part, moving);
  moving = false;
}

function again() {
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
