"""Units as XLIFF 2 (OASIS, 2.0 to 2.2) and as XLIFF 1.2, which many agencies' tools still want.

A tool may divide a unit into segments, keep what needs no translation apart, propose matches, and set marks. A unit is
taken whole: with all its segments in the order of the translation, and with what lies between them, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from sclt.authoring.translate import Unit
from sclt.storage import safexml

_TWO = "urn:oasis:names:tc:xliff:document:2.0"
_TWO_TWO = "urn:oasis:names:tc:xliff:document:2.2"
_ONE = "urn:oasis:names:tc:xliff:document:1.2"
_SPACE = f"{{{safexml.XML}}}space"
_UNSETTLED = ("new", "needs-translation")
"""States of a translation in XLIFF 1.2 (section 2.3) that say that there is none yet."""
_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Document(NamedTuple):
    """What an XLIFF document holds: its languages, units by file, and what was translated only in part."""

    source: str
    target: str
    files: dict[str, list[Unit]]
    partly: list[str]


def read(root: etree._Element) -> Document | None:
    """Return what a document holds; None where it is no XLIFF 2 or 1.2 with a target language."""
    if root.tag in (f"{{{_TWO}}}xliff", f"{{{_TWO_TWO}}}xliff") and root.get("trgLang"):
        return _read_two(root)
    if root.tag == f"{{{_ONE}}}xliff" and any(file.get("target-language") for file in root):
        return _read_one(root)
    return None


def two(source: str, target: str, modules: Mapping[str, list[Unit]]) -> str:
    """Return units as XLIFF 2.0: each with its context as a note and one segment (4.2.2.5)."""
    root = _root(_TWO, {"version": "2.0", "srcLang": source, "trgLang": target})
    for module, units in modules.items():
        file = _sub(root, "file", {"id": module.replace("/", ".."), "original": module})
        for unit in units:
            element = _sub(file, "unit", {"id": unit.id})
            _sub(_sub(element, "notes"), "note", {"category": "context"}).text = unit.context
            segment = _sub(element, "segment", {"state": "translated" if unit.target else "initial"})
            for name, text in _texts(unit):
                _sub(segment, name, {_SPACE: "preserve"}).text = text
    return _written(root)


def one(source: str, target: str, modules: Mapping[str, list[Unit]]) -> str:
    """Return units as XLIFF 1.2: each a trans-unit (2.2) with its context as a note."""
    root = _root(_ONE, {"version": _ONE.rpartition(":")[2]})
    for module, units in modules.items():
        facts = {"original": module, "source-language": source, "target-language": target, "datatype": "plaintext"}
        body = _sub(_sub(root, "file", facts), "body")
        for unit in units:
            element = _sub(body, "trans-unit", {"id": unit.id, _SPACE: "preserve"})
            for name, text in _texts(unit):
                _sub(element, name, {"state": "translated"} if name == "target" else {}).text = text
            _sub(element, "note").text = unit.context
    return _written(root)


def _texts(unit: Unit) -> list[tuple[str, str]]:
    return [("source", unit.source), *([("target", unit.target)] if unit.target else [])]


def _root(space: str, facts: dict[str, str]) -> etree._Element:
    return etree.Element(f"{{{space}}}xliff", facts, nsmap={None: space})  # type: ignore[dict-item]


def _sub(parent: etree._Element, name: str, facts: dict[str, str] | None = None) -> etree._Element:
    return etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", facts or {})


def _written(root: etree._Element) -> str:
    etree.indent(root)
    return _HEADER + etree.tostring(root, encoding="unicode") + "\n"


# XLIFF 2


def _read_two(root: etree._Element) -> Document:
    document = Document(root.get("srcLang", ""), root.get("trgLang", ""), {}, [])
    for file in _children(root, "file"):
        module = file.get("original", "")
        for element in _below(file, "unit"):
            _keep(document, module, *_unit_two(element))
    return document


def _keep(document: Document, module: str, unit: Unit, whole: bool) -> None:
    document.files.setdefault(module, []).append(unit if whole else unit._replace(target=""))
    if not whole:
        document.partly.append(f"{module}: {unit.id}")


def _unit_two(element: etree._Element) -> tuple[Unit, bool]:
    """Read a unit, and tell whether it is translated whole or not at all (4.2.2.5 to 4.2.2.7)."""
    data = {each.get("id", ""): "".join(map(str, each.itertext())) for each in _below(element, "data")}
    parts = list(_children(element, "segment", "ignorable"))
    source = "".join(_said(part, "source", data) or "" for part in parts)
    targets = [_said(part, "target", data) for part in parts]
    needed = [
        (part, text)
        for part, text in zip(parts, targets, strict=True)
        if _local(part) == "segment" and (_said(part, "source", data) or "").strip()
    ]
    done = sum(bool(text and text.strip()) for _, text in needed)
    unit = Unit(element.get("id", ""), "", source, "".join(_in_order(parts, targets, data)) if done else "")
    return unit, done in (0, len(needed))


def _in_order(parts: list[etree._Element], targets: list[str | None], data: dict[str, str]) -> Iterator[str]:
    """Yield the texts of a translation in the order that it gives them (4.3.1.23); an ignorable is as its source."""
    places = []
    for n, (part, text) in enumerate(zip(parts, targets, strict=True), 1):
        target = next(_children(part, "target"), None)
        order = (target.get("order") if target is not None else None) or str(n)
        own = text if text is not None else _said(part, "source", data) if _local(part) == "ignorable" else ""
        places.append((int(order) if order.isdecimal() else n, n, own or ""))
    return (text for _, _, text in sorted(places))


def _said(part: etree._Element, name: str, data: dict[str, str]) -> str | None:
    """Return the source or target of a segment itself, not of matches beside it; None where there is none."""
    found = next(_children(part, name), None)
    return None if found is None else _inline(found, data)


def _inline(element: etree._Element, data: dict[str, str]) -> str:
    """Return a text with the original code of its marks (4.7.2) and with characters that XML cannot hold (4.3.1.7)."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            if _local(child) == "cp":
                parts.append(_character(child.get("hex", "")))
            parts.append(data.get(child.get("dataRefStart") or child.get("dataRef") or "", ""))
            parts.append(_inline(child, data))
            parts.append(data.get(child.get("dataRefEnd") or "", ""))
        parts.append(child.tail or "")
    return "".join(parts)


