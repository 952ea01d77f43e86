"""What is in a package: its kind, structure, metadata, sizes and the tool that made it, as far as they can be seen."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from sclt.errors import UsageError
from sclt.model.judged import Inside, Node, plain
from sclt.model.result import AnyPath, Result
from sclt.validation.facts.tools import made_by
from sclt.validation.read.manifest import Item, Manifest
from sclt.validation.read.reading import Reading, read_package
from sclt.validation.read.xmltext import attribute, child, children, local, text_of

_LARGEST = 10


def inspect(path: AnyPath) -> Result[Inside]:
    """Tell what is in the package at ``path``, a zip or a folder; sizes are in bytes, and nothing is judged.

    Raises UsageError where it cannot be read at all, EnvironmentFault where it cannot be opened.

    >>> import sclt
    >>> inside = sclt.inspect("packages/garden_scorm12.zip").value
    >>> inside.title, inside.structure[0].items[0].type
    ('SCORM 1.2', 'sco')
    """
    return Result(look_inside(Path(path)), [])


def look_inside(path: Path) -> Inside:
    """Return what is in a package; raises UsageError where it cannot be read at all."""
    reading = read_package(path)
    if reading.broken:
        raise UsageError(f"it cannot be read ({reading.broken}).", str(path), "sclt validate says what is wrong.")
    tool, signs = made_by(reading)
    biggest = sorted(reading.entries, key=lambda e: (-e.size, e.name))[:_LARGEST]
    root = reading.source.root if reading.source else None
    return Inside(
        plain(str(path)),
        reading.kind.id,
        reading.kind.title,
        tuple(plain(sign) for sign in reading.kind.evidence),
        tool,
        tuple(plain(sign) for sign in signs),
        plain(reading.manifest_name),
        plain((attribute(root, "identifier") or "") if root is not None else ""),
        dict(_metadata(reading, root)),
        tuple(_structure(reading, root)),
        len(reading.entries),
        sum(e.size for e in reading.entries),
        sum(e.packed for e in reading.entries),
        _suffixes(reading),
        tuple((plain(e.name), e.size) for e in biggest),
    )


def _metadata(reading: Reading, root: etree._Element | None) -> Iterator[tuple[str, str]]:
    """Yield what the manifest says of the whole: schema and version, and the first of each text of its LOM."""
    if root is None:
        return
    if reading.manifest:
        yield "schema", plain(f"{reading.manifest.schema} {reading.manifest.version}".strip())
    whole = child(root, "metadata") if reading.manifest else root
    general = next((e for e in _elements(whole, "general")), whole if not reading.manifest else None)
    for name in ("title", "description", "language"):
        if text := _words(next(_elements(general, name), None)):
            yield name, plain(text)
    if version := _words(next(_elements(whole, "version"), None)):
        yield "version", plain(version)


def _elements(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    for element in root.iter() if root is not None else ():
        if isinstance(element.tag, str) and local(element) == name:
            yield element


def _words(element: etree._Element | None) -> str:
    """Return the first text in an element, such as that of a langstring."""
    if element is None:
        return ""
    return next((" ".join(text.split()) for text in map(str, element.itertext()) if text.strip()), "")


def _structure(reading: Reading, root: etree._Element | None) -> Iterator[Node]:
    if reading.manifest:
        for organization in reading.manifest.organizations:
            items = tuple(_item(item, reading.manifest) for item in organization.items)
            yield Node(plain(organization.title), items=items)
    elif root is not None and reading.kind.id == "cmi5":
        yield from _cmi5(root)
    elif root is not None and reading.kind.id == "tincan":
        for activity in _elements(root, "activity"):
            launch = plain(text_of(child(activity, "launch")))
            yield Node(plain(_words(child(activity, "name"))), launch, plain(attribute(activity, "type") or ""))


def _item(item: Item, manifest: Manifest) -> Node:
    resource = manifest.resource(item.reference) if item.reference else None
    launch = f"{resource.base}{resource.href}{item.parameters}" if resource else ""
    scaled = next(_elements(child(item.element, "sequencing"), "minNormalizedMeasure"), None)
    mastery = text_of(child(item.element, "masteryscore")) or text_of(scaled)
    kind = resource.scorm_type if resource else ("missing resource" if item.reference else "")
    items = tuple(_item(i, manifest) for i in item.items)
    return Node(plain(item.title), plain(launch), plain(kind), plain(mastery), items)


def _cmi5(parent: etree._Element) -> Iterator[Node]:
    for element in children(parent, "block", "au"):
        title = plain(_words(child(element, "title")))
        if local(element) == "block":
            yield Node(title, "", "block", "", tuple(_cmi5(element)))
        else:
            url = plain(text_of(child(element, "url")))
            yield Node(title, url, "au", plain(attribute(element, "masteryScore") or ""))


def _suffixes(reading: Reading) -> dict[str, tuple[int, int]]:
    """Return how many files and bytes there are of each ending, the largest share first."""
    found: dict[str, tuple[int, int]] = {}
    for entry in reading.entries:
        suffix = plain(posixpath.splitext(posixpath.basename(entry.name))[1].lower()[:12])
        count, size = found.get(suffix, (0, 0))
        found[suffix] = (count + 1, size + entry.size)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1][1], pair[0])))
