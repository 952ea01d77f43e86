"""A .pptx presentation: a page for each slide, its text in reading order, its notes below (ECMA-376, part 1).

The reading order is that in which a slide lists its shapes, as screen readers take it. What is only drawn is told.
"""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from sclt.errors import Place
from sclt.exchange.charts import figures, table_of
from sclt.exchange.draft import LOST, Draft, Page, as_text
from sclt.exchange.formats import Format, Reader
from sclt.exchange.officeparts import Relation, main_part, parts_of, relations, unsound
from sclt.exchange.wordtext import formula, in_tex
from sclt.model.finding import Finding
from sclt.storage import safexml
from sclt.validation.read.xmltext import child, children, local

_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_TITLES = ("title", "ctrTitle")
_APART = ("dt", "ftr", "sldNum", "hdr")
"""Placeholders that each slide repeats: date, footer, number, header."""
_SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
_DRAWN = ("sp", "cxnSp")
DRAWING = {
    "sp": "a shape: its text is carried, one without text is told",
    "cxnSp": "a line between shapes: told",
    "pic": "a picture: carried with its alternative text; a film or sound in it is told",
    "graphicFrame": "a table is carried; a chart, diagram or object is told with its words",
    "grpSp": "a group: what it holds is carried",
    "contentPart": "handwriting: told",
    "AlternateContent": "one of several forms of the same: the older one is read",
}
"""What becomes of each thing that a slide can show."""


def read_slides(path: Path, title: str) -> Draft:
    """Read a .pptx. Raises UsageError where it is none."""
    parts = parts_of(path)
    main = main_part(parts, path)
    draft = Draft(path.name, title)
    named = {each.id: each for each in relations(parts, main, path)}
    root = safexml.parse(parts[main])
    listed = [_reference(each, "id") for each in root.iter("{*}sldId")]
    for n, name in enumerate(named[r].target for r in listed if r in named):
        if name not in parts:
            raise unsound(path)
        _Slide(draft, path, parts, name, n + 1).take()
    if not draft.pages:
        raise unsound(path, " (there is no slide in it)")
    return draft


def _reference(element: etree._Element, name: str) -> str:
    return element.get(f"{_RELATED}{name}") or element.get(f"{_STRICT}{name}") or ""


