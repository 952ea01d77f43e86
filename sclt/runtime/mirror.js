/**
 * What this browser keeps of learners' work, so that nothing is lost while no LMS takes it. A learner whom the LMS names has a copy
 * under that name. What was written while nobody knew whose it is lies apart, under no learner, and is never taken for anyone's.
 *
 * @typedef {{state: string, base: number, outbox: object[], at: number, by: string}} Copy  base: the revision that the LMS took last;
 *   at: when it was written; by: the window that wrote it
 */
import { hash } from './state.js';

const json = text => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** A storage that may refuse: private windows and full disks do. @param {function(): Storage} storage */
function guarded(storage) {
  const attempt = (act, otherwise) => {
    try {
      return act(storage());
    } catch {
      return otherwise;
    }
  };
  return {
    read: key => json(attempt(store => store.getItem(key), null)),
    write: (key, value) => attempt(store => {
      store.setItem(key, JSON.stringify(value));
      return true;
    }, false),
    remove: key => attempt(store => store.removeItem(key)),
    keys: () => attempt(store => Array.from({ length: store.length }, (_, n) => store.key(n)), []),
  };
}

/**
 * @param {{storage: function(): Storage, tab: function(): Storage, reloaded: boolean}} browser  its storage, that of this tab, and whether
 *   this page was loaded anew where it stood
 * @param {string} iri of the course
 * @param {{connected: boolean, refused: boolean, learner: string}} lms
 * @param {string} own what nothing else is called: the name of this window
 */
export function openMirror({ storage, tab, reloaded }, iri, { connected, refused, learner = '' }, own) {
  const store = guarded(storage),
    here = guarded(tab),
    name = `sclt:${iri}`,
    prefix = `${name}:`,
    alone = prefix + hash('').toString(36),
    nobody = `${prefix}?${own}`,
    // A course that is loaded anew alone finds its session over; before it stands who stood before it.
    among = refused ? reloaded && here.read(name) : alone,
    known = connected ? learner && prefix + hash(learner).toString(36) : among,
    isStray = key => key.startsWith(`${prefix}?`) || key === alone;
  if (connected && known) here.write(name, known);
  else if (!reloaded) here.remove(name);
  return {
    /** Where this learner's copy lies; '' if nobody knows who learns. */
    key: known || '',
    /** @returns {Copy|null} */
    read: () => known && store.read(known),
    /**
     * @param {Copy} copy @param {boolean} taken whether the LMS has it too: then nothing needs to lie under no learner
     * @returns {boolean} whether it is kept
     */
    write(copy, taken) {
      const value = { ...copy, at: Date.now(), by: own };
      if (known) return store.write(known, value);
      if (taken) store.remove(nobody);
      return !taken && store.write(nobody, value);
    },
    /** @returns {[string, Copy][]} what lies under no learner, the oldest first */
    strays: () => (connected ? store.keys() : []).filter(key => isStray(key) && key !== known && key !== nobody)
      .map(key => [key, store.read(key)]).filter(([, copy]) => copy?.state).sort(([, one], [, two]) => (one.at ?? 0) - (two.at ?? 0)),
    remove: store.remove,
  };
}
