/** scormhost. */
import * as s from '../switches.js';

const switches = [s.judgesNothing, s.nothingIsOver, s.entryAlwaysNew, s.masteryMissing, s.commentsReplace, s.keepalive, s.firstFailureIsLast, s.blind];

const now = [...switches, s.errorless];

export default {
  name: 'scormhost', title: 'scormhost',
  // A plain store of values that is sent whole, later, with keepalive; success is answered at once, and after one failure the chain of requests is broken. Each
  // session is the first; in 1.2 the score begins with 0. All editions of 2004 are played by one part of the run-time, which reports no errors.
  source: 'eddiethedean/scormhost: src/scormhost/static/scorm12-api.js, scorm2004-api.js',
  standards: { scorm12: [...switches, s.scoreZero], 'scorm2004-2': now, 'scorm2004-3': now, 'scorm2004-4': now },
};