class _Slide:
    """Reads one slide; its number stands for the line in what is told."""

    def __init__(self, draft: Draft, path: Path, parts: dict[str, bytes], name: str, number: int) -> None:
        self._draft, self._path, self._parts, self._number = draft, path, parts, number
        self._root = safexml.parse(parts[name])
        self._related: dict[str, Relation] = {each.id: each for each in relations(parts, name, path)}
        self._title = ""

    def take(self) -> None:
        """Add the slide's page to the draft."""
        if self._root.get("show") in ("0", "false"):
            self._tell("the slide is hidden there, and is a page here.", "Take the page off the list, or keep it.")
        markup = "".join(self._shapes(next(self._root.iter("{*}spTree"), None)))
        if next(self._root.iter("{*}timing"), None) is not None:
            self._tell("the order in which things appear on the slide is left out.", "All of it shows at once.")
        title = self._title or f"{self._draft.title} {self._number}"
        place = Place(self._draft.file, self._number)
        self._draft.pages.append(Page(title, markup + self._notes(), place=place))

    def _tell(self, message: str, mend: str = "Look at it.") -> None:
        place = Place(self._draft.file, self._number)
        self._draft.lost.append(Finding(LOST, place, f"slide {self._number}: {message}", mend))

    def _shapes(self, tree: etree._Element | None) -> Iterator[str]:
        for shape in tree if tree is not None else ():
            if not isinstance(shape.tag, str):
                continue
            match local(shape):
                case "sp" | "cxnSp":
                    yield self._shape(shape)
                case "pic":
                    yield self._picture(shape)
                case "graphicFrame":
                    yield self._frame(shape)
                case "grpSp":
                    yield from self._shapes(shape)
                case "AlternateContent":
                    yield from self._shapes(_older(shape))
                case "contentPart":
                    self._tell("handwriting is left out.")

    def _shape(self, shape: etree._Element) -> str:
        kind = next((e.get("type", "obj") for e in shape.iter("{*}ph")), "")
        body = child(shape, "txBody")
        markup = "" if body is None else self._text(body, kind == "obj")
        if kind in _APART:
            return ""
        if kind in _TITLES and not self._title and as_text(markup):
            self._title = as_text(markup)
            return ""
        if not as_text(markup) and not kind:
            named = _properties(shape)
            said = named.get("descr") or named.get("name", "")
            self._tell(f"a shape that is only drawn is left out: '{said[:120]}'.")
            return f"<p>{html.escape(named['descr'])}</p>" if named.get("descr") else ""
        return markup

    def _text(self, body: etree._Element, bulleted: bool = False) -> str:
        """Return paragraphs; those that are indented, or have bullets or numbers, as lists.

        In the main text of a slide several paragraphs are ``bulleted`` unless they say otherwise.
        """
        rows = [(_level(p), _is_listed(p), self._runs(p)) for p in children(body, "p")]
        rows = [(level, listed, text) for level, listed, text in rows if text.strip()]
        whole = bulleted and len(rows) > 1
        rows = [(level, whole if listed is None else listed, text) for level, listed, text in rows]
        found: list[str] = []
        open_lists = 0
        for level, listed, text in rows:
            wanted = level + 1 if listed or level else 0
            found += ["</li></ul>"] * max(open_lists - wanted, 0)
            if wanted > open_lists:
                found += ["<ul><li>"] * (wanted - open_lists)
            elif wanted:
                found.append("</li><li>")
            open_lists = wanted
            found.append(text if wanted else f"<p>{text}</p>")
        return "".join(found) + "</li></ul>" * open_lists

    def _runs(self, paragraph: etree._Element) -> str:
        found = []
        for each in paragraph:
            match local(each) if isinstance(each.tag, str) else "":
                case "r" | "fld":
                    found.append(self._run(each))
                case "br":
                    found.append("<br>")
                case "m" | "oMath" | "oMathPara" | "AlternateContent":
                    found.append(self._formula(each))
        return "".join(found)

    def _run(self, run: etree._Element) -> str:
        text = html.escape("".join(t.text or "" for t in children(run, "t")), quote=False)
        properties = child(run, "rPr")
        if properties is None or not text.strip():
            return text
        for name in ("b", "i"):
            if properties.get(name) in ("1", "true"):
                text = f"<{name}>{text}</{name}>"
        moved = properties.get("baseline", "0").strip("0%")
        if moved:
            text = f"<sub>{text}</sub>" if moved.startswith("-") else f"<sup>{text}</sup>"
        link = next(iter(children(properties, "hlinkClick")), None)
        target = self._related.get(_reference(link, "id")) if link is not None else None
        if target and target.outside:
            return f'<a href="{html.escape(target.target)}">{text}</a>'
        if link is not None:
            self._tell(f"a link within the presentation is left out: '{as_text(text)[:80]}'.", "Link it anew.")
        return text

    def _formula(self, element: etree._Element) -> str:
        whole = next((e for e in element.iter("{*}oMath")), None)
        if whole is not None and (written := in_tex(whole)):
            return html.escape(written)
        text = " ".join(formula(whole).split()) if whole is not None else ""
        if text:
            self._tell(f"the formula '{text[:80]}' became text.")
        return html.escape(text)

    def _picture(self, shape: etree._Element) -> str:
        named = _properties(shape)
        if any(local(e) in ("videoFile", "audioFile", "quickTimeFile", "wavAudioFile") for e in shape.iter("{*}*")):
            self._tell(
                f"a film or sound is left out: '{named.get('name', '')[:80]}'.", "Add it as a film of the module."
            )
        blip = next(shape.iter("{*}blip"), None)
        relation = self._related.get(_reference(blip, "embed")) if blip is not None else None
        if relation is None or relation.target not in self._parts:
            self._tell(f"a picture that is not in the file is left out: '{named.get('descr', '')[:120]}'.")
            return f"<p>{html.escape(named.get('descr', ''))}</p>"
        if not relation.target.lower().endswith(_SHOWN):
            self._tell(f"the picture '{posixpath.basename(relation.target)}' is of a kind that browsers do not show.")
            return f"<p>{html.escape(named.get('descr', ''))}</p>"
        self._draft.media[relation.target] = self._parts[relation.target]
        described = f' alt="{html.escape(named["descr"])}"' if named.get("descr") else ""
        return f'<p><img src="{html.escape(relation.target)}"{described}></p>'

    def _frame(self, frame: etree._Element) -> str:
        table = next(frame.iter("{*}tbl"), None)
        if table is not None:
            return self._table(table)
        named = _properties(frame)
        kind = next((e.get("uri", "").rpartition("/")[2] for e in frame.iter("{*}graphicData")), "") or "object"
        if rows := self._figures(frame):
            self._tell("of a chart the figures are carried, as a table.", "Draw it as a picture, if it should be seen.")
            return (f"<p>{html.escape(named['descr'])}</p>" if named.get("descr") else "") + table_of(rows)
        said = " ".join(filter(None, [named.get("descr", ""), *self._words_of(frame)]))
        self._tell(f"a drawing ({kind}) is left out, its words stay: '{said[:120]}'.", "Draw it as a picture.")
        return f"<p>{html.escape(said)}</p>" if said else ""

    def _figures(self, frame: etree._Element) -> list[list[str]]:
        """Return the names and figures of a chart, which is a part of its own."""
        charts = (self._related.get(_reference(each, "id")) for each in frame.iter("{*}chart"))
        content = next((self._parts[each.target] for each in charts if each and each.target in self._parts), b"")
        return figures(safexml.parse(content)) if content else []

    def _words_of(self, frame: etree._Element) -> Iterator[str]:
        """Yield the words of a chart or diagram, which is a part of its own."""
        for element in frame.iter("{*}*"):
            for name in ("id", "dm"):
                relation = self._related.get(_reference(element, name))
                content = self._parts.get(relation.target) if relation else None
                if content and relation and relation.target.endswith(".xml"):
                    root = safexml.parse(content)
                    yield from (t.text.strip() for t in root.iter("{*}t", "{*}v") if t.text and t.text.strip())

    def _table(self, table: etree._Element) -> str:
        headed = next((e.get("firstRow") in ("1", "true") for e in children(table, "tblPr")), False)
        rows = []
        for n, row in enumerate(children(table, "tr")):
            tag = "th" if headed and n == 0 else "td"
            cells = [c for c in children(row, "tc") if not {"1", "true"} & {c.get("hMerge"), c.get("vMerge")}]
            rows.append("".join(self._cell(cell, tag) for cell in cells))
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"

    def _cell(self, cell: etree._Element, tag: str) -> str:
        body = child(cell, "txBody")
        text = self._text(body) if body is not None else ""
        across, down = (html.escape(cell.get(name, "1")) for name in ("gridSpan", "rowSpan"))
        return f'<{tag} colspan="{across}" rowspan="{down}">{text}</{tag}>'

    def _notes(self) -> str:
        """Return the speaker's notes as details that open on demand."""
        found = []
        for relation in self._related.values():
            content = self._parts.get(relation.target)
            if content and relation.kind == "notesSlide":
                shapes = safexml.parse(content).iter("{*}sp")
                bodies = [s for s in shapes if any(e.get("type") == "body" for e in s.iter("{*}ph"))]
                found += [self._text(b) for s in bodies if (b := child(s, "txBody")) is not None]
            elif content and relation.kind == "comments":
                said = " ".join(" ".join(map(str, safexml.parse(content).itertext())).split())
                self._tell(f"comments are left out: '{said[:200]}'.")
        text = "".join(found)
        summary = html.escape(self._title or str(self._number))
        return f"<details><summary>{summary}</summary>{text}</details>" if as_text(text) else ""


