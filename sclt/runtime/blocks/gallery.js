/** The pictures of a gallery open over the window, one by one. */
import { BLOCKS } from '../blocks.js';
import { mountViewer } from './viewer.js';

BLOCKS.gallery = mountViewer;
