/** Pages, navigation, contents and results. */
import { mountAsk, mountScenario, mountTabs, mountWorksheet, glossary, showTerm } from './extras.js';
import { drafts, mountQuestion } from './questions.js';
import { activeQuestions, nextAttempt, summary, verdict } from './score.js';
import { fill, make, percent, say, word } from './words.js';

const get = (id) => document.getElementById(id);
const all = (root, selector) => [...root.querySelectorAll(selector)];
const fromTemplate = (id) => get(id).content.cloneNode(true).firstElementChild;

/** Pages are fetched once; one that failed is asked for again. */
function openCache() {
  const cache = new Map();
  return (href) => {
    if (!cache.has(href)) {
      const loading = fetch(href).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))));
      cache.set(href, loading);
      loading.catch(() => cache.delete(href));
    }
    return cache.get(href);
  };
}

/** @returns {Element|null} a copy of a page's content for this document */
function contentOf(html) {
  const content = new DOMParser().parseFromString(html, 'text/html').querySelector('main#content');
  return content && document.importNode(content, true);
}

/** @param {object} course @param {object} session from store.js */
export function openPlayer(course, session) {
  const { state } = session;
  const load = openCache();
  const pages = course.pages.map((page) => page.id);
  let turn = 0;
  let here = '';

  const pageOf = (id) => course.pages[pages.indexOf(id)];
  const title = (page) => page.title[state.language];

  /** @returns {[string, string]} where a hash leads: a page, results or glossary, and a place within it */
  function route(hash) {
    const [, id = '', part = ''] = /^#\/([^/]*)\/?(.*)$/.exec(hash) ?? [];
    if (pages.includes(id) || id === 'results' || (id === 'glossary' && course.glossary?.length)) return [id, part];
    return [pages.includes(state.place) ? state.place : pages[0], ''];
  }

  const openQuestions = (page) => {
    const active = new Set(activeQuestions(course, state));
    return (page.questions ?? []).filter((id) => active.has(id) && !state.answers.get(id)?.tries).length;
  };

  function pageState(page) {
    if (!state.visited.has(page.id)) return ['new', ''];
    const open = openQuestions(page);
    if (open) return ['open', word('state_open', { n: open })];
    return page.questions?.length ? ['done', word('state_done')] : ['visited', word('state_visited')];
  }

  function tocItem(page) {
    const item = fromTemplate('toc-item');
    const link = item.querySelector('a');
    [item.dataset.state, item.querySelector('.state').textContent] = pageState(page);
    item.querySelector('.title').textContent = title(page);
    link.href = `#/${page.id}`;
    return item;
  }

  function showProgress() {
    const now = summary(course, state);
    get('toc-pages').replaceChildren(...course.pages.map(tocItem));
    for (const link of all(get('toc'), 'a')) {
      if (link.hash === `#/${here}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    get('progress').querySelector('progress').value = now.progress;
    get('progress').querySelector('p').textContent = word('progress_text',
      { pages: now.visited, all_pages: now.pages, done: now.answered, questions: now.questions.length });
  }

  function showSteps() {
    const at = here === 'glossary' ? -1 : here === 'results' ? pages.length : pages.indexOf(here);
    const ends = { previous: at - 1, next: at + 1 };
    for (const [id, n] of Object.entries(ends)) {
      const page = course.pages[n];
      get(id).hidden = at < 0 || !(page || n === pages.length);
      get(id).href = `#/${page?.id ?? 'results'}`;
      get(id).querySelector('.title').textContent = page ? title(page) : word('results');
    }
    if (course.pages[at + 1]) load(course.pages[at + 1].href[state.language]).catch(() => {});
  }

  function hidePools(main) {
    const active = new Set(activeQuestions(course, state));
    for (const form of all(main, '.pool [data-question]')) form.hidden = !active.has(form.dataset.question);
  }

  function enliven(main) {
    hidePools(main);
    for (const form of all(main, 'form.question')) mountQuestion(form, course.questions[form.dataset.question], session, showProgress);
    for (const each of all(main, '.scenario')) mountScenario(each, course.questions[each.dataset.question], session, showProgress);
    for (const form of all(main, '.worksheet')) mountWorksheet(form, session);
    for (const form of all(main, '[data-ask]')) mountAsk(form, session);
    all(main, '.tabs').forEach(mountTabs);
  }

  function failed() {
    const main = fromTemplate('failed-view');
    fill(main);
    main.querySelector('[data-action=reload]').addEventListener('click', () => show(true));
    return main;
  }

  async function view(id) {
    if (id === 'results') return results();
    if (id === 'glossary') return glossary(course, state.language);
    const main = contentOf(await load(pageOf(id).href[state.language]));
    if (!main) throw new Error(id);
    enliven(main);
    return main;
  }

  function place(main, part, focus) {
    const heading = main.querySelector('h1');
    heading.tabIndex = -1;
    document.title = `${heading.textContent} – ${course.title[state.language]}`;
    const target = part && all(main, '[id]').find((each) => each.id === part || encodeURIComponent(each.id) === part);
    if (target) target.scrollIntoView();
    else if (focus) window.scrollTo(0, 0);
    if (focus) (target || heading).focus({ preventScroll: true });
  }

  /** Show where the address leads. A page that comes too late, after another was asked for, is dropped. */
  async function show(focus) {
    const mine = turn += 1;
    const [id, part] = route(location.hash);
    if (!location.hash.startsWith(`#/${id}`)) history.replaceState(null, '', `#/${id}`);
    get('page').setAttribute('aria-busy', 'true');
    let main;
    let found = true;
    try {
      main = await view(id);
    } catch {
      main = failed();
      found = false;
    }
    if (mine !== turn) return;
    const restore = here === id ? drafts(get('page')) : () => {};
    here = id;
    get('page').replaceChildren(main);
    restore(main);
    get('page').removeAttribute('aria-busy');
    if (found && pageOf(id)) visit(id);
    showProgress();
    showSteps();
    place(main, part, focus);
  }

  function visit(id) {
    state.place = id;
    if (!session.readOnly) state.visited.add(id);
    session.save();
  }

  const questionLink = (id) => {
    const { page, text } = course.questions[id];
    const item = make('li');
    const title = text?.[state.language] || pageOf(page).title[state.language];
    item.append(make('a', { href: `#/${page}/q-${id}` }, title));
    return item;
  };

  function objectiveItem({ id, scaled, done }) {
    const { text } = course.objectives.find((each) => each.id === id);
    const item = make('li', {}, `${text[state.language]} `);
    const state_ = scaled == null ? word(done ? 'state_done' : 'verdict_open') : `${percent(scaled * 100)} %`;
    item.append(make('span', { class: 'state' }, state_));
    return item;
  }

  function results() {
    const main = fromTemplate('results-view');
    const now = summary(course, state);
    const part = (name) => main.querySelector(`[data-fill=${name}]`);
    const kind = state.passed ? 'passed' : now.assessed && now.scored ? verdict(state, session.mastery) || 'completed' : state.complete ? 'completed' : 'open';
    fill(main);
    say(part('course'), course.title[state.language]);
    say(part('learner'), session.lms.name);
    say(part('date'), new Date().toLocaleDateString(state.language, { dateStyle: 'long' }));
    say(part('verdict'), word(`verdict_${kind}`));
    part('verdict').classList.add(kind);
    say(part('score'), now.scaled != null ? word('score', { percent: percent(now.scaled * 100) }) : now.scored ? word('score_none') : '');
    say(part('mastery'), session.mastery != null && now.scored ? word('mastery', { percent: percent(session.mastery * 100) }) : '');
    say(part('best'), state.attempt > 1 && state.best != null ? word('best', { percent: percent(state.best) }) : '');
    const lists = { objectives: now.objectives.map(objectiveItem), open: now.open.map(questionLink), revisit: now.revisit.map(questionLink) };
    for (const [name, items] of Object.entries(lists)) {
      const section = main.querySelector(`[data-show=${name}]`);
      section.hidden = !items.length;
      section.querySelector('ul').append(...items);
    }
    main.querySelector('[data-action=print]').addEventListener('click', () => window.print());
    const again = main.querySelector('[data-action=again]');
    again.hidden = session.readOnly || !now.answered;
    again.addEventListener('click', tryAgain);
    return main;
  }

  function tryAgain() {
    if (!window.confirm(word('try_again_sure'))) return;
    nextAttempt(course, state);
    session.save();
    show(true);
  }

  /** Links within the course change the place; links within a page only scroll. */
  function follow(event) {
    const link = event.target.closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { pageLink, term } = link.dataset;
    const href = link.getAttribute('href') ?? '';
    const inPage = href.startsWith('#') && !href.startsWith('#/');
    if (!pageLink && !term && !inPage) return;
    event.preventDefault();
    if (pageLink) location.hash = `#/${pageLink}${link.hash ? `/${link.hash.slice(1)}` : ''}`;
    else if (term) showTerm(course, term, state.language);
    else {
      const target = document.getElementById(href.slice(1));
      target?.setAttribute('tabindex', '-1');
      target?.focus();
    }
  }

  document.addEventListener('click', follow);
  window.addEventListener('hashchange', () => show(true));
  return { show, go: (id) => (location.hash === `#/${id}` ? show(true) : location.assign(`#/${id}`)), title: (id) => title(pageOf(id)), first: pages[0] };
}
