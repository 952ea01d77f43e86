/**
 * The cover: what the module is about, what it takes and what it gives, and one button to begin or to go on.
 *
 * @import { Course } from './declarations/course.js'
 * @import { Session } from './store.js'
 * @import { Part } from './view.js'
 */
import { pattern } from './pattern.js';
import { pagesOf } from './score.js';
import { all, copyOf, find, lang, make, percent, say, word } from './view.js';

/** @returns {string} a time as people say it @param {number} minutes */
export const duration = minutes => [[Math.floor(minutes / 60), 'hours'], [minutes % 60, 'minutes']]
  .flatMap(([n, unit]) => (n ? word(String(unit), { n: Number(n) }) : [])).join(' ');

/** @param {Course} course @param {Session} session */
function assessment({ questions }, { mastery }) {
  if (!Object.values(questions).some(({ scored, points }) => scored && points)) return word('assessed_none');
  return mastery == null ? word('assessed_open') : word('assessed', { percent: percent(mastery) });
}

/** @param {Course} course @param {Session} session */
function treatment({ contact }, { lms }) {
  const said = word(lms.connected ? 'data_lms' : 'data_here');
  return contact[lang] ? `${said} ${contact[lang]}` : said;
}

/** @param {Course} course */
function makers({ about }) {
  const reviewed = about.reviewers ? word('reviewed_by', { names: about.reviewers.join(', ') }) : '';
  return [about.publisher[lang], about.authors.join(', '), reviewed, about.rights[lang], `${word('version')} ${about.version}`].filter(Boolean);
}

/** The learner's way on: the first page, or where they were. @param {Course} course @param {Session} session */
function wayOn(course, { state }) {
  const pages = pagesOf(course, state),
    last = pages.find(({ id }) => id === state.place);
  return last && state.visited.size && (last !== pages[0] || state.visited.size > 1) ? last : undefined;
}

/** @param {Course} course @param {Session} session @returns {Part} */
export function cover(course, session) {
  const main = copyOf('cover-view'),
    pages = pagesOf(course, session.state),
    last = wayOn(course, session),
    texts = {
      programme: course.programme[lang] ?? '', title: course.title[lang], description: course.description[lang],
      time: word('about_time', { time: duration(course.minutes) }), pages: word('pages', { n: pages.length }), gain: word('gain'),
      assessed: assessment(course, session), data: treatment(course, session),
      way: last ? word('continue_at', { page: last.title[lang] }) : word('begin'),
      welcome: last ? word('resume_text') : '',
    };
  pattern(/** @type {Part} */ (find(main, '.art')), course.id);
  for (const [name, text] of Object.entries(texts)) say(find(main, `[data-fill=${name}]`), text);
  find(main, '[data-fill=makers]').append(...makers(course).map(text => make('p', {}, text)));
  find(main, '.goals').hidden = !course.objectives.length;
  find(main, '.goals ul').append(...course.objectives.map(({ text }) => make('li', {}, text[lang])));
  /** @type {HTMLAnchorElement} */ (find(main, '[data-action=begin]')).href = `#/${(last ?? pages[0]).id}`;
  const /** @type {HTMLAnchorElement} */ anew = find(main, '[data-action=anew]');
  anew.hidden = !last || last === pages[0];
  anew.href = `#/${pages[0].id}`;
  for (const each of all(main, '[data-from]')) each.hidden = !find(main, `[data-fill=${each.dataset.from}]`).textContent;
  return main;
}
