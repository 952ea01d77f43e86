/**
 * Consulting the authors, in courses that say how or have published answers: asking from the menu, a page, a question or a marked passage; what was
 * asked before; the learner's own questions with their state and their answers, in one list and on their page.
 *
 * @import { Before } from './declarations/course.js'
 * @import { HeardReply } from './ask-heard.js'
 * @import { Own, OwnQuestion } from './ask-own.js'
 * @import { AskForm } from './extras.js'
 * @import { Session } from './store.js'
 * @import { Part } from './view.js'
 *
 * @typedef {{page: string, question?: string, passage?: string}} Matter  what a question is about
 */
import { heardFrom, repliesOf } from './ask-heard.js';
import { openOwn } from './ask-own.js';
import { consulting } from './extras.js';
import { all, find, get, lang, make, say, word } from './view.js';

/** So often an open course looks for replies, while one can still come. */
const LOOK = 1e4;
/** So much of a question or a page's title stands in a line. */
const SHORT = 90;
/** So many questions that were asked before are offered. */
const OFFERED = 6;

/** @type {Own} */
let own;
/** What the open dialog is about. @type {Matter} */
let matter = { page: '' };
/** What was asked last, and where that is told. @type {{form: AskForm, asked: OwnQuestion} | undefined} */
let latest;
let looks = 0;

/** @param {string} text */
const shortened = text => (text.length > SHORT ? `${text.slice(0, SHORT).trimEnd()}…` : text);

/** @param {number | undefined} time */
const dayOf = time => new Date(time ?? Date.now()).toLocaleDateString(lang, { dateStyle: 'long' });

/** Where the learner is: the page that shows, else the one where they were. @param {Session} session */
const pageNow = ({ course, state }) => /** @type {Part | null} */ (find(get('page'), '[data-page]'))?.dataset.page || state.place || course.pages[0].id;

/** What is marked on the page. */
function markedNow() {
  const selection = getSelection(),
    node = selection?.anchorNode,
    around = node instanceof Element ? node : node?.parentElement;
  return around?.closest('#page [data-page]') ? String(selection).replace(/\s+/g, ' ').trim() : '';
}

/** The words for what a question is about. @param {Session} session @param {Matter} about */
function aboutWords({ course }, { page, question }) {
  const title = course.pages.find(({ id }) => id === page)?.title[lang] ?? '',
    asked = question && course.questions[question]?.text[lang];
  return asked ? word('consult_about_question', { question: shortened(asked) }) : title && word('consult_about_page', { page: title });
}

/** What is sent, to whom. @param {Session} session */
function noteOf({ course, lms }) {
  const readers = course.asking?.readers[lang] || word('consult_authors');
  if (own.direct()) return word('consult_to', { readers });
  if (lms.connected && lms.mode !== 'normal') return word('consult_preview');
  return word(lms.connected ? 'consult_elsewhere' : 'consult_here');
}

/** What has become of a question. @param {OwnQuestion} asked */
function stateOfOwn(asked) {
  if (own.repliesTo(asked).length) return word('consult_answered');
  if (own.isWaiting(asked)) return word('ask_failed');
  return word({ sent: 'consult_sent', letter: 'consult_lettered', form: 'consult_formed', kept: 'consult_kept' }[asked.gone], { date: dayOf(asked.at) });
}

/** @param {HeardReply} reply */
function replyPart({ text, author, date }) {
  const by = [author, date].filter(Boolean).join(', ');
  return make('div', { class: 'reply' }, make('p', { dir: 'auto' }, text), ...by ? [make('p', { class: 'by' }, by)] : []);
}

