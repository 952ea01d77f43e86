"""Parts of HTML of others: what an element is called, what a list or a table holds."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from lxml import etree

from sclt.exchange.htmltags import BLOCKS, WITHOUT_WORDS, fate_of
from sclt.source.names import LANGUAGE
from sclt.storage import safexml


def tag_of(element: etree._Element | None) -> str:
    """Return the name of an element in lower case without a namespace; nothing for comments."""
    tag = element.tag if element is not None else None
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def is_block(element: etree._Element) -> bool:
    """Tell whether an element is a block, or holds one."""
    if not isinstance(element.tag, str) or fate_of(tag_of(element)) == "ignored" or tag_of(element) in WITHOUT_WORDS:
        return False
    return tag_of(element) in BLOCKS or any(tag_of(inner) in BLOCKS for inner in element.iterdescendants())


def language_of(element: etree._Element) -> str:
    """Return the language of a phrase that stands in a language of its own."""
    tag = element.get("lang") or element.get(f"{{{safexml.XML}}}lang") or ""
    return tag if tag_of(element) in ("span", "i", "em") and LANGUAGE.fullmatch(tag) else ""


def verbatim(element: etree._Element) -> str:
    """Return code with its lines and blanks."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append("\n" if tag_of(child) == "br" else verbatim(child))
        parts.append(child.tail or "")
    return "".join(parts)


def items(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the items of a list; what stands between them, other than comments, is an item too."""
    yield from loose(element.text)
    for child in element:
        if isinstance(child.tag, str):
            yield child
        yield from loose(child.tail)


def loose(text: str | None) -> Iterator[etree._Element]:
    """Yield text that stands where only elements may as an element of its own."""
    if text and text.strip():
        item = etree.Element("div")
        item.text = text
        yield item


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """Yield a table's rows in the order in which they show: the foot comes last."""
    rows = list(table.iter("tr"))
    yield from (row for row in rows if tag_of(row.getparent()) != "tfoot")
    yield from (row for row in rows if tag_of(row.getparent()) == "tfoot")


def cells_of(row: etree._Element) -> list[etree._Element]:
    """Return the cells of a row."""
    return [cell for cell in row if tag_of(cell) in ("td", "th")]


def strays(part: etree._Element) -> Iterator[etree._Element]:
    """Yield what lies in a table, but in none of its cells: browsers show it in front."""
    yield from loose(part.text)
    for child in part:
        if tag_of(child) in ("tbody", "thead", "tfoot", "tr"):
            yield from strays(child)
        elif tag_of(child) not in ("td", "th", "caption") and fate_of(tag_of(child)) not in ("ignored", "unknown"):
            holder = etree.Element("div")
            tail, child.tail = child.tail, None
            holder.append(copy.copy(child))
            child.tail = tail
            yield holder
        yield from loose(child.tail)


def number_of(text: str | None, default: int) -> int:
    """Return what an attribute counts; ``default`` where it is no number of at most nine digits."""
    return int(text) if text and text.strip().isdecimal() and len(text) < 10 else default
