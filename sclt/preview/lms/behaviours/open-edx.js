/** Open edX with the SCORM XBlock 16 to 19. */
import * as s from '../switches.js';

const switches = [s.judgesNothing, s.resultsEmpty, s.countEmpty, s.nothingIsOver, s.sharedStore, s.storesAtOnce, s.blind];

export default {
  name: 'open-edx', title: 'Open edX (SCORM XBlock)',
  // One object of values for the block; every SetValue is a request of its own, Commit and Finish do nothing and answer "true".
  source: 'overhangio/openedx-scorm-xblock: openedxscorm/scormxblock.py (scorm_get_value, scorm_set_value), openedxscorm/static/js/src/scormxblock.js',
  standards: { scorm12: switches, 'scorm2004-2': switches, 'scorm2004-3': switches, 'scorm2004-4': switches },
};
