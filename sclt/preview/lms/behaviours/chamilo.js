/** Chamilo 1.9 to 1.11, which has SCORM 1.2 only. */
import * as s from '../switches.js';

export default {
  name: 'chamilo', title: 'Chamilo',
  // LMSGetValue, LMSSetValue and LMSCommit: no comments, no preferences, no objectives of interactions; success is answered before anything has travelled.
  // Mastery −1 and score 0 at the first launch were measured in 1.9.4.
  source: 'chamilo/chamilo-lms: main/lp/scorm_api.php',
  standards: {
    scorm12: [s.masteryMinusOne, s.scoreZero, s.lacks(/^cmi\.(comments|student_preference|interactions\.\d+\.objectives)/), s.blind],
  },
};
