/** All behaviours, in the order in which they are offered. */
import chamilo from './chamilo.js';
import ilias from './ilias.js';
import moodle from './moodle.js';
import openEdx from './open-edx.js';
import scormhost from './scormhost.js';
import strict from './strict.js';
import wagtailLms from './wagtail-lms.js';

/** @type {import('../strict.js').Behaviour[]} */
export const BEHAVIOURS = [strict, moodle, ilias, chamilo, openEdx, scormhost, wagtailLms];
