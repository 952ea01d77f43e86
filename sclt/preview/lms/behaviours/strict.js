/** The standards, to the letter: SCORM 1.2 RTE; SCORM 2004 RTE of each edition. */
export default { name: 'strict', title: 'the standard, strictly', source: 'SCORM 1.2 RTE 3; SCORM 2004 RTE 3 and 4', standards: {
  scorm12: [], 'scorm2004-2': [], 'scorm2004-3': [], 'scorm2004-4': [] } };
