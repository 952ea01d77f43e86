/** A wide figure opens over the window. */
import { BLOCKS } from '../blocks.js';
import { mountViewer } from './viewer.js';

BLOCKS.wide = mountViewer;
