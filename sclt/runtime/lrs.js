/** An LRS: its documents, and the statements on their way to it. What IndexedDB holds survives the page, its tab and its connection. */

const PATIENCE = 3e4;
const PATIENCE_HERE = 3e3;
const BATCH = 50;
/** What a page that closes can still send, in bytes of UTF-8. */
const LAST_BREATH = 6e4;

/** Only an address of the web is asked or opened: a forged launch could bring a script's. */
export const isWeb = url => (/^https?:/i).test(url);

/** @returns {function(string, string, object, object): Promise<Response>} what asks the LRS; an answer that is a fault is an error with its status */
export const connect = (endpoint, auth) => async (method, path, query, { body, headers, keepalive } = {}) => {
  const answer = await fetch(`${endpoint.replace(/\/?$/, '/')}${path}?${new URLSearchParams(query)}`, {
    method, body, keepalive, signal: AbortSignal.timeout(PATIENCE),
    headers: { Authorization: auth, 'X-Experience-API-Version': '1.0.3', ...body && { 'Content-Type': 'application/json' }, ...headers },
  });
  if (!answer.ok) throw Object.assign(Error(`${path}: ${answer.status}`), { status: answer.status, wait: answer.headers.get('Retry-After') });
  return answer;
};

/** A document of the State or Agent Profile resource; nothing is overwritten that was not read (xAPI Communication 3.1). */
export function openDocument(ask, path, query) {
  let etag;
  return {
    /** @returns {any} null if there is none */
    async read() {
      try {
        const answer = await ask('GET', path, query);
        etag = answer.headers.get('ETag');
        return await answer.json();
      } catch (error) {
        if (error.status !== 404) throw error;
        return null;
      }
    },
    async write(value, keepalive) {
      const headers = etag ? { 'If-Match': etag } : { 'If-None-Match': '*' },
        answer = await ask('PUT', path, query, { body: JSON.stringify(value), headers, keepalive });
      etag = answer.headers.get('ETag') ?? (await ask('GET', path, query)).headers.get('ETag');
    },
  };
}

const done = request => new Promise((fulfil, reject) => {
  request.onsuccess = () => fulfil(request.result);
  request.onerror = () => reject(request.error);
});

/** Some browsers never answer: what they keep is done without. */
const tooLong = () => new Promise((_, reject) => setTimeout(reject, PATIENCE_HERE));

async function openStore() {
  try {
    const request = indexedDB.open('sclt', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('statements', { keyPath: 'id' });
    const db = await Promise.race([done(request), tooLong()]);
    return mode => db.transaction('statements', mode, { durability: 'strict' }).objectStore('statements');
  } catch {
    return null;   // the browser keeps nothing: statements live as long as the page
  }
}

/**
 * The statements of one registration, in their order.
 * @param {function} ask from `connect` @param {string} owner whose they are
 */
export async function openQueue(ask, owner) {
  const store = await openStore(),
    kept = store ? await done(store('readonly').getAll()) : [],
    entries = kept.filter(each => each.owner === owner).sort((a, b) => a.at - b.at);

  /** @param {boolean} [kept] whether the next start shall try again */
  function drop(sent, kept) {
    for (const entry of sent) {
      entries.splice(entries.indexOf(entry), 1);
      if (store && !kept) store('readwrite').delete(entry.id);
    }
  }

  const post = (batch, keepalive) => ask('POST', 'statements', {}, { body: JSON.stringify(batch.map(each => each.statement)), keepalive });

  /** An LRS refuses a batch for one of its statements: 409 says that it has it, 400 that it never will, 403 not in this session. */
  async function send(batch) {
    let kept;
    try {
      await post(batch);
    } catch (error) {
      if (!/^4(00|03|09|13)$/.test(error.status)) throw error;
      if (batch.length > 1) {
        for (const entry of batch) await send([entry]);
        return;
      }
      kept = error.status === 403;
      queue.refused ||= kept;
    }
    drop(batch, kept);
  }

  let latest = entries.at(-1)?.at ?? 0;

  /** A time that none before has: what is told in one moment keeps its order. */
  const now = () => (latest = Math.max(Date.now(), latest + 1));

  /** The last statement, and of those before it what a page can send while it closes. */
  function lastWords() {
    const size = ({ statement }) => new Blob([JSON.stringify(statement)]).size + 1;
    let room = LAST_BREATH;
    const fits = entry => (room -= size(entry)) > 0;
    const ending = entries.slice(-1).filter(fits);
    return [...entries.slice(0, -1).filter(fits), ...ending];
  }

  const queue = {
    entries,
    /** Whether the LRS takes no more in this session; the next one begins with what is left. */
    refused: false,
    /** Keep a statement; one that is there already stays. @returns {Promise} fulfilled when it would survive a crash */
    async add(entry) {
      const known = entries.find(each => each.id === entry.id),
        kept = known ?? { owner, at: now(), ...entry };
      if (!known) entries.push(kept);
      if (store) await done(store('readwrite').put(kept));
    },
    drop,
    /** Send everything; what the LRS has is forgotten. */
    async flush() {
      while (entries.length) await send(entries.slice(0, BATCH));
    },
    /** Send everything with the page's last breath. What arrived is found out at the next start: ids stay the same. */
    async last() {
      const words = lastWords();
      await post(words, true);
      drop(words);
    },
  };
  return queue;
}
