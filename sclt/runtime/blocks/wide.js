/** A wide figure opens over the window. */
export { mount } from './viewer.js';
