/** The start: joins the course, the adapter, the session and the player. */
import { createAdapter } from './adapter.js';
import { mountAsk, showAsked, showContact } from './extras.js';
import { go, openPlayer, show, title } from './player.js';
import { openSession } from './store.js';
import { copyOf, fill, find, focus, get, lang, say, speak, word } from './view.js';

const json = id => JSON.parse(get(id).textContent);
const root = document.documentElement;
const course = json('course');
const strings = json('strings');

/** How saving goes, in plain words. */
function report({ saved, here, left, recovered }) {
  const alarm = get('alarm');
  alarm.hidden = saved && (here || lms.connected);
  find(alarm, 'span').textContent = word(here ? 'save_failed' : 'save_failed_nowhere');
  get('retry').hidden = saved;
  say(get('saved'), left.length ? word('kept_here_only') : recovered ? word('saved_again') : '');
  showAsked(session);
}

const session = openSession(await createAdapter(window, course), course, {
  storage: () => localStorage, tab: () => sessionStorage, limit: Number(root.dataset.stateLimit) || Infinity, report, later: setTimeout,
});
const { state, lms } = session;
openPlayer(course, session);

const base = tag => tag?.toLowerCase().split(/[-_]/)[0];

/** @returns {string|undefined} the course's language that a wish for `tag` means */
const match = tag => course.languages.find(each => base(each) === base(tag));

function firstLanguage() {
  const asked = new URLSearchParams(location.search).get('language');
  return [asked, lms.language, state.language, ...navigator.languages].map(match).find(Boolean) ?? course.languages[0];
}

function notice() {
  if (!lms.connected) return word(lms.refused ? 'lms_refused' : 'no_lms');
  if (lms.mode !== 'normal') return word(`mode_${lms.mode}`);
  return lms.credit ? '' : word('mode_no_credit');
}

function speakLanguage(tag) {
  state.language = tag;
  speak(strings, tag);
  root.lang = tag;
  fill(document);
  say(get('notice'), notice());
  get('course-title').textContent = course.title[tag];
  showContact(course);
  showAsked(session);
  for (const button of get('languages').children) button.setAttribute('aria-pressed', button.dataset.language === tag);
}

function openMenu(open) {
  get('toc').classList.toggle('open', open);
  get('menu').setAttribute('aria-expanded', open);
}

/** Ask where to go on; the answers stay either way. */
function askResume() {
  const dialog = get('resume');
  find(dialog, 'p').textContent = word('resume_text', { page: title(state.place) });
  dialog.onclose = () => go(dialog.returnValue === 'start' ? course.pages[0].id : state.place);
  dialog.showModal();
}

async function leave() {
  await session.settled?.();
  if (!session.leave(true)) {
    get('retry').focus();
    return;
  }
  const over = copyOf('over-view');
  get('page').replaceChildren(over);
  for (const id of ['toc', 'steps', 'menu', 'exit', 'ask-open']) get(id).hidden = true;
  focus(find(over, 'h1'));
  await session.settled?.();
  if (lms.returnURL) location = lms.returnURL;
  else if (opener) close();
}

function listen() {
  get('menu').onclick = () => openMenu(!get('toc').matches('.open'));
  get('toc').onclick = ({ target }) => {
    if (target.closest('a')) openMenu(false);
  };
  get('retry').onclick = session.retry;
  get('exit').onclick = leave;
  get('ask-open').onclick = () => get('ask-panel').showModal();
  get('languages').onclick = ({ target: { dataset } }) => {
    if (!dataset.language) return;
    session.language(dataset.language);
    speakLanguage(dataset.language);
    show();
  };
  document.onvisibilitychange = () => document.visibilityState === 'hidden' && session.save();
  window.onpagehide = ({ persisted }) => (persisted ? session.save() : session.leave());
  window.onpageshow = ({ persisted }) => persisted && session.save();
}

function start() {
  const asks = session.resumed && state.place && !location.hash && state.place !== course.pages[0].id;
  speakLanguage(firstLanguage());
  get('exit').hidden = !lms.connected;
  mountAsk(find(get('ask-panel'), '.ask'), session);
  listen();
  find(document, '.fallback')?.remove();
  get('app').hidden = false;
  show();
  if (asks) askResume();
}

start();
