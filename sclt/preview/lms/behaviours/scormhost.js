/** scormhost. */
import * as s from '../switches.js';

const switches = [s.judgesNothing, s.nothingIsOver, s.commentsReplace, s.blind];

export default {
  name: 'scormhost', title: 'scormhost',
  // A plain store of values that is sent whole, later; success is answered at once; in 1.2 the score begins with 0.
  source: 'eddiethedean/scormhost: src/scormhost/static/scorm12-api.js, scorm2004-api.js',
  standards: { scorm12: [...switches, s.scoreZero], 'scorm2004-4': switches },
};
