"""A package as the rules see it: its files, what kind it is and why, its manifest. Reading never raises for content."""

from __future__ import annotations

import codecs
import posixpath
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial, wraps
from pathlib import Path
from typing import TypeVar, cast

import msgspec

from sclt.editions import MANIFESTS, onefile, web
from sclt.errors import Place
from sclt.validation.read import limits
from sclt.validation.read.archive import Archive, Entry, Unreadable, open_package, read_all
from sclt.validation.read.familiar import look_again
from sclt.validation.read.kinds import Kind, recognise
from sclt.validation.read.manifest import Manifest, read_manifest
from sclt.validation.read.pages import HEAD, Text, standard_of
from sclt.validation.read.xmltext import Xml, parse

T = TypeVar("T")
_TEXTS = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".css", ".js", ".mjs", ".cjs")
_PACKED = (".js.gz", ".mjs.gz", ".html.gz")
_PICTURES = (".svg",)
"""Pictures that may be pages: those with scripts are looked through."""
_XMLS = (".xml", ".xsd")
COURSE_FILES = {".crs": "course", ".au": "assignable units", ".des": "descriptors", ".cst": "course structure"}
"""The files of an AICC course by their endings."""


class Reading(msgspec.Struct, frozen=True, dict=True):
    """Everything that is known of a package.

    ``broken`` is why the whole of it cannot be read (see archive.Unreadable), else empty; ``unreadable`` maps
    names of files to such reasons. ``xml`` and ``texts`` hold what was parsed, by name, ``course_files`` what those of
    AICC say; ``root`` is the folder in which the manifest lies (``""`` at the root, where it belongs). ``manifest`` is
    None where there is no readable one.
    ``memo`` keeps what is worked out of it, see `once`; ``profile`` is the LMS that is asked.
    """

    path: Path
    broken: str = ""
    folder: bool = False
    entries: tuple[Entry, ...] = ()
    unreadable: dict[str, str] = {}
    xml: dict[str, Xml] = {}
    texts: dict[str, Text] = {}
    course_files: dict[str, str] = {}
    root: str = ""
    manifest_name: str = ""
    kind: Kind = Kind()
    manifest: Manifest | None = None
    memo: dict[object, object] = {}
    profile: str = ""

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all files, exactly as they are."""
        return frozenset(entry.name for entry in self.entries)

    @property
    def source(self) -> Xml | None:
        """The manifest as XML."""
        return self.xml.get(self.manifest_name)

    @property
    def scos(self) -> int:
        """Return how many items launch a SCO."""
        manifest = self.manifest
        launched = [manifest.resource(item.reference) for item in manifest.items] if manifest else []
        return sum(resource is not None and resource.scorm_type == "sco" for resource in launched)

    def place(self) -> Place:
        """Return the place of the manifest, or of the package itself."""
        return Place(self.manifest_name or self.path.name)

    def at(self, path: str) -> str:
        """Return the name in the package of a path that is relative to the manifest's folder."""
        return posixpath.normpath(posixpath.join(self.root, path)) if self.root else path


def once(work: Callable[[Reading], T]) -> Callable[[Reading], T]:
    """Let what many rules ask of a package be worked out once."""

    @wraps(work)
    def answer(reading: Reading) -> T:
        if work not in reading.memo:
            reading.memo[work] = work(reading)
        return cast("T", reading.memo[work])

    return answer


def read_package(path: Path) -> Reading:
    """Read a zip or folder. Raises UsageError where there is none, EnvironmentFault where it cannot be opened."""
    try:
        package = open_package(path)
    except Unreadable as fault:
        return _one_file(path) or Reading(path, broken=fault.reason)
    try:
        return read_archive(path, package)
    finally:
        package.close()


def _one_file(path: Path) -> Reading | None:
    """Return a course that is one HTML file, as sclt makes it; None for any other file."""
    with path.open("rb") as stream:
        standard = standard_of(stream.read(HEAD))
    if standard != onefile.EDITION.id:
        return None
    size = path.stat().st_size
    return Reading(path, entries=(Entry(path.name, size, size),), kind=Kind(standard, ("sclt made this page",)))


def read_archive(path: Path, package: Archive) -> Reading:
    """Read what is open; ``path`` is where it lies."""
    unreadable: dict[str, str] = {}
    found = _Found()
    name = _manifest_name(entry.name for entry in package.entries)
    most = limits.TOTAL if package.folder else min(limits.TOTAL, _most(path))
    # the manifest first: others must not use up what may be parsed
    safe = sorted(_safe(package.entries, unreadable, most), key=lambda e: e.name != name)
    unreadable |= _looked_through(package, found, safe)
    xml, texts = found.xml, found.texts
    source = xml.get(name)
    shell = min((each for each in texts if texts[each].standard == web.EDITION.id), default="")
    kind = recognise(name, xml, frozenset(e.name for e in package.entries), shell)
    manifest = read_manifest(source, kind) if source is not None and source.root is not None else None
    return Reading(
        path,
        "",
        package.folder,
        package.entries,
        unreadable,
        xml,
        texts,
        found.course_files,
        posixpath.dirname(name),
        name,
        kind,
        manifest,
    )


