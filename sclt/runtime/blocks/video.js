/** A film with chapters, whose share that was seen is kept. */
export { mount } from './recording.js';
