/** ILIAS 5.4. */
import * as s from '../switches.js';

const now = [s.unsuspendedIsOver];

export default {
  name: 'ilias', title: 'ILIAS',
  // How a session begins after each way of leaving; measured in 5.4.21: exit=normal makes the next launch ab-initio.
  source: 'ILIAS-eLearning/ILIAS: Modules/Scorm2004/scripts/rtemain/main.js, Modules/ScormAicc/scripts',
  standards: { scorm12: [s.countForgotten], 'scorm2004-2': now, 'scorm2004-3': now, 'scorm2004-4': now },
};
