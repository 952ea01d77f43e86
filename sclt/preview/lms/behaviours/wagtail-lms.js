/** wagtail-lms, which has SCORM 1.2 only. */
import * as s from '../switches.js';

export default {
  name: 'wagtail-lms', title: 'wagtail-lms',
  // Every call is a request of its own and is answered "true" before it has travelled; LMSFinish is missing (there is an LMSTerminate), so that nothing
  // ends a session. A new attempt is incomplete (views.py, scorm_player_view).
  source: 'dr-rompecabezas/wagtail-lms: src/wagtail_lms/templates/wagtail_lms/scorm_player.html, src/wagtail_lms/views.py',
  standards: { scorm12: [s.judgesNothing, s.statusBegun, s.masteryMissing, s.nothingIsOver, s.commentsReplace, s.storesAtOnce, s.finishMissing, s.blind] },
};