def _older(choice: etree._Element) -> etree._Element | None:
    parts = {local(part): part for part in choice if isinstance(part.tag, str)}
    return parts.get("Fallback", parts.get("Choice"))


def _properties(shape: etree._Element) -> dict[str, str]:
    found = next(shape.iter("{*}cNvPr"), None)
    return {} if found is None else {str(key): str(value) for key, value in found.attrib.items()}


def _level(paragraph: etree._Element) -> int:
    properties = child(paragraph, "pPr")
    level = properties.get("lvl", "0") if properties is not None else "0"
    return min(int(level), 8) if level.isdecimal() else 0


def _is_listed(paragraph: etree._Element) -> bool | None:
    """Tell whether a paragraph has a bullet or a number of its own; None where it does not say."""
    properties = child(paragraph, "pPr")
    if properties is None or any(True for _ in children(properties, "buNone")):
        return None if properties is None else False
    return True if any(True for _ in children(properties, "buChar", "buAutoNum", "buBlip")) else None


FORMAT = Format(
    "pptx",
    "presentation",
    Reader(
        (".pptx",),
        read_slides,
        "a page for each slide: title, text in reading order, lists, tables, pictures with their alternatives, links, "
        "speaker's notes as details",
        "shapes and diagrams (their words stay), charts (their figures become a table), films, the order of appearance "
        "(all are told)",
    ),
)
