"""What cmi5.xml and tincan.xml say, read as elements with their pages."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import msgspec
from lxml import etree

from sclt.validation.read.files import files_of, resolve
from sclt.validation.read.pages import SCHEME, target
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import child, children, local, space, text_of

_LOCAL_SCHEMES = (
    "about",
    "blob",
    "chrome",
    "cid",
    "data",
    "file",
    "filesystem",
    "javascript",
    "mailto",
    "res",
    "sms",
    "tel",
    "urn",
    "vbscript",
    "view-source",
    "ws",
    "wss",
)
"""Schemes by which no LMS opens a page."""


class Launch(msgspec.Struct, frozen=True):
    """A page that an LMS opens. ``path`` is where it leads in the package, None where it leads outside."""

    element: etree._Element
    url: str
    path: str | None
    name: str

    @property
    def scheme(self) -> str:
        """Its scheme in lower case, empty where it is relative."""
        return self.url.partition(":")[0].lower() if SCHEME.match(self.url) else ""

    @property
    def local(self) -> bool:
        """Tell whether no LMS opens it: by its scheme, or because it begins with the letter of a drive."""
        return self.scheme in _LOCAL_SCHEMES or len(self.scheme) == 1

    @property
    def qualified(self) -> bool:
        """Tell whether it is relative, or has both scheme and host."""
        host = self.url.partition("://")[2].split("/")[0] if self.scheme else ""
        return not self.url.startswith("//") and (self.scheme not in ("http", "https") or bool(host))

    def parameters(self) -> list[str]:
        """Return the names of the parameters in its query."""
        try:
            return [name for name, _ in parse_qsl(urlsplit(self.url).query, keep_blank_values=True)]
        except ValueError:
            return []


def course_root(reading: Reading) -> etree._Element | None:
    """Return the root element."""
    return reading.source.root if reading.source is not None else None


def elements(reading: Reading, *names: str) -> Iterator[etree._Element]:
    """Yield all elements of the standard's own namespace with one of the local names."""
    root = course_root(reading)
    if root is not None:
        yield from root.iter(*(f"{{{space(root)}}}{name}" for name in names))


def launches(reading: Reading, parent: str, name: str) -> Iterator[Launch]:
    """Yield what is launched: elements of that name in elements called ``parent``."""
    files = files_of(reading)
    for above in elements(reading, parent):
        for element in children(above, name):
            url = text_of(element)
            path = target(url)
            yield Launch(element, url, path, files.real.get(reading.at(path), "") if path else "")


def title_of(element: etree._Element) -> str:
    """Return what a finding calls a course, block, au, objective or activity."""
    return f"'{name_of(element)}'"


def name_of(element: etree._Element) -> str:
    """Return the first of the names or titles of an element, else its id."""
    for name in ("title", "name"):
        part = child(element, name)
        if text := text_of(child(part, "langstring")) or text_of(part):
            return text
    return element.get("id") or local(element)


def is_silent(reading: Reading, name: str, *standards: str) -> bool:
    """Tell whether a page, with all that it loads, speaks none of the standards for sure.

    What loads more than its text names may load whatever file of the package speaks.
    """
    texts = [reading.texts[each] for each in reached(reading, name)]
    if any(text.loads for text in texts):
        texts = list(reading.texts.values())
    return not any(text.speaks.intersection(standards) for text in texts)


def reached(reading: Reading, name: str) -> frozenset[str]:
    """Return the texts that a page loads or links to, itself included."""
    files = files_of(reading)
    queue, seen = [name], set[str]()
    while queue:
        at = queue.pop()
        page = reading.texts.get(at)
        if page is not None and at not in seen:
            seen.add(at)
            paths = (resolve(page, link.url) for link in page.links)
            queue += [files.real[path] for path in paths if path in files.real]
    return frozenset(seen)
