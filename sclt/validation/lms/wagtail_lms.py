"""The package wagtail-lms for the content management system Wagtail."""

from sclt.validation.lms.profile import ERROR, REPORT, SCORM, TAKE, WARNING, Fact, Limit, Profile

_MODELS = "PyPI wagtail-lms 0.11.1, wagtail_lms/models.py"
_PLAYED = "measured in wagtail-lms 0.11.1, November 2026"

PROFILE = Profile(
    "wagtail-lms",
    "SCORM 1.2 and 2004, as its description has it",
    "https://github.com/dr-rompecabezas/wagtail-lms",
    {},
    limits=(
        Limit(
            ("scorm2004",),
            ERROR,
            "looks for resources in the namespace of SCORM 1.2 alone, and finds nothing to launch in SCORM 2004.",
            "Import the SCORM 1.2 package.",
            f"{_MODELS}, SCORMPackage",
        ),
        Limit(
            ("cmi5", "tincan"),
            ERROR,
            "looks for an imsmanifest.xml, and finds nothing to launch without one.",
            "Import the SCORM 1.2 package.",
            f"{_MODELS}, SCORMPackage",
        ),
        Limit(
            ("scorm12",),
            WARNING,
            "launches the first resource alone, and keeps one attempt for the whole package.",
            "Import a package for each module.",
            f"{_MODELS}, SCORMPackage and SCORMAttempt",
            several=True,
        ),
    ),
    facts=(
        Fact(TAKE, "SCORM 1.2, a package for each module.", _PLAYED),
        Fact(
            REPORT,
            "Status and score are right. It counts nothing, and has no LMSFinish: a package must end with LMSCommit and"
            " keep its own record; one without a counter of its own kept 1 of 12 answers.",
            _PLAYED,
        ),
        Fact(
            REPORT,
            "An attempt is 'incomplete' before it is opened; values are sent one by one, and are answered before they"
            " arrive.",
            f"{_MODELS}, and wagtail_lms/templates/wagtail_lms/scorm_player.html",
        ),
    ),
    takes=SCORM,
    rank=12,
)
