/** The start: joins the course, the adapter, the session and the player. */
import { createAdapter } from './adapter.js';
import { mountAsk, showContact } from './extras.js';
import { openPlayer } from './player.js';
import { openSession } from './store.js';
import { fill, say, speak, word } from './words.js';

const get = (id) => document.getElementById(id);
const json = (id) => JSON.parse(get(id).textContent);
const root = document.documentElement;
const course = json('course');
const strings = json('strings');

/** How saving goes, in plain words. */
function report({ saved, here, left, recovered }) {
  const alarm = get('alarm');
  alarm.hidden = saved && (here || session.lms.connected);
  alarm.querySelector('span').textContent = word(here ? 'save_failed' : 'save_failed_nowhere');
  get('retry').hidden = saved;
  say(get('saved'), left.length ? word('kept_here_only') : recovered ? word('saved_again') : '');
}

const session = openSession(createAdapter(window, course), course, {
  storage: () => localStorage, limit: Number(root.dataset.stateLimit) || Infinity, report, later: (task, time) => setTimeout(task, time),
});
const { state, lms } = session;
const player = openPlayer(course, session);

/** @returns {string|undefined} the course's language that a wish for `tag` means */
const match = (tag) => tag && course.languages.find((each) => tag.toLowerCase().split(/[-_]/)[0] === each.toLowerCase().split('-')[0]);

function firstLanguage() {
  const asked = new URLSearchParams(location.search).get('language');
  return [asked, lms.language, state.language, ...navigator.languages].map(match).find(Boolean) ?? course.languages[0];
}

function notice() {
  if (lms.refused) return word('lms_refused');
  if (!lms.connected) return word('no_lms');
  if (lms.mode !== 'normal') return word(`mode_${lms.mode}`);
  return lms.credit ? '' : word('mode_no_credit');
}

function speakLanguage(language) {
  state.language = language;
  speak(strings, language);
  root.lang = language;
  fill(document);
  say(get('notice'), notice());
  get('course-title').textContent = course.title[language];
  showContact(course, language);
  for (const button of get('languages').children) button.setAttribute('aria-pressed', String(button.dataset.language === language));
}

function openMenu(open) {
  get('toc').classList.toggle('open', open);
  get('menu').setAttribute('aria-expanded', String(open));
}

/** Ask where to go on; the answers stay either way. */
function askResume() {
  const dialog = get('resume');
  dialog.querySelector('p').textContent = word('resume_text', { page: player.title(state.place) });
  dialog.addEventListener('close', () => player.go(dialog.returnValue === 'start' ? player.first : state.place), { once: true });
  dialog.showModal();
}

function leave() {
  if (!session.leave(true)) return get('retry').focus();
  get('page').replaceChildren(get('over-view').content.cloneNode(true));
  fill(get('page'));
  for (const id of ['toc', 'steps', 'menu', 'exit', 'ask-open']) get(id).hidden = true;
  get('page').querySelector('h1').focus();
  return window.opener && window.close();
}

function listen() {
  get('menu').addEventListener('click', () => openMenu(get('menu').getAttribute('aria-expanded') !== 'true'));
  get('toc').addEventListener('click', ({ target }) => target.closest('a') && openMenu(false));
  get('retry').addEventListener('click', session.retry);
  get('exit').addEventListener('click', leave);
  get('ask-open').addEventListener('click', () => get('ask-panel').showModal());
  get('skip').addEventListener('click', (event) => {
    event.preventDefault();
    get('page').querySelector('h1')?.focus();
  });
  get('languages').addEventListener('click', ({ target }) => {
    if (!target.dataset.language) return;
    session.language(target.dataset.language);
    speakLanguage(target.dataset.language);
    player.show(false);
  });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && session.save());
  window.addEventListener('pagehide', ({ persisted }) => (persisted ? session.save() : session.leave(false)));
  window.addEventListener('pageshow', ({ persisted }) => persisted && session.save());
}

function start() {
  const asks = session.resumed && state.place && !location.hash && state.place !== course.pages[0].id;
  speakLanguage(firstLanguage());
  get('languages').hidden = course.languages.length < 2;
  get('exit').hidden = !lms.connected;
  get('toc-glossary').hidden = !course.glossary?.length;
  mountAsk(get('ask-panel').querySelector('[data-ask]'), session);
  listen();
  document.querySelector('.fallback')?.remove();
  get('app').hidden = false;
  player.show(false);
  if (asks) askResume();
}

start();
