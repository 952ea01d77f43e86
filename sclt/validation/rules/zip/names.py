"""The names of files in the zip: what LMSs on Windows and Linux cannot unpack to, or unpack elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from sclt.errors import Place
from sclt.validation.engine import ERROR, WARNING, Fault, rule
from sclt.validation.read.files import meanings
from sclt.validation.read.reading import Reading

_DRIVE = re.compile(r"^[A-Za-z]:")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)", re.IGNORECASE)
_REFUSED = re.compile(r'[:*?"<>|\x00-\x1f]')
_LONG, _PART = 200, 255
_SEPARATORS = re.compile(r"[/\\]")
_NEEDS = ("zip.readable",)
_NAMES = "PKWARE APPNOTE 4.4.17.1"
_WINDOWS = "Microsoft, Naming Files, Paths, and Namespaces"


@rule(
    "zip.name-ascii",
    WARNING,
    why="some LMSs unpack other names wrongly, and the file is then missing",
    mend="Rename it to ASCII letters, digits, '.', '_' and '-'.",
    clause="PKWARE APPNOTE Appendix D",
    needs=_NEEDS,
)
def name_ascii(reading: Reading) -> Iterator[Fault]:
    """Names of files are ASCII."""
    for entry in reading.entries:
        if not entry.name.isascii() and entry.unicode:
            yield Fault(Place(entry.name), "the name has letters outside of ASCII.")


@rule(
    "zip.name-encoding",
    WARNING,
    why="each system guesses another encoding, and pages no longer find the file under its name",
    mend="Rename it to ASCII letters, or make the zip with a tool that marks names as UTF-8.",
    clause="PKWARE APPNOTE 4.4.4, bit 11; Appendix D",
    needs=_NEEDS,
    strict=ERROR,
)
def name_encoding(reading: Reading) -> Iterator[Fault]:
    """Names outside of ASCII are marked as UTF-8."""
    for entry in reading.entries:
        if not entry.name.isascii() and not entry.unicode:
            yield Fault(Place(entry.name), "the name has letters outside of ASCII and is not marked as UTF-8.")


@rule(
    "zip.name-backslash",
    ERROR,
    why="on Linux an LMS unpacks one file with a backslash in its name instead of a folder, and pages miss it",
    mend="Make the zip with a tool that writes '/', or let --fix do it.",
    clause=_NAMES,
    needs=_NEEDS,
)
def name_backslash(reading: Reading) -> Iterator[Fault]:
    """Folders in names are separated by '/'."""
    for entry in reading.entries:
        if "\\" in entry.name:
            yield Fault(Place(entry.name), "the name has a backslash.")


@rule(
    "zip.name-absolute",
    ERROR,
    why="it asks to be written outside of the course; LMSs refuse it",
    mend="Zip with paths relative to the course's folder.",
    clause=_NAMES,
    needs=_NEEDS,
)
def name_absolute(reading: Reading) -> Iterator[Fault]:
    """No name begins with a slash."""
    for entry in reading.entries:
        if entry.name.startswith("/"):
            yield Fault(Place(entry.name), "the name is an absolute path.")


@rule(
    "zip.name-drive",
    ERROR,
    why="it asks to be written to a drive of the server; LMSs refuse it",
    mend="Zip with paths relative to the course's folder.",
    clause=_NAMES,
    needs=_NEEDS,
)
def name_drive(reading: Reading) -> Iterator[Fault]:
    """No name begins with a drive letter."""
    for entry in reading.entries:
        if _DRIVE.match(entry.name):
            yield Fault(Place(entry.name), f"the name begins with the drive '{entry.name[:2]}'.")


@rule(
    "zip.name-leaves",
    ERROR,
    why="it asks to be written outside of the course, over files of the server; LMSs refuse the whole zip",
    mend="Zip with paths below the course's folder.",
    clause="PKWARE APPNOTE 4.4.17; CWE-22",
    needs=_NEEDS,
)
def name_leaves(reading: Reading) -> Iterator[Fault]:
    """No name leads out of the package by '..'."""
    for entry in reading.entries:
        if ".." in _SEPARATORS.split(entry.name):
            yield Fault(Place(entry.name), "the name has a part '..'.")


@rule(
    "zip.name-normal",
    WARNING,
    why="LMSs unpack it to another name than the zip says, and what refers to it may not find it",
    mend="Leave out '.' and empty parts of the path.",
    clause=_NAMES,
    needs=_NEEDS,
)
def name_normal(reading: Reading) -> Iterator[Fault]:
    """No part of a name is empty or '.'."""
    for entry in reading.entries:
        parts = _SEPARATORS.split(entry.name)
        if "." in parts or "" in parts[1:]:
            yield Fault(Place(entry.name), "the name has an empty part or a part '.'.")


@rule(
    "zip.name-case",
    WARNING,
    why="on Windows one of them overwrites the other",
    mend="Rename one of them.",
    clause=_WINDOWS,
    needs=_NEEDS,
    strict=ERROR,
    conformance=False,
)
def name_case(reading: Reading) -> Iterator[Fault]:
    """Names differ in more than letter case."""
    alike: dict[str, set[str]] = defaultdict(set)
    for entry in reading.entries:
        alike[entry.name.lower()].add(entry.name)
    for names in alike.values():
        first, *others = sorted(names)
        for other in others:
            yield Fault(Place(other), f"the name differs from '{first}' in letter case alone.")


@rule(
    "zip.name-windows",
    WARNING,
    why="an LMS on Windows cannot write the file",
    mend="Rename it to ASCII letters, digits, '.', '_' and '-'.",
    clause=_WINDOWS,
    needs=_NEEDS,
)
def name_windows(reading: Reading) -> Iterator[Fault]:
    """Names are such as Windows allows."""
    for entry in reading.entries:
        name = _DRIVE.sub("", entry.name)
        for part in _SEPARATORS.split(name):
            if why := _refusal(part):
                yield Fault(Place(entry.name), f"Windows refuses the name: {why}.")
                break


def _refusal(part: str) -> str:
    if refused := _REFUSED.search(part):
        return f"it has {refused[0]!r}"
    if part.strip(".") and part.endswith((".", " ")):
        return "it ends with a dot or a space"
    return f"'{part}' names a device" if _RESERVED.match(part) else ""


@rule(
    "zip.name-url",
    WARNING,
    why="in an address these begin a fragment or an escape: pages that do not escape them miss the file",
    mend="Rename it without '#' and '%'.",
    clause="RFC 3986 2.1, 3.5",
    needs=_NEEDS,
)
def name_url(reading: Reading) -> Iterator[Fault]:
    """No name has '#' or '%'."""
    for entry in reading.entries:
        if sign := next((sign for sign in "#%" if sign in entry.name), ""):
            yield Fault(Place(entry.name), f"the name has '{sign}'.")


@rule(
    "zip.name-long",
    WARNING,
    why="with the LMS's own folder before it the path is longer than Windows allows (260), and unpacking stops",
    mend="Shorten the names of folders and file.",
    clause="Microsoft, Maximum Path Length Limitation",
    needs=_NEEDS,
)
def name_long(reading: Reading) -> Iterator[Fault]:
    """Paths are short enough for every system."""
    for entry in reading.entries:
        if len(entry.name) > _LONG or any(
            len(p.encode("utf-8", "surrogatepass")) > _PART for p in _SEPARATORS.split(entry.name)
        ):
            yield Fault(Place(entry.name), f"the path is of {len(entry.name)} characters.")


@rule(
    "zip.name-folder",
    ERROR,
    why="a disk cannot hold both, and unpacking stops",
    mend="Rename the file or the folder.",
    clause=_NAMES,
    needs=_NEEDS,
)
def name_folder(reading: Reading) -> Iterator[Fault]:
    """No name is both a file's and a folder's."""
    folders = set()
    for entry in reading.entries:
        parts = meanings(entry)[0].split("/")
        folders |= {"/".join(parts[:n]) for n in range(1, len(parts))}
    for entry in reading.entries:
        if entry.name in folders:
            yield Fault(Place(entry.name), "there is a folder of the same name.")
