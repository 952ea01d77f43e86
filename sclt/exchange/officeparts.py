"""The parts of an Office document (ECMA-376, part 2, Open Packaging Conventions), read within bounds."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sclt.errors import UsageError
from sclt.exchange.draft import MOST
from sclt.validation.read.archive import Unreadable
from sclt.validation.read.reading import read_package
from sclt.validation.read.xmltext import parse

_ROOT = "_rels/.rels"


class Relation(NamedTuple):
    """What a part refers to: the reference's name, the last word of its kind, and the part or address."""

    id: str
    kind: str
    target: str
    outside: bool


def unsound(path: Path, why: str = "") -> UsageError:
    """Return the error that a file is no sound document of its kind."""
    return UsageError(f"it is no sound {path.suffix.lower()}{why}.", str(path), "Save it anew with an office program.")


def parts_of(path: Path) -> dict[str, bytes]:
    """Return the parts of a document by their names. Raises UsageError where it is broken, harmful or too large."""
    try:
        reading = read_package(path)
    except Unreadable as fault:
        raise UsageError(f"it cannot be read ({fault.reason}).", str(path)) from fault
    size = sum(entry.size for entry in reading.entries)
    hostile = any(xml.fault for xml in reading.xml.values())
    if reading.broken or reading.unreadable or hostile or size > MOST or _ROOT not in reading.names:
        raise unsound(path)
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def relations(parts: dict[str, bytes], name: str, path: Path) -> Iterator[Relation]:
    """Yield what a part refers to; '' is the document as a whole. Raises UsageError where that cannot be read."""
    folder, base = posixpath.split(name)
    file = posixpath.join(folder, "_rels", f"{base}.rels") if name else _ROOT
    xml = parse(file, parts.get(file, b"<none/>"))
    if xml.root is None:
        raise unsound(path)
    for each in xml.root:
        if isinstance(each.tag, str):
            outside = each.get("TargetMode", "") == "External"
            target = each.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield Relation(each.get("Id", ""), each.get("Type", "").rpartition("/")[2], target, outside)


def main_part(parts: dict[str, bytes], path: Path) -> str:
    """Return the part that holds the document; programs give it different names."""
    main = next((r.target for r in relations(parts, "", path) if r.kind == "officeDocument" and not r.outside), "")
    if main not in parts or not main.lower().endswith(".xml"):
        raise unsound(path)
    return main