def _character(hexadecimal: str) -> str:
    try:
        return chr(int(hexadecimal, 16))
    except (ValueError, OverflowError):
        return ""


# XLIFF 1.2


def _read_one(root: etree._Element) -> Document:
    files = list(_children(root, "file"))
    target = next(file.get("target-language", "") for file in files if file.get("target-language"))
    document = Document(files[0].get("source-language", ""), target, {}, [])
    for file in files:
        for element in _below(file, "trans-unit"):
            _keep(document, file.get("original", ""), *_unit_one(element))
    return document


def _unit_one(element: etree._Element) -> tuple[Unit, bool]:
    """Read a trans-unit; of its segments (2.4, seg-source) all are translated, or none."""
    source, target = next(_children(element, "source"), None), next(_children(element, "target"), None)
    text = _inline(source, {}) if source is not None else ""
    settled = target is not None and target.get("state", "") not in _UNSETTLED
    translation = _inline(target, {}) if target is not None and settled else ""
    unit = Unit(element.get("id", ""), "", text, translation if translation.strip() else "")
    segmented = next(_children(element, "seg-source"), None)
    if not unit.target or segmented is None or target is None:
        return unit, True
    done = {mark.get("mid"): "".join(map(str, mark.itertext())).strip() for mark in _segments(target)}
    needed = [mark.get("mid") for mark in _segments(segmented) if "".join(map(str, mark.itertext())).strip()]
    return unit, not done or all(done.get(name) for name in needed)


def _segments(element: etree._Element) -> Iterator[etree._Element]:
    return (mark for mark in _below(element, "mrk") if mark.get("mtype") == "seg")


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children with these names that are of the document's own namespace."""
    space = etree.QName(element).namespace
    wanted = {f"{{{space}}}{name}" for name in names}
    return (child for child in element if child.tag in wanted)


def _below(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iter(f"{{{etree.QName(element).namespace}}}{name}")
