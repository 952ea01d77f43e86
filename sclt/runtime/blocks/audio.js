/** A sound with chapters, whose share that was heard is kept. */
import { BLOCKS } from '../blocks.js';
import { mountRecording } from './recording.js';

BLOCKS.audio = mountRecording;
