/**
 * An LRS: its documents, and the statements on their way to it. What IndexedDB holds survives the page, its tab and its connection.
 *
 * @import { Extra } from './store.js'
 *
 * @typedef {ReturnType<typeof connectLrs>} Ask
 * @typedef {ReturnType<typeof openDocument>} LrsDocument
 * @typedef {{body?: string, headers?: Record<string, string>, keepalive?: boolean}} Sent
 * @typedef {Error & {status?: number, wait?: number}} Refusal  an answer of the LRS that is a fault, and how many seconds it asks to wait
 *
 * @typedef {object} Statement as xAPI has it, as far as the runtime looks into it
 * @property {string} id
 * @property {object} actor
 * @property {{id: string, display: Record<string, string>}} verb
 * @property {object} object
 * @property {{response?: string}} [result]
 * @property {Context} context
 * @property {string} timestamp
 *
 * @typedef {{contextActivities: {parent?: object[], category?: object[], grouping?: object[]}, extensions?: Record<string, unknown>,
 *   registration?: string, language?: string}} Context
 *
 * @typedef {{id: string, statement: Statement, session: string, owner: string, at: number, extra?: Extra}} Entry  a statement on its
 *   way: whose it is, of which session, when it was told, and what its context has beside that of the launch
 */

const PATIENCE = 3e4;
const PATIENCE_HERE = 3e3;
const BATCH = 50;
/** What a page that closes can still send, in bytes of UTF-8. */
const LAST_BREATH = 6e4;

/**
 * Only an address of the web is asked or opened: a forged launch could bring a script's.
 * @param {string | null | undefined} url @returns {url is string}
 */
export const isWeb = url => (/^https?:/i).test(String(url));

/** What asks the LRS; an answer that is a fault is a Refusal. @param {string} endpoint @param {string} auth */
export const connectLrs = (endpoint, auth) => async (/** @type {string} */ method, /** @type {string} */ path, /** @type {Record<string, string>} */ query,
  /** @type {Sent} */ { body, headers, keepalive } = {}) => {
  const answer = await fetch(`${endpoint.replace(/\/?$/, '/')}${path}?${new URLSearchParams(query)}`, {
    method, body, keepalive, signal: AbortSignal.timeout(PATIENCE),
    headers: { Authorization: auth, 'X-Experience-API-Version': '1.0.3', ...body && { 'Content-Type': 'application/json' }, ...headers },
  });
  if (!answer.ok) throw Object.assign(Error(`${path}: ${answer.status}`), { status: answer.status, wait: Number(answer.headers.get('Retry-After')) });
  return answer;
};

/**
 * A document of the State or Agent Profile resource; nothing is overwritten that was not read (xAPI Communication 3.1).
 * @param {Ask} ask @param {string} path @param {Record<string, string>} query
 */
