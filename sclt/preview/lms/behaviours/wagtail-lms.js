/** wagtail-lms, which has SCORM 1.2 only. */
import * as s from '../switches.js';

export default {
  name: 'wagtail-lms', title: 'wagtail-lms',
  // Every call is a request of its own and is answered "true" before it has travelled; LMSFinish is missing, so that nothing ends a session.
  source: 'dr-rompecabezas/wagtail-lms: src/wagtail_lms/templates/wagtail_lms/scorm_player.html',
  standards: { scorm12: [s.judgesNothing, s.nothingIsOver, s.commentsReplace, s.storesAtOnce, s.finishMissing, s.blind] },
};
