"""What the hrefs of resources and files lead to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec
from lxml import etree

from sclt.validation.engine import ADVICE, ERROR, PACKAGES, SCORM, WARNING, Fault, at, rule
from sclt.validation.read.files import Files, files_of
from sclt.validation.read.manifest import Resource
from sclt.validation.read.pages import SCHEME, is_outside, target
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import attribute

_FILE = "IMS CP 1.1.4 Information Model, file; SCORM CAM, <file>"
_RESOURCE = "SCORM 1.2 CAM 2.3, <resource>; SCORM 2004 CAM 3.4, <resource>"
_NEVER_EMPTY = (".html", ".htm", ".xhtml", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".mp3", ".mp4", ".webm", ".pdf")
_LAUNCHED = ("http", "https", "ftp")
_BAD = re.compile(r"[\s\"<>^`{|}]|[^\x00-\x7f]")


class Reference(msgspec.Struct, frozen=True):
    """An href of a resource (``launch``) or of one of its files; ``path`` is seen from the root of the zip."""

    resource: Resource
    element: etree._Element
    href: str
    path: str
    launch: bool


def references(reading: Reading) -> Iterator[Reference]:
    """Yield all hrefs; one that a resource and its file share comes once, as the resource's."""
    for resource in reading.manifest.resources if reading.manifest else ():
        seen = set()
        if resource.href.strip():
            path = reading.at(resource.path) if resource.path else ""
            yield Reference(resource, resource.element, resource.href, path, True)
            seen.add(path)
        for file in resource.files:
            path = reading.at(file.path) if file.path else ""
            if file.href.strip() and (not path or path not in seen):
                yield Reference(resource, file.element, file.href, path, False)


def _inside(reading: Reading) -> Iterator[Reference]:
    """Yield the hrefs that are paths within the package, as they should be written."""
    for ref in references(reading):
        if ref.path and not ref.path.startswith("../") and "\\" not in ref.href:
            yield ref


def _literal(files: Files, ref: Reference) -> str:
    """Return the file whose very name is the href, escapes and all, where the href means another one."""
    name = posixpath.normpath(posixpath.join(ref.resource.base, ref.href))
    return name if "%" in ref.href and name in files.real and not files.has(ref.path) else ""


def _glued(reading: Reading, ref: Reference) -> str:
    """Return where many LMSs look: xml:base and href one behind the other, though the base lacks its '/'."""
    base = ref.resource.base
    path = target(ref.href, f"{base}/") if base and not base.endswith("/") else ""
    return reading.at(path) if path else ""


def _missing(reading: Reading, launch: bool) -> Iterator[Reference]:
    files = files_of(reading)
    for ref in _inside(reading):
        paths = [path for path in (ref.path, _glued(reading, ref)) if path]
        there = any(files.has(path) or files.other_case(path) for path in paths) or _literal(files, ref)
        if not there and ref.launch == launch:
            yield ref


def _leads_nowhere(href: str) -> str:
    """Say why no page can be opened by an href, nothing where one can."""
    try:
        parts = urlsplit(re.sub(r"[\t\r\n]", "", href.strip()))
    except ValueError:
        return "is no address"
    if len(parts.scheme) > 1:
        if parts.scheme not in _LAUNCHED:
            return f"is an address of the scheme '{parts.scheme}', which opens no page"
        return "" if parts.netloc else "names no host"
    return "" if parts.path or parts.netloc else "is a place in a page, but no page"


@rule(
    "resource.launch-nowhere",
    ERROR,
    why="nothing opens, or the browser refuses it: a learner sees an empty frame",
    mend="Write the path of the page in the package; what comes after '?' or '#' may follow it.",
    clause=f"{_RESOURCE}, href; RFC 3986 3",
    kinds=PACKAGES,
)
def launch_nowhere(reading: Reading) -> Iterator[Fault]:
    """What a resource opens is a page: in the package, or by http, https or ftp."""
    for resource in reading.manifest.resources if reading.manifest else ():
        if resource.href and (why := _leads_nowhere(resource.href)):
            yield at(reading, resource.element, f"'{resource.href}' {why}.")


@rule(
    "resource.launch-folder",
    ERROR,
    why="a server answers with a list of files or an error, and the page that is meant is never opened",
    mend="Write the page in it, such as folder/index.html.",
    clause=f"{_RESOURCE}, href (the address of a file)",
    kinds=PACKAGES,
)
def launch_folder(reading: Reading) -> Iterator[Fault]:
    """What a resource opens is a file, no folder."""
    for ref in _folders(reading):
        if ref.launch:
            yield at(reading, ref.element, f"'{ref.href}' is a folder.")


