"""What one LMS alone demands; asked with its profile. What each takes and plays badly is data of validation/lms."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from sclt.errors import Place
from sclt.model.finding import Severity
from sclt.validation.engine import ERROR, SCORM, WARNING, Fault, at, rule
from sclt.validation.lms.profiles import PROFILES
from sclt.validation.read.reading import Reading

_NOT_SERVED = (".xml", ".xsd", ".dtd")
_FILES = "sclt/validation/lms, a file for each LMS, where every limit has its reference"


def _limiting(severity: Severity) -> tuple[str, ...]:
    """Return the names of the LMSs that have a limit of a severity."""
    return tuple(name for name, p in PROFILES.items() if any(each.severity is severity for each in p.limits))


def _met(reading: Reading, severity: Severity) -> Iterator[Fault]:
    profile = PROFILES[reading.profile]
    for limit in profile.met(severity, reading.kind, reading.scos):
        yield Fault(reading.place(), f"{profile.title} {limit.says}", limit.mend, limit.reference)


@rule(
    "lms.standard",
    ERROR,
    why="what an LMS does not know is refused at the import, or imported and never connected",
    mend="Import a package of a standard that the LMS takes.",
    clause=_FILES,
    profiles=tuple(PROFILES),
    conformance=False,
)
def standard(reading: Reading) -> Iterator[Fault]:
    """The LMS takes packages of this standard."""
    profile = PROFILES[reading.profile]
    met = list(_met(reading, ERROR))
    if met or not reading.kind.judged or profile.imports(reading.kind):
        yield from met
        return
    message = f"{profile.title} does not take {reading.kind.title}; it takes {profile.says}."
    yield Fault(reading.place(), message, reference=profile.backing or profile.reference)


@rule(
    "lms.plays",
    WARNING,
    why="learners would lose answers, or see a status that is not theirs",
    mend="Import a package of another standard, or one for each module.",
    clause=_FILES,
    profiles=_limiting(WARNING),
)
def plays(reading: Reading) -> Iterator[Fault]:
    """The LMS plays such packages without a loss."""
    yield from _met(reading, WARNING)


@rule(
    "lms.prefix",
    WARNING,
    why="Moodle knows the attribute by its prefix; without it a SCO becomes an asset, and nothing is recorded",
    mend="Bind the namespace of ADL to the prefix 'adlcp', and write adlcp:scormtype.",
    clause="moodle/moodle, mod/scorm/datamodels/scormlib.php, scorm_get_manifest",
    kinds=SCORM,
    profiles=("moodle",),
)
def prefix(reading: Reading) -> Iterator[Fault]:
    """The prefix of ADL's namespace is adlcp."""
    for resource in reading.manifest.resources if reading.manifest else ():
        for key in map(str, resource.element.attrib):
            space, _, name = key[1:].rpartition("}")
            used = next((p for p, uri in resource.element.nsmap.items() if uri == space and p), "")
            if key.startswith("{") and name.lower() == "scormtype" and used.lower() != "adlcp":
                yield at(reading, resource.element, f"the prefix of {name} is '{used}'.")


@rule(
    "lms.first-resource",
    WARNING,
    why="Open edX launches the first resource that has an href, whatever the first item leads to",
    mend="Put the resource of the first item before the others that have an href.",
    clause="overhangio/openedx-scorm-xblock, openedxscorm/scormxblock.py, update_package_fields",
    kinds=SCORM,
    profiles=("openedx",),
)
def first_resource(reading: Reading) -> Iterator[Fault]:
    """The first resource with an href is the one of the first item."""
    if manifest := reading.manifest:
        first = next((r for r in manifest.resources if r.href), None)
        wanted = next((i.reference for i in manifest.items if i.reference), "")
        if first and wanted and first.identifier != wanted:
            yield at(
                reading, first.element, f"'{first.identifier}' comes before '{wanted}', which the first item launches."
            )


@rule(
    "lms.visible",
    WARNING,
    why='Open edX shows in its menu only items that say isvisible="true"',
    mend='Add isvisible="true" to the item.',
    clause="overhangio/openedx-scorm-xblock, openedxscorm/scormxblock.py, find_titles_recursively",
    kinds=SCORM,
    profiles=("openedx",),
)
def visible(reading: Reading) -> Iterator[Fault]:
    """Items say that they are visible."""
    for item in reading.manifest.items if reading.manifest else ():
        if item.element.get("isvisible") is None:
            yield at(reading, item.element, f"the item '{item.identifier}' does not say isvisible.")


@rule(
    "lms.file-name",
    WARNING,
    why="Open edX looks a file up without its folder and serves the first of that name, which may be another's",
    mend="Give each file a name of its own, or import a package for each module.",
    clause="overhangio/openedx-scorm-xblock, openedxscorm/scormxblock.py, assets_proxy and find_file_path",
    kinds=SCORM,
    profiles=("openedx",),
)
def file_name(reading: Reading) -> Iterator[Fault]:
    """No two files have the same name in different folders."""
    first: dict[str, str] = {}
    for entry in reading.entries:
        if not entry.name.lower().endswith(_NOT_SERVED):
            other = first.setdefault(posixpath.basename(entry.name), entry.name)
            if other != entry.name:
                yield Fault(Place(entry.name), f"'{other}' has the same name in another folder.")
