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
from sclt.exchange.slidetags import losses, older_of
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
        for message in losses(self._root):
            self._tell(message)
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
                    yield from self._shapes(older_of(shape))

    def _shape(self, shape: etree._Element) -> str:
        kind = next((e.get("type", "obj") for e in shape.iter("{*}ph")), "")
        body = child(shape, "txBody")
        markup = "" if body is None else self._text(body, kind == "obj")
        if kind in _APART:
            self._tell_apart(kind, body)
            return ""
        self._tell_link(shape)
        if kind in _TITLES and not self._title and as_text(markup):
            self._title = as_text(markup)
            return ""
        if not as_text(markup) and not kind:
            named = _properties(shape)
            said = named.get("descr") or named.get("name", "")
            self._tell(f"a shape that is only drawn is left out: '{said[:120]}'.")
            return f"<p>{html.escape(named['descr'])}</p>" if named.get("descr") else ""
        return markup

    def _tell_apart(self, kind: str, body: etree._Element | None) -> None:
        """Tell, once, what stands at the foot of slides; dates and numbers are the program's."""
        said = " ".join(" ".join(t.text or "" for t in body.iter("{*}t")).split()) if body is not None else ""
        message = f"what stands at the foot of the slide is left out: '{said[:200]}'."
        if kind in ("ftr", "hdr") and said and not any(message in told.message for told in self._draft.lost):
            self._tell(message)

    def _tell_link(self, shape: etree._Element) -> None:
        """Tell where a shape or picture leads as a whole; links of words are carried."""
        named = next(shape.iter("{*}cNvPr"), None)
        click = child(named, "hlinkClick") if named is not None else None
        if click is None or click.get("action", "").endswith("//media"):
            return
        target = self._related.get(_reference(click, "id"))
        where = target.target if target and target.outside else "another slide"
        words = " ".join(" ".join(t.text or "" for t in shape.iter("{*}t")).split())
        said = words or _properties(shape).get("name", "")
        self._tell(f"a shape or picture is a link there: '{said[:80]}' leads to '{where[:200]}'.", "Link it anew.")

    def _text(self, body: etree._Element, bulleted: bool = False) -> str:
        """Return paragraphs; those that are indented, or have bullets or numbers, as lists.

        In the main text of a slide several paragraphs are ``bulleted`` unless they say otherwise.
        """
        rows = [(_level(p), _list_of(p), self._runs(p)) for p in children(body, "p")]
        rows = [(level, listed, text) for level, listed, text in rows if text.strip()]
        whole = "ul" if bulleted and len(rows) > 1 else ""
        found: list[str] = []
        lists: list[str] = []  # those that are open, from the outer to the inner one
        for level, listed, text in rows:
            kind = whole if listed is None else listed
            found += _lists(lists, level + 1 if kind or level else 0, kind or "ul")
            found.append(text if lists else f"<p>{text}</p>")
        return "".join([*found, *_lists(lists, 0, "")])

    def _runs(self, paragraph: etree._Element) -> str:
        found = []
        for each in paragraph:
            match local(each) if isinstance(each.tag, str) else "":
                case "r" | "fld":
                    found.append(self._run(each))
                case "br":
                    found.append("<br>")
                case "m" | "oMath" | "oMathPara":
                    found.append(self._formula(each))
                case "AlternateContent":
                    older = older_of(each)
                    held = next(each.iter("{*}oMath"), None) is not None
                    found.append(self._formula(each) if held else self._runs(older) if older is not None else "")
        return "".join(found)

    def _run(self, run: etree._Element) -> str:
        text = html.escape("".join(t.text or "" for t in children(run, "t")), quote=False)
        properties = child(run, "rPr")
        if properties is None or not text.strip():
            return text
        for name in ("b", "i"):
            if properties.get(name) in ("1", "true"):
                text = f"<{name}>{text}</{name}>"
        if properties.get("strike", "noStrike") != "noStrike":
            text = f"<s>{text}</s>"
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
        self._tell_link(shape)
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


def _properties(shape: etree._Element) -> dict[str, str]:
    found = next(shape.iter("{*}cNvPr"), None)
    return {} if found is None else {str(key): str(value) for key, value in found.attrib.items()}


def _level(paragraph: etree._Element) -> int:
    properties = child(paragraph, "pPr")
    level = properties.get("lvl", "0") if properties is not None else "0"
    return min(int(level), 8) if level.isdecimal() else 0


def _list_of(paragraph: etree._Element) -> str | None:
    """Return the start tag of the list to which a paragraph belongs; '' for none, None where it does not say."""
    properties = child(paragraph, "pPr")
    if properties is None:
        return None
    if (numbered := child(properties, "buAutoNum")) is not None:
        start = numbered.get("startAt", "1")
        return f'ol start="{start}"' if start.isdecimal() and start != "1" else "ol"
    if any(True for _ in children(properties, "buChar", "buBlip")):
        return "ul"
    return "" if any(True for _ in children(properties, "buNone")) else None


def _lists(lists: list[str], wanted: int, kind: str) -> list[str]:
    """Return the tags that close and open lists until as many are open as wanted, the innermost of its kind."""
    tags = []
    while len(lists) > wanted or (lists and len(lists) == wanted and lists[-1] != kind):
        tags.append(f"</li></{lists.pop()[:2]}>")
    if lists and len(lists) == wanted:
        return [*tags, "</li><li>"]
    while len(lists) < wanted:
        lists.append(kind)
        tags.append(f"<{kind}><li>")
    return tags


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
