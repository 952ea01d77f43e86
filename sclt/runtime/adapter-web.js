/** The adapter without a learning system. Packages carry it as adapter.js. */

/** The adapter that the runtime talks to: it has nobody to tell, and says so. */
export const createAdapter = () => /** @type {import('./store.js').Adapter} */ ({ start: () => ({ connected: false }) });
