/**
 * What the LMS or the LRS has of a learner's questions to the authors: the questions themselves, and what was answered.
 *
 * @import { Link } from './find-api.js'
 * @import { Lms } from './store.js'
 * @import { Lrs } from './xapi.js'
 * @import { WiredQuestion } from './ask-wire.js'
 *
 * @typedef {{id: string, text: string, author?: string, date?: string, question?: string, passage?: string, page?: string}} HeardReply  `id` is that
 *   of the question, empty where nobody says which it is; `question` is its text
 * @typedef {{asked: (WiredQuestion & {at?: number})[], replies: HeardReply[]}} Heard
 */
import { EXTENSIONS, unwired, unwiredAll } from './ask-wire.js';

const ASKED = 'http://adlnet.gov/expapi/verbs/asked';
/** The document of a learner that has the replies; sclt/consulting/replies.py writes it. */
const REPLIES = 'sclt-replies';
/** A comment of an LMS names the question that it answers by its mark. */
const MARKED = /\(?#([0-9a-z]{4,8})\)?:?/;

/** @param {string} text @returns {HeardReply[]} */
function replyOf(text, date = '') {
  const [mark, id = ''] = text.match(MARKED) ?? [''];
  const said = text.replace(/^\{lang=[\w-]+\}/, '').replace(mark, '').trim();
  return said ? [{ id, text: said, date }] : [];
}

/** @param {Link} link @returns {Heard} */
function fromOneText(link) {
  return { asked: unwiredAll(link.get('cmi.comments')), replies: replyOf(link.get('cmi.comments_from_lms')) };
}

/** @param {Link} link @returns {Heard} */
function fromLists(link) {
  /** @param {string} list @returns {[string, string, string][]} comment, location and time of each entry */
  const entries = list => Array.from({ length: link.count(list) }, (_, n) =>
    /** @type {[string, string, string]} */ (['comment', 'location', 'timestamp'].map(part => link.get(`${list}.${n}.${part}`))));
  return {
    asked: entries('cmi.comments_from_learner').flatMap(([full, page, time]) => {
      const found = unwired(full, page);
      return found ? [{ ...found, at: Date.parse(time) || undefined }] : [];
    }),
    replies: entries('cmi.comments_from_lms').flatMap(([text, , time]) => replyOf(text, time.slice(0, 10))),
  };
}

/** @param {Response} answer @returns {Promise<any>} */
const jsonOf = answer => answer.json();

/** What was answered, in the learner's document; whether there is one is asked first, so that no answer is a fault. @param {Lrs} lrs @returns {Promise<HeardReply[]>} */
export async function repliesOf({ ask, home }) {
  const ids = await jsonOf(await ask('GET', 'activities/state', home));
  if (!ids.includes(REPLIES)) return [];
  const { replies } = await jsonOf(await ask('GET', 'activities/state', { ...home, stateId: REPLIES }));
  return Object.entries(replies).map(([id, reply]) => ({ .../** @type {object} */ (reply), id })).filter(isReply);
}

/** @param {any} reply @returns {reply is HeardReply} */
const isReply = reply => ['text', 'author', 'date', 'question', 'passage', 'page'].every(name => ['string', 'undefined'].includes(typeof reply[name])) && Boolean(reply.text);

/** @param {any} statement @returns {WiredQuestion & {at: number}} */
function questionOf({ id, object, result, context, timestamp }) {
  const { extensions = {} } = context ?? {};
  return {
    mark: id, text: String(result?.response ?? ''), page: object.id.slice(object.id.lastIndexOf('/') + 1), at: Date.parse(timestamp),
    question: extensions[`${EXTENSIONS}question`], passage: extensions[`${EXTENSIONS}passage`], version: extensions[`${EXTENSIONS}version`],
  };
}

/** @param {Lrs} lrs @returns {Promise<Heard['asked']>} */
async function statementsOf({ ask, activity, home: { agent, registration } }) {
  const query = { agent, verb: ASKED, activity, related_activities: 'true', limit: '100', ...registration && { registration } };
  return (await jsonOf(await ask('GET', 'statements', query))).statements.map(questionOf);
}

/** @param {Lrs} lrs @returns {Promise<Heard>} what an LRS does not let a course read is not there */
async function fromLrs(lrs) {
  const [asked, replies] = await Promise.allSettled([statementsOf(lrs), repliesOf(lrs)]);
  return { asked: asked.status === 'fulfilled' ? asked.value : [], replies: replies.status === 'fulfilled' ? replies.value : [] };
}

/** @param {Lms} lms @returns {Promise<Heard>} */
export async function heardFrom({ link, lrs, connected }) {
  if (!connected) return { asked: [], replies: [] };
  if (lrs) return fromLrs(lrs);
  if (!link) return { asked: [], replies: [] };
  return document.documentElement.dataset.standard === 'scorm12' ? fromOneText(link) : fromLists(link);
}