def _looked_through(package: Archive, found: _Found, entries: list[Entry]) -> dict[str, str]:
    """Look at every entry, at media in a thread of their own where they are large; return why some cannot be read."""
    texts, media = [e for e in entries if _is_read(e)], [e for e in entries if not _is_read(e)]
    look, drain = partial(found.look, package), partial(_drain, package)
    if sum(entry.size for entry in media) < limits.ASIDE:
        return _tried(look, texts) | _tried(drain, media)
    from concurrent.futures import ThreadPoolExecutor  # takes long to load, and most packages do without

    with ThreadPoolExecutor(1) as side:
        drained = side.submit(_tried, drain, media)
        return _tried(look, texts) | drained.result()


def _is_read(entry: Entry) -> bool:
    return entry.name.lower().endswith((*_XMLS, *_TEXTS, *_PACKED, *_PICTURES, *COURSE_FILES))


def _tried(work: Callable[[Entry], None], entries: list[Entry]) -> dict[str, str]:
    """Do the work for each entry, and return why some could not be read."""
    unreadable: dict[str, str] = {}
    for entry in entries:
        try:
            work(entry)
        except Unreadable as fault:
            unreadable[entry.name] = fault.reason
    return unreadable


def _drain(package: Archive, entry: Entry) -> None:
    """Read an entry to its end, so that its CRC is checked."""
    for _chunk in package.chunks(entry):
        pass


def _most(path: Path) -> int:
    """Return the most bytes that the files of a zip may have together."""
    return max(limits.TOTAL_FLOOR, path.stat().st_size * limits.TOTAL_RATIO)


def _safe(entries: Iterable[Entry], unreadable: dict[str, str], most: int) -> Iterator[Entry]:
    """Yield the entries that can be read without harm; note why the others are not."""
    total = 0
    for entry in entries:
        total += entry.size
        if entry.size > limits.RATIO_FLOOR and entry.size > limits.RATIO * max(entry.packed, 1):
            unreadable[entry.name] = "bomb"
        elif total > most:
            unreadable[entry.name] = "total"
        elif entry.link:
            unreadable[entry.name] = "link"
        else:
            yield entry


class _Found:
    """What is kept of the files, and how much more may be kept."""

    def __init__(self) -> None:
        self.xml: dict[str, Xml] = {}
        self.texts: dict[str, Text] = {}
        self.course_files: dict[str, str] = {}
        self._bytes, self._tags = limits.XMLS, limits.TAGS
        self._text, self._links = limits.TEXTS, limits.LINKS

    def look(self, package: Archive, entry: Entry) -> None:
        """Read an entry to its end, so that its CRC is checked, and keep what rules want to know of it."""
        name = entry.name.lower()
        if name.endswith(_XMLS):
            self._parse(entry.name, read_all(package, entry, min(limits.XML, self._bytes)))
        elif name.endswith((*_TEXTS, *_PACKED, *_PICTURES)) and entry.size <= min(limits.TEXT, self._text):
            self._look_through(entry, read_all(package, entry, limits.TEXT))
        elif name.endswith(tuple(COURSE_FILES)) and entry.size <= limits.COURSE_FILE:
            self.course_files[entry.name] = _decoded(read_all(package, entry, limits.COURSE_FILE))
        else:
            _drain(package, entry)

    def _look_through(self, entry: Entry, content: bytes) -> None:
        name = entry.name.lower()
        if name.endswith(_PACKED):
            content = _unpacked(content, min(limits.TEXT, self._text))
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            content = content.decode("utf-16", "replace").encode("utf-8-sig")
        if (not content and entry.size) or (name.endswith(_PICTURES) and b"<script" not in content):
            return
        self._text -= len(content)
        text = look_again(entry.name, content, self._links)
        self._links -= len(text.links)
        self.texts[entry.name] = text

    def _parse(self, name: str, content: bytes) -> None:
        self._bytes -= len(content)
        self._tags -= content.count(b"<") + content.count(b"=")
        if self._tags < 0:
            raise Unreadable("large", "tags")
        self.xml[name] = parse(name, content)


def _unpacked(content: bytes, most: int) -> bytes:
    """Return what a gzip file holds; nothing where it is none, or more than ``most`` bytes."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        text = unpacker.decompress(content, most)
    except zlib.error:
        return b""
    return text if unpacker.eof else b""


def _decoded(content: bytes) -> str:
    """Return the text of a file that does not say its encoding: UTF-8, else that of Windows."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _manifest_name(names: Iterable[str]) -> str:
    """Return the manifest that counts: at the root if there is one, else the one that lies least deep."""
    found = [n for n in names if posixpath.basename(n.replace("\\", "/")).lower() in MANIFESTS]
    order = {name: n for n, name in enumerate(MANIFESTS)}
    return min(
        found,
        key=lambda n: (n.count("/") + n.count("\\"), order[posixpath.basename(n.replace("\\", "/")).lower()], n),
        default="",
    )