/** A question with its state and its answers. @param {OwnQuestion} asked @param {Session} session @param {boolean} linked whether it says where it was asked */
function ownItem(asked, session, linked) {
  const state = make('span', { class: 'state' }, stateOfOwn(asked)),
    about = aboutWords(session, asked),
    place = asked.question ? `${asked.page}/q-${asked.question}` : asked.page,
    link = make('a', { href: `#/${place}` }, about),
    item = make('li', {}, make('p', { class: 'own', dir: 'auto' }, asked.text), ...asked.passage ? [make('blockquote', { dir: 'auto' }, asked.passage)] : [],
      make('p', { class: 'meta' }, ...linked && about ? [link, ' · '] : [], state), ...own.repliesTo(asked).map(replyPart));
  link.onclick = shut;
  if (asked.gone === 'kept' && own.direct()) {
    const button = make('button', { type: 'button' }, word('consult_send_now'));
    button.onclick = () => {
      own.sendKept(asked);
      refresh(session);
    };
    item.append(button);
  }
  return item;
}

/** @returns {HTMLDialogElement} */
const panel = () => /** @type {any} */ (get('ask-panel'));
const shut = () => panel().close();

/** The questions that were asked before: of this page, or those that have the words of a search. @param {Session} session @param {string} sought */
function foundBefore({ course }, sought) {
  const words = sought.toLocaleLowerCase(lang).split(/\s+/).filter(Boolean),
    /** @type {(each: Before) => boolean} */
    fits = ({ page, question, text }) => (words.length ? words.every(each => `${question[lang]} ${text[lang]}`.toLocaleLowerCase(lang).includes(each)) : page === matter.page);
  return (course.answers ?? []).filter(fits).slice(0, OFFERED);
}

/** @param {Session} session */
function beforePart(session) {
  const part = find(panel(), '.before') ?? make('div', { class: 'before' }, make('h3'), make('label', {}, make('span'), make('input', { type: 'search' })), make('ul'), make('p', { role: 'status' })),
    field = /** @type {HTMLInputElement} */ (find(part, 'input'));
  const show = () => {
    const found = foundBefore(session, field.value);
    find(part, 'ul').replaceChildren(...found.map(({ id, page, question }) => {
      const link = make('a', { href: `#/${page}/answered-${id}` }, question[lang]);
      link.onclick = shut;
      return make('li', {}, link);
    }));
    say(find(part, 'p'), field.value.trim() && !found.length ? word('consult_none') : '');
  };
  find(part, 'h3').textContent = word('consult_before');
  find(part, 'span').textContent = word('consult_search');
  part.hidden = !session.course.answers;
  field.oninput = show;
  show();
  return part;
}

/** Fill in the address of a form; what is in it is no part of an address by itself. @param {Session} session @param {Matter & {text: string}} asked */
function formAddress({ course }, { page, question = '', passage = '', text }) {
  const values = /** @type {Record<string, string>} */ ({ module: course.id, page, question, passage, version: course.version, language: lang, text });
  return String(course.asking?.url).replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] ?? ''));
}

/** A letter with what the authors need. @param {Session} session @param {Matter & {text: string}} asked */
function letterTo({ course }, { page, question, passage, text }) {
  const title = course.pages.find(({ id }) => id === page)?.title[lang] ?? page,
    asked = question && course.questions[question]?.text[lang],
    lines = [text, '', ...passage ? [`“${passage}”`] : [], ...asked ? [shortened(asked)] : [], `${course.title[lang]} – ${title}`,
      `(${[course.id, page, question, `v${course.version}`].filter(Boolean).join(', ')})`];
  const [subject, body] = [[course.title[lang], title].join(': '), lines.join('\r\n')].map(encodeURIComponent);
  return `mailto:${mailAddressOf(course.asking?.email ?? '')}?subject=${subject}&body=${body}`;
}

/** @param {string} coded */
const mailAddressOf = coded => new TextDecoder().decode(Uint8Array.from(atob(coded), letter => letter.charCodeAt(0)));

/** What a form is about: the dialog has a matter of its own. @param {AskForm} form @param {Session} session */
const matterOf = (form, session) => (panel().contains(form) ? matter : { page: pageNow(session) });

/** @param {AskForm} form @param {Session} session @param {'sent' | 'letter' | 'form' | 'kept'} gone */
function ask(form, session, gone) {
  const field = form.elements.question,
    asked = { ...matterOf(form, session), text: field.value.trim() };
  if (!asked.text) return field.focus();
  own.add(asked, gone);
  latest = { form, asked: own.list[own.list.length - 1] };
  field.value = '';
  matter = { page: matter.page };
  refresh(session);
}

