/** Open edX with the SCORM XBlock 16 to 19. */
import * as s from '../switches.js';

const switches = [s.judgesNothing, s.resultsUndefined, s.countEmpty, s.entryEmpty, s.masteryMissing, s.errorless, s.nothingIsOver, s.sharedStore, s.storesAtOnce,
  s.blind];

export default {
  name: 'open-edx', title: 'Open edX (SCORM XBlock)',
  // One object of values for the block; every SetValue is a request of its own, Commit and Finish do nothing and answer "true",
  // the last error is always "0". GetValue of status, score and mode answers undefined; entry and mastery are never handed out: measured in 18.0.2 and 19.0.5.
  source: 'overhangio/openedx-scorm-xblock: openedxscorm/scormxblock.py (scorm_get_value, scorm_set_value), openedxscorm/static/js/src/scormxblock.js, scorm.js',
  standards: { scorm12: switches, 'scorm2004-2': switches, 'scorm2004-3': switches, 'scorm2004-4': switches },
};
