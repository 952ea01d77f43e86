/** Moodle 3.8 to 4.5, mod/scorm. */
import * as s from '../switches.js';

const now = [s.unsuspendedIsOver, s.passingScoreOne, s.oneSessionAPage, s.finishedIsReview, s.timeAtEndOnly, s.beacon];

export default {
  name: 'moodle', title: 'Moodle',
  // The data model and StoreData in scorm_12.js and scorm_13.js; what a session begins with in scorm_12lib.php and scorm_13lib.php (get_scorm_default);
  // the beacon in request.js (mod_scorm_monitorForBeaconRequirement). That a lesson is locked in review, and that 1.0 is handed out, was measured in 4.4.
  source: 'moodle/moodle: mod/scorm/datamodels/scorm_12.js, scorm_13.js, scorm_12lib.php, scorm_13lib.php, mod/scorm/request.js',
  standards: {
    scorm12: [s.masteryDecides, s.unsetIsCompleted, s.changesOnce, s.finishedIsReview, s.timeAtEndOnly, s.beacon],
    'scorm2004-2': now, 'scorm2004-3': now, 'scorm2004-4': now,
  },
};
