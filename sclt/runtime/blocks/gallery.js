/** The pictures of a gallery open over the window, one by one. */
export { mount } from './viewer.js';
