/**
 * Ways through a course: conditions for going on from a page, and a choice of the short or the whole way. What is missing is said beside the
 * button and linked, nobody is held where no try is left, and what was opened once stays open.
 *
 * @import { Course, Page } from './declarations/course.js'
 * @import { Session } from './store.js'
 * @import { Part } from './view.js'
 * @typedef {HTMLMediaElement & Part} Film
 * @typedef {{main: Part, rest: number, seen: Set<Part>, timer?: number}} Stay  a page while it is shown: the seconds that are left, what was opened or
 *   watched
 * @typedef {{questions: HTMLElement[], opened: HTMLElement[], watched: HTMLElement[], minutes: number}} Missing  links, and minutes to wait
 */
import { go, show, title, ways } from './player.js';
import { holding, isMet, pagesOf } from './score.js';
import { all, find, focus, get, lang, make, word } from './view.js';

/** So much of a film is the whole film: nobody waits for the last second of music. */
const WATCHED = 0.9;
const FILMS = 'audio, video';
/** What can be opened on a page; other blocks take part by `data-opens`, and `data-opened` once they are. */
const OPENS = 'details:not(.transcript, .published), [role=tab], [data-opens]';
const OPEN = '[open], [aria-selected=true], [data-opened]';
/** What can make a condition true. */
const EVENTS = ['toggle', 'click', 'keyup', 'timeupdate', 'ended'];

/** @type {Stay} */
let stay;
/** Where the focus goes when the choice of ways was made and is shown anew. */
let refocus = '';

/** Who looks at their work, or looks round, is not held. @param {Session} session */
const isFree = ({ readOnly, lms }) => readOnly || lms.mode === 'browse';

/** The share of a film that was played; a player that knows better says it by `data-watched`. @param {Film} film */
function watchedShare({ played, duration, dataset }) {
  let seconds = 0;
  for (let i = 0; i < played.length; i++) seconds += played.end(i) - played.start(i);
  return Number(dataset.watched ?? (duration ? seconds / duration : 0));
}

/** Note what is open, or watched, by now. */
function look() {
  const films = /** @type {Film[]} */ (all(stay.main, FILMS)).filter(film => watchedShare(film) >= WATCHED);
  for (const each of [...all(stay.main, OPENS).filter(one => one.matches(OPEN)), ...films]) stay.seen.add(each);
}

/** @param {string} selector @param {number} [asked] @returns {Part[]} what is still to be opened or watched, where that is asked for */
const unseen = (selector, asked) => (asked ? all(stay.main, selector).filter(each => !stay.seen.has(each)) : []);

/** A link to something on a page. @param {Page} page @param {string} place @param {string} text */
const linkTo = (page, place, text) => make('a', { href: `#/${page.id}/${place}` }, text);

/** @param {Page} page @param {Part} element @param {number} n */
function linkToPart(page, element, n) {
  element.id ||= `part-of-way-${n}`;
  return linkTo(page, element.id, (element.getAttribute('aria-label') ?? (find(element, 'summary') ?? element).textContent ?? '').trim());
}

/** What is still to be done on the page that is shown. @param {Course} course @param {Session} session @param {Page} page @returns {Missing} */
function missing(course, { state }, page) {
  const { opened, watched } = (!state.met.has(page.id) && page.go_on) || {},
    questions = holding(course, state, page).map(id => linkTo(page, `q-${id}`, course.questions[id].text[lang] || title(page.id)));
  return {
    questions,
    opened: unseen(OPENS, opened).map((each, n) => linkToPart(page, each, n)),
    watched: unseen(FILMS, watched).map((each, n) => linkToPart(page, each, n + 100)),
    minutes: page.met && !state.met.has(page.id) ? Math.ceil(stay.rest / 60) : 0,
  };
}

/** Note that a page's conditions are met, as far as its answers don't tell it. @param {Session} session @param {Page} page */
function settle({ state, readOnly, save }, { id, met, go_on = {} }) {
  if (!met || readOnly || state.met.has(id) || stay.rest > 0 || unseen(OPENS, go_on.opened).length || unseen(FILMS, go_on.watched).length) return;
  state.met.add(id);
  save();
}

