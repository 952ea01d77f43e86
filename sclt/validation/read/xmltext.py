"""XML from a stranger: parsed without network, entities or DTDs, with a bound on size and depth."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import etree

from sclt.errors import Place
from sclt.storage import safexml
from sclt.validation.read import limits

_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_BEFORE = etree.XPath("count(preceding-sibling::*[name()=$name])")
_AFTER = etree.XPath("boolean(following-sibling::*[name()=$name])")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Xml(msgspec.Struct, frozen=True):
    """An XML file as it was read. ``root`` is None where it could not be parsed; ``fault`` says why, ``line`` where."""

    name: str
    root: etree._Element | None
    fault: str = ""
    line: int = 1
    column: int = 1
    mark: bool = False
    doctype: bool = False
    entities: bool = False
    encoding: str = "utf-8"


def parse(name: str, content: bytes) -> Xml:
    """Parse the content of the file called ``name``. Nothing is raised: what is wrong stands in the result."""
    facts = _facts(name, content)
    if facts.entities:
        return msgspec.structs.replace(facts, fault="it declares entities, which are not expanded")
    try:
        root = safexml.parse(content, comments=False)
    except etree.XMLSyntaxError as error:
        line, column = error.position if error.position else (1, 1)
        why = (error.msg or "it cannot be parsed").split(", line ")[0].strip()
        return msgspec.structs.replace(facts, fault=why, line=max(line, 1), column=max(column, 1))
    except (ValueError, LookupError) as error:
        return msgspec.structs.replace(facts, fault=str(error))
    if absurd := _absurd(root):
        return msgspec.structs.replace(facts, fault=absurd)
    return msgspec.structs.replace(facts, root=root)


def _facts(name: str, content: bytes) -> Xml:
    """Return what the bytes tell before they are parsed."""
    mark = next((encoding for sign, encoding in _MARKS if content.startswith(sign)), "")
    declared = _ENCODING.match(content[3:] if mark == "utf-8" else content)
    return Xml(
        name,
        None,
        mark=bool(mark),
        doctype=bool(_DOCTYPE.search(content)) or b"<\0!\0D\0O\0C" in content,
        entities=b"<!ENTITY" in content or b"<\0!\0E\0N\0T" in content,
        encoding=declared[1].decode().lower() if declared else mark or "utf-8",
    )


def _absurd(root: etree._Element) -> str:
    """Return in which way the tree would use up time or the stack, nothing where it does not."""
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.DEPTH:
            return f"elements are nested deeper than {limits.DEPTH}"
        if event == "start" and len(element.attrib) > limits.ATTRIBUTES:
            return f"an element has more than {limits.ATTRIBUTES} attributes"
    return ""


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def space(element: etree._Element) -> str:
    """Return an element's namespace."""
    return str(element.tag).rpartition("}")[0].removeprefix("{")


def used_spaces(root: etree._Element) -> dict[str, etree._Element]:
    """Return the namespaces of elements and attributes, each with the first element that uses it."""
    found: dict[str, etree._Element] = {}
    for element in root.iter("{*}*"):
        for name in (str(element.tag), *map(str, element.attrib)):
            uri = name[1:].partition("}")[0] if name[0] == "{" else ""
            if uri not in found:
                found[uri] = element
    return found


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield the child elements with one of the local names, whatever their namespace."""
    for child in element if element is not None else ():
        if isinstance(child.tag, str) and local(child) in names:
            yield child


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child with the local name."""
    return next(children(element, name), None)


def text_of(element: etree._Element | None) -> str:
    """Return an element's own text without white space around it."""
    return (element.text or "").strip() if element is not None else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute by local name and any letter case of it, whatever its namespace; None where there is none."""
    wanted = name.lower()
    for key, value in element.attrib.items():
        if etree.QName(str(key)).localname.lower() == wanted:
            return str(value)
    return None


def token(element: etree._Element | None, name: str) -> str:
    """Return an attribute as xs:ID, IDREF and anyURI are read: its white space collapsed; empty where there is none."""
    return " ".join((attribute(element, name) or "").split()) if element is not None else ""


def place_of(name: str, element: etree._Element | None) -> Place:
    """Return where an element stands in the file called ``name``, with its XPath by local names."""
    if element is None:
        return Place(name)
    return Place(name, line_of(element), 1, xpath(element))


def line_of(element: etree._Element) -> int:
    """Return the line on which an element begins."""
    line: Any = element.sourceline
    return int(line or 1)


def xpath(element: etree._Element) -> str:
    """Return a path such as ``/manifest/resources/resource[2]``."""
    steps: list[str] = []
    at: etree._Element | None = element
    while at is not None:
        steps.append(local(at) + _place_among_twins(at))
        at = at.getparent()
    return "/" + "/".join(reversed(steps))


def _place_among_twins(element: etree._Element) -> str:
    """Return which of the elements of its name it is; libxml2 counts, as there may be very many."""
    name = f"{element.prefix}:{local(element)}" if element.prefix else local(element)
    before: Any = _BEFORE(element, name=name)
    return f"[{int(before) + 1}]" if before or _AFTER(element, name=name) else ""
