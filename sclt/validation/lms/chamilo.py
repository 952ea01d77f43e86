"""Chamilo's learning paths."""

from sclt.validation.lms.profile import (
    ADVICE,
    ERROR,
    REPORT,
    SCORM,
    TAKE,
    UPDATE,
    WARNING,
    Change,
    Fact,
    Limit,
    Profile,
)

_PLAYED = "measured in Chamilo 1.9.4, November 2026"
_PLUGIN = "chamilo/chamilo-lms, plugin/xapi/src/Importer"

PROFILE = Profile(
    "Chamilo",
    "SCORM 1.2 and AICC as learning paths",
    "chamilo/chamilo-lms, public/main/lp/scorm.class.php and aicc.class.php",
    {"aicc.support": Change(ADVICE, "it imports AICC.", "chamilo/chamilo-lms, public/main/lp/aicc.class.php")},
    limits=(
        Limit(
            ("scorm2004",),
            ERROR,
            "imports SCORM 2004, but has no run-time for it: the course is not connected, and nothing is recorded.",
            "Import the SCORM 1.2 package.",
            _PLAYED,
        ),
        Limit(
            ("cmi5", "tincan"),
            WARNING,
            "takes cmi5 and xAPI by its plug-in 'xapi' alone, not as a learning path.",
            "Import the SCORM 1.2 package, or have the plug-in enabled.",
            _PLUGIN,
        ),
    ),
    facts=(
        Fact(TAKE, "SCORM 1.2; it imports, plays and resumes, and keeps what was done after Exit.", _PLAYED),
        Fact(
            REPORT,
            "It refuses interactions.n.objectives, and hands out a mastery score of -1 where there is none: a package"
            " must live with both.",
            _PLAYED,
        ),
        Fact(
            UPDATE,
            "A package takes the place of an old one only under the same file name.",
            "chamilo/chamilo-lms, public/main/lp/lp_update_scorm.php",
        ),
    ),
    takes=(*SCORM, "aicc", "cmi5", "tincan"),
    backing=f"chamilo/chamilo-lms, public/main/lp/scorm.class.php and aicc.class.php; {_PLUGIN}",
    rank=4,
)