/** Say beside the way on what is missing; a learner who goes on all the same is led there. @param {Missing | undefined} left */
function tellMissing(left) {
  const box = find(get('steps'), '#missing') ?? make('div', { id: 'missing', role: 'status' }),
    next = get('next'),
    /** @type {(key: string, links: HTMLElement[]) => HTMLElement[]} */
    row = (key, links) => (links.length ? [make('li', {}, `${word(key)} `, ...links.flatMap((link, n) => (n ? [', ', link] : [link])))] : []),
    rows = left ? [...row('missing_questions', left.questions), ...row('missing_opened', left.opened), ...row('missing_watched', left.watched),
      ...(left.minutes ? [make('li', {}, word('missing_minutes', { n: left.minutes }))] : [])] : [];
  if (!box.isConnected) get('steps').prepend(box);
  const list = make('ul', {}, ...rows);
  if (!rows.length) box.replaceChildren();
  else if (find(box, 'ul')?.innerHTML !== list.innerHTML) box.replaceChildren(make('p', {}, word('missing')), list);
  if (rows.length) next.setAttribute('aria-disabled', 'true');
  else next.removeAttribute('aria-disabled');
  next.onclick = event => {
    if (!rows.length || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    focus(box);
  };
}

/** A choice of the short or the whole way. @param {Course} course @param {Session} session */
function choiceOf(course, session) {
  const { state } = session,
    /** @type {(key: string, short: boolean) => HTMLElement} */
    button = (key, short) => {
      const pages = pagesOf(course, { ...state, short }),
        made = make('button', { type: 'button', 'aria-pressed': String(state.short === short) }, word(key, { n: pages.length }));
      made.onclick = () => {
        state.short = short;
        session.save();
        refocus = `${made.closest('nav') ? '#toc' : '#page'} .ways [aria-pressed=true]`;
        const here = pages.some(page => page.id === state.place);
        if (here) show();
        else go((pages.find(page => !state.visited.has(page.id)) ?? pages[0]).id);
      };
      return made;
    };
  return make('div', { class: 'ways', role: 'group', 'aria-label': word('ways') }, button('way_short', true), button('way_whole', false));
}

/** @param {Course} course @param {Session} session */
function offerWays(course, session) {
  if (!course.short || session.readOnly) return;
  for (const each of all(document, '.ways')) each.remove();
  get('toc-pages').before(choiceOf(course, session));
  /** @type {Part | null} */ (find(document, `[data-page="${course.pages[0].id}"] h1`))?.after(choiceOf(course, session));
  if (refocus) /** @type {Part | null} */ (find(document, refocus))?.focus();
  refocus = '';
}

/** Begin to watch a page that is shown anew. @param {Page} page @param {Part} main @param {boolean} isDone @param {() => void} update */
function begin({ go_on }, main, isDone, update) {
  clearInterval(stay?.timer);
  const mine = { main, rest: 60 * (go_on?.minutes ?? 0), seen: /** @type {Set<Part>} */ (new Set()) };
  stay = mine;
  if (isDone || !go_on) return;
  for (const event of EVENTS) main.addEventListener(event, () => setTimeout(update), true);
  if (mine.rest) {
    stay.timer = setInterval(() => {
      if (document.visibilityState !== 'visible' || mine.rest <= 0) return;
      mine.rest -= 1;
      if (mine.rest % 60 === 0) update();
    }, 1000);
  }
}

ways.gate = (course, session, id) => {
  const { state } = session,
    pages = pagesOf(course, state),
    at = pages.findIndex(page => page.id === id);
  return isFree(session) || state.visited.has(id) ? undefined : pages.slice(0, Math.max(at, 0)).find(page => !isMet(course, state, page));
};

ways.shown = (course, session, id, changed) => {
  const page = course.pages.find(each => each.id === id),
    main = find(get('page'), 'main');
  offerWays(course, session);
  if (!page) {
    tellMissing(undefined);
    return;
  }
  const { met } = session.state,
    update = () => {
      if (stay.main !== main) return; // the page was left
      const before = met.has(id);
      look();
      settle(session, page);
      tellMissing(isFree(session) ? undefined : missing(course, session, page));
      if (met.has(id) !== before) changed();
    };
  if (stay?.main !== main) begin(page, main, met.has(id), update);
  update();
};
