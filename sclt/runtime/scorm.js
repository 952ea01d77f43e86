/** What the adapters of SCORM 1.2 and SCORM 2004 share. A dialect holds what differs; see adapter-scorm12.js. */
import { connect, findApi } from './find-api.js';
import { parseNumber } from './score.js';

const MODES = new Set(['browse', 'review']);

/** @returns {[number, number, string]} hours, minutes, and seconds with hundredths */
export function clock(time) {
  const seconds = Math.round(time * 100) / 100;
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, (seconds % 60).toFixed(2)];
}

/** @returns {string} one line without the marks that separate parts of a response */
export const line = (text, length) => String(text ?? '').replace(/\s+/g, ' ').replace(/\[([,.:])\]/g, '($1)').trim().slice(0, length);

/** The standards' names for the types of questions. */
export const TYPES = {
  'single-choice': 'choice', 'multiple-choice': 'choice', 'true-false': 'true-false', 'short-answer': 'fill-in', numeric: 'numeric',
  matching: 'matching', ordering: 'sequencing', gaps: 'fill-in', likert: 'likert', 'long-answer': 'fill-in', scenario: 'performance',
};

/** @returns {string} a number as the standards write it */
export const decimal = (text) => String(parseNumber(text));

/** @returns {string} the result of an answer; one that is partly right has its share */
export function resultOf(share, wrong) {
  if (share == null) return 'neutral';
  return share >= 1 ? 'correct' : share > 0 ? share.toFixed(2) : wrong;
}

/** @returns {string[]} the gaps as they read: the chosen option's text or what was typed */
export const gapTexts = (q, value, language) => q.gaps.map((gap) =>
  gap.options?.find((option) => option.id === value(gap))?.text[language] ?? value(gap) ?? '');

/** @returns {function(object): string} what fills a gap rightly */
export const rightGap = (language) => (gap) => (gap.choose ? gap.options.find((option) => option.correct)?.id : gap.accepted[language]?.[0]);

/** The index of an entry with this id, or of a new one. */
function entry(link, list, id) {
  const count = Number(link.get(`${list}._count`)) || 0;
  for (let n = 0; n < count; n++) if (link.get(`${list}.${n}.id`) === id) return n;
  return count;
}

/**
 * @param {Window} win @param {object} course @param {object} dialect
 * @returns the adapter: all that the runtime knows of an LMS
 */
export function createScorm(win, course, dialect) {
  const { names } = dialect;
  const started = Date.now();
  let link;
  let mode = 'normal';
  let credit = true;
  let over = false;
  const places = new Map();
  const records = () => mode === 'normal' && !over;

  function read() {
    const status = link.get(names.status);
    const best = link.get(names.best);
    const mastery = link.get(names.mastery);
    return {
      connected: true, refused: false, mode, credit, learner: link.get(names.learner), name: link.get(names.name),
      language: link.get(names.language), mastery: mastery === '' ? null : dialect.fraction(Number(mastery)),
      fresh: link.get(names.entry) === 'ab-initio' && /^(not attempted|unknown|)$/.test(status),
      ...dialect.reached(link), best: best === '' || isNaN(best) ? null : dialect.fraction(Number(best)) * 100,
    };
  }

  function begin() {
    const asked = link.get(names.mode);
    mode = MODES.has(asked) ? asked : 'normal';
    credit = link.get(names.credit) !== 'no-credit';
    const found = read();
    if (mode === 'normal') {
      link.need(names.exit, 'suspend');
      dialect.complete(link, false, '');
    }
    return found;
  }

  function place(list, id) {
    const known = places.get(list + id) ?? entry(link, list, id);
    const ok = link.offer(`${list}.${known}.id`, id);
    if (ok && !link.lacks(list)) places.set(list + id, known);
    return ok && `${list}.${known}`;
  }

  function commit() {
    if (mode === 'normal') link.need(names.time, dialect.duration((Date.now() - started) / 1000));
    const done = link.call('Commit') && !link.failed;
    link.failed = false;
    return done;
  }

  function objective({ id, scaled, done }, mastery) {
    const at = place('cmi.objectives', dialect.objectiveId(course, id));
    if (!at || link.lacks(at)) return;
    for (const [name, value] of dialect.objective(scaled, done, credit ? mastery : null)) link.raise(link.offer, `${at}.${name}`, value);
  }

  return {
    start() {
      const api = findApi(win, dialect.api);
      link = api && connect(api, dialect.prefix);
      if (!link?.call('Initialize')) return { connected: false, refused: Boolean(api) };
      return begin();
    },
    resumeState: () => link.get('cmi.suspend_data'),
    saveState(text, location) {
      if (over) return true;
      if (mode !== 'review' && location) link.offer(names.location, location);
      if (mode === 'normal') link.need('cmi.suspend_data', text);
      return mode === 'review' || commit();
    },
    setCompletion({ complete, success, progress }) {
      if (records()) dialect.complete(link, complete, credit ? success : '', progress);
    },
    setScore(percent) {
      if (records() && credit && percent != null) dialect.score(link, percent);
    },
    setObjectives(results, mastery) {
      if (records()) for (const result of results) objective(result, mastery);
    },
    recordAnswer(item) {
      if (!records() || link.lacks('cmi.interactions')) return true;
      const at = `cmi.interactions.${Number(link.get('cmi.interactions._count')) || 0}`;
      const [[first, id], ...rest] = dialect.interaction(course, item);
      if (!link.offer(`${at}.${first}`, id)) return false;
      for (const [name, value] of rest) link.offer(`${at}.${name}`, value);
      return true;
    },
    setLanguage(language) {
      if (mode !== 'review' && !over) link.offer(names.language, language);
    },
    comment: (text, about) => records() && dialect.comment(link, text, about) && link.call('Commit'),
    finish(complete) {
      if (over) return;
      if (mode === 'normal' && link.need(names.exit, complete ? dialect.normalExit : 'suspend')) commit();
      over = true;
      link.call(dialect.terminate);
    },
  };
}
