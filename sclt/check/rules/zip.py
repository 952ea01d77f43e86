"""The zip itself: can it be read, and is the manifest where LMSs look for it."""

from __future__ import annotations

from collections.abc import Iterator

from sclt.check.engine import ERROR, WARNING, Fault, rule
from sclt.check.reading import Reading
from sclt.errors import Place

_BROKEN = {
    "no-zip": "the file is not a zip",
    "cut": "the zip is cut off: its directory at the end is missing",
    "broken": "the zip cannot be read",
    "entries": "the zip names more files than any LMS unpacks",
}


@rule(
    "zip.readable",
    ERROR,
    why="no LMS can open it",
    mend="Make the zip again, and copy it in binary mode.",
    clause="SCORM 1.2 CAM 2.3.1; PKWARE APPNOTE 4.3",
)
def readable(reading: Reading) -> Iterator[Fault]:
    """The package is a zip that can be read."""
    if reading.broken:
        yield Fault(Place(reading.path.name), f"{_BROKEN[reading.broken]}.")


@rule(
    "zip.manifest",
    ERROR,
    why="an LMS finds out by it what is in the package",
    mend="Put imsmanifest.xml (cmi5: cmi5.xml, Tin Can: tincan.xml) at the root of the zip.",
    clause="SCORM 1.2 CAM 2.3.1.1; SCORM 2004 CAM 3.1.1",
    needs=("zip.readable",),
)
def manifest(reading: Reading) -> Iterator[Fault]:
    """There is a manifest."""
    if not reading.manifest_name and reading.kind.id != "aicc":
        yield Fault(Place(reading.path.name), "there is no manifest in the package.")


@rule(
    "zip.manifest-at-root",
    ERROR,
    why="LMSs look for it at the root alone; Moodle refuses such a zip",
    mend="Zip the content of the folder, not the folder itself, or let --fix do it.",
    clause="SCORM 1.2 CAM 2.3.1.1; SCORM 2004 CAM 3.1.1",
    needs=("zip.manifest",),
)
def manifest_at_root(reading: Reading) -> Iterator[Fault]:
    """The manifest lies at the root of the zip."""
    if reading.root:
        yield Fault(reading.place(), f"the manifest lies in the folder '{reading.root}'.")


@rule(
    "zip.crc",
    ERROR,
    why="the LMS stops unpacking, or a learner meets a damaged file",
    mend="Make the zip again from the original files.",
    clause="PKWARE APPNOTE 4.4.7",
    needs=("zip.readable",),
)
def crc(reading: Reading) -> Iterator[Fault]:
    """Every file unpacks to what its checksum says."""
    for name, reason in reading.unreadable.items():
        if reason in ("crc", "broken"):
            yield Fault(Place(name), "the file is damaged: it does not unpack to what its checksum says.")


@rule(
    "zip.name-ascii",
    WARNING,
    why="some LMSs unpack other names wrongly, and the file is then missing",
    mend="Rename it to ASCII letters, digits, '.', '_' and '-'.",
    clause="PKWARE APPNOTE Appendix D",
    needs=("zip.readable",),
)
def name_ascii(reading: Reading) -> Iterator[Fault]:
    """Names of files are ASCII."""
    for entry in reading.entries:
        if not entry.name.isascii():
            yield Fault(Place(entry.name), "the name has letters outside of ASCII.")