/** @param {AskForm} form @param {Session} session @param {string} key @param {(asked: Matter & {text: string}) => void} act */
function channelButton(form, session, key, act) {
  const button = make('button', { type: 'button', class: 'quiet channel' }, word(key));
  button.onclick = () => act({ ...matterOf(form, session), text: form.elements.question.value.trim() });
  return button;
}

/** @param {AskForm} form @param {Session} session */
function otherChannels(form, session) {
  const { email, url } = session.course.asking ?? {},
    told = find(form, '.elsewhere');
  return [
    ...email ? [channelButton(form, session, 'consult_mail', asked => {
      location.href = letterTo(session, asked);
      if (asked.text) ask(form, session, 'letter');
      told.textContent = word('consult_mail_told', { address: mailAddressOf(email) });
    })] : [],
    ...url ? [channelButton(form, session, 'consult_form', asked => {
      open(formAddress(session, asked), '_blank', 'noopener');
      if (asked.text) ask(form, session, 'form');
      told.textContent = word('consult_form_told');
    })] : [],
  ];
}

/** What the dialog is about, with a way to leave the passage out. @param {Session} session */
function matterPart(session) {
  const { passage } = matter,
    without = make('button', { type: 'button', class: 'quiet' }, word('consult_drop'));
  without.onclick = () => {
    matter = { ...matter, passage: '' };
    refresh(session);
  };
  return [make('p', { class: 'meta' }, aboutWords(session, matter)), ...passage ? [make('blockquote', { dir: 'auto' }, passage), without] : []];
}

/** Say in a form what it is about, what is sent to whom, and what became of the last question. @param {AskForm} form @param {Session} session */
function dress(form, session) {
  const isPanel = panel().contains(form);
  find(form, '.matter').replaceChildren(...isPanel ? matterPart(session) : []);
  find(form, '.note').textContent = noteOf(session);
  find(form, '[type=submit]').textContent = word(own.direct() ? 'ask_send' : 'consult_keep');
  for (const each of all(form, '.channel')) each.remove();
  find(form, '.actions').append(...otherChannels(form, session));
  if (latest?.form === form) find(form, '.result').textContent = stateOfOwn(latest.asked);
}

consulting.mount = (form, session) => {
  beginConsulting(session);
  find(form, '.actions').before(make('p', { class: 'how note' }));
  form.prepend(make('div', { class: 'matter' }));
  find(form, '.result').after(make('p', { class: 'how elsewhere', role: 'status' }));
  form.onsubmit = event => {
    event.preventDefault();
    ask(form, session, own.direct() ? 'sent' : 'kept');
  };
  dress(form, session);
};

/** Begin the dialog anew: what was answered is there to be read. @param {Session} session @param {Matter} about */
function prepare(session, about) {
  matter = about;
  latest = undefined;
  for (const each of all(panel(), '.ask .result, .ask .elsewhere')) each.textContent = '';
  for (const each of /** @type {HTMLInputElement[]} */ (all(panel(), '.before input'))) each.value = '';
  own.read(own.unread());
  refresh(session);
}

/** @param {Session} session @param {Matter} about */
function openAsk(session, about) {
  prepare(session, about);
  panel().showModal();
}

/** @param {string} key @param {() => void} act */
function askButton(key, act) {
  const button = make('button', { type: 'button', class: 'quiet ask-about' }, word(key));
  button.onclick = act;
  return button;
}

/** The learner's own questions of the page that shows. @param {Part} main @param {Session} session */
function showHere(main, session) {
  const here = own.list.filter(({ page }) => page === main.dataset.page),
    part = find(main, '.own-here');
  part.hidden = !here.length;
  part.replaceChildren(make('h2', {}, word('consult_own')), make('ul', { class: 'owns' }, ...here.map(each => ownItem(each, session, false))));
}

