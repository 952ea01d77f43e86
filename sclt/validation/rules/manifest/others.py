"""What is no SCORM, cmi5, Tin Can or AICC: recognised and named, with what LMSs make of it."""

from __future__ import annotations

from collections.abc import Iterator

from sclt.errors import Place
from sclt.validation.engine import ERROR, Fault, at, rule
from sclt.validation.read.kinds import PACKAGING
from sclt.validation.read.reading import Reading


def _told(reading: Reading, kind: str, message: str) -> Iterator[Fault]:
    """Yield one finding where the package is of a kind."""
    if reading.kind.id == kind and reading.manifest is not None:
        yield at(reading, reading.manifest.root, message)


_MANIFEST = "SCORM 1.2 CAM 2.3.1, SCORM 2004 CAM 3.3 (imsmanifest.xml at the root)"


@rule(
    "imscp.cartridge",
    ERROR,
    why="LMSs import it as content of a course, by another way than SCORM, and track nothing",
    mend="Import it as Common Cartridge, or publish the course as SCORM.",
    clause="IMS Common Cartridge 1.0 to 1.3",
    kinds=(PACKAGING,),
    conformance=False,
)
def cartridge(reading: Reading) -> Iterator[Fault]:
    """The package is no Common Cartridge."""
    yield from _told(reading, "cartridge", "this is an IMS Common Cartridge.")


@rule(
    "imscp.qti",
    ERROR,
    why="LMSs import it into a bank of questions or as a test, if at all: nothing of it is launched",
    mend="Import it where the LMS takes questions, or make a course of them that speaks SCORM.",
    clause="IMS QTI 2.1, Meta-data and Packaging",
    kinds=(PACKAGING,),
    conformance=False,
)
def qti(reading: Reading) -> Iterator[Fault]:
    """The package is no collection of QTI questions."""
    yield from _told(reading, "qti", "this is a package of IMS QTI questions.")


@rule(
    "imscp.plain",
    ERROR,
    why="an LMS that takes it shows its pages, but no result of a learner is recorded; others refuse it",
    mend="Say which pages are SCOs and which edition of SCORM it is, or import it as IMS content package.",
    clause="IMS CP 1.1.4 Information Model",
    kinds=(PACKAGING,),
    needs=("xml.root",),
    conformance=False,
)
def plain(reading: Reading) -> Iterator[Fault]:
    """The package is more than IMS Content Packaging."""
    yield from _told(reading, PACKAGING, "this is an IMS content package with nothing of SCORM in it.")


@rule(
    "imscp.scorm11",
    ERROR,
    why="LMSs of today look for an imsmanifest.xml, which came with SCORM 1.2, and refuse the package",
    mend="Publish the course again as SCORM 1.2 or later.",
    clause="SCORM 1.1, Course Structure Format; SCORM 1.2 CAM 2.3 (imsmanifest.xml)",
    kinds=("scorm11",),
    conformance=False,
)
def scorm11(reading: Reading) -> Iterator[Fault]:
    """The package is of SCORM 1.2 or later."""
    yield Fault(Place(reading.path.name), f"this is a course of SCORM 1.1: {reading.kind.evidence[0]}.")


@rule(
    "imscp.h5p",
    ERROR,
    why="LMSs import it by their H5P activity or plug-in, never as SCORM",
    mend="Import it as H5P, or publish it as SCORM by a tool that makes a package of it.",
    clause="H5P specification, package definition (h5p.json)",
    kinds=("h5p",),
    conformance=False,
)
def h5p(reading: Reading) -> Iterator[Fault]:
    """The package is no H5P content."""
    yield Fault(Place("h5p.json"), "this is an H5P package.")


@rule(
    "imscp.office",
    ERROR,
    why="an LMS finds no course in it; it may offer the file to download",
    mend="Choose the package that was exported, not the document that it was made from.",
    clause=_MANIFEST,
    kinds=("office",),
    conformance=False,
)
def office(reading: Reading) -> Iterator[Fault]:
    """The package is no document of an office program."""
    yield Fault(
        Place(reading.path.name),
        f"this is a document of Word, PowerPoint, Excel or the like: {reading.kind.evidence[0]}.",
    )


@rule(
    "imscp.site",
    ERROR,
    why="it plays on any web server, but an LMS that wants a manifest refuses it, and no result is recorded",
    mend="Unpack it on a web server, or take the package of a standard; one of SCORM has imsmanifest.xml at its root.",
    clause=_MANIFEST,
    kinds=("site",),
    conformance=False,
)
def site(reading: Reading) -> Iterator[Fault]:
    """The package is for a learning management system."""
    yield Fault(Place(reading.path.name), f"this is a web site: {reading.kind.evidence[0]}.")
