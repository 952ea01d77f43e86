"""Parses XML and HTML of strangers: nothing is fetched, no entity expanded, no DTD loaded, no huge tree built."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from lxml import etree

XML = "http://www.w3.org/XML/1998/namespace"
"""The namespace of xml:lang, xml:base and xml:space, in every document."""
XSI = "http://www.w3.org/2001/XMLSchema-instance"
"""The namespace of xsi:schemaLocation."""


def parse(
    content: bytes, comments: bool = True, resolver: etree.Resolver | None = None, base: str = ""
) -> etree._Element:
    """Return the root of an XML document. Raises etree.XMLSyntaxError, or ValueError for an impossible encoding.

    ``comments`` keeps comments and processing instructions; a ``resolver`` answers for what the document refers to,
    which lies at ``base``.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=not comments,
        remove_pis=not comments,
    )
    if resolver is not None:
        parser.resolvers.add(resolver)
    return etree.fromstring(content, parser, base_url=base or None)  # type: ignore[arg-type]  # the stubs know no None


def first_tag(content: bytes) -> str:
    """Return the tag of an XML document's root, of which ``content`` is the beginning; nothing where there is none."""
    parser = etree.XMLPullParser(
        events=("start",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    with suppress(etree.XMLSyntaxError, ValueError):
        parser.feed(content)
    for _event, element in parser.read_events():
        if isinstance(element, etree._Element):
            return str(element.tag)
    return ""


def parse_fragment(markup: str) -> etree._Element:
    """Return the root of HTML that may lack all around it. Raises ValueError where it nests too deeply."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(f"<body>{markup}".encode("utf-8", "replace"), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log):
        raise ValueError("elements lie in each other too deeply")
    return root


def parse_html(content: bytes, encoding: str | None = None) -> etree._Element:
    """Return the root of an HTML document as browsers mend it. Raises etree.XMLSyntaxError or ValueError."""
    parser = etree.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, recover=True)
    return etree.fromstring(content, parser)


def elements(content: IO[bytes], *names: str) -> Iterator[etree._Element]:
    """Yield the elements of these names in any namespace, each as soon as it ends; it is let go afterwards.

    Raises etree.XMLSyntaxError.
    """
    tags = tuple(f"{{*}}{name}" for name in names)
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    for _event, element in etree.iterparse(content, events=("end",), tag=tags, **safe):
        yield element
        element.clear(keep_tail=True)
        while element.getprevious() is not None:
            del element.getparent()[0]
