"""Sakai's SCORM Player. It was not measured."""

from sclt.validation.lms.profile import TAKE, Fact, Profile

_TOOL = "https://sakaiproject.atlassian.net/wiki/x/AgBDzAE"
_LAUNCH = "sakaiproject/sakai, scormplayer/SCORM_LAUNCH_PLAN.md"

PROFILE = Profile(
    "Sakai",
    "SCORM 2004 with sequencing, by its SCORM Player",
    _TOOL,
    {},
    takes=("scorm2004",),
    backing=_LAUNCH,
    facts=(
        Fact(TAKE, "SCORM 2004: its player gives content the API of 2004 (API_1484_11) alone.", _LAUNCH),
        Fact(
            TAKE,
            "Its sequencing and run-time are those of the sample of ADL for the 3rd Edition.",
            "sakaiproject/sakai, scormplayer/adlnet",
        ),
    ),
    rank=9,
)
