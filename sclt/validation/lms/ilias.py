"""ILIAS's learning module SCORM."""

from sclt.validation.lms.profile import ADVICE, ASK, ERROR, REPORT, SCORM, SETTING, TAKE, UPDATE, Change, Fact, Profile

_PACKAGE = "ILIAS-eLearning/ILIAS, Modules/Scorm2004/classes/ilSCORM13Package.php, il_import"
_PLAYED = "measured in ILIAS 5.4.21, November 2026"

_UNREAD = Change(
    ADVICE, "it checks with an XSD of its own, and reads none of the package.", f"{_PACKAGE} and VALIDATE_XSD"
)

PROFILE = Profile(
    "ILIAS",
    "SCORM 1.2 and SCORM 2004",
    "ILIAS-eLearning/ILIAS, Modules/ScormAicc and Modules/Scorm2004",
    {
        "zip.manifest-at-root": Change(ERROR, "it loads imsmanifest.xml from the package's folder alone.", _PACKAGE),
        "xml.well-formed": Change(ERROR, "it stops with 'XML not wellformed'.", _PACKAGE),
        "schema.control-missing": _UNREAD,
        "schema.control-place": _UNREAD,
        "schema.control-broken": _UNREAD,
        "schema.location": _UNREAD,
    },
    facts=(
        Fact(
            ASK,
            "SCORM 1.2: the raw tracking data have each question as cmi.comments, with its value.",
            "ILIAS-eLearning/ILIAS, Modules/ScormAicc/classes/class.ilSCORMTrackingItems.php, exportSelectedRaw",
        ),
        Fact(
            ASK,
            "SCORM 2004: the exports of core data, interactions and objectives have no comments.",
            "ILIAS-eLearning/ILIAS, Modules/Scorm2004/classes/class.ilSCORM2004TrackingItems.php",
        ),
        Fact(TAKE, "SCORM 2004 (of 12 answers it kept all) or SCORM 1.2 (it kept 9).", _PLAYED),
        Fact(
            TAKE,
            "A package for cmi5 or xAPI is imported as an object 'xAPI/cmi5', not as a SCORM module.",
            "ILIAS-eLearning/ILIAS, Modules/CmiXapi/classes/class.ilCmiXapiContentUploadImporter.php",
        ),
        Fact(
            SETTING,
            "SCORM 2004 left with exit 'normal' begins anew at the next launch; a package has to write 'suspend'.",
            _PLAYED,
        ),
        Fact(REPORT, "Status and score are right in both standards.", _PLAYED),
        Fact(UPDATE, "A new package is taken in the place of an old one only with the same version.", _PLAYED),
    ),
    takes=(*SCORM, "cmi5", "tincan"),
    rank=3,
)
