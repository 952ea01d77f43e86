"""Totara Learn's activity SCORM. It was not measured."""

from sclt.validation.lms.profile import ADVICE, ERROR, SCORM, TAKE, UPDATE, Change, Fact, Profile

_HELP = "https://help.totaralearning.com/display/TH13/SCORM"
_ROOT = "https://help.totaralearning.com/display/TL9/SCORM"

PROFILE = Profile(
    "Totara",
    "AICC and SCORM 1.2; of SCORM 2004 what needs no sequencing",
    _HELP,
    {
        "zip.manifest-at-root": Change(ERROR, "a package must have imsmanifest.xml at the root of the zip.", _ROOT),
        "aicc.support": Change(ADVICE, "it supports AICC.", _HELP),
        "sequencing.*": Change(ADVICE, "it does not support sequencing and navigation.", _HELP),
    },
    takes=(*SCORM, "aicc"),
    facts=(
        Fact(TAKE, "SCORM 1.2, which it says to support fully.", _HELP),
        Fact(UPDATE, "Records stay where the items of the new manifest have the same identifiers.", _HELP),
    ),
    rank=8,
)
