"""Writes a module as a Word document: its pages as text, its containers as tables that the reader knows again.

The first row of such a table says what it is to people, and to the reader by the opening line of the author's format.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from sclt.errors import Place
from sclt.exchange.draft import LOST
from sclt.exchange.frames import LEADS, ORDERED, Frame, Line, Part, glossary_of, objectives_of, parts_of, settings
from sclt.exchange.wordblocks import Blocks, cell_of, row_of, table_of
from sclt.exchange.wordml import ROOM, Package, make, paragraph, text
from sclt.locale import document_words, words
from sclt.model.course import Module, PageText
from sclt.model.finding import Finding
from sclt.model.site import Content
from sclt.storage.archive import write_zip
from sclt.storage.cache import Cache

MARKS = {"x": "✓", " ": "✗", "": "•"}
"""What shows of a line whether it is right."""
PAIR, LEADS_TO = "↔", "→"
TERM = "term_"
"""What the bookmark of a term begins with; that of a page begins with sclt_."""
_FIRST_TERM = 100_000
_SHADE = "EEF2F6"
_NARROWING = 300
"""So much narrower is what lies in a cell."""


def write_word(module: Module, root: Path, language: str, out: Path) -> list[Finding]:
    """Write a module in one language as a Word document; return what it has no place for."""
    document = _Document(module, root, language)
    write_zip(out, document.files(), "[Content_Types].xml", Cache())
    place = Place(f"{module.folder}/module.yaml")
    return [Finding(LOST, place, f"{message}.") for message in document.lost]


def bookmark(identifier: str, kind: str = "sclt_") -> str:
    """Return the name of a page's or a term's bookmark: Word takes letters, digits and low lines, at most 40."""
    name = f"{kind}{identifier.replace('-', '_')}"
    return name if len(name) <= 40 else ""


def _anchor(page: str, term: str) -> str:
    """Return the bookmark of a page, or of a term of the glossary."""
    return bookmark(page) if page else bookmark(term, TERM)


class _Document:
    """Writes one document."""

    def __init__(self, module: Module, root: Path, language: str) -> None:
        self._module, self._language = module, language
        self._package = Package()
        self._words = words(language, module.theme.words) | document_words(language)
        self._lost: dict[str, None] = {}
        self._blocks = Blocks(self._package, root / module.folder, _anchor, self._tell)

    @property
    def lost(self) -> list[str]:
        """What the document has no place for, each kind once."""
        return list(self._lost)

    def _tell(self, message: str) -> None:
        self._lost[message] = None

    def files(self) -> dict[str, Content]:
        """Return the parts of the document."""
        metadata = self._module.metadata
        body = [paragraph("Title", [_run(metadata.title[self._language])])]
        before, behind = (make_frame(self._module, self._language) for make_frame in (objectives_of, glossary_of))
        body += self._parts([before] if before.lines else [], ROOM)
        for n, page in enumerate(self._module.pages, 1):
            body += self._page(page.texts[self._language], n)
        body += self._parts([behind] if behind.lines else [], ROOM)
        about = {"title": metadata.title, "description": metadata.description, "creator": metadata.publisher}
        said = {key: value[self._language] for key, value in about.items()}
        return self._package.files(body, said | {"language": self._language}, self._module.theme)

    def _page(self, page: PageText, number: int) -> Iterator[etree._Element]:
        heading = paragraph("Heading1", [_run(page.title)])
        if name := bookmark(page.id):
            heading.insert(1, make("w:bookmarkStart", w_id=str(number), w_name=name))
            heading.append(make("w:bookmarkEnd", w_id=str(number)))
        yield heading
        serves = [Frame("serves", {"objectives": " ".join(page.objectives)}, ())] if page.objectives else []
        yield from self._parts([*serves, *parts_of(page.blocks)], ROOM)

    def _parts(self, parts: Sequence[Part], room: int) -> Iterator[etree._Element]:
        for part in parts:
            if isinstance(part, Frame):
                yield self._frame(part, room)
                yield paragraph("Apart", [])
            else:
                yield from self._blocks.of(part, room)

    # Containers

    def _frame(self, frame: Frame, room: int) -> etree._Element:
        middle = room * (25 if frame.name == "glossary" else 47) // 100
        widths = (room * 20 // 100, middle, room - room * 20 // 100 - middle)
        rows = [self._head(frame, widths)]
        if title := frame.options.get("title"):
            rows.append(self._row(self._words["title"], html.escape(title), widths))
        inner = list(self._parts(frame.body, room - _NARROWING))
        rows += [row_of([cell_of(inner, room, across=3)])] if inner else []
        if lines := frame.lines or self._truths(frame):
            rows += self._list(frame, lines, widths)
            _anchor_terms(frame, rows)
        rows += [self._row(self._words[f"note_{word.lower()}"], markup, widths) for word, markup in frame.notes]
        return table_of(rows, widths)

    def _head(self, frame: Frame, widths: Sequence[int]) -> etree._Element:
        """Return the first row: what it is, and the opening line of the author's format."""
        options = {name: value for name, value in frame.options.items() if name not in ("title", "answer")}
        said = settings(options)
        fence = f":::{frame.name}" + (f" {{{said}}}" if said else "")
        shown = self._words.get(f"box_{frame.name}") or self._words.get(frame.name) or frame.name.capitalize()
        cells = [
            cell_of([paragraph("", [_run(shown, "w:b")])], widths[0], shade=_SHADE),
            cell_of([paragraph("", [_styled(fence)])], widths[1] + widths[2], across=2, shade=_SHADE),
        ]
        return row_of(cells)

    def _row(self, label: str, markup: str, widths: Sequence[int]) -> etree._Element:
        """Return a row with a label and what it is of."""
        blocks = self._blocks.of(markup, widths[1] + widths[2] - _NARROWING)
        cells = [_label(label, widths[0]), cell_of(blocks, widths[1] + widths[2], across=2)]
        return row_of(cells)

    def _list(self, frame: Frame, lines: Sequence[Line], widths: Sequence[int]) -> list[etree._Element]:
        """Return the lines as rows: with what stands above them, or, of objectives, each with its text alone."""
        if frame.name == "objectives":
            return [self._row(_mark(line, n), line.html, widths) for n, line in enumerate(lines, 1)]
        rows = [self._line(line, n, widths) for n, line in enumerate(lines, 1)]
        return [self._titles(frame, lines, widths), *rows]

    def _titles(self, frame: Frame, lines: Sequence[Line], widths: Sequence[int]) -> etree._Element:
        paired = any(line.right is not None for line in lines)
        usual = ("answers", "belongs" if paired else "feedback")
        said = ("", *(self._words[key] for key in (("term", "meaning") if frame.name == "glossary" else usual)))
        return row_of([_label(words, width) for words, width in zip(said, widths, strict=False)])

    def _truths(self, frame: Frame) -> tuple[Line, ...]:
        """Return the two answers of a question that is a statement, of which one is right."""
        if "answer" not in frame.options:
            return ()
        ways = ("true", "false")
        return tuple(Line("x" if frame.options["answer"] == way else " ", self._words[f"answer_{way}"]) for way in ways)

    def _line(self, line: Line, n: int, widths: Sequence[int]) -> etree._Element:
        last = line.feedback if line.right is None else line.right
        shown = (
            self._blocks.of(each, width - _NARROWING) for each, width in zip((line.html, last), widths[1:], strict=True)
        )
        cells = [cell_of(blocks, width) for blocks, width in zip(shown, widths[1:], strict=True)]
        return row_of([_label(_mark(line, n), widths[0]), *cells])


