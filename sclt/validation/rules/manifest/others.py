"""What is no SCORM, cmi5, Tin Can or AICC: recognised and named, with what LMSs make of it."""

from __future__ import annotations

from collections.abc import Iterator

from sclt.errors import Place
from sclt.validation.engine import ADVICE, ERROR, Fault, at, rule
from sclt.validation.read.kinds import FOR_WEB, PACKAGING
from sclt.validation.read.reading import Reading

_MANIFEST = "SCORM 1.2 CAM 2.3.1, SCORM 2004 CAM 3.3 (imsmanifest.xml at the root)"


def _other(
    kind: str,
    demanded: str,
    says: str,
    *,
    why: str,
    mend: str,
    clause: str,
    name: str = "",
    needs: tuple[str, ...] = (),
) -> None:
    """Declare that a package is not of a kind; ``says`` may ask for the ``{sign}`` by which it is known."""
    packaged = kind in ("cartridge", "qti", PACKAGING)

    def told(reading: Reading) -> Iterator[Fault]:
        if packaged and reading.kind.id == kind and reading.manifest is not None:
            yield at(reading, reading.manifest.root, says)
        elif not packaged:
            yield Fault(Place(_place(reading, kind)), says.format(sign=reading.kind.evidence[0]))

    told.__doc__ = demanded
    kinds = (PACKAGING if packaged else kind,)
    declared = rule(
        f"imscp.{name or kind}", ERROR, why=why, mend=mend, clause=clause, kinds=kinds, needs=needs, conformance=False
    )
    declared(told)


def _place(reading: Reading, kind: str) -> str:
    return "h5p.json" if kind == "h5p" else reading.path.name


_other(
    "cartridge",
    "The package is no Common Cartridge",
    "this is an IMS Common Cartridge.",
    why="LMSs import it as content of a course, by another way than SCORM, and track nothing",
    mend="Import it as Common Cartridge, or publish the course as SCORM.",
    clause="IMS Common Cartridge 1.0 to 1.3",
)
_other(
    "qti",
    "The package is no collection of QTI questions",
    "this is a package of IMS QTI questions.",
    why="LMSs import it into a bank of questions or as a test, if at all: nothing of it is launched",
    mend="Import it where the LMS takes questions, or make a course of them that speaks SCORM.",
    clause="IMS QTI 2.1, Meta-data and Packaging",
)
_other(
    PACKAGING,
    "The package is more than IMS Content Packaging",
    "this is an IMS content package with nothing of SCORM in it.",
    why="an LMS that takes it shows its pages, but no result of a learner is recorded; others refuse it",
    mend="Say which pages are SCOs and which edition of SCORM it is, or import it as IMS content package.",
    clause="IMS CP 1.1.4 Information Model",
    name="plain",
    needs=("xml.root",),
)
_other(
    "scorm11",
    "The package is of SCORM 1.2 or later",
    "this is a course of SCORM 1.1: {sign}.",
    why="LMSs of today look for an imsmanifest.xml, which came with SCORM 1.2, and refuse the package",
    mend="Publish the course again as SCORM 1.2 or later.",
    clause="SCORM 1.1, Course Structure Format; SCORM 1.2 CAM 2.3 (imsmanifest.xml)",
)
_other(
    "h5p",
    "The package is no H5P content",
    "this is an H5P package.",
    why="LMSs import it by their H5P activity or plug-in, never as SCORM",
    mend="Import it as H5P, or publish it as SCORM by a tool that makes a package of it.",
    clause="H5P specification, package definition (h5p.json)",
)
_other(
    "office",
    "The package is no document of an office program",
    "this is a document of Word, PowerPoint, Excel or the like: {sign}.",
    why="an LMS finds no course in it; it may offer the file to download",
    mend="Choose the package that was exported, not the document that it was made from.",
    clause=_MANIFEST,
)
_other(
    "site",
    "The package is for a learning management system",
    "this is a web site: {sign}.",
    why="it plays on any web server, but an LMS that wants a manifest refuses it, and no result is recorded",
    mend="Unpack it on a web server, or take the package of a standard; one of SCORM has imsmanifest.xml at its root.",
    clause=_MANIFEST,
)


@rule(
    "imscp.web",
    ADVICE,
    why="it was made for a web server or a browser, where it plays; an LMS has nothing to import, and records nothing",
    mend="Put it on a web server, or open it in a browser; for an LMS take the package of the standard that it wants.",
    clause=_MANIFEST,
    kinds=FOR_WEB,
)
def for_the_web(reading: Reading) -> Iterator[Fault]:
    """A course for the web is not imported into an LMS."""
    yield Fault(Place(reading.path.name), f"this is a course for the web, not for an LMS: {reading.kind.evidence[0]}.")
