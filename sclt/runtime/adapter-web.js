/** The adapter without a learning system. Packages carry it as adapter.js. */

/** @returns the adapter that the runtime talks to: it has nobody to tell, and says so */
export const createAdapter = () => ({ start: () => ({ connected: false }) });
