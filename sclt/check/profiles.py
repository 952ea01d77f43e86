"""What each LMS does differently from the standard, as far as its documentation or source says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from sclt.errors import UsageError
from sclt.finding import Finding, Severity


class Change(msgspec.Struct, frozen=True):
    """What an LMS makes of the breach of a rule. ``severity`` None: it does not matter there."""

    severity: Severity | None
    note: str
    reference: str


class Profile(msgspec.Struct, frozen=True):
    """An LMS: what people call it, what it says of itself and where, and its changes.

    Changes are by the id of a rule, or by a topic such as ``sequencing.*``.
    """

    title: str
    says: str
    reference: str
    changes: Mapping[str, Change]

    def change(self, rule: str) -> Change | None:
        """Return what is different of a rule."""
        return self.changes.get(rule) or self.changes.get(f"{rule.partition('.')[0]}.*")


ERROR, WARNING, ADVICE, OFF = Severity.ERROR, Severity.WARNING, Severity.ADVICE, None

_MOODLE = "moodle/moodle, mod/scorm/datamodels/scormlib.php"
_MOODLE_UPLOAD = "moodle/moodle, mod/scorm/lib.php, scorm_validate_package"
_EDX = "overhangio/openedx-scorm-xblock, openedxscorm/scormxblock.py"
_ILIAS = "ILIAS-eLearning/ILIAS, Modules/Scorm2004/classes/ilSCORM13Package.php, il_import"
_BLACKBOARD = (
    "https://help.blackboard.com/he/Learn/Instructor/Original/Course_Content/Create_Content/Add_Content_Packages"
)
_BLACKBOARD_ZIP = "https://blackboard.secure.force.com/publickbarticleview?id=kAC39000000PAv2"
_CLOUD = "https://support.scorm.com/hc/en-us/articles/206163756-Parser-Warnings"
_CANVAS = "https://community.canvaslms.com/t5/The-Product-Blog/SCORM-to-Require-Signed-Launch-Links/bc-p/470023"

_UNREAD = Change(ADVICE, "it reads no control documents of the package.", f"{_MOODLE}, scorm_parse_scorm")
_UNCHECKED = Change(
    WARNING, "it does not check by an XSD; other rules judge what it reads.", f"{_MOODLE}, scorm_get_manifest"
)
_UNCHECKED_EDX = msgspec.structs.replace(_UNCHECKED, reference=f"{_EDX}, update_package_fields")
_UNREAD_EDX = Change(ADVICE, "it reads no control documents of the package.", f"{_EDX}, update_package_fields")
_UNREAD_ILIAS = Change(
    ADVICE, "it checks with an XSD of its own, and reads none of the package.", f"{_ILIAS} and VALIDATE_XSD"
)
_UNTITLED = Change(ERROR, "the import fails at an item without a title.", f"{_EDX}, find_titles_recursively")
_TOLERATED = Change(WARNING, "it imports imperfect manifests, and shows parser warnings.", _CLOUD)

PROFILES: dict[str, Profile] = {
    "moodle": Profile(
        "Moodle",
        "SCORM 1.2 and AICC; of SCORM 2004 the run-time without sequencing",
        "https://docs.moodle.org/35/en/SCORM_FAQ",
        {
            "zip.manifest-at-root": Change(ERROR, "it refuses a manifest that lies in a folder.", _MOODLE_UPLOAD),
            "zip.manifest-case": Change(ERROR, "it looks for 'imsmanifest.xml' in lower case.", _MOODLE_UPLOAD),
            "structure.organizations": Change(
                WARNING, "it lists every resource that has an href instead.", f"{_MOODLE}, scorm_get_manifest"
            ),
            "identifier.reference": Change(
                WARNING, "it imports, shows a notice, and the item launches nothing.", f"{_MOODLE}, scorm_get_manifest"
            ),
            "edition.version": Change(
                WARNING, "it takes what it does not know for SCORM 1.2.", f"{_MOODLE}, scorm_get_manifest"
            ),
            "edition.version-missing": Change(
                WARNING, "it takes the package for SCORM 1.2.", f"{_MOODLE}, scorm_get_manifest"
            ),
            "schema.order": Change(
                ADVICE, "it finds elements by name, whatever their order.", f"{_MOODLE}, scorm_get_manifest"
            ),
            "schema.valid": _UNCHECKED,
            "schema.control-missing": _UNREAD,
            "schema.control-place": _UNREAD,
            "schema.control-broken": _UNREAD,
            "schema.location": _UNREAD,
            "sequencing.*": Change(
                ADVICE, "it does not follow sequencing.", "https://docs.moodle.org/35/en/SCORM_FAQ, Supported Versions"
            ),
        },
    ),
    "openedx": Profile(
        "Open edX",
        "SCORM 1.2 and SCORM 2004 by the SCORM XBlock, without sequencing",
        _EDX,
        {
            "zip.manifest-at-root": Change(
                ERROR,
                "it finds the manifest in any folder, but looks for the launch file from the root.",
                f"{_EDX}, find_file_path and update_package_fields",
            ),
            "zip.manifest-case": Change(
                ERROR, "it looks for 'imsmanifest.xml' in lower case.", f"{_EDX}, get_file_path"
            ),
            "structure.organizations": Change(
                WARNING,
                "it launches the first resource that has an href all the same.",
                f"{_EDX}, update_package_fields",
            ),
            "structure.title": _UNTITLED,
            "structure.item-title": _UNTITLED,
            "structure.title-empty": _UNTITLED,
            "identifier.reference": Change(
                ERROR, "the import fails at an item without its resource.", f"{_EDX}, find_titles_recursively"
            ),
            "edition.version": Change(
                WARNING, "it takes every version but 1.2 for SCORM 2004.", f"{_EDX}, update_package_fields"
            ),
            "schema.order": Change(
                ADVICE, "it finds elements by name, whatever their order.", f"{_EDX}, update_package_fields"
            ),
            "schema.valid": _UNCHECKED_EDX,
            "schema.control-missing": _UNREAD_EDX,
            "schema.control-place": _UNREAD_EDX,
            "schema.control-broken": _UNREAD_EDX,
            "schema.location": _UNREAD_EDX,
        },
    ),
    "ilias": Profile(
        "ILIAS",
        "SCORM 1.2 and SCORM 2004",
        "ILIAS-eLearning/ILIAS, Modules/ScormAicc and Modules/Scorm2004",
        {
            "zip.manifest-at-root": Change(ERROR, "it loads imsmanifest.xml from the package's folder alone.", _ILIAS),
            "xml.well-formed": Change(ERROR, "it stops with 'XML not wellformed'.", _ILIAS),
            "schema.control-missing": _UNREAD_ILIAS,
            "schema.control-place": _UNREAD_ILIAS,
            "schema.control-broken": _UNREAD_ILIAS,
            "schema.location": _UNREAD_ILIAS,
        },
    ),
    "canvas": Profile("Canvas", "SCORM packages, uploaded by the SCORM tool in the course navigation", _CANVAS, {}),
    "blackboard": Profile(
        "Blackboard",
        "SCORM 1.2, SCORM 2004, AICC and Tin Can by the SCORM Engine",
        _BLACKBOARD,
        {
            "zip.manifest-at-root": Change(
                ERROR, "a zip with a folder around the package is not valid.", _BLACKBOARD_ZIP
            )
        },
    ),
    "scormcloud": Profile(
        "SCORM Cloud",
        "imperfect manifests too, with parser warnings",
        _CLOUD,
        {"schema.valid": _TOLERATED, "schema.order": _TOLERATED},
    ),
}


def chosen(name: str) -> Profile:
    """Return the profile with a name; raises UsageError where there is none."""
    if name not in PROFILES:
        raise UsageError(f"'{name}' is not a profile.", hint=f"Profiles are: {', '.join(PROFILES)}.")
    return PROFILES[name]


def applied(findings: Iterable[Finding], name: str, strict: bool = False) -> list[Finding]:
    """Return findings as the LMS called ``name`` sees them; a strict reading is made no milder."""
    return [seen for finding in findings for seen in _seen(finding, PROFILES.get(name), strict)]


def _seen(finding: Finding, profile: Profile | None, strict: bool) -> Iterator[Finding]:
    change = profile.change(finding.rule.id) if profile else None
    if profile is None or change is None:
        yield finding
        return
    severity = change.severity
    if strict and (severity is None or _weight(severity) < _weight(finding.rule.severity)):
        severity = finding.rule.severity
    if severity is not None:
        declared = msgspec.structs.replace(finding.rule, severity=severity)
        note = f"{profile.title}: {change.note}"
        yield msgspec.structs.replace(finding, rule=declared, note=note, reference=change.reference)


def _weight(severity: Severity) -> int:
    return [ADVICE, WARNING, ERROR].index(severity)
