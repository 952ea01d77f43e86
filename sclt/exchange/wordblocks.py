"""A course's own HTML as the paragraphs, lists and tables of a Word document."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from lxml import etree, html

from sclt.exchange.omml import office_math
from sclt.exchange.wordml import BULLETS, Package, make, paragraph, text
from sclt.storage import reading
from sclt.storage.pictures import size_of

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_EMU = 9525
"""English Metric Units in a pixel of CSS."""
_TWIP = 635
"""English Metric Units in a twentieth of a point."""
_TALLEST = 8_000_000
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol")
_LOOKS = {
    "strong": "w:b",
    "b": "w:b",
    "em": "w:i",
    "i": "w:i",
    "s": "w:strike",
    "del": "w:strike",
}
_RAISED = {"sup": "superscript", "sub": "subscript"}
_ORDER = ("w:rStyle", "w:b", "w:i", "w:strike", "w:vertAlign", "w:lang")
"""The order of properties that ECMA-376 asks for."""
Looks = dict[str, str]


class _Around(NamedTuple):
    """What a paragraph stands in: its style, the list and its level (from 0), the room that it has in twips."""

    room: int
    style: str = ""
    level: int = -1


class Blocks:
    """Turns HTML into blocks. ``folder`` is the module's; ``anchor`` gives the bookmark of a page, or of a term."""

    def __init__(
        self, package: Package, folder: Path, anchor: Callable[[str, str], str], tell: Callable[[str], None]
    ) -> None:
        self._package, self._folder, self._anchor, self._tell = package, folder, anchor, tell
        self._drawn = 0

    def of(self, markup: str, room: int, style: str = "") -> list[etree._Element]:
        """Return HTML as blocks that are ``room`` twips wide."""
        return self._children(html.fragment_fromstring(markup, create_parent="div"), _Around(room, style))

    def line(self, markup: str, room: int, looks: Looks | None = None) -> list[etree._Element]:
        """Return the runs of HTML that is one paragraph."""
        return self._runs(html.fragment_fromstring(markup, create_parent="div"), looks or {}, _Around(room))

    def _children(self, element: html.HtmlElement, around: _Around) -> list[etree._Element]:
        """Return what an element holds: blocks, and paragraphs of the runs between them."""
        found: list[etree._Element] = []
        run = _words(element.text, {})
        for child in element:
            if _is_block(child):
                found += [*self._closed(run, around), *self._block(child, around)]
                run = []
            elif isinstance(child.tag, str):
                run += self._run(child, {}, around)
            run += _words(child.tail, {})
        return [*found, *self._closed(run, around)]

    def _closed(self, run: list[etree._Element], around: _Around) -> list[etree._Element]:
        """Return runs as a paragraph, unless they are blanks alone."""
        said = any(each.tag != _RUN or len(each) > 1 or (each[-1].text or "x").strip() for each in run if len(each))
        return [paragraph(around.style, run)] if said else []

    def _block(self, element: html.HtmlElement, around: _Around) -> list[etree._Element]:
        tag = str(element.tag)
        if tag in _HEADINGS:
            return [paragraph(f"Heading{tag[1]}", self._runs(element, {}, around))]
        match tag:
            case "ul" | "ol":
                return self._list(element, around)
            case "pre":
                return [paragraph("HTMLPreformatted", _code_lines("".join(map(str, element.itertext()))))]
            case "blockquote":
                return self._children(element, around._replace(style="Quote"))
            case "figure":
                return self._figure(element, around)
            case "table":
                return self._table(element, around)
            case "dt":
                return [paragraph(around.style, self._runs(element, {"w:b": ""}, around))]
            case "dd":
                return self._children(element, around._replace(style="ListContinue"))
            case "hr":
                return []
        return self._children(element, around)

    def _figure(self, element: html.HtmlElement, around: _Around) -> list[etree._Element]:
        captions: list[html.HtmlElement] = [caption for caption in element if caption.tag == "figcaption"]
        for caption in captions:
            element.remove(caption)
        shown = self._children(element, around)
        return shown + [paragraph("Caption", self._runs(caption, {}, around)) for caption in captions]

    def _list(self, element: html.HtmlElement, around: _Around) -> list[etree._Element]:
        level = around.level + 1
        number = BULLETS if element.tag == "ul" else self._package.numbered()
        mark = make("w:numPr", make("w:ilvl", w_val=str(min(level, 8))), make("w:numId", w_val=str(number)))
        rest = f"ListContinue{'' if level == 0 else min(level, 4) + 1}"
        found: list[etree._Element] = []
        for item in (child for child in element if child.tag == "li"):
            blocks = self._children(item, around._replace(style=rest, level=level))
            if not blocks or _style_of(blocks[0]) != rest:
                blocks.insert(0, paragraph(rest, []))
            properties = blocks[0][0]
            properties[0].set(_VAL, "ListParagraph")
            properties.insert(1, _copied(mark))
            found += blocks
        return found

    def _table(self, element: html.HtmlElement, around: _Around) -> list[etree._Element]:
        rows = list(element.iter("tr"))
        columns = max((len(row) for row in rows), default=0)
        if not columns:
            return []
        width = around.room // columns
        made = []
        for row in rows:
            head = all(cell.tag == "th" for cell in row)
            style = "TableHead" if head else ""
            cells = [cell_of([paragraph(style, self._runs(each, {}, _Around(width - 200)))], width) for each in row]
            cells += [cell_of([], width) for _ in range(columns - len(cells))]
            made.append(row_of(cells, head))
        captions = [paragraph("TableCaption", self._runs(each, {}, around)) for each in element.iterfind("caption")]
        return [*captions, table_of(made, [width] * columns), paragraph("Apart", [])]

    # Within a paragraph

    def _runs(self, element: html.HtmlElement, looks: Looks, around: _Around) -> list[etree._Element]:
        """Return what an element holds as runs; a block in it begins a new line."""
        found = _words(element.text, looks)
        for child in element:
            if isinstance(child.tag, str):
                found += [_run(make("w:br"))] if _is_block(child) and any(map(len, found)) else []
                found += self._run(child, looks, around)
            found += _words(child.tail, looks)
        return found

    def _run(self, element: html.HtmlElement, looks: Looks, around: _Around) -> list[etree._Element]:
        tag = str(element.tag)
        match tag:
            case "br":
                return [_run(make("w:br"))]
            case "img":
                return self._picture(element, around)
            case "math":
                made = office_math(element)
                return [make("m:oMathPara", made) if element.get("display") == "block" else made]
            case "a":
                return self._link(element, looks, around)
            case "code" | "kbd":
                return self._runs(element, looks | {"w:rStyle": "HTMLCode"}, around)
            case "sup" | "sub":
                return self._runs(element, looks | {"w:vertAlign": _RAISED[tag]}, around)
            case "span" if element.get("data-gap"):
                return _words(f"[[{element.get('data-gap')}]]", looks)
            case "span" if element.get("data-field"):
                return _words(element.get("data-field"), looks)
        language = {"w:lang": str(element.get("lang"))} if element.get("lang") else {}
        return self._runs(element, looks | language | ({_LOOKS[tag]: ""} if tag in _LOOKS else {}), around)

    def _link(self, element: html.HtmlElement, looks: Looks, around: _Around) -> list[etree._Element]:
        inner = self._runs(element, looks | {"w:rStyle": "Hyperlink"}, around)
        address, page, term = (element.get(name, "") for name in ("href", "data-page-link", "data-term"))
        if (page or term) and (place := self._anchor(page, term)):
            return [make("w:hyperlink", *inner, w_anchor=place)]
        if address.startswith(("http:", "https:", "mailto:")):
            return [make("w:hyperlink", *inner, r_id=self._package.link(address))]
        if element.getparent().tag != "sup":
            self._tell("links to files and to parts of a page are words alone")
        return self._runs(element, looks, around)

    def _picture(self, element: html.HtmlElement, around: _Around) -> list[etree._Element]:
        """Return a picture; of one that Word does not show, its alternative text."""
        file, said = self._folder / element.get("src", ""), element.get("alt", "")
        size = size_of(reading.content(file)) if self._package.shows(file.suffix) else (0.0, 0.0)
        if not size[0]:
            self._tell(f"the picture '{file.name}' is its alternative text alone, since Word does not show it")
            return _words(f"[{said or file.name}]", {})
        self._drawn += 1
        shown = self._package.picture(file.name, file)
        blip = make("a:blip", r_embed=shown)
        if file.suffix == ".svg":
            blip = make("a:blip", _extension(_SVG, make("asvg:svgBlip", r_embed=shown)), r_embed=self._stand_in())
        return [_run(_drawing(self._drawn, blip, said, _fitted(size, around.room), file.name))]

    def _stand_in(self) -> str:
        """Return a picture for programs that show no SVG: a light grey area."""
        return self._package.picture("stand-in.png", _png(bytes([0, 230, 232, 235])))