/** Say that there is an answer which the learner has not seen. @param {Session} session */
function showNews(session) {
  const n = own.unread().length,
    told = find(get('banner'), '#answered') ?? make('p', { id: 'answered' }),
    badge = find(get('ask-open'), '.badge') ?? make('b', { class: 'badge' });
  badge.textContent = n ? String(n) : '';
  badge.hidden = !n;
  get('ask-open').append(badge);
  told.hidden = !n;
  const button = make('button', { type: 'button' }, word('consult_read'));
  button.onclick = () => openAsk(session, { page: pageNow(session) });
  told.replaceChildren(...n ? [word('consult_news', { n }), ' ', button] : []);
  get('banner').append(told);
}

/** @param {Session} session */
function refresh(session) {
  const loose = own.repliesTo();
  find(panel(), '[data-word=ask_intro]').hidden = true;
  find(panel(), '.ask').before(beforePart(session));
  for (const form of /** @type {AskForm[]} */ (all(document, '.ask'))) if (find(form, '.note')) dress(form, session);
  get('asked-title').hidden = !own.list.length && !loose.length;
  get('asked-title').textContent = word('consult_own');
  get('asked').className = 'owns';
  get('asked').replaceChildren(...[...own.list].reverse().map(each => ownItem(each, session, true)),
    ...loose.map(each => make('li', {}, make('p', { class: 'own' }, word('consult_from_lms')), replyPart(each))));
  const main = /** @type {Part | null} */ (find(get('page'), 'main[data-page]'));
  if (main && find(main, '.own-here')) showHere(main, session);
  showNews(session);
}

consulting.told = session => {
  beginConsulting(session);
  refresh(session);
};

consulting.shown = (element, session) => {
  const main = /** @type {Part} */ (element),
    { page } = main.dataset,
    here = make('section', { class: 'consult' }, make('div', { class: 'own-here' }), askButton('consult_ask_page', () => openAsk(session, { page })));
  main.append(here);
  for (const form of all(main, '.question')) {
    find(form, '.actions').append(askButton('consult_ask_question', () => openAsk(session, { page, question: /** @type {Part} */ (form).dataset.question })));
  }
  showHere(main, session);
  const [, , part] = location.hash.split('/'),
    target = part?.startsWith('answered-') && all(main, 'details').find(({ id }) => id === part);
  if (target) target.setAttribute('open', '');
};

/** A button beside what is marked. @param {Session} session */
function offerPassage(session) {
  const passage = markedNow(),
    button = get('ask-passage') ?? make('button', { type: 'button', id: 'ask-passage' });
  button.hidden = !passage || panel().open;
  if (button.hidden) return;
  const { left, bottom } = /** @type {Selection} */ (getSelection()).getRangeAt(0).getBoundingClientRect();
  button.textContent = word('consult_ask_passage');
  button.style.insetInlineStart = 'auto';
  button.style.left = `${Math.max(8, Math.min(left, innerWidth - 280))}px`;
  button.style.top = `${Math.max(8, Math.min(bottom + 8, innerHeight - 64))}px`;
  button.onpointerdown = event => event.preventDefault();
  button.onclick = () => {
    getSelection()?.removeAllRanges();
    openAsk(session, { page: pageNow(session), passage });
  };
  get('app').append(button);
}

/** Look for replies while the course is open and one can still come. @param {Session} session */
async function lookForReplies(session) {
  const { lms } = session,
    mine = looks += 1;
  if (lms.lrs && document.visibilityState === 'visible' && navigator.onLine && own.waits()) {
    const replies = await repliesOf(lms.lrs).catch(() => []);
    if (replies.length && own.hear({ asked: [], replies })) refresh(session);
  }
  if (mine === looks && !get('ask-open').hidden) setTimeout(lookForReplies, LOOK, session);
}

/** Begin once the session is there. @param {Session} session */
function beginConsulting(session) {
  if (own) return;
  own = openOwn(session.course, session);
  get('ask-open').addEventListener('click', () => prepare(session, { page: pageNow(session), passage: markedNow() }));
  document.addEventListener('selectionchange', () => offerPassage(session));
  document.addEventListener('visibilitychange', () => lookForReplies(session));
  heardFrom(session.lms).then(heard => {
    own.hear(heard);
    refresh(session);
    lookForReplies(session);
  }, () => {});
}
