/**
 * What this browser keeps of learners' work, so that nothing is lost while no LMS takes it. A learner whom the LMS names has a copy
 * under that name. What was written while nobody knew whose it is lies apart, under no learner, and is never taken for anyone's.
 *
 * @typedef {{state: string, base: number, outbox: Item[], at: number, by: string}} Copy  base: the revision that the LMS took last;
 *   at: when it was written; by: the window that wrote it
 * @import { Item, Lms, Tools } from './store.js'
 */
import { hash } from './hash.js';

/** @param {string | null} text */
const parsed = text => {
  try {
    return JSON.parse(/** @type {string} */ (text));
  } catch {
    return null;
  }
};

/** A storage that may refuse: private windows and full disks do. @param {() => Storage} storage */
function guarded(storage) {
  /** @template T @param {(store: Storage) => T} act @param {T} [otherwise] @returns {T} */
  const attempt = (act, otherwise) => {
    try {
      return act(storage());
    } catch {
      return /** @type {T} */ (otherwise);
    }
  };
  return {
    /** @param {string} key */
    read: key => parsed(attempt(store => store.getItem(key), null)),
    /** @param {string} key @param {unknown} value */
    write: (key, value) => attempt(store => {
      store.setItem(key, JSON.stringify(value));
      return true;
    }, false),
    /** @param {string} key */
    remove: key => attempt(store => store.removeItem(key)),
    /** @returns {string[]} */
    keys: () => attempt(store => Array.from({ length: store.length }, (_, n) => /** @type {string} */ (store.key(n))), []),
  };
}

/**
 * @param {Pick<Tools, 'storage' | 'tab' | 'reloaded'>} browser  its storage, that of this tab, and whether
 *   this page was loaded anew where it stood
 * @param {string} iri of the course
 * @param {Lms} lms
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
    /** @type {(key: string) => boolean} */
    isStray = key => key.startsWith(`${prefix}?`) || key === alone;
  if (connected && known) here.write(name, known);
  else if (!reloaded) here.remove(name);
  return {
    /** Where this learner's copy lies; '' if nobody knows who learns. */
    key: known || '',
    /** @returns {Copy|null} */
    read: () => known && store.read(known),
    /**
     * @param {Pick<Copy, 'state' | 'base' | 'outbox'>} copy @param {boolean} taken whether the LMS has it too: then nothing needs to lie under no learner
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
      .map(key => /** @type {[string, Copy]} */ ([key, store.read(key)]))
      .filter(([, copy]) => copy?.state).sort(([, one], [, two]) => (one.at ?? 0) - (two.at ?? 0)),
    remove: store.remove,
  };
}
