/** A film with chapters, whose share that was seen is kept. */
import { BLOCKS } from '../blocks.js';
import { mountRecording } from './recording.js';

BLOCKS.video = mountRecording;
