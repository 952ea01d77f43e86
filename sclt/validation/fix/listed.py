"""Lists what pages use and no resource lists, seen as the package is once all else is mended."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from sclt.validation.engine import run
from sclt.validation.facts.listing import unlisted_of
from sclt.validation.fix.manifest import with_files
from sclt.validation.read.archive import Archive, Entry
from sclt.validation.read.limits import CHUNK
from sclt.validation.read.reading import Reading, read_archive

RULE = "resource.unlisted"


class Planned:
    """A package that is not written yet: files by name, from another package or made new."""

    def __init__(self, files: dict[str, Entry | bytes], package: Archive) -> None:
        self._package = package
        self.folder = package.folder
        self._sources: dict[int, Entry | bytes] = {}
        entries = []
        for name, content in files.items():
            size = len(content) if isinstance(content, bytes) else content.size
            entries.append(Entry(name, size, size))
            self._sources[id(entries[-1])] = content
        self.entries = tuple(entries)

    def chunks(self, entry: Entry) -> Iterator[bytes]:
        """Yield the content of a file; raises Unreadable."""
        source = self._sources[id(entry)]
        if isinstance(source, bytes):
            yield from (source[at : at + CHUNK] for at in range(0, len(source), CHUNK))
        else:
            yield from self._package.chunks(source)


def listed(path: Path, files: dict[str, Entry | bytes], package: Archive) -> tuple[str, bytes, list[str]]:
    """Return the manifest's name, its bytes with all that the rule misses, and what was changed.

    ``path`` is where the package lies that the files are of.
    """
    reading = read_archive(path, Planned(files, package))
    if reading.manifest is None or not any(f.rule.id == RULE for f in run(reading, only=RULE)):
        return "", b"", []
    numbers = {id(resource): number for number, resource in enumerate(reading.manifest.resources)}
    users = sorted(unlisted_of(reading).items())
    hrefs = [(numbers[id(user)], _href(name, user.base)) for name, user in users]
    changes = [f"the file '{name}' is listed in '{user.identifier}', whose pages use it." for name, user in users]
    return reading.manifest_name, with_files(_content(files, reading, package), hrefs), changes


def _href(name: str, base: str) -> str:
    return quote(posixpath.relpath(name, posixpath.normpath(base)) if base else name)


def _content(files: dict[str, Entry | bytes], reading: Reading, package: Archive) -> bytes:
    content = files[reading.manifest_name]
    return content if isinstance(content, bytes) else b"".join(package.chunks(content))
