"""What is mechanical in a manifest: order of elements, letter case and slashes of paths, files to be listed."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

from lxml import etree

from sclt.storage import safexml
from sclt.validation.facts.order import is_ordered, ordered
from sclt.validation.read.manifest import XML_BASE
from sclt.validation.read.pages import is_outside, target
from sclt.validation.read.xmltext import child, children, local


def mended_manifest(content: bytes, names: frozenset[str], packaging: bool) -> tuple[bytes, list[str]]:
    """Return a manifest's new bytes with what was changed. ``names`` are the files beside it and below.

    ``packaging`` tells that it has resources and an order that is known; else the byte order mark alone is taken away.
    """
    changes: list[str] = []
    marked = content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    root = safexml.parse(content)
    if packaging:
        changes += _ordered(root)
        changes += _hrefs(root, names)
        changes += _listed(root, names)
    if marked:
        changes.append("the byte order mark is taken away.")
    if not changes:
        return content, []
    if content.startswith(codecs.BOM_UTF8) and len(changes) == 1:
        return content[len(codecs.BOM_UTF8) :], changes
    return _written(root), changes


def with_files(content: bytes, hrefs: Iterable[tuple[int, str]]) -> bytes:
    """Return a manifest's bytes with files added, each to the resource of that number and by that href."""
    root = safexml.parse(content)
    resources = list(children(child(root, "resources"), "resource"))
    for number, href in hrefs:
        _add(resources[number], href)
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")


def _ordered(root: etree._Element) -> Iterator[str]:
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or not is_ordered(element, root):
            continue
        wanted = ordered(element)
        if list(element) != wanted:
            _arrange(element, wanted)
            yield f"the parts of <{local(element)}> on line {element.sourceline} are put in order."


def _arrange(element: etree._Element, parts: list[etree._Element]) -> None:
    """Put parts in an order; the white space between them stays where it is."""
    tails = [part.tail for part in element]
    element[:] = parts
    for part, tail in zip(parts, tails, strict=True):
        part.tail = tail


def _hrefs(root: etree._Element, names: frozenset[str]) -> Iterator[str]:
    """Write paths with slashes, and in the letter case that the files have."""
    lower: dict[str, str | None] = {}
    for name in names:
        lower[name.lower()] = None if name.lower() in lower else name
    for element in root.iter():
        if not isinstance(element.tag, str) or local(element) not in ("file", "resource"):
            continue
        href = element.get("href") or ""
        new = _mended_href(href, _base(element), names, lower)
        if new != href:
            element.set("href", new)
            yield f"href '{href}' on line {element.sourceline} is now '{new}'."


def _mended_href(href: str, base: str, names: frozenset[str], lower: dict[str, str | None]) -> str:
    path, mark, rest = href, "", ""
    for sign in "?#":
        if sign in path:
            path, found, tail = path.partition(sign)
            mark, rest = found, tail + mark + rest
    new = path.replace("\\", "/") if not is_outside(href) else path
    there = target(new, base)
    if there is None or there in names or there.startswith("../"):
        return new + mark + rest
    real = lower.get(there.lower())
    if real and real.lower().endswith(unquote(new).lower()):
        new = quote(real[len(real) - len(unquote(new)) :]) if "%" in new else real[len(real) - len(new) :]
    return new + mark + rest


def _base(element: etree._Element) -> str:
    resource = element if local(element) == "resource" else element.getparent()
    chain = [resource, resource.getparent() if resource is not None else None]
    root = element.getroottree().getroot()
    return "".join(e.get(XML_BASE) or "" for e in [root, *reversed(chain)] if e is not None)


def _listed(root: etree._Element, names: frozenset[str]) -> Iterator[str]:
    """List the file that a resource launches."""
    found = [e for part in children(root, "resources") for e in children(part, "resource")]
    for resource in found:
        base, href = _base(resource), resource.get("href") or ""
        path = target(href, base)
        listed = {target(f.get("href") or "", base) for f in children(resource, "file")}
        if path in names and path not in listed:
            plain = href.partition("?")[0].partition("#")[0]
            _add(resource, plain)
            yield f"the file '{path}' is listed in the resource that launches it."


def _add(resource: etree._Element, href: str) -> None:
    space = etree.QName(resource).namespace
    file = etree.Element(f"{{{space}}}file" if space else "file")
    file.set("href", href)
    before = [n for n, part in enumerate(resource) if isinstance(part.tag, str) and local(part) in ("metadata", "file")]
    at = before[-1] + 1 if before else 0
    file.tail = resource[at - 1].tail if at else resource.text
    resource.insert(at, file)
