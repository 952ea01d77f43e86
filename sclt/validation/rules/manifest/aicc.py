"""What is no SCORM, cmi5 or Tin Can: recognised and named, with what an LMS makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from sclt.errors import Place
from sclt.validation.engine import ADVICE, ERROR, WARNING, Fault, at, rule
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import space

_AICC = "AICC CMI001 Guidelines for Interoperability, 6 (course structure files)"
_DEMANDED = {".crs": "course", ".au": "assignable units", ".des": "descriptors", ".cst": "course structure"}


def _suffixes(reading: Reading) -> set[str]:
    return {"." + name.lower().rpartition(".")[2] for name in reading.names}


@rule(
    "aicc.support",
    ADVICE,
    why="many LMSs no longer import AICC, Moodle and some others still do",
    mend="Ask the LMS's administrator, or publish the course as SCORM or cmi5.",
    clause=_AICC,
    kinds=("aicc",),
    needs=("aicc.files",),
)
def support(reading: Reading) -> Iterator[Fault]:
    """The package is of a standard that LMSs of today import."""
    first = next(iter(sorted(n for n in reading.names if n.lower().endswith(tuple(_DEMANDED)))), reading.path.name)
    yield Fault(Place(first), "this is an AICC course.")


@rule(
    "aicc.files",
    ERROR,
    why="an LMS cannot read the course without them",
    mend="Put the missing file beside the others.",
    clause=_AICC,
    kinds=("aicc",),
)
def files(reading: Reading) -> Iterator[Fault]:
    """An AICC course has files .crs, .au, .des and .cst."""
    found = _suffixes(reading)
    if gone := [f"{suffix} ({what})" for suffix, what in _DEMANDED.items() if suffix not in found]:
        yield Fault(Place(reading.path.name), f"this is an AICC course that lacks: {', '.join(gone)}.")


@rule(
    "imscp.cartridge",
    WARNING,
    why="LMSs import it as content of a course, by another way than SCORM, and track nothing",
    mend="Import it as Common Cartridge, or publish the course as SCORM.",
    clause="IMS Common Cartridge 1.0 to 1.3",
    kinds=("imscp",),
)
def cartridge(reading: Reading) -> Iterator[Fault]:
    """The package is no Common Cartridge."""
    if reading.manifest is not None and _is_cartridge(reading):
        yield at(reading, reading.manifest.root, "this is an IMS Common Cartridge.")


def _is_cartridge(reading: Reading) -> bool:
    root = reading.manifest.root if reading.manifest is not None else None
    said = reading.manifest.schema.lower() if reading.manifest is not None else ""
    return root is not None and ("imscc" in space(root) or "common cartridge" in said)


@rule(
    "imscp.plain",
    WARNING,
    why="an LMS that takes it shows its pages, but no result of a learner is recorded",
    mend="Say which pages are SCOs and which edition of SCORM it is, or import it as IMS content package.",
    clause="IMS CP 1.1.4 Information Model",
    kinds=("imscp",),
    needs=("imscp.cartridge", "xml.namespace"),
)
def plain(reading: Reading) -> Iterator[Fault]:
    """The package is more than IMS Content Packaging."""
    if reading.manifest is not None:
        yield at(reading, reading.manifest.root, "this is an IMS content package with nothing of SCORM in it.")
