"""Units as XLIFF 2.0 (OASIS) and as PO (GNU gettext)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from sclt.authoring.files import write_all
from sclt.authoring.translate import Unit
from sclt.errors import EnvironmentFault, UsageError
from sclt.storage import safexml
from sclt.storage.extras import missing

if TYPE_CHECKING:
    import types

_XLIFF = "urn:oasis:names:tc:xliff:document:2.0"
_SPACE = f"{{{safexml.XML}}}space"


class Exchange(NamedTuple):
    """What travels: texts by module between two languages."""

    source: str
    target: str
    modules: Mapping[str, list[Unit]]


def write(exchange: Exchange, path: Path, form: str) -> None:
    """Write XLIFF 2.0, or PO for ``form`` "po". Raises EnvironmentFault."""
    write_all({path: _po_text(exchange) if form == "po" else _xliff_text(exchange)})


def load(path: Path) -> Exchange:
    """Read what `write` wrote and a translator filled in. Raises UsageError where it is neither XLIFF 2 nor PO."""
    return _from_po(path) if path.suffix == ".po" else _from_xliff(path)


def _xliff_text(exchange: Exchange) -> str:
    root = etree.Element(
        f"{{{_XLIFF}}}xliff",
        {"version": "2.0", "srcLang": exchange.source, "trgLang": exchange.target},
        nsmap={None: _XLIFF},  # type: ignore[dict-item]
    )
    for module, units in exchange.modules.items():
        file = etree.SubElement(root, f"{{{_XLIFF}}}file", {"id": module.replace("/", ".."), "original": module})
        for unit in units:
            file.append(_unit_element(unit))
    etree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"


def _unit_element(unit: Unit) -> etree._Element:
    """Return a unit (XLIFF 2.0, 4.2.2.5) with its context as a note and one segment."""
    element = etree.Element(f"{{{_XLIFF}}}unit", {"id": unit.id})
    notes = etree.SubElement(element, f"{{{_XLIFF}}}notes")
    etree.SubElement(notes, f"{{{_XLIFF}}}note", {"category": "context"}).text = unit.context
    state = "translated" if unit.target else "initial"
    segment = etree.SubElement(element, f"{{{_XLIFF}}}segment", {"state": state})
    texts = (("source", unit.source), ("target", unit.target))
    for name, text in texts if unit.target else texts[:1]:
        etree.SubElement(segment, f"{{{_XLIFF}}}{name}", {_SPACE: "preserve"}).text = text
    return element


def _from_xliff(path: Path) -> Exchange:
    try:
        root = safexml.parse(path.read_bytes())
    except etree.XMLSyntaxError as error:
        raise UsageError(f"is not well-formed XML: {error.msg}.", f"{path}:{error.lineno}") from error
    except OSError as error:
        raise EnvironmentFault("cannot be read.", str(path)) from error
    if root.tag != f"{{{_XLIFF}}}xliff" or not root.get("trgLang"):
        raise UsageError(
            "is not XLIFF 2.0 with a target language.", str(path), "Take what the tool saves as XLIFF 2.0."
        )
    files = {str(f.get("original")): [_unit(u) for u in f.iter(f"{{{_XLIFF}}}unit")] for f in root}
    return Exchange(str(root.get("srcLang")), str(root.get("trgLang")), files)


def _unit(element: etree._Element) -> Unit:
    """Read a unit; a tool may have divided it into several segments (XLIFF 2.0, 4.2.2.6)."""
    texts = {
        name: "".join("".join(map(str, part.itertext())) for part in element.iter(f"{{{_XLIFF}}}{name}"))
        for name in ("source", "target")
    }
    return Unit(str(element.get("id")), "", texts["source"], texts["target"])


def _polib() -> types.ModuleType:
    try:
        import polib
    except ModuleNotFoundError as error:
        raise missing("polib", "translate") from error
    return polib


def _po_text(exchange: Exchange) -> str:
    polib = _polib()
    po = polib.POFile()
    po.metadata = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": exchange.target,
        "X-Source-Language": exchange.source,
    }
    for module, units in exchange.modules.items():
        for unit in units:
            po.append(
                polib.POEntry(
                    msgctxt=f"{module}|{unit.id}", msgid=unit.source, msgstr=unit.target, comment=unit.context
                )
            )
    return f"{po}\n"


def _from_po(path: Path) -> Exchange:
    polib = _polib()
    try:
        po = polib.pofile(str(path))
    except (OSError, UnicodeDecodeError) as error:  # polib raises OSError for syntax, too
        raise UsageError(f"cannot be read as PO: {error}.", str(path)) from error
    modules: dict[str, list[Unit]] = {}
    for entry in po:
        module, _, name = (entry.msgctxt or "").partition("|")
        if not entry.obsolete:
            target = "" if entry.fuzzy else entry.msgstr
            modules.setdefault(module, []).append(Unit(name, "", entry.msgid, target))
    source, target = po.metadata.get("X-Source-Language", ""), po.metadata.get("Language", "")
    if not (source and target):
        raise UsageError("does not say its languages.", str(path), "Keep the headers of 'sclt translate export'.")
    return Exchange(source, target, modules)
