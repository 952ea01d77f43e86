"""The package scormhost, which serves SCORM packages with FastAPI."""

from sclt.validation.lms.profile import ERROR, REPORT, SCORM, TAKE, WARNING, Fact, Limit, Profile

_STORAGE = "PyPI scormhost 0.1.0, scormhost/storage.py"
_PLAYED = "measured in scormhost 0.1.0, November 2026"

PROFILE = Profile(
    "scormhost",
    "SCORM 1.2 and 2004, without sequencing; no cmi5, no xAPI",
    "https://github.com/eddiethedean/scormhost",
    {},
    limits=(
        Limit(
            ("cmi5", "tincan"),
            ERROR,
            "refuses a package without imsmanifest.xml.",
            "Import the SCORM 1.2 package.",
            _STORAGE,
        ),
        Limit(
            ("scorm2004",),
            WARNING,
            "has a part of the SCORM 2004 run-time only: it counts nothing that is stored, and reports no errors.",
            "Import the SCORM 1.2 package.",
            "PyPI scormhost 0.1.0, scormhost/static/scorm2004-api.js",
        ),
    ),
    facts=(
        Fact(TAKE, "SCORM 1.2; it imports, plays and resumes.", _PLAYED),
        Fact(
            REPORT,
            "Status and score are right. It counts nothing, calls every session the first, and begins with a score of 0"
            " in SCORM 1.2: a package must keep its own record; one without a counter of its own kept 1 of 12 answers.",
            _PLAYED,
        ),
        Fact(
            REPORT,
            "All values travel at each save, in the background and within 64 KB; the server takes 256 KB. After one"
            " save that fails none arrives any more until the course is opened again, and nothing says so.",
            f"{_PLAYED}; PyPI scormhost 0.1.0, scormhost/static and scormhost/router.py",
        ),
    ),
    takes=SCORM,
    rank=11,
)
