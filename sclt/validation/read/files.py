"""How what a manifest or a page refers to is found among the files of a package."""

from __future__ import annotations

import re

import msgspec

from sclt.validation.read.archive import Entry
from sclt.validation.read.manifest import Manifest, Resource
from sclt.validation.read.pages import SCHEME, Link, Text, target
from sclt.validation.read.reading import Reading

_TEMPLATE = re.compile(r"[{}<>]|\$\(|['\"]\s*\+|\+\s*['\"]")
JUNK = ("thumbs.db", "desktop.ini", ".ds_store", "__macosx", ".git", ".svn", ".hg", ".idea", ".vscode")


class Files(msgspec.Struct, frozen=True):
    """The files by the path that their names mean, exactly and in lower case, and the folders that hold them."""

    real: dict[str, str]
    lower: dict[str, str]
    folders: frozenset[str]

    def has(self, path: str) -> bool:
        """Tell whether there is a file, or a folder with files."""
        return path in self.real or path.rstrip("/") in self.folders or path in (".", "")

    def other_case(self, path: str) -> str | None:
        """Return a file whose name differs in letter case alone."""
        return None if path in self.real else self.lower.get(path.lower())


def files_of(reading: Reading) -> Files:
    """Index the files. Names are read as kindly as an LMS may: other rules speak of backslashes and encodings."""
    known = reading.memo.get("files")
    if not isinstance(known, Files):
        known = reading.memo["files"] = _index(reading)
    return known


def _index(reading: Reading) -> Files:
    real: dict[str, str] = {}
    for entry in reading.entries:
        for path in meanings(entry):
            real.setdefault(path, entry.name)
    folders = {parent for path in real for parent in _parents(path)}
    return Files(real, {path.lower(): path for path in real}, frozenset(folders))


def meanings(entry: Entry) -> list[str]:
    """Return the paths that an entry's name can mean."""
    name = entry.name.replace("\\", "/").removeprefix("./")
    if not entry.unicode and not name.isascii():
        try:
            return [name, name.encode("cp437").decode("utf-8")]
        except UnicodeError:
            return [name]
    return [name]


def _parents(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


def is_junk(name: str) -> bool:
    """Tell whether an operating system or a tool left a file behind."""
    return any(part.lower() in JUNK or part.startswith("._") for part in re.split(r"[/\\]", name))


def resolve(page: Text, url: str) -> str | None:
    """Return the path in the package that a page's link means.

    None where it is outside, no path at all, or filled in by a script.
    """
    if _TEMPLATE.search(url):
        return None
    base = page.name.replace("\\", "/")
    if page.base:
        if SCHEME.match(page.base) or page.base.startswith("//"):
            return None
        folder = target(page.base, base) or base
        base = f"{folder}/" if page.base.endswith("/") else folder
    return target(url.replace("\\", "/"), base)


def links_of(reading: Reading) -> list[tuple[Text, Link, str | None]]:
    """Return every link of every file with the path that it means."""
    known = reading.memo.get("links")
    if not isinstance(known, list):
        texts = reading.texts.values()
        known = reading.memo["links"] = [(text, link, resolve(text, link.url)) for text in texts for link in text.links]
    return known


def launched(manifest: Manifest) -> tuple[Resource, ...]:
    """Return the resources that a learner starts: those of items or, where there are none, all that have an href."""
    wanted = {item.reference for item in manifest.items}
    found = tuple(r for r in manifest.resources if r.href and r.identifier in wanted)
    return found if manifest.items else tuple(r for r in manifest.resources if r.href)
