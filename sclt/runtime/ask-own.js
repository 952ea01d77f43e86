/**
 * The learner's own questions to the authors: what this browser keeps of them, joined with what the LMS or the LRS has.
 *
 * @import { Course } from './declarations/course.js'
 * @import { Heard, HeardReply } from './ask-heard.js'
 * @import { Session } from './store.js'
 *
 * @typedef {'sent' | 'letter' | 'form' | 'kept'} Gone  how a question went, as far as this course can tell
 * @typedef {{id: string, text: string, page: string, question?: string, passage?: string, at?: number, gone: Gone, read?: number}} OwnQuestion  `id` is what
 *   replies name it by; of its replies `read` were shown
 * @typedef {ReturnType<typeof openOwn>} Own
 */
import { newKey } from './score.js';
import { hash } from './hash.js';
import { EXTENSIONS, wired } from './ask-wire.js';

/** So much of a passage is quoted. */
const QUOTED = 300;

/** A storage that may refuse, or hold what another wrote. @param {string} key @returns {OwnQuestion[]} */
function readOwn(key) {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(found) ? found.filter(each => typeof each?.id === 'string' && typeof each.text === 'string') : [];
  } catch {
    return [];
  }
}

/** @param {string} key @param {OwnQuestion[]} list */
function writeOwn(key, list) {
  try {
    localStorage.setItem(key, JSON.stringify(list));
  } catch {
    // It lives as long as the page.
  }
}

/** @param {Course} course @param {Session} session */
export function openOwn(course, session) {
  const { lms } = session,
    // Of a learner whom nobody names nothing is kept here.
    key = session.key.replace(/^sclt:/, 'sclt-asked:'),
    list = key ? readOwn(key) : [];
  /** @type {HeardReply[]} */
  let replies = [];

  const keep = () => key && writeOwn(key, list);

  /** Whether a question goes to whoever launched the course. */
  const direct = () => {
    const { lms: byLms = true, lrs: byLrs = true } = course.asking ?? {};
    return lms.connected && lms.mode === 'normal' && (lms.lrs ? byLrs : byLms);
  };

  /** Hand a question to the LMS or the LRS, which knows it by its mark from then on. @param {OwnQuestion} own @param {string} sentAs */
  function send(own, sentAs) {
    const { text, page, question, passage } = own,
      { version } = course,
      named = { version, ...question && { question }, ...passage && { passage } },
      extensions = Object.fromEntries(Object.entries(named).map(([name, value]) => [EXTENSIONS + name, value]));
    Object.assign(own, { gone: 'sent', at: Date.now() });
    keep();
    session.comment(text, { key: sentAs, location: page, full: wired({ mark: own.id, text, page, question, passage, version }), extra: { extensions } });
  }

  return {
    list, direct,
    /** @returns {HeardReply[]} to a question; without one, those of which nobody says what they answer @param {OwnQuestion} [own] */
    repliesTo: own => replies.filter(({ id }) => id === (own?.id ?? '')),
    /** @param {OwnQuestion} own */
    isWaiting: ({ text, gone }) => gone === 'sent' && session.unsent().includes(text),
    /** @param {{text: string, page: string, question?: string, passage?: string}} asked @param {Gone} gone */
    add({ passage, ...asked }, gone) {
      const sentAs = newKey(),
        id = lms.lrs?.idOf(sentAs) ?? hash(sentAs).toString(36),
        own = { ...asked, ...passage && { passage: passage.slice(0, QUOTED) }, id, gone, at: Date.now() };
      list.push(own);
      if (gone === 'sent') send(own, sentAs);
      keep();
    },
    /** Send what was kept, now that there is somebody to send it to. @param {OwnQuestion} own */
    sendKept(own) {
      const sentAs = newKey();
      own.id = lms.lrs?.idOf(sentAs) ?? own.id;
      send(own, sentAs);
    },
    /** Take in what the LMS or the LRS has. @param {Heard} heard @returns {boolean} whether there is a reply that was not there before */
    hear({ asked, replies: now }) {
      const before = replies.length,
        /** @type {(id: string) => boolean} */
        lacks = id => !list.some(own => own.id === id);
      for (const { mark, text, page, question, passage, at } of asked) if (lacks(mark)) list.push({ id: mark, text, page, question, passage, at, gone: 'sent' });
      for (const { id, question: text, passage, page = '' } of now) if (id && text && lacks(id)) list.push({ id, text, page, passage, gone: 'sent' });
      replies = now;
      keep();
      return replies.length > before;
    },
    /** @returns {OwnQuestion[]} the questions with a reply that was not shown yet */
    unread: () => list.filter(own => replies.filter(({ id }) => id === own.id).length > (own.read ?? 0)),
    /** @param {OwnQuestion[]} shown */
    read(shown) {
      for (const own of shown) own.read = replies.filter(({ id }) => id === own.id).length;
      keep();
    },
    /** Whether a reply can still come. */
    waits: () => list.some(own => own.gone === 'sent' && !replies.some(({ id }) => id === own.id)),
  };
}
