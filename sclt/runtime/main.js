/**
 * The start: joins the course, the adapter, the session and the player.
 *
 * @import { Course, Texts } from './declarations/course.js'
 * @import { How } from './store.js'
 * @import { Part } from './view.js'
 */
import { createAdapter } from './adapter.js';
import { mountAsk, showAsked, showContact } from './extras.js';
import { openPlayer, show } from './player.js';
import { verdict } from './score.js';
import { openSession } from './store.js';
import { all, copyOf, fill, find, focus, get, lang, say, speak, word } from './view.js';

/** @param {string} id */
const json = id => JSON.parse(/** @type {string} */ (get(id).textContent));
const root = document.documentElement;
/** @type {Course} */
const theCourse = json('course');
/** @type {Record<string, Texts>} */
const strings = json('strings');
/** How the last saving went, before the words were there to tell it. @type {How} */
let reported;

/** Why saving fails, in words that say what will help. @param {How} how */
function alarmOf({ here, unread, online }) {
  if (unread) return word('save_failed_unread');
  if (!here) return word('save_failed_nowhere');
  return word(online ? 'save_failed' : 'save_failed_offline');
}

/** How saving goes, in plain words. The alarm is told once, not with each try. @param {How} how */
function report(how) {
  const { saved, here, left, recovered } = how,
    alarm = get('alarm');
  reported = how;
  if (!lang) return;
  say(find(alarm, 'span'), alarmOf(how));
  alarm.hidden = saved && (here || lms.connected);
  const waited = document.activeElement === get('retry');
  get('retry').hidden = saved;
  say(get('saved'), left.length ? word('kept_here_only') : recovered ? word('saved_again') : '');
  if (saved && waited) focus(get('saved').hidden ? find(get('page'), 'h1') : get('saved'));
  showAsked(theSession);
}

const theSession = openSession(await createAdapter(window, theCourse), theCourse, {
  storage: () => localStorage, limit: Number(root.dataset.stateLimit) || Infinity, report, later: setTimeout,
  online: () => navigator.onLine, visible: () => document.visibilityState === 'visible',
  tab: () => sessionStorage, reloaded: /** @type {PerformanceNavigationTiming} */ (performance.getEntriesByType('navigation')[0])?.type === 'reload',
});
const { lms } = theSession;
openPlayer(theCourse, theSession, json('around'));

/** @param {string | null} [tag] */
const base = tag => tag?.toLowerCase().split(/[-_]/)[0];

/** @returns {string|undefined} the course's language that a wish for `tag` means @param {string | null} [tag] */
const match = tag => theCourse.languages.find(each => base(each) === base(tag));

/** The language of the page around the course, where that may be read: some LMSs say it nowhere else. */
function languageAround() {
  try {
    return parent === window ? '' : parent.document.documentElement.lang;
  } catch {
    return '';
  }
}

function firstLanguage() {
  const asked = new URLSearchParams(location.search).get('language');
  return [asked, lms.language, theSession.state.language, languageAround(), ...navigator.languages].map(match).find(Boolean) ?? theCourse.languages[0];
}

function notice() {
  if (!lms.connected) return word(lms.refused ? 'lms_refused' : 'no_lms');
  if (lms.mode === 'review' && verdict(theSession.state, theSession.mastery) === 'failed') return `${word('mode_review')} ${word('review_failed')}`;
  if (lms.mode !== 'normal') return word(`mode_${lms.mode}`);
  return lms.credit ? '' : word('mode_no_credit');
}

/** @param {string} tag */
function speakLanguage(tag) {
  theSession.state.language = tag;
  speak(strings, tag);
  root.lang = tag;
  root.dir = theCourse.leftward?.includes(tag) ? 'rtl' : 'ltr';
  fill(document);
  say(get('notice'), notice());
  find(get('course-title'), 'span').textContent = theCourse.title[tag];
  showContact(theCourse);
  showAsked(theSession);
  if (reported) report(reported);
  for (const button of all(get('languages'), 'button')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === tag));
    if (button.dataset.language === tag) tongueButton().forEach(each => nameTongue(each, button));
  }
}

/** The button of the menu of languages, where there are more than two. */
const tongueButton = () => all(document, '#tongue');

/** @param {Part} tongue @param {Part} chosen */
function nameTongue(tongue, { lang: own, textContent }) {
  tongue.lang = own;
  find(tongue, 'span').textContent = textContent;
}

/** Whether the contents stand beside the page, not over it. */
const isBeside = () => matchMedia('(min-width: 62.5rem)').matches && !get('app').matches('.covered');

