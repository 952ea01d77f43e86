/**
 * What a film tells an LRS: statements of the xAPI Video Profile 1.0.3 (https://w3id.org/xapi/video).
 *
 * @import { Course } from '../declarations/course.js'
 * @import { Session } from '../store.js'
 */
import { lang } from '../view.js';

const PROFILE = 'https://w3id.org/xapi/video';
const ADL_VERBS = 'http://adlnet.gov/expapi/verbs/';
/** The share that counts as the whole film: the last seconds are often its credits. */
const WHOLE = 0.95;

/** Seconds or a share with at most three decimals, as the profile wants them. @param {number} value */
const exact = value => Math.round(value * 1000) / 1000;

/** @param {Record<string, unknown>} values */
const extensions = values => Object.fromEntries(Object.entries(values).map(([name, value]) => [`${PROFILE}/extensions/${name}`, value]));

/** @returns {string} a random UUID; browsers make none for pages without TLS */
function newSession() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

/**
 * @param {string} id @param {HTMLMediaElement} player @param {Session} told @param {Course} course
 */
export function openTeller(id, player, { tell, state }, course) {
  const mine = newSession(),
    object = { objectType: 'Activity', id: `${course.iri}/films/${id}`,
      definition: { type: `${PROFILE}/activity-type/video`, name: { [lang]: player.getAttribute('aria-label') ?? id } } },
    /** Pieces of the film in the order in which they were played. @type {[number, number][]} */
    segments = [];
  let begun = false,
    playing = 0,
    done = false;

  /** @param {string} verb @param {object} [result] @param {Record<string, unknown>} [more] */
  const say = (verb, result, more = {}) => tell({ verb, object, result,
    context: { category: [{ id: PROFILE }],
      extensions: extensions({ 'session-id': mine, length: exact(player.duration || 0), ...more }) } });

  const whole = { 'completion-threshold': WHOLE };
  const played = () => segments.map(([from, to]) => `${exact(from)}[.]${exact(to)}`).join('[,]');

  /** How the film is shown at its beginning; what tells of the learner's machine is nobody's business. */
  const circumstances = () => ({ 'speed': `${player.playbackRate}x`, 'cc-subtitle-lang': lang,
    'cc-subtitle-enabled': [...player.textTracks].some(track => track.mode === 'showing') });

  return {
    /** @param {number} time */
    began(time) {
      if (!begun) say(`${ADL_VERBS}initialized`, undefined, { ...whole, ...circumstances() });
      begun = true;
      playing = Date.now();
      say(`${PROFILE}/verbs/played`, { extensions: extensions({ time: exact(time) }) });
    },
    /** @param {number} from @param {number} to */
    played(from, to) {
      const now = segments.at(-1);
      if (now && Math.abs(now[1] - from) < 0.001) now[1] = to;
      else segments.push([from, to]);
    },
    /** @param {number} time @param {number} share of the film that was seen, in this session or before */
    paused(time, share) {
      if (!begun) return;
      const values = { time: exact(time), progress: exact(share), 'played-segments': played() };
      say(`${PROFILE}/verbs/paused`, { extensions: extensions(values) }, whole);
      if (done || share < WHOLE) return;
      done = true;
      say(`${ADL_VERBS}completed`, { completion: true, duration: `PT${Math.round((Date.now() - playing) / 10) / 100}S`, extensions: extensions(values) }, whole);
    },
    /** @param {number} from @param {number} to */
    leapt(from, to) {
      if (begun) say(`${PROFILE}/verbs/seeked`, { extensions: extensions({ 'time-from': exact(from), 'time-to': exact(to) }) });
    },
  };
}
