/** What the adapters of SCORM 1.2 and SCORM 2004 share. A dialect holds what differs; see adapter-scorm12.js. */
import { connect, findApi } from './find-api.js';
import { patterns, typeOf } from './interaction.js';

/** @returns {string} the result of an answer; one that is partly right has its share */
export function resultOf(share, wrong) {
  if (share == null) return 'neutral';
  return share >= 1 ? 'correct' : share > 0 ? share.toFixed(2) : wrong;
}

/** @returns {[string, string|number][]} the elements of an interaction in the order of writing */
export function interaction(course, { id, response, share, seconds, time, language: lang }, dialect) {
  const q = course.questions[id],
    { names } = dialect;
  return [
    ['id', dialect.questionId(course, id)],
    ['type', typeOf(q, dialect.long)],
    ...(q.objective ? [['objectives.0.id', dialect.objectiveId(course, q.objective)]] : []),
    [names.at, dialect.time(time)],
    ...patterns(q, lang, dialect).map((pattern, n) => [`correct_responses.${n}.pattern`, pattern]),
    ['weighting', q.points],
    [names.response, dialect.response(q, response, lang)],
    ['result', resultOf(share, dialect.wrong)],
    ['latency', dialect.duration(seconds)],
    ...dialect.more(q, id, lang),
  ];
}

/** The index of an entry with this id, or of a new one. */
function entry(link, list, id) {
  const count = link.count(list);
  for (let n = 0; n < count; n++) if (link.get(`${list}.${n}.id`) === id) return n;
  return count;
}

/**
 * @param {Window} win @param {object} course @param {object} dialect
 * @returns the adapter: all that the runtime knows of an LMS. Without a connection only `start` may be called.
 */
export function createScorm(win, course, dialect) {
  const { names } = dialect,
    started = Date.now(),
    places = new Map();
  let link;
  let mode;
  let credit;
  let over = false;
  const records = () => mode === 'normal' && !over;

  function begin() {
    const read = name => link.get(names[name]),
      fraction = name => (isNaN(parseFloat(read(name))) ? null : Number(read(name)) / dialect.whole),
      best = fraction('best');
    mode = /^(browse|review)$/.test(read('mode')) ? read('mode') : 'normal';
    credit = read('credit') !== 'no-credit';
    const found = {
      connected: true, mode, credit, learner: read('learner'), name: read('name'), language: read('language'),
      mastery: fraction('mastery'), best: best == null ? null : best * 100,
      fresh: read('entry') === 'ab-initio' && /^(not attempted|unknown|)$/.test(read('status')),
      passed: read('success') === 'passed', complete: /^(passed|failed|completed)$/.test(read('status')),
    };
    if (mode === 'normal') {
      link.need(names.exit, 'suspend');
      dialect.complete(link, {});
    }
    return found;
  }

  function commit() {
    if (mode === 'normal') link.need(names.time, dialect.duration((Date.now() - started) / 1000));
    const done = link.call('Commit') && !link.failed;
    link.failed = false;
    return done;
  }

  function setObjective({ id, scaled, done }, mastery) {
    const name = dialect.objectiveId(course, id),
      place = places.get(id) ?? entry(link, 'cmi.objectives', name),
      at = `cmi.objectives.${place}.`;
    if (!link.offer(`${at}id`, name) || link.lacks(at)) return;
    places.set(id, place);
    for (const [element, value] of dialect.objective(scaled, done, mastery)) link.raise(link.offer, at + element, value);
  }

  return {
    start() {
      const api = findApi(win, dialect.api);
      link = api && connect(api, dialect.prefix);
      return link?.call('Initialize') ? begin() : { connected: false, refused: Boolean(api) };
    },
    resumeState: () => link.get('cmi.suspend_data'),
    saveState(text, location) {
      if (over || mode === 'review') return true;
      if (location) link.offer(names.location, location);
      if (mode === 'normal') link.need('cmi.suspend_data', text);
      return commit();
    },
    setResults({ complete, success, progress, best, objectives, mastery }) {
      if (!records()) return;
      dialect.complete(link, { complete, progress, success: credit && success });
      if (credit && best != null) dialect.score(link, best);
      for (const each of objectives) setObjective(each, credit ? mastery : null);
    },
    recordAnswer(item) {
      if (!records() || link.lacks('cmi.interactions')) return true;
      const at = `cmi.interactions.${link.count('cmi.interactions')}.`;
      return interaction(course, item, dialect).every(([name, value], n) => link.offer(at + name, value) || n > 0);
    },
    setLanguage(lang) {
      if (mode !== 'review' && !over) link.offer(names.language, lang);
    },
    comment: item => records() && dialect.comment(link, item),
    finish(complete) {
      if (mode === 'normal' && link.need(names.exit, complete ? dialect.normalExit : 'suspend')) commit();
      over = true;
      return link.call(dialect.terminate);
    },
  };
}