_RUN = make("w:r").tag
_VAL = next(iter(make("w:x", w_val="").attrib))


def _is_block(element: etree._Element) -> bool:
    return element.tag in (
        *_HEADINGS, *_LISTS, "p", "pre", "blockquote", "figure", "table", "div", "dl", "dt", "dd", "hr", "section",
        "li",
    )  # fmt: skip


def _words(said: str | None, looks: Looks) -> list[etree._Element]:
    """Return text as a run, its blanks as browsers show them."""
    if not said:
        return []
    return [_run(text(_BLANKS.sub(" ", said)), looks)]


def _run(inner: etree._Element, looks: Looks | None = None) -> etree._Element:
    properties = (
        [make(each, **({"w_val": looks[each]} if looks[each] else {})) for each in _ORDER if each in looks]
        if looks
        else []
    )
    return make("w:r", *([make("w:rPr", *properties)] if properties else []), inner)


def _code_lines(code: str) -> Iterator[etree._Element]:
    for n, line in enumerate(code.strip("\n").split("\n")):
        if n:
            yield _run(make("w:br"))
        yield _run(text(line))


def _style_of(block: etree._Element) -> str:
    """Return the style of a paragraph; nothing of a table, and of what stands in a list already."""
    if block.tag != make("w:p").tag or not len(block) or len(block[0]) != 1:
        return ""
    return str(block[0][0].get(_VAL, ""))


