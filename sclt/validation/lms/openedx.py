"""Open edX with the SCORM XBlock of overhangio."""

from sclt.validation.lms.profile import (
    ADVICE,
    ASK,
    ERROR,
    REPORT,
    SCORM,
    SETTING,
    TAKE,
    WARNING,
    Change,
    Fact,
    Limit,
    Profile,
)

_XBLOCK = "overhangio/openedx-scorm-xblock, openedxscorm/scormxblock.py"
_FIELDS = f"{_XBLOCK}, update_package_fields"
_PLAYED = "measured in the SCORM XBlock 16, 18.0.2 and 19.0.5, November 2026"

_UNREAD = Change(ADVICE, "it reads no control documents of the package.", _FIELDS)
_UNTITLED = Change(ERROR, "the import fails at an item without a title.", f"{_XBLOCK}, find_titles_recursively")

PROFILE = Profile(
    "Open edX",
    "SCORM 1.2 and SCORM 2004 by the SCORM XBlock, without sequencing",
    _XBLOCK,
    {
        "zip.manifest-at-root": Change(
            ERROR,
            "it finds the manifest in any folder, but looks for the launch file from the root.",
            f"{_XBLOCK}, find_file_path and update_package_fields",
        ),
        "zip.manifest-case": Change(
            ERROR, "it looks for 'imsmanifest.xml' in lower case.", f"{_XBLOCK}, get_file_path"
        ),
        "structure.organizations": Change(
            WARNING, "it launches the first resource that has an href all the same.", _FIELDS
        ),
        "structure.title": _UNTITLED,
        "structure.item-title": _UNTITLED,
        "structure.title-empty": _UNTITLED,
        "identifier.reference": Change(
            ERROR, "the import fails at an item without its resource.", f"{_XBLOCK}, find_titles_recursively"
        ),
        "edition.version": Change(WARNING, "it takes every version but 1.2 for SCORM 2004.", _FIELDS),
        "schema.order": Change(ADVICE, "it finds elements by name, whatever their order.", _FIELDS),
        "schema.valid": Change(WARNING, "it does not check by an XSD; other rules judge what it reads.", _FIELDS),
        "schema.control-missing": _UNREAD,
        "schema.control-place": _UNREAD,
        "schema.control-broken": _UNREAD,
        "schema.location": _UNREAD,
    },
    limits=(
        Limit(
            ("cmi5", "tincan"),
            ERROR,
            "looks for an imsmanifest.xml, and fails without one.",
            "Import the SCORM 2004 package.",
            _FIELDS,
        ),
        Limit(
            ("scorm12",),
            WARNING,
            "never completes SCORM 1.2 up to version 19.0.2 of the XBlock: 'passed' is no completion there.",
            "Import the SCORM 2004 package.",
            f"{_PLAYED}; {_XBLOCK}, set_value",
        ),
        Limit(
            ("scorm12", "scorm2004"),
            WARNING,
            "launches the first SCO, and keeps one record, one status and one score for all of them together.",
            "Import a package for each module.",
            f"{_FIELDS}, and the fields of Scope.user_state",
            several=True,
        ),
    ),
    facts=(
        Fact(TAKE, "SCORM 2004, a package for each module.", _PLAYED),
        Fact(
            ASK,
            "Staff see each question in the block's student report, among all values of the learner.",
            f"{_XBLOCK}, set_value; overhangio/openedx-scorm-xblock, README.rst",
        ),
        Fact(SETTING, "Scored is False for what must not count; the grade is 0 when failed.", f"{_XBLOCK}, get_grade"),
        Fact(
            TAKE,
            "Where SCORM 1.2 must be taken: 'passed' sets success alone in 18.0.2, and completes in 19.0.5.",
            f"{_PLAYED}; {_XBLOCK}, set_value",
        ),
        Fact(
            REPORT,
            "Status and score are right; there is no report of interactions.",
            _PLAYED,
        ),
        Fact(
            REPORT,
            "It answers undefined for status, score and mode, nothing for entry, mastery and counts of lists, and tells"
            " no error: a package must keep its own record; one without a counter of its own kept 1 of 12 answers.",
            f"{_PLAYED}; overhangio/openedx-scorm-xblock, openedxscorm/static/js/src",
        ),
    ),
    takes=SCORM,
    rank=2,
)
