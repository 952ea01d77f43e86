"""What the author of a Word document says by looks alone: raised letters, the headings of a table."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sclt.exchange.docxtags import name_of

_RAISED = 3
"""From so many half points on a run that is raised or lowered is a superscript or subscript."""
_PLAIN = ("", "TableGrid", "TableNormal")
"""Styles of tables that do not set off the first row."""


def say(root: etree._Element) -> None:
    """Change a document, or its notes, in place, so that what was meant by looks is said."""
    for element in list(root.iter()):
        match name_of(element):
            case "w:position":
                _raise(element)
            case "w:tbl":
                _head(element)


def _value(element: etree._Element | None) -> str:
    return "" if element is None else next((str(v) for k, v in element.attrib.items() if str(k).endswith("}val")), "")


def _part(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if name_of(child) == name), None)


def _named(element: etree._Element, name: str) -> str:
    """Return the name of an element, or attribute, of the namespace that the document uses."""
    return f"{{{etree.QName(element).namespace}}}{name}"


def _raise(position: etree._Element) -> None:
    """Make a run whose letters stand higher or lower, and are smaller, a superscript or subscript."""
    looks, value = position.getparent(), _value(position)
    if looks is None or name_of(looks) != "w:rPr" or _part(looks, "w:vertAlign") is not None:
        return
    if (
        not value.lstrip("-").isdecimal()
        or (abs(int(value)) < _RAISED and _part(looks, "w:sz") is None)
        or not int(value)
    ):
        return
    said = etree.SubElement(looks, _named(looks, "vertAlign"))
    said.set(_named(looks, "val"), "superscript" if int(value) > 0 else "subscript")


def _head(table: etree._Element) -> None:
    """Mark the first row of a table as its headings where all of it is bold, or the style of the table sets it off."""
    rows = [row for row in table if name_of(row) == "w:tr"]
    if len(rows) < 2 or any(name_of(each) == "w:tblHeader" for row in rows for each in row.iter()):
        return
    if _is_set_off(table) or (any(True for _ in _runs(rows[0])) and all(map(_is_bold, _runs(rows[0])))):
        facts = _part(rows[0], "w:trPr")
        if facts is None:
            facts = etree.Element(_named(table, "trPr"))
            rows[0].insert(0, facts)
        etree.SubElement(facts, _named(table, "tblHeader"))


def _is_set_off(table: etree._Element) -> bool:
    facts = _part(table, "w:tblPr")
    look = None if facts is None else _part(facts, "w:tblLook")
    first = look is not None and look.get(_named(look, "firstRow")) in ("1", "true")
    return first and facts is not None and _value(_part(facts, "w:tblStyle")) not in _PLAIN


def _runs(row: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a row that say something."""
    for run in row.iter():
        if name_of(run) == "w:r" and any(name_of(t) == "w:t" and (t.text or "").strip() for t in run):
            yield run


def _is_bold(run: etree._Element) -> bool:
    """Tell whether a run is bold by itself, or stands in a paragraph whose style is that of table headings."""
    looks = _part(run, "w:rPr")
    bold = None if looks is None else _part(looks, "w:b")
    if bold is not None:
        return _value(bold) not in ("0", "false", "off")
    above = next((each for each in run.iterancestors() if name_of(each) == "w:p"), None)
    facts = None if above is None else _part(above, "w:pPr")
    return facts is not None and "heading" in _value(_part(facts, "w:pStyle")).lower()
