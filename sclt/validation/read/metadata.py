"""Metadata records (IMS metadata 1.2.1 and IEEE LOM), in the manifest or in files that it names."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from lxml import etree

from sclt.editions import scorm12, scorm2004
from sclt.validation.read.files import files_of
from sclt.validation.read.manifest import base_of
from sclt.validation.read.pages import target
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import Xml, attribute, child, children, local, space, text_of

IMSMD, LOM = scorm12.METADATA, scorm2004.METADATA
CLAUSE = "SCORM 1.2 CAM 2.2; SCORM 2004 CAM 4"
_STRINGS = ("langstring", "string")


class Record(msgspec.Struct, frozen=True):
    """A lom element in the file called ``name``; ``whole`` tells that it describes the whole package.

    ``parts`` are its elements in its own namespace, itself included, each with its local name in lower case.
    """

    name: str
    root: etree._Element
    whole: bool
    parts: tuple[tuple[str, etree._Element], ...]


class Location(msgspec.Struct, frozen=True):
    """An adlcp:location: where a record is said to lie, and what lies there (None: nothing that is XML)."""

    element: etree._Element
    place: str
    name: str
    document: Xml | None
    whole: bool


def locations(reading: Reading) -> Iterator[Location]:
    """Yield the records that the manifest keeps in other files."""
    root = reading.manifest.root if reading.manifest is not None else None
    elements = [e for e in root.iter("{*}location") if "adlcp" in space(e)] if root is not None else []
    files = files_of(reading) if elements else None
    for element in elements:
        path = target(text_of(element), base_of(element))
        name = files.real.get(reading.at(path), "") if files is not None and path else ""
        above = element.getparent()
        whole = above is not None and above.getparent() is root
        yield Location(element, text_of(element), name, reading.xml.get(name), whole)


def sources(reading: Reading) -> Iterator[Xml]:
    """Yield the manifest and the metadata that it keeps in other files."""
    if reading.source is None:
        return
    yield reading.source
    for name in dict.fromkeys(place.name for place in locations(reading)):
        if name in reading.xml and name != reading.manifest_name:
            yield reading.xml[name]


def records(reading: Reading) -> tuple[Record, ...]:
    """Return every record once, those of the manifest first."""
    known = reading.memo.get("records")
    if not isinstance(known, tuple):
        known = reading.memo["records"] = tuple(_records(reading))
    return known


def _records(reading: Reading) -> Iterator[Record]:
    root = reading.manifest.root if reading.manifest is not None else None
    if root is None:
        return
    whole = child(root, "metadata")
    for element in root.iter(f"{{{IMSMD}}}lom", f"{{{LOM}}}lom"):
        yield _record(reading.manifest_name, element, element.getparent() is whole)
    places = sorted(locations(reading), key=lambda place: not place.whole)  # a file is of the whole, if it is once
    for place in {place.name: place for place in reversed(places)}.values():
        inside = place.document.root if place.document is not None else None
        if inside is not None and is_record(inside):
            yield _record(place.name, inside, place.whole)


def _record(name: str, root: etree._Element, whole: bool) -> Record:
    own = root.iter(f"{{{space(root)}}}*")
    return Record(name, root, whole, tuple((local(element).lower(), element) for element in own))


def is_record(root: etree._Element) -> bool:
    """Tell whether an element is a record that these rules know."""
    return local(root) == "lom" and space(root) in (IMSMD, LOM)


def named(record: Record, *names: str) -> Iterator[etree._Element]:
    """Yield the elements of a record by local name in any letter case."""
    wanted = {name.lower() for name in names}
    return (element for name, element in record.parts if name in wanted)


def strings(element: etree._Element | None) -> list[etree._Element]:
    """Return the strings of a text in several languages."""
    return list(children(element, *_STRINGS))


def said(element: etree._Element | None) -> str:
    """Return what an element says: its text or its first string's."""
    inner = strings(element)
    return text_of(inner[0] if inner else element)


def language(element: etree._Element) -> str | None:
    """Return the language of a string, None where it is not said."""
    return attribute(element, "language") if local(element) == "string" else attribute(element, "lang")
