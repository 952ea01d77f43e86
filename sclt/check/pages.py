"""What HTML, CSS and scripts of a package refer to, and whom they speak to."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urlsplit

import msgspec
from lxml import etree

from sclt.check.xmltext import line_of

SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")
_URL = re.compile(rb"""url\(\s*['"]?([^'")\s]+)|@import\s+['"]([^'"]+)""")
_IMPORT = re.compile(rb"""(?:^|[;\s])(?:import|export)\b[^;'"()]{0,300}['"]([^'"\s]+)['"]""")
_LINKS = {
    "a": ("href",),
    "area": ("href",),
    "link": ("href",),
    "script": ("src",),
    "img": ("src",),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "source": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "input": ("src",),
    "body": ("background",),
}
_SIGNS = {
    "scorm12": (b"LMSInitialize", b"LMSSetValue", b"LMSGetValue"),
    "scorm2004": (b"API_1484_11",),
    "cmi5": (b"auth-token", b"LMS.LaunchData"),
    "xapi": (b"X-Experience-API-Version", b"TinCan", b"XAPIWrapper"),
}


class Link(msgspec.Struct, frozen=True):
    """A reference of a page. ``kind`` is the element's name, ``css`` or ``import``; a link that loads is not ``a``."""

    kind: str
    url: str
    line: int


class Text(msgspec.Struct, frozen=True):
    """What is known of a text file: its links, and the run-times that it speaks of."""

    name: str
    links: tuple[Link, ...]
    speaks: frozenset[str]
    base: str = ""


def look_through(name: str, content: bytes) -> Text:
    """Look through an HTML, CSS or script file."""
    speaks = frozenset(kind for kind, signs in _SIGNS.items() if any(sign in content for sign in signs))
    suffix = name.rpartition(".")[2].lower()
    if suffix in ("html", "htm", "xhtml"):
        links, base = _html(content)
        return Text(name, links, speaks, base)
    pattern = _URL if suffix == "css" else _IMPORT
    found = (
        tuple(
            Link(
                "css" if suffix == "css" else "import",
                (match[1] or match[match.re.groups]).decode("utf-8", "replace"),
                content.count(b"\n", 0, match.start()) + 1,
            )
            for match in pattern.finditer(content)
        )
        if suffix == "css" or b"import" in content or b"export" in content
        else ()
    )
    return Text(name, found, speaks)


def _html(content: bytes) -> tuple[tuple[Link, ...], str]:
    if not content.strip():
        return (), ""
    parser = etree.HTMLParser(no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return (), ""
    if root is None:
        return (), ""
    links, base = [], ""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "base":
            base = base or (element.get("href") or "")
        for attribute in _LINKS.get(element.tag, ()):
            if url := (element.get(attribute) or "").strip():
                links.append(Link(element.tag, url, line_of(element)))
    return tuple(links), base


def target(url: str, base: str = "") -> str | None:
    """Return the path in the package that a relative URL means, seen from the folder or file ``base``.

    Returns None for addresses outside (with scheme or host) and for fragments of the page itself; a path that leaves
    the package begins with ``../``.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if SCHEME.match(url.strip()) or parts.netloc or not parts.path:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        return "../" + path.lstrip("/")
    return posixpath.normpath(
        posixpath.join(posixpath.dirname(base) if base and not base.endswith("/") else base, path)
    )


def is_outside(url: str) -> bool:
    """Tell whether a URL leads to another host."""
    text = url.strip()
    return text.startswith("//") or text.lower().startswith(("http:", "https:", "ftp:"))