def _copied(element: etree._Element) -> etree._Element:
    return make("w:numPr", *(make(f"w:{etree.QName(each).localname}", w_val=str(each.get(_VAL))) for each in element))


def table_of(rows: Sequence[etree._Element], widths: Sequence[int]) -> etree._Element:
    """Return a table with columns of these widths in twips."""
    style = [make("w:tblStyle", w_val="TableGrid"), make("w:tblW", w_w=str(sum(widths)), w_type="dxa")]
    grid = make("w:tblGrid", *(make("w:gridCol", w_w=str(width)) for width in widths))
    return make("w:tbl", make("w:tblPr", *style, make("w:tblLayout", w_type="fixed")), grid, *rows)


def row_of(cells: Sequence[etree._Element], head: bool = False) -> etree._Element:
    """Return a row, which is not divided between pages where it is a heading."""
    facts = [make("w:trPr", make("w:cantSplit"), make("w:tblHeader"))] if head else []
    return make("w:tr", *facts, *cells)


def cell_of(blocks: Sequence[etree._Element], width: int, across: int = 1, shade: str = "") -> etree._Element:
    """Return a cell, which ends with a paragraph."""
    facts = [make("w:tcW", w_w=str(width), w_type="dxa")]
    facts += [make("w:gridSpan", w_val=str(across))] if across > 1 else []
    facts += [make("w:shd", w_val="clear", w_color="auto", w_fill=shade)] if shade else []
    ends = bool(blocks) and blocks[-1].tag == make("w:p").tag
    return make("w:tc", make("w:tcPr", *facts), *blocks, *([] if ends else [paragraph("Apart", [])]))


def _fitted(size: tuple[float, float], room: int) -> tuple[int, int]:
    """Return width and height in EMU that fit into the room."""
    width, height = (side * _EMU for side in size)
    scale = min(1.0, room * _TWIP / width, _TALLEST / height)
    return round(width * scale), round(height * scale)


def _extension(uri: str, inner: etree._Element, family: str = "a:extLst") -> etree._Element:
    return make(family, make("a:ext", inner, uri=uri))


def _drawing(number: int, blip: etree._Element, said: str, size: tuple[int, int], file: str) -> etree._Element:
    extent = {"cx": str(size[0]), "cy": str(size[1])}
    described = {"descr": said} if said else {}
    facts: list[etree._Element] = [] if said else [_extension(_DECORATIVE, make("adec:decorative", val="1"))]
    stem = PurePosixPath(file).name
    filled = make("pic:blipFill", blip, make("a:stretch", make("a:fillRect")))
    place = make("a:xfrm", make("a:off", x="0", y="0"), make("a:ext", **extent))
    shape = make("pic:spPr", place, make("a:prstGeom", make("a:avLst"), prst="rect"))
    named: Any = {"id": str(number), "name": stem}
    non_visual = make("pic:nvPicPr", make("pic:cNvPr", **named), make("pic:cNvPicPr"))
    picture = make(
        "a:graphicData",
        make("pic:pic", non_visual, filled, shape),
        uri="http://schemas.openxmlformats.org/drawingml/2006/picture",
    )
    inline = make(
        "wp:inline",
        make("wp:extent", **extent),
        make("wp:docPr", *facts, **named, **described),
        make("a:graphic", picture),
    )
    return make("w:drawing", inline)


def _png(pixel: bytes) -> bytes:
    """Return a PNG of one pixel; the first of its bytes is the filter (PNG 9.2)."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixel)) + chunk(b"IEND", b"")
