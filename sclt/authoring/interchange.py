"""Units in a file for translators: XLIFF 2 or 1.2 (OASIS), PO (GNU gettext)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from sclt.authoring import xliff
from sclt.authoring.files import write_all
from sclt.authoring.translate import Unit
from sclt.errors import EnvironmentFault, UsageError
from sclt.storage import safexml
from sclt.storage.extras import missing

if TYPE_CHECKING:
    import types


class Exchange(NamedTuple):
    """What travels: texts by module between two languages. ``partly`` names those translated in part: not taken."""

    source: str
    target: str
    modules: Mapping[str, list[Unit]]
    partly: Sequence[str] = ()


def write(exchange: Exchange, path: Path, form: str) -> None:
    """Write a file in one of `FORMS`. Raises EnvironmentFault."""
    write_all({path: FORMS[form](exchange)})


def load(path: Path) -> Exchange:
    """Read what `write` wrote and a translator filled in. Raises UsageError where it is neither XLIFF nor PO."""
    return _from_po(path) if path.suffix == ".po" else _from_xliff(path)


def _from_xliff(path: Path) -> Exchange:
    try:
        root = safexml.parse(path.read_bytes())
    except etree.XMLSyntaxError as error:
        raise UsageError(f"is not well-formed XML: {error.msg}.", f"{path}:{error.lineno}") from error
    except OSError as error:
        raise EnvironmentFault("cannot be read.", str(path)) from error
    found = xliff.read(root)
    if found is None:
        raise UsageError(
            "is not XLIFF 2 or 1.2 with a target language.", str(path), "Take what the tool saves as XLIFF."
        )
    return Exchange(found.source, found.target, found.files, found.partly)


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


FORMS: dict[str, Callable[[Exchange], str]] = {
    "xliff": lambda exchange: xliff.two(exchange.source, exchange.target, exchange.modules),
    "xliff12": lambda exchange: xliff.one(exchange.source, exchange.target, exchange.modules),
    "po": _po_text,
}
"""How each form of file is written, by its name."""
