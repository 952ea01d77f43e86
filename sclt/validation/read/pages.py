"""What HTML, CSS and scripts of a package refer to, and whom they speak to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote, urlsplit

import msgspec
from lxml import etree

from sclt.storage import safexml
from sclt.validation.read import limits
from sclt.validation.read.speech import loads_more, spoken
from sclt.validation.read.xmltext import line_of

SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")
PAGES = ("html", "htm", "xhtml", "xht", "shtml", "svg")
_URL = re.compile(
    rb"""@import\s+(?:url\(\s*)?['"]([^'"]+)|url\(\s*(?:'([^'\n]*)'|"([^"\n]*)"|([^'"()\s]+))\s*\)""", re.IGNORECASE
)
_IMPORT = re.compile(rb"""(?:^|[;\s])(?:import|export)\b[^;'"()]{0,300}['"]([^'"\s]+)['"]""")
_LOADED_LATER = re.compile(
    rb"""\bimport\s*\(\s*(?:/\*[^*]{0,200}\*/\s*)?['"`]([^'"`\s]+)['"`]|\bimportScripts\s*\(\s*['"]([^'"\s]+)['"]"""
)
_COMMENT = re.compile(rb"/\*.*?(?:\*/|\Z)", re.DOTALL)
_TOP = re.compile(rb"\btop\.location(?:\.href)?\s*=[^=]|\btop\.location\.(?:replace|assign)\s*\(")
_CHARSET = re.compile(rb"<meta[^<>]{1,1000}charset", re.IGNORECASE)
# a tag with so many attributes, as HTML's tokenizer sees them, whatever stands in their quotes
_CROWDED = re.compile(
    rb"""<[A-Za-z][^\s/>]*+(?:[\s/]*+(?!>)=?[^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+){%d}+"""
    % limits.ATTRIBUTES
)
_OURS = re.compile(
    rb"""\A\s*<!DOCTYPE[ ]html>\s*<html\s[^<>]{0,300}?\bdata-standard="([a-z0-9-]{1,20})"
    .{0,60000}?<meta[ ]name="generator"[ ]content="sclt[ ]""",
    re.DOTALL | re.VERBOSE,
)
"""How a shell of sclt begins, and the standard that it is for."""
HEAD = 65536
"""So many bytes of a page have its beginning."""
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_LOADED = ("stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload", "prefetch")
_LINKS = {
    "a": ("href",),
    "area": ("href",),
    "link": ("href",),
    "script": ("src", "href", "xlink:href"),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "input": ("src",),
    "body": ("background",),
}
_TAGS = (*_LINKS, "meta", "style", "script", "base", "title", "applet")
_PLUGINS = ("application/x-shockwave-flash", "application/x-silverlight", "application/x-java-applet")


class Link(msgspec.Struct, frozen=True):
    """A reference of a page. ``kind`` is the element's name, ``css`` or ``import``.

    What is not loaded with the page, but at the learner's wish or not at all, is of kind ``a``.
    """

    kind: str
    url: str
    line: int


class Text(msgspec.Struct, frozen=True):
    """What is known of a text file: its links, and the run-times that it speaks of.

    ``loads`` tells that its scripts load or open what its text does not name for sure. Of pages also: the base address,
    the language, whether title and encoding are said, what needs a plugin that browsers no longer have, what a shell
    of sclt was made for (the ``standard``), and (of scripts too) the line on which it leaves the LMS's frame, 0 where
    it does not.
    """

    name: str
    links: tuple[Link, ...]
    speaks: frozenset[str]
    base: str = ""
    language: str = ""
    title: bool = True
    charset: bool = True
    empty: bool = False
    plugins: tuple[Link, ...] = ()
    leaves: int = 0
    loads: bool = False
    standard: str = ""


def look_through(name: str, content: bytes, most: int = limits.LINKS) -> Text:
    """Look through an HTML, CSS or script file, and keep ``most`` of its references."""
    suffix = name.lower().removesuffix(".gz").rpartition(".")[2]
    text = Text(name, (), spoken(content, suffix in PAGES), empty=not content.strip(), loads=loads_more(content))
    if suffix == "css":
        return msgspec.structs.replace(text, links=tuple(islice(_css(content), most)))
    busts = _TOP.search(content) if b"top.location" in content else None
    text = msgspec.structs.replace(text, leaves=_line(content, busts.start()) if busts else 0)
    if suffix in PAGES:
        return _page(text, content, most)
    return msgspec.structs.replace(text, links=tuple(islice(_imports(content), most)))


def _line(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1


def _matches(pattern: re.Pattern[bytes], content: bytes) -> Iterator[tuple[re.Match[bytes], int]]:
    """Yield matches with their lines, counting each line once."""
    line, counted = 1, 0
    for match in pattern.finditer(content):
        line += content.count(b"\n", counted, match.start())
        counted = match.start()
        yield match, line


def _text(url: bytes) -> str:
    return url[: limits.URL].decode("utf-8", "replace").strip()


def _css(content: bytes, first: int = 1) -> Iterator[Link]:
    """Yield what a style sheet loads; ``first`` is the line on which it begins."""
    if b"/*" in content:
        content = _COMMENT.sub(lambda comment: b"\n" * comment[0].count(b"\n"), content)
    lower = content.lower()
    if b"url(" not in lower and b"@import" not in lower:
        return
    for match, line in _matches(_URL, content):
        yield Link("css", _text(next((part for part in match.groups() if part), b"")), line + first - 1)


def _imports(content: bytes) -> Iterator[Link]:
    """Yield the modules that a script imports by path; bare names are another system's matter."""
    if b"import" not in content and b"export" not in content:
        return
    for pattern in (_IMPORT, _LOADED_LATER):
        for match, line in _matches(pattern, content):
            url = match[match.lastindex or 1]
            if url.startswith((b"./", b"../", b"/")):
                yield Link("import", _text(url), line + match[0].count(b"\n"))


def _page(text: Text, content: bytes, most: int) -> Text:
    if content.count(b"<") > limits.PAGE_TAGS or _CROWDED.search(content):
        return text
    root = _tree(content)
    if root is None:
        return msgspec.structs.replace(text, title=False, charset=False)
    elements = [*root.iter(*_TAGS), *(e for e in root.iterfind(".//*[@style]") if e.tag not in _TAGS)]
    base = next((e.get("href") for e in elements if e.tag == "base" and e.get("href")), "")
    return msgspec.structs.replace(
        text,
        links=tuple(islice((link for element in elements for link in _links(element)), most)),
        base=(base or "").strip(),
        language=(root.get("lang") or root.get(f"{{{safexml.XML}}}lang") or "").strip(),
        title=any(e.tag == "title" and (e.text or "").strip() for e in elements),
        charset=_says_charset(content),
        plugins=tuple(link for element in elements for link in _plugins(element)),
        standard=standard_of(content[:HEAD]),
    )


def standard_of(head: bytes) -> str:
    """Return the standard that a shell of sclt was made for, by its beginning; nothing for any other page."""
    match = _OURS.search(head)
    return match[1].decode() if match else ""


def _says_charset(content: bytes) -> bool:
    return content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"<?xml")) or bool(_CHARSET.search(content))


def _tree(content: bytes) -> etree._Element | None:
    if not content.strip():
        return None
    encoding = "utf-8" if not _says_charset(content) and _is_utf8(content) else None
    try:
        return safexml.parse_html(content, encoding)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _links(element: etree._Element) -> Iterator[Link]:
    tag, line = str(element.tag), line_of(element)
    for attribute in _LINKS.get(tag, ()):
        value = (element.get(attribute) or "").strip()
        urls = _sources(value) if attribute == "srcset" else [value]
        yield from (Link(_kind(element), url[: limits.URL], line) for url in urls if url)
    refreshes = tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh"
    if refreshes and (match := _REFRESH.search(element.get("content") or "")):
        yield Link("refresh", match[1].strip(), line)
    if tag == "style" and element.text:
        yield from _css(element.text.encode(), line)
    if style := element.get("style"):
        yield from _css(style.encode(), line)
    if tag == "script" and element.text:
        yield from (msgspec.structs.replace(link, line=line) for link in _imports(element.text.encode()))


def _sources(value: str) -> list[str]:
    """Return the addresses in a srcset; where one holds commas, as data: does, none of them."""
    return [] if "data:" in value else [part.split()[0] for part in value.split(",") if part.strip()]


def _kind(element: etree._Element) -> str:
    if element.tag == "area" or _is_kept_back(element):
        return "a"
    if element.tag == "link":
        return "link" if any(r in _LOADED for r in (element.get("rel") or "").lower().split()) else "a"
    return str(element.tag)


def _is_kept_back(element: etree._Element) -> bool:
    """Tell whether browsers load nothing by an element: in a template, or a script for those without modules."""
    legacy = element.tag == "script" and element.get("nomodule") is not None
    return legacy or next(element.iterancestors("template"), None) is not None


def _plugins(element: etree._Element) -> Iterator[Link]:
    """Yield applets and what Flash, Silverlight or ActiveX would have to play."""
    if element.tag == "applet":
        yield Link("applet", element.get("code") or element.get("archive") or "", line_of(element))
    elif element.tag in ("object", "embed"):
        url = element.get("data") or element.get("src") or ""
        media = (element.get("type") or "").lower()
        flash = url.partition("?")[0].lower().endswith((".swf", ".dcr", ".xap", ".class"))
        if flash or media.startswith(_PLUGINS) or (element.get("classid") or "").lower().startswith("clsid:"):
            yield Link(str(element.tag), url or media or element.get("classid") or "", line_of(element))


@lru_cache(4096)
def target(url: str, base: str = "") -> str | None:
    """Return the path in the package that a relative URL means, seen from the folder or file ``base``.

    Returns None for addresses outside (with scheme or host) and for fragments of the page itself; a path that leaves
    the package begins with ``../``, and one that means a folder ends with a slash, so that no file is found there.
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
    folder = base if base.endswith("/") else posixpath.dirname(base)
    means = posixpath.normpath(posixpath.join(folder, path))
    return f"{means}/" if path.endswith("/") and means != "." else means


def is_outside(url: str) -> bool:
    """Tell whether a URL leads to another host."""
    text = url.strip()
    return text.startswith("//") or text.lower().startswith(("http:", "https:", "ftp:"))