def _folders(reading: Reading) -> Iterator[Reference]:
    files = files_of(reading)
    return (ref for ref in _inside(reading) if ref.path not in files.real and files.has(ref.path))


@rule(
    "resource.launch-missing",
    ERROR,
    why="a learner who opens it sees the server's message that the page was not found",
    mend="Put the file into the package, or correct the href.",
    clause=f"{_RESOURCE}, href",
    kinds=PACKAGES,
    needs=("resource.base-outside",),
)
def launch_missing(reading: Reading) -> Iterator[Fault]:
    """The page that a resource opens is in the package."""
    for ref in _missing(reading, launch=True):
        yield at(reading, ref.element, f"'{ref.href}' is not in the package.")


@rule(
    "resource.file-missing",
    ERROR,
    why="strict LMSs refuse the package; with others a learner meets a page without its pictures or scripts",
    mend="Put the file into the package, or remove the entry.",
    clause=_FILE,
    kinds=PACKAGES,
    needs=("resource.base-outside",),
)
def file_missing(reading: Reading) -> Iterator[Fault]:
    """Every file that is listed is in the package."""
    for ref in _missing(reading, launch=False):
        yield at(reading, ref.element, f"'{ref.href}' is not in the package.")


@rule(
    "resource.file-case",
    ERROR,
    why="on most servers letter case counts, and the file is not found",
    mend="Write it as the file is called, or let --fix do it.",
    clause=f"{_FILE}; RFC 3986 6.2.2.1",
    kinds=PACKAGES,
)
def file_case(reading: Reading) -> Iterator[Fault]:
    """An href has the letter case of the file."""
    files = files_of(reading)
    for ref in _inside(reading):
        if not files.has(ref.path) and (other := files.other_case(ref.path)):
            yield at(reading, ref.element, f"'{ref.href}' is called '{other}' in the package.", f"Write '{other}'.")


@rule(
    "resource.escape",
    ERROR,
    why="a server takes an escape such as %20 for the letter it stands for, and does not find the file",
    mend="Rename the file, or escape '%' as %25.",
    clause="RFC 3986 2.1, 2.4",
    kinds=PACKAGES,
)
def escape(reading: Reading) -> Iterator[Fault]:
    """No file's name is an escaped href."""
    files = files_of(reading)
    for ref in _inside(reading):
        if (literal := _literal(files, ref)) and not files.other_case(ref.path):
            yield at(reading, ref.element, f"'{ref.href}' means '{ref.path}', but the file is called '{literal}'.")


@rule(
    "resource.backslash",
    WARNING,
    why="a server on Linux takes it for a letter of the name and may not find the file; strict judges refuse it",
    mend="Write '/', or let --fix do it.",
    clause="RFC 3986 3.3; IMS CP 1.1.4 Information Model, href",
    kinds=PACKAGES,
    strict=ERROR,
)
def backslash(reading: Reading) -> Iterator[Fault]:
    """Folders in hrefs are separated by '/'."""
    for ref in references(reading):
        if "\\" in ref.href:
            yield at(
                reading, ref.element, f"'{ref.href}' has a backslash.", f"Write '{ref.href.replace(chr(92), '/')}'."
            )


@rule(
    "resource.unescaped",
    ADVICE,
    why="an address may not hold it; most LMSs escape it for you, some do not",
    mend="Rename the file to ASCII letters, digits, '.', '_' and '-', or escape the href (a space is %20).",
    clause="RFC 3986 2; XML Schema Part 2 3.2.17",
    kinds=PACKAGES,
    unless=("zip.name-ascii", "zip.name-encoding"),
)
def unescaped(reading: Reading) -> Iterator[Fault]:
    """An href has no spaces and no letters that an address may not hold."""
    for ref in references(reading):
        if wrong := _BAD.search(ref.href):
            yield at(reading, ref.element, f"'{ref.href}' has {wrong[0]!r}.")


@rule(
    "resource.file-query",
    WARNING,
    why="it names no file: an LMS that copies listed files does not find it",
    mend="Leave out what follows '?' or '#'.",
    clause=_FILE,
    kinds=PACKAGES,
    strict=ERROR,
)
def file_query(reading: Reading) -> Iterator[Fault]:
    """The href of a file has no query and no fragment."""
    for resource in reading.manifest.resources if reading.manifest else ():
        for file in resource.files:
            if ("?" in file.href or "#" in file.href) and file.path:
                yield at(reading, file.element, f"'{file.href}' has a query or a fragment.")


