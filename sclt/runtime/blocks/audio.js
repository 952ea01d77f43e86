/** A audio with chapters, whose share that was heard is kept. */
export { mount } from './recording.js';
