"""Where a manifest says that its control documents lie, and what those refer to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import etree

from sclt.storage import safexml
from sclt.validation.facts.schemas import XS
from sclt.validation.read.files import files_of
from sclt.validation.read.metadata import locations
from sclt.validation.read.pages import is_outside, target
from sclt.validation.read.reading import Reading, once
from sclt.validation.read.xmltext import Xml, used_spaces

XSI = f"{{{safexml.XSI}}}"
LOCATION = f"{XSI}schemaLocation"
_LOCATED: Any = etree.XPath("descendant-or-self::*[@xsi:schemaLocation]", namespaces={"xsi": XSI[1:-1]})


@once
def spaces_of(reading: Reading) -> dict[str, etree._Element]:
    """Return the namespaces that the manifest uses, each with the first element that does."""
    return used_spaces(reading.source.root) if reading.source is not None and reading.source.root is not None else {}


class Pair(msgspec.Struct, frozen=True):
    """A pair of xsi:schemaLocation: a namespace, and where its document lies, as said in the file called ``name``."""

    space: str
    place: str
    element: etree._Element
    name: str


@once
def said(reading: Reading) -> tuple[tuple[str, etree._Element, list[str]], ...]:
    """Return the elements that have an xsi:schemaLocation, with their file and its parts.

    Metadata that the manifest keeps in other files have their own.
    """
    return tuple(_said(reading))


def _said(reading: Reading) -> Iterator[tuple[str, etree._Element, list[str]]]:
    sources = [reading.source, *(reading.xml.get(n) for n in dict.fromkeys(p.name for p in locations(reading)))]
    for source in sources:
        if source is not None and source.root is not None:
            for element in _LOCATED(source.root):
                yield source.name, element, element.get(LOCATION, "").split()


@once
def pairs_of(reading: Reading) -> tuple[Pair, ...]:
    """Return every pair."""
    return tuple(
        Pair(space, place, element, name)
        for name, element, parts in said(reading)
        for space, place in zip(parts[::2], parts[1::2], strict=False)
    )


def shipped(reading: Reading, place: str, base: str) -> str | None:
    """Return the name of the file that a place means, seen from the file called ``base``, if it is there."""
    path = target(place.replace("\\", "/"), base.replace("\\", "/"))
    return files_of(reading).real.get(path) if path is not None else None


def elsewhere(reading: Reading, place: str) -> list[str]:
    """Return the files of the same name that lie in another folder."""
    wanted = posixpath.basename(place.replace("\\", "/")).lower()
    return sorted(n for n in reading.names if posixpath.basename(n.replace("\\", "/")).lower() == wanted)


@once
def documents(reading: Reading) -> dict[str, Xml | None]:
    """Return the control documents that are shipped and reached from the manifest, by name, in order."""
    found: dict[str, Xml | None] = {}
    queue = [name for pair in pairs_of(reading) if (name := shipped(reading, pair.place, pair.name))]
    while queue:
        name = queue.pop(0)
        if name not in found:
            found[name] = reading.xml.get(name)
            queue += [n for _, place in imports(found[name]) if (n := shipped(reading, place, name))]
    return found


def imports(document: Xml | None) -> Iterator[tuple[etree._Element, str]]:
    """Yield what a control document loads, with the element that says so."""
    root = document.root if document is not None else None
    for element in root.iter(f"{XS}import", f"{XS}include", f"{XS}redefine") if root is not None else ():
        if place := (element.get("schemaLocation") or "").strip():
            yield element, place


def is_remote(place: str) -> bool:
    """Tell whether a place lies on another host."""
    return is_outside(place)