@rule(
    "resource.file-href",
    WARNING,
    why="strict LMSs refuse the manifest: the entry names nothing",
    mend="Write the href, or remove the element.",
    clause=_FILE,
    kinds=PACKAGES,
    strict=ERROR,
)
def file_href(reading: Reading) -> Iterator[Fault]:
    """Every file has an href."""
    for resource in reading.manifest.resources if reading.manifest else ():
        for file in resource.files:
            if not (attribute(file.element, "href") or "").strip():
                yield at(reading, file.element, f"a file of '{resource.identifier}' has no href.")


@rule(
    "resource.folder",
    WARNING,
    why="an LMS lists and copies files, no folders: what is in it may be left behind",
    mend="List each file by itself.",
    clause=_FILE,
    kinds=PACKAGES,
    strict=ERROR,
)
def folder(reading: Reading) -> Iterator[Fault]:
    """The href of a file names a file, no folder."""
    for ref in _folders(reading):
        if not ref.launch:
            yield at(reading, ref.element, f"'{ref.href}' is a folder.")


@rule(
    "resource.absolute",
    ERROR,
    why="it means the root of the LMS's server, where there is no such file",
    mend="Write the path as it is in the package, without '/' at its start.",
    clause=_FILE,
    kinds=PACKAGES,
)
def absolute(reading: Reading) -> Iterator[Fault]:
    """No href begins with '/' or a drive letter."""
    for ref in references(reading):
        text = ref.href.strip().replace("\\", "/")
        if (text.startswith("/") and not text.startswith("//")) or re.match(r"[A-Za-z]:", text):
            yield at(reading, ref.element, f"'{ref.href}' is an absolute path.")


@rule(
    "resource.leaves",
    ERROR,
    why="what lies outside of the package is not imported",
    mend="Put the file into the package.",
    clause="IMS CP 1.1.4 Information Model, href",
    kinds=PACKAGES,
    needs=("resource.base-outside",),
)
def leaves(reading: Reading) -> Iterator[Fault]:
    """No href leads out of the package by '..'."""
    for ref in references(reading):
        path = target(ref.href.replace("\\", "/"), ref.resource.base) if "\\" in ref.href else ref.path
        if path and reading.at(path).startswith("../") and not ref.href.strip().startswith(("/", "\\")):
            yield at(reading, ref.element, f"'{ref.href}' leads out of the package.")


@rule(
    "resource.outside-sco",
    WARNING,
    why="browsers forbid pages of another host to reach the LMS's API: nothing is recorded, and off-line nothing opens",
    mend="Put the page into the package.",
    clause=f"{_RESOURCE}, href; HTML Living Standard 7.2.1 (cross-origin windows)",
    kinds=SCORM,
    needs=("resource.launch-nowhere",),
)
def outside_sco(reading: Reading) -> Iterator[Fault]:
    """No SCO is opened from another host."""
    for ref in references(reading):
        if ref.launch and ref.resource.outside and ref.resource.scorm_type != "asset":
            yield at(reading, ref.element, f"the SCO '{ref.resource.identifier}' is opened from '{ref.href}'.")


@rule(
    "resource.outside-file",
    WARNING,
    why="it is no file of the package: strict judges refuse it, and an LMS cannot copy it",
    mend="Put the file into the package, or remove the entry.",
    clause=_FILE,
    kinds=PACKAGES,
    strict=ERROR,
)
def outside_file(reading: Reading) -> Iterator[Fault]:
    """Files that are listed lie in the package."""
    for ref in references(reading):
        drive = re.match(r"[A-Za-z]:", ref.href)
        if not ref.launch and not drive and (is_outside(ref.href) or SCHEME.match(ref.href.strip())):
            yield at(reading, ref.element, f"'{ref.href}' lies outside of the package.")


@rule(
    "resource.file-empty",
    WARNING,
    why="a learner meets an empty page or a picture that does not show",
    mend="Put the file itself into the package.",
    clause=_FILE,
    kinds=PACKAGES,
    needs=("launch.empty",),
)
def file_empty(reading: Reading) -> Iterator[Fault]:
    """No page, picture or film that is listed is empty."""
    sizes = {entry.name: entry.size for entry in reading.entries}
    files = files_of(reading)
    for ref in references(reading):
        name = files.real.get(ref.path, "")
        if not sizes.get(name, 1) and name.lower().endswith(_NEVER_EMPTY):
            yield at(reading, ref.element, f"'{ref.href}' is empty.")