def _anchor_terms(frame: Frame, rows: Sequence[etree._Element]) -> None:
    """Let links lead to the terms of a glossary, whose rows are the last ones."""
    if frame.name != "glossary":
        return
    for n, (line, row) in enumerate(zip(frame.lines, rows[-len(frame.lines) :], strict=True)):
        first = next(row.iter(make("w:p").tag))
        if name := bookmark(line.name, TERM):
            first.append(make("w:bookmarkStart", w_id=str(_FIRST_TERM + n), w_name=name))
            first.append(make("w:bookmarkEnd", w_id=str(_FIRST_TERM + n)))


def _mark(line: Line, n: int) -> str:
    """Return what a line shows in front: its mark, its identifier, that it keeps its place."""
    if line.right is not None:
        sign = PAIR
    elif line.mark.startswith(LEADS):
        sign = f"{LEADS_TO} {line.mark.removeprefix(LEADS)}"
    else:
        sign = f"{n}." if line.mark == ORDERED else MARKS.get(line.mark, line.mark)
    return " ".join([sign, *([f"#{line.name}"] if line.name else []), *([".fixed"] if line.fixed else [])])


def _label(words: str, width: int) -> etree._Element:
    return cell_of([paragraph("", [_run(words, "w:b")])], width)


def _run(words: str, *looks: str) -> etree._Element:
    properties = [make("w:rPr", *map(make, looks))] if looks else []
    return make("w:r", *properties, text(words))


def _styled(words: str) -> etree._Element:
    return make("w:r", make("w:rPr", make("w:rStyle", w_val="Settings")), text(words))