export function openDocument(ask, path, query) {
  /** @type {string | null} */
  let etag;
  let underway = 0;
  return {
    /** @returns {Promise<any>} what somebody else has written there; null if there is none */
    async read() {
      try {
        const answer = await ask('GET', path, query);
        etag = answer.headers.get('ETag');
        return await answer.json();
      } catch (error) {
        if (/** @type {Refusal} */ (error).status !== 404) throw error;
        return null;
      }
    },
    /**
     * The last breath of a page overtakes its own write whose ETag it can't know; the State resource asks for no condition.
     * @param {unknown} value @param {boolean} [last] whether the page closes
     */
    async write(value, last) {
      const /** @type {Record<string, string>} */ condition = etag ? { 'If-Match': etag } : { 'If-None-Match': '*' },
        headers = last && underway ? {} : condition;
      underway += 1;
      try {
        const answer = await ask('PUT', path, query, { body: JSON.stringify(value), headers, keepalive: last });
        etag = answer.headers.get('ETag') ?? (await ask('GET', path, query)).headers.get('ETag');
      } finally {
        underway -= 1;
      }
    },
  };
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = request => new Promise((fulfil, reject) => {
  request.onsuccess = () => fulfil(request.result);
  request.onerror = () => reject(request.error);
});

/** Some browsers never answer: what they keep is done without. @returns {Promise<never>} */
const tooLong = () => new Promise((_, reject) => setTimeout(reject, PATIENCE_HERE));

async function openStore() {
  try {
    const request = indexedDB.open('sclt', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('statements', { keyPath: 'id' });
    const db = await Promise.race([done(request), tooLong()]);
    return (/** @type {IDBTransactionMode} */ mode) => db.transaction('statements', mode, { durability: 'strict' }).objectStore('statements');
  } catch {
    return null;   // the browser keeps nothing: statements live as long as the page
  }
}

/**
 * The statements of one registration, in their order.
 * @param {Ask} ask @param {string} owner whose they are
 */
export async function openQueue(ask, owner) {
  const store = await openStore(),
    /** @type {Entry[]} */
    kept = store ? await done(store('readonly').getAll()) : [],
    entries = kept.filter(each => each.owner === owner).sort((a, b) => a.at - b.at);

  /** @param {Entry[]} sent @param {unknown} [kept] whether the next start shall try again */
  function drop(sent, kept) {
    for (const entry of sent) {
      const at = entries.indexOf(entry);
      if (at >= 0) entries.splice(at, 1);   // the last breath and a sending on its way may have had the same
      if (store && !kept) store('readwrite').delete(entry.id);
    }
  }

  /** @param {Entry[]} batch @param {boolean} [keepalive] */
  const post = (batch, keepalive) => ask('POST', 'statements', {}, { body: JSON.stringify(batch.map(each => each.statement)), keepalive });

  /**
   * An LRS refuses a batch for one of its statements: 409 says that it has it, 400 that it never will, 403 not in this session.
   * @param {Entry[]} batch
   */
  async function send(batch) {
    let kept = false;
    try {
      await post(batch);
    } catch (error) {
      if (!/^4(00|03|09|13)$/.test(String(/** @type {Refusal} */ (error).status))) throw error;
      if (batch.length > 1) {
        for (const entry of batch) await send([entry]);
        return;
      }
      kept = /** @type {Refusal} */ (error).status === 403;
      queue.refused ||= kept;
    }
    drop(batch, kept);
  }

  let latest = entries.at(-1)?.at ?? 0;

  /** A time that none before has: what is told in one moment keeps its order. */
  const now = () => (latest = Math.max(Date.now(), latest + 1));

  /** The last statement, and of those before it what a page can send while it closes. */
  function lastWords() {
    const /** @type {(entry: Entry) => number} */ size = ({ statement }) => new Blob([JSON.stringify(statement)]).size + 1;
    let room = LAST_BREATH;
    const /** @type {(entry: Entry) => boolean} */ fits = entry => (room -= size(entry)) > 0;
    const ending = entries.slice(-1).filter(fits);
    return [...entries.slice(0, -1).filter(fits), ...ending];
  }

  const queue = {
    entries,
    /** Whether the LRS takes no more in this session; the next one begins with what is left. */
    refused: false,
    /**
     * Keep a statement; one that is there already stays.
     * @param {Pick<Entry, 'id' | 'statement' | 'session' | 'extra'>} entry @returns {Promise<void>} fulfilled when it would survive a crash
     * @param {Pick<Entry, 'id' | 'statement' | 'session' | 'extra'>} entry
     */
    async add(entry) {
      const known = entries.find(each => each.id === entry.id),
        kept = known ?? { owner, at: now(), ...entry };
      if (!known) entries.push(kept);
      if (store) await done(store('readwrite').put(kept));
    },
    drop,
    /** Send everything, or until something stops it; what the LRS has is forgotten. @param {() => unknown} [stops] */
    async flush(stops) {
      while (entries.length && !stops?.()) await send(entries.slice(0, BATCH));
    },
    /** Send everything with the page's last breath. What arrived is found out at the next start: ids stay the same. */
    async last() {
      const words = lastWords();
      if (words.length) await post(words, true);
      drop(words);
    },
  };
  return queue;
}
