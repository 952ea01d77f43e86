"""A Word document as a package: its parts, its styles, and the elements that text is made of (ECMA-376, part 1, 17)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from sclt.exchange.docxtags import SPACES
from sclt.locale import direction
from sclt.model.course import Theme
from sclt.model.site import Content
from sclt.storage import safexml

_URIS = {prefix: uri for uri, prefix in reversed(SPACES.items())}
_URIS |= {
    "xml": safexml.XML,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DECLARED: Any = {prefix: _URIS[prefix] for prefix in ("w", "r", "wp", "a", "pic", "m")}
_KINDS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
}
"""Pictures that Word shows, by the ending of their file."""
_INK, _ACCENT, _FAINT = "1F2328", "1F4E79", "6A737D"
_PARTS = ("styles", "numbering", "settings", "fontTable")
_MARGIN = "1134"
ROOM = 11906 - 2 * 1134
"""The width of the text in twentieths of a point: A4 without its margins."""
BULLETS = 1
"""The number of the list with bullets; lists with numbers have the next ones."""


def name(short: str) -> str:
    """Return a name with its namespace: ``w:p`` as lxml wants it."""
    prefix, _, local = short.partition(":")
    return f"{{{_URIS[prefix]}}}{local}" if local else short


def make(short: str, *children: etree._Element, **attributes: str) -> etree._Element:
    """Return an element; an attribute ``w_val`` is ``w:val``."""
    element = etree.Element(name(short), nsmap=_DECLARED)
    for key, value in attributes.items():
        element.set(name(key.replace("_", ":", 1)), value)
    element.extend(children)
    return element


def text(words: str) -> etree._Element:
    """Return text whose blanks count."""
    element = make("w:t", xml_space="preserve")
    element.text = words
    return element


def paragraph(style: str, runs: Iterable[etree._Element], *facts: etree._Element) -> etree._Element:
    """Return a paragraph of a style; ``facts`` are other properties, in the order of the schema."""
    named = [make("w:pStyle", w_val=style)] if style else []
    properties = [make("w:pPr", *named, *facts)] if named or facts else []
    return make("w:p", *properties, *runs)


class Package:
    """Collects the parts of a document while its text is written."""

    def __init__(self) -> None:
        self.lists = BULLETS
        self._relations: dict[tuple[str, str, bool], str] = {}
        self._media: dict[str, Content] = {}

    def shows(self, suffix: str) -> bool:
        """Tell whether Word shows pictures whose file ends so."""
        return suffix.lstrip(".").lower() in _KINDS

    def picture(self, file: str, content: Content) -> str:
        """Add a picture, and return the name by which the text refers to it."""
        self._media[f"word/media/{file}"] = content
        return self._related("image", f"media/{file}")

    def link(self, address: str) -> str:
        """Return the name by which the text refers to an address outside."""
        return self._related("hyperlink", address, outside=True)

    def numbered(self) -> int:
        """Return the number of a new list that counts from one."""
        self.lists += 1
        return self.lists

    def _related(self, kind: str, target: str, outside: bool = False) -> str:
        return self._relations.setdefault((kind, target, outside), f"r{len(self._relations) + 1}")

    def files(self, body: list[etree._Element], about: dict[str, str], theme: Theme) -> dict[str, Content]:
        """Return the files of the document; ``about`` has its title, description and language."""
        page = make(
            "w:sectPr",
            make("w:pgSz", w_w="11906", w_h="16838"),
            make("w:pgMar", w_top=_MARGIN, w_right=_MARGIN, w_bottom=_MARGIN, w_left=_MARGIN, w_gutter="0"),
        )
        for part in _PARTS:
            self._related(part, f"{part}.xml")
        fonts = dict.fromkeys(_families(theme))
        made = {
            "word/document.xml": make("w:document", make("w:body", *body, page)),
            "word/styles.xml": _styles(about["language"], theme),
            "word/numbering.xml": _numbering(self.lists),
            "word/settings.xml": _settings(),
            "word/fontTable.xml": make("w:fonts", *(make("w:font", w_name=font) for font in fonts)),
            "docProps/core.xml": _core(about),
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _rels({
                (f"{_URIS['r']}/officeDocument", "word/document.xml", False): "r1",
                (f"{_RELATIONS}/metadata/core-properties", "docProps/core.xml", False): "r2",
            }),
            "word/_rels/document.xml.rels": _rels(
                {(f"{_URIS['r']}/{kind}", target, out): name for (kind, target, out), name in self._relations.items()}
            ),
        }  # fmt: skip
        return {file: _bytes(root) for file, root in made.items()} | self._media


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _rels(relations: dict[tuple[str, str, bool], str]) -> etree._Element:
    root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})  # type: ignore[dict-item]
    for (kind, target, outside), identifier in relations.items():
        facts = {"Id": identifier, "Type": kind, "Target": target} | ({"TargetMode": "External"} if outside else {})
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", facts)
    return root


def _content_types() -> etree._Element:
    root = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})  # type: ignore[dict-item]
    for suffix, kind in {"rels": "application/vnd.openxmlformats-package.relationships+xml", **_KINDS}.items():
        etree.SubElement(root, f"{{{_TYPES}}}Default", {"Extension": suffix, "ContentType": kind})
    parts = {"/word/document.xml": f"{_WORD}document.main+xml"}
    parts |= {f"/word/{part}.xml": f"{_WORD}{part}+xml" for part in _PARTS}
    parts |= {"/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"}
    for part, kind in parts.items():
        etree.SubElement(root, f"{{{_TYPES}}}Override", {"PartName": part, "ContentType": kind})
    return root


def _core(about: dict[str, str]) -> etree._Element:
    """Return the properties that Word shows of a document (ECMA-376, part 2, 11)."""
    dc = "http://purl.org/dc/elements/1.1/"
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    root = etree.Element(f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dc})
    for key, value in about.items():
        etree.SubElement(root, f"{{{dc}}}{key}").text = value
    return root


def _settings() -> etree._Element:
    mode = make(
        "w:compatSetting", w_name="compatibilityMode", w_uri="http://schemas.microsoft.com/office/word", w_val="15"
    )
    return make("w:settings", make("w:compat", mode))


def _numbering(last: int) -> etree._Element:
    """Return the lists: one with bullets, the others with numbers, each of which begins anew."""
    lists = [make("w:num", make("w:abstractNumId", w_val="0"), w_numId=str(BULLETS))]
    for number in range(BULLETS + 1, last + 1):
        anew = [make("w:lvlOverride", make("w:startOverride", w_val="1"), w_ilvl=str(level)) for level in range(9)]
        lists.append(make("w:num", make("w:abstractNumId", w_val="1"), *anew, w_numId=str(number)))
    return make("w:numbering", _levels("0", "bullet"), _levels("1", "decimal"), *lists)


def _levels(identifier: str, form: str) -> etree._Element:
    levels = []
    for n in range(9):
        sign = f"%{n + 1}." if form == "decimal" else "•–"[n % 2]
        indent = make("w:pPr", make("w:ind", w_left=str(360 * (n + 1)), w_hanging="360"))
        facts = [make("w:start", w_val="1"), make("w:numFmt", w_val=form), make("w:lvlText", w_val=sign)]
        levels.append(make("w:lvl", *facts, make("w:lvlJc", w_val="left"), indent, w_ilvl=str(n)))
    return make(
        "w:abstractNum", make("w:multiLevelType", w_val="hybridMultilevel"), *levels, w_abstractNumId=identifier
    )


# Looks: name, its name in Word, half points, colour, bold, italic, space before and after in twentieths of a point.

_HEADINGS = ((36, 360), (28, 280), (24, 240), (22, 200), (22, 200), (22, 200))


def _families(theme: Theme) -> tuple[str, str, str]:
    """Return the fonts of text, of headings and of code."""
    reading, heading = (next(iter(theme.fonts.get(key, ())), "Calibri") for key in ("reading", "heading"))
    return reading, heading, "Consolas"


def _styles(language: str, theme: Theme) -> etree._Element:
    ink, accent = (_colour(theme, key, usual) for key, usual in (("ink", _INK), ("accent", _ACCENT)))
    reading, heading, fixed = _families(theme)
    turned = [make("w:rtl")] if direction(language) == "rtl" else []
    usual = make("w:rPr", _fonts(reading), *_looks(22, ink), *turned, make("w:lang", w_val=language, w_bidi=language))
    sides = [make("w:bidi")] if turned else []
    spread = make("w:pPr", *sides, make("w:spacing", w_before="0", w_after="120", w_line="276", w_lineRule="auto"))
    defaults = make("w:docDefaults", make("w:rPrDefault", usual), make("w:pPrDefault", spread))
    styles = [_style("paragraph", "Normal", "Normal", "", [], [], usual=True)]
    for n, (size, above) in enumerate(_HEADINGS, 1):
        facts = [make("w:keepNext"), _space(above, 80), make("w:outlineLvl", w_val=str(n - 1))]
        looks = [_fonts(heading), make("w:b"), *_looks(size, accent)]
        styles.append(_style("paragraph", f"Heading{n}", f"heading {n}", "Normal", facts, looks))
    head = [_fonts(heading), make("w:b"), *_looks(52, accent)]
    grey = [make("w:i"), *_looks(20, _FAINT)]
    line = make("w:pBdr", make("w:left", w_val="single", w_sz="18", w_space="8", w_color=accent))
    code = [_fonts(fixed), *_looks(20, ink)]
    linked = [make("w:color", w_val="0563C1"), make("w:u", w_val="single")]
    bold, above_it = [make("w:b")], [make("w:keepNext"), _space(160, 60)]
    small = [_fonts(fixed), make("w:noProof"), *_looks(16, _FAINT)]
    styles += [
        _style("paragraph", "Title", "Title", "Normal", [_space(0, 240)], head),
        _style("paragraph", "Caption", "caption", "Normal", [_space(40, 160)], grey),
        _style("paragraph", "TableCaption", "sclt Table Caption", "Normal", above_it, bold),
        _style("paragraph", "Quote", "Quote", "Normal", [line, make("w:ind", w_left="360")], [make("w:i")]),
        _style("paragraph", "ListParagraph", "List Paragraph", "Normal", [_space(0, 60)], []),
        _style("paragraph", "HTMLPreformatted", "HTML Preformatted", "Normal", [], code),
        _style("paragraph", "TableHead", "sclt Table Head", "Normal", [], [make("w:b")]),
        _style("paragraph", "Apart", "sclt Apart", "Normal", [_space(0, 0)], _looks(12, ink)),
        _style("character", "HTMLCode", "HTML Code", "", [], code),
        _style("character", "Hyperlink", "Hyperlink", "", [], linked),
        _style("character", "Settings", "sclt Settings", "", [], small),
        _style("table", "TableGrid", "Table Grid", "", [], [], borders="BFC5CC"),
    ]  # fmt: skip
    styles += [_continued(level) for level in range(1, 6)]
    return make("w:styles", defaults, *styles)


def _continued(level: int) -> etree._Element:
    """Return the style of what else an item of a list holds."""
    number = "" if level == 1 else str(level)
    facts = [_space(0, 60), make("w:ind", w_left=str(360 * level))]
    return _style("paragraph", f"ListContinue{number}", f"List Continue {number}".strip(), "Normal", facts, [])


def _colour(theme: Theme, key: str, usual: str) -> str:
    given = theme.light.get(key, "").removeprefix("#")
    return given.upper() if len(given) == 6 else usual


def _fonts(font: str) -> etree._Element:
    return make("w:rFonts", w_ascii=font, w_hAnsi=font, w_cs=font)


def _looks(half_points: int, colour: str) -> list[etree._Element]:
    size = str(half_points)
    return [make("w:color", w_val=colour), make("w:sz", w_val=size), make("w:szCs", w_val=size)]


def _space(before: int, after: int) -> etree._Element:
    return make("w:spacing", w_before=str(before), w_after=str(after))


def _style(
    kind: str,
    identifier: str,
    title: str,
    based: str,
    facts: list[etree._Element],
    looks: list[etree._Element],
    usual: bool = False,
    borders: str = "",
) -> etree._Element:
    parts = [make("w:name", w_val=title)]
    parts += [make("w:basedOn", w_val=based)] if based else []
    parts += [make("w:qFormat")] if kind == "paragraph" else []
    parts += [make("w:pPr", *facts)] if facts else []
    parts += [make("w:rPr", *looks)] if looks else []
    parts += [_grid(borders)] if borders else []
    style = make("w:style", *parts, w_type=kind, w_styleId=identifier)
    if usual:
        style.set(name("w:default"), "1")
    return style


def _grid(colour: str) -> etree._Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = [make(f"w:{side}", w_val="single", w_sz="4", w_space="0", w_color=colour) for side in sides]
    room = [
        make(f"w:{side}", w_w=width, w_type="dxa")
        for side, width in (("top", "60"), ("left", "100"), ("bottom", "40"), ("right", "100"))
    ]
    return make("w:tblPr", make("w:tblBorders", *lines), make("w:tblCellMar", *room))