/** Show the contents or put them away. What lies behind the sheet can't be reached meanwhile. @param {boolean} open */
function openMenu(open) {
  const beside = isBeside();
  if (beside) get('app').classList.toggle('folded', !open);
  get('toc').classList.toggle('open', open && !beside);
  get('toc').style.top = beside ? '' : `${Math.max(0, find(get('app'), 'header').getBoundingClientRect().bottom)}px`;
  for (const id of ['page', 'steps']) get(id).inert = open && !beside;
  get('menu').setAttribute('aria-expanded', String(open));
  if (open && !beside) find(get('toc'), get('toc').matches(':has([aria-current])') ? '[aria-current]' : 'a').focus();
}

/** Whether the contents are to be seen. */
const isOpen = () => (isBeside() ? !get('app').matches('.folded') : get('toc').matches('.open'));

/** Say whether the contents show, after what may have changed it: the width, or a page after the cover. */
const tellMenu = () => get('menu').setAttribute('aria-expanded', String(isOpen()));

function listenToMenu() {
  const toc = get('toc');
  get('menu').onclick = () => openMenu(!isOpen());
  toc.onclick = ({ target }) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Part} */ (target).closest('a'));
    if (!link || isBeside()) return;
    openMenu(false);
    if (link.hash === location.hash) focus(find(get('page'), 'h1'));
  };
  toc.onkeydown = ({ key }) => {
    if (key !== 'Escape' || isBeside()) return;
    openMenu(false);
    get('menu').focus();
  };
  new MutationObserver(tellMenu).observe(get('app'), { attributeFilter: ['class'] });
  window.onresize = () => {
    if (isBeside() && toc.matches('.open')) openMenu(true);
    tellMenu();
  };
}

function listenToTongues() {
  for (const tongue of tongueButton()) tongue.onclick = () => tongue.setAttribute('aria-expanded', String(tongue.getAttribute('aria-expanded') !== 'true'));
  get('tongues').onkeydown = ({ key }) => key === 'Escape' && tongueButton().forEach(shutTongues);
}

/** @param {Part} tongue */
function shutTongues(tongue) {
  if (tongue.getAttribute('aria-expanded') === 'true') tongue.focus();
  tongue.setAttribute('aria-expanded', 'false');
}

/** Ask whether work that lies in this browser under no learner is theirs. @returns {Promise<void>} fulfilled when all is said */
async function askStrays() {
  const /** @type {HTMLDialogElement} */ dialog = get('stray');
  for (const { key, at, pages, answers } of theSession.strays()) {
    const when = new Date(at ?? Date.now()).toLocaleString(lang, { dateStyle: 'long', timeStyle: 'short' });
    find(dialog, 'p').textContent = word('stray_text', { when, pages, answers });
    dialog.returnValue = '';
    dialog.showModal();
    await new Promise(fulfil => { dialog.onclose = fulfil; });
    if (dialog.returnValue === 'join') {
      theSession.adopt(key);
      show();
    }
    if (dialog.returnValue === 'delete') theSession.discard(key);
  }
}

async function leave() {
  await theSession.settled?.();
  if (!theSession.leave(true)) {
    get('retry').focus();
    return;
  }
  const over = copyOf('over-view');
  if (opener) find(over, 'p').textContent = word('over_text_window');
  document.title = `${word('over')} – ${theCourse.title[lang]}`;
  get('page').replaceChildren(over);
  for (const id of ['toc', 'steps', 'menu', 'exit', 'ask-open']) get(id).hidden = true;
  focus(find(over, 'h1'));
  await theSession.settled?.();
  if (lms.returnURL) location.href = lms.returnURL;
  else if (opener) close();
}

function listen() {
  listenToMenu();
  listenToTongues();
  get('retry').onclick = theSession.retry;
  get('exit').onclick = leave;
  get('ask-open').onclick = () => /** @type {HTMLDialogElement} */ (get('ask-panel')).showModal();
  get('languages').onclick = ({ target }) => {
    const { dataset } = /** @type {Part} */ (target);
    if (!dataset.language) return;
    tongueButton().forEach(shutTongues);
    theSession.language(dataset.language);
    speakLanguage(dataset.language);
    show();
  };
  document.onvisibilitychange = () => {
    if (document.visibilityState === 'hidden') theSession.save();
    else if (theSession.absorb()) show();
    else theSession.seen();
  };
  // Another window of this course has saved.
  window.onstorage = ({ key }) => key === theSession.key && theSession.absorb() && document.hidden && show();
  window.ononline = theSession.retry;
  window.onpagehide = ({ persisted }) => (persisted ? theSession.save(true) : theSession.leave());
  window.onpageshow = ({ persisted }) => persisted && theSession.save();
  // Firefox ends a page's process with its window: what is sent at pagehide may not leave any more, what is sent before does.
  if ('mozInnerScreenX' in window) window.onbeforeunload = () => theSession.save(true);
}

function start() {
  speakLanguage(firstLanguage());
  get('exit').hidden = !lms.connected;
  mountAsk(find(get('ask-panel'), '.ask'), theSession);
  listen();
  /** @type {Part | null} */ (find(document, '.fallback'))?.remove();
  get('app').hidden = false;
  show();
  askStrays();
}

start();
