"""Moodle's activity SCORM package."""

from sclt.validation.lms.profile import (
    ADVICE,
    ASK,
    ERROR,
    REPORT,
    SCORM,
    SETTING,
    TAKE,
    UPDATE,
    WARNING,
    Change,
    Fact,
    Limit,
    Profile,
)

_PARSER = "moodle/moodle, mod/scorm/datamodels/scormlib.php"
_UPLOAD = "moodle/moodle, mod/scorm/lib.php, scorm_validate_package"
_INTERACTIONS = "moodle/moodle, mod/scorm/report/interactions/classes/report.php, display"
_PLAYED = "measured in Moodle 4.4dev (build 20231124), unmodified, November 2026"

_UNREAD = Change(ADVICE, "it reads no control documents of the package.", f"{_PARSER}, scorm_parse_scorm")

PROFILE = Profile(
    "Moodle",
    "SCORM 1.2 and AICC; of SCORM 2004 the run-time without sequencing",
    "https://docs.moodle.org/35/en/SCORM_FAQ",
    {
        "zip.manifest-at-root": Change(ERROR, "it refuses a manifest that lies in a folder.", _UPLOAD),
        "zip.manifest-case": Change(ERROR, "it looks for 'imsmanifest.xml' in lower case.", _UPLOAD),
        "structure.organizations": Change(
            WARNING, "it lists every resource that has an href instead.", f"{_PARSER}, scorm_get_manifest"
        ),
        "identifier.reference": Change(
            WARNING,
            "it imports and shows a notice; the item launches nothing of its own.",
            f"{_PARSER}, scorm_get_manifest",
        ),
        "edition.version": Change(
            WARNING, "it takes what it does not know for SCORM 1.2.", f"{_PARSER}, scorm_get_manifest"
        ),
        "edition.version-missing": Change(
            WARNING, "it takes the package for SCORM 1.2.", f"{_PARSER}, scorm_get_manifest"
        ),
        "schema.order": Change(
            ADVICE, "it finds elements by name, whatever their order.", f"{_PARSER}, scorm_get_manifest"
        ),
        "schema.valid": Change(
            WARNING, "it does not check by an XSD; other rules judge what it reads.", f"{_PARSER}, scorm_get_manifest"
        ),
        "aicc.support": Change(ADVICE, "it imports AICC.", _UPLOAD),
        "schema.control-missing": _UNREAD,
        "schema.control-place": _UNREAD,
        "schema.control-broken": _UNREAD,
        "schema.location": _UNREAD,
        "sequencing.*": Change(
            ADVICE, "it does not follow sequencing.", "https://docs.moodle.org/35/en/SCORM_FAQ, Supported Versions"
        ),
    },
    limits=(
        Limit(
            ("cmi5", "tincan"),
            ERROR,
            "takes packages with an imsmanifest.xml, or with the files of AICC.",
            "Import the SCORM 1.2 package.",
            _UPLOAD,
        ),
        Limit(
            ("scorm2004",),
            WARNING,
            "refuses a SCO of SCORM 2004 that is opened again from its menu (error 104), and what is then answered"
            " does not reach it.",
            "Import a package for each module, or the programme's SCORM 1.2 package.",
            _PLAYED,
            several=True,
        ),
    ),
    facts=(
        Fact(TAKE, "SCORM 1.2, a package for each module; 68 of 68 SCORM packages imported.", _PLAYED),
        Fact(
            SETTING,
            "Grading method 'Highest grade' gives a package of several SCOs the best grade of any one of them.",
            "moodle/moodle, mod/scorm/locallib.php, scorm_grade_user_attempt",
        ),
        Fact(
            SETTING,
            "One SCO completes the whole activity unless 'Require all scos to return completion status' is ticked.",
            "moodle/moodle, mod/scorm/lang/en/scorm.php, completionstatusallscos_help",
        ),
        Fact(
            REPORT,
            "'Basic' has columns of SCOs only where 'Track details' is on.",
            "moodle/moodle, mod/scorm/report/basic/classes/report.php, display",
        ),
        Fact(
            REPORT,
            "'Interactions' tells no answers of SCORM 2004: it looks them up by the names of SCORM 1.2.",
            _INTERACTIONS,
        ),
        Fact(
            REPORT,
            "'Interactions' tells identifiers and short responses, as SCORM 1.2 has no texts of questions.",
            _INTERACTIONS,
        ),
        Fact(
            ASK,
            "Questions stand in the 'Track details' of each attempt, as comments, and can be downloaded there.",
            "moodle/moodle, mod/scorm/report/userreporttracks.php",
        ),
        Fact(
            ASK,
            "No answer of a teacher reaches the learner through SCORM: cmi.comments_from_lms has no value.",
            "moodle/moodle, mod/scorm/datamodels/scorm_12.js.php",
        ),
        Fact(UPDATE, "A package may be replaced during an attempt; the attempt goes on.", _PLAYED),
    ),
    takes=(*SCORM, "aicc"),
    backing=_UPLOAD,
    rank=1,
)
