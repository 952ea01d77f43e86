"""Blackboard with the SCORM Engine. It was not measured."""

from sclt.validation.lms.profile import ADVICE, ERROR, SCORM, Change, Profile

_HELP = "https://help.blackboard.com/he/Learn/Instructor/Original/Course_Content/Create_Content/Add_Content_Packages"
_ZIP = "https://blackboard.secure.force.com/publickbarticleview?id=kAC39000000PAv2"

PROFILE = Profile(
    "Blackboard",
    "SCORM 1.2, SCORM 2004, AICC and Tin Can by the SCORM Engine",
    _HELP,
    {
        "zip.manifest-at-root": Change(ERROR, "a zip with a folder around the package is not valid.", _ZIP),
        "aicc.support": Change(ADVICE, "it plays AICC by the SCORM Engine.", _HELP),
    },
    takes=(*SCORM, "aicc", "tincan"),
    rank=6,
)
