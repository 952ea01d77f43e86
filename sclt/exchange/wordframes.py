"""Makes containers of the tables that a Word document has for them, as `sclt.exchange.word` writes them.

Such a table is known by the second cell of its first row, which is the opening line of the author's format. People may
write such tables themselves: labels are read in every language that has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from sclt.exchange.draft import as_text
from sclt.exchange.frames import LEADS, ORDERED, Frame, Line, Part
from sclt.exchange.word import LEADS_TO, MARKS, PAIR
from sclt.locale import document_meanings
from sclt.questions import TYPES
from sclt.storage import safexml

_FENCE = re.compile(r"^:{3,}\s*([a-z]+)\s*(?:\{(.*)\})?\s*$")
_OPTION = re.compile(r'#([\w-]+)|([\w-]+)=(?:"([^"]*)"|(\S+))')
_QUOTES = re.compile("[\u201c-\u201f\u2033\u00ab\u00bb]")
_MARK = re.compile(
    rf"^(?P<sign>[✓✔☑☒xX]|\[[xX ]\]|[✗✘☐]|•|{PAIR}|\d+[.)]|[-−]?\d+(?:[.,]\d+)?\s?%|{LEADS_TO}\s*[\w-]+)?"
    r"(?:\s*#(?P<name>[\w-]+))?(?P<fixed>\s*\.fixed)?$"
)
_SIGNS = {
    **{shown: mark for mark, shown in MARKS.items()},
    **dict.fromkeys(("✔", "☑", "☒", "x", "X", "[x]", "[X]"), "x"),
    **dict.fromkeys(("✘", "☐", "[ ]"), " "),
}
_GAP = re.compile(r"\[\[((?:\\.|[^\\<>])+?)\]\]")
_FIELD = re.compile(r"_{4,}(?: x\d{1,2})?(?: ?\{#[a-z][a-z0-9-]*\})?")
Tell = Callable[[str], None]


def parts_of(markup: str, tell: Tell) -> tuple[Part, ...]:
    """Return the HTML of a page as HTML and containers in turn; ``tell`` hears what of a table is not understood."""
    if ":::" not in markup:
        return (markup,) if markup else ()
    return tuple(_parts(safexml.parse_fragment(markup).find("body"), tell))


def _parts(root: etree._Element | None, tell: Tell) -> Iterator[Part]:
    if root is None:
        return
    run = _escaped(root.text)
    for element in root:
        if fence := _fence_of(element):
            yield from [run] if run.strip() else []
            yield _frame(element, fence, tell)
            run = _escaped(element.tail)
        else:
            run += etree.tostring(element, encoding="unicode", method="html")
    yield from [run] if run.strip() else []


def _escaped(said: str | None) -> str:
    return (said or "").replace("&", "&amp;").replace("<", "&lt;")


def _rows(table: etree._Element) -> list[list[etree._Element]]:
    """Return the cells of a table's own rows, not of tables within it."""
    groups = [table, *(part for part in table if part.tag in ("thead", "tbody"))]
    rows = [row for group in groups for row in group if row.tag == "tr"]
    return [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]


def _fence_of(element: etree._Element) -> re.Match[str] | None:
    """Return the opening line that the first row of a table has in its second cell; those behind it are empty."""
    rows = _rows(element) if element.tag == "table" else []
    alone = bool(rows) and len(rows[0]) > 1 and all(map(_is_empty, rows[0][2:]))
    return _FENCE.match(_said(rows[0][1])) if alone else None


def _said(cell: etree._Element) -> str:
    return " ".join("".join(map(str, cell.itertext())).split())


def _is_empty(cell: etree._Element) -> bool:
    return not _said(cell) and cell.find(".//img") is None


def _inside(cell: etree._Element) -> str:
    """Return what a cell holds as HTML; one paragraph alone is what it holds."""
    only = cell[0] if len(cell) == 1 and cell[0].tag == "p" and not (cell.text or "").strip() else cell
    return _escaped(only.text) + "".join(etree.tostring(each, encoding="unicode", method="html") for each in only)


def _frame(table: etree._Element, fence: re.Match[str], tell: Tell) -> Frame:
    made = _Table(fence[1], options_of(fence[2] or ""), tell)
    for row in _rows(table)[1:]:
        made.take(row)
    return made.frame()


def options_of(braces: str) -> dict[str, str]:
    """Return options as they stand in braces; a word processor may have turned their quotation marks."""
    found = _OPTION.finditer(_QUOTES.sub('"', braces))
    return {match[2] or "id": match[1] or match[3] or match[4] or "" for match in found}


class _Table:
    """Reads the rows of one container."""

    def __init__(self, name: str, options: dict[str, str], tell: Tell) -> None:
        self._name, self._options, self._tell = name, options, tell
        self._body: list[Part] = []
        self._lines: list[Line] = []
        self._notes: list[tuple[str, str]] = []
        self._kind = TYPES.get(options.get("type", ""))

    def frame(self) -> Frame:
        """Return what was read."""
        lines = self._lines
        if self._kind and self._kind.fixed and lines:
            self._options["answer"] = self._kind.fixed[0 if lines[0].mark == "x" else 1]
            lines = []
        return Frame(self._name, self._options, tuple(self._body), tuple(lines), tuple(self._notes))

    def take(self, row: list[etree._Element]) -> None:
        """Read a row: text, a label with a note, or a line of the list."""
        if len(row) < 2:
            self._text(row)
            return
        label = _said(row[0])
        meaning = document_meanings().get(label.lower().rstrip(":"), "")
        mark = _MARK.match(label)
        if meaning == "title":
            first = {name: self._options[name] for name in ("id",) if name in self._options}
            self._options = first | {"title": _said(row[1])} | self._options
        elif meaning.startswith("note_"):
            self._notes.append((meaning.removeprefix("note_").capitalize(), _inside(row[1])))
        elif label and mark:
            self._lines.append(self._line(mark, row))
        elif label and all(map(_is_empty, row[1:])):  # a row of text whose cells nobody merged
            self._text(row[:1])
        elif label or (any(map(_said, row[1:])) and not self._is_head(row)):
            self._tell(f"a row of a table is not understood: '{' | '.join(map(_said, row))[:120]}'")
            self._body += ["".join(f"<p>{_inside(cell)}</p>" for cell in row)]

    def _text(self, cells: list[etree._Element]) -> None:
        self._body += [self._held(part) for cell in cells for part in _parts(cell, self._tell)]

    def _is_head(self, row: list[etree._Element]) -> bool:
        """Tell whether a row says what stands in the columns."""
        return all(document_meanings().get(_said(cell).lower()) for cell in row[1:])

    def _line(self, mark: re.Match[str], row: list[etree._Element]) -> Line:
        sign, last = mark["sign"] or "", _inside(row[2]) if len(row) > 2 else ""
        name, fixed = mark["name"] or "", bool(mark["fixed"])
        if sign == PAIR:
            return Line("", _inside(row[1]), right=last, name=name)
        said = last if as_text(last) or "<img" in last else ""
        return Line(_mark(sign), _inside(row[1]), said, name=name, fixed=fixed)

    def _held(self, part: Part) -> Part:
        """Return HTML in which gaps and fields are marked."""
        if isinstance(part, Frame):
            return part
        if self._kind and self._kind.in_text:
            return _GAP.sub(lambda match: _span("gap", match[1]), part)
        if self._name == "worksheet":
            return _FIELD.sub(lambda match: _span("field", match[0]), part)
        return part


def _span(kind: str, inner: str) -> str:
    quoted = inner.replace('"', "&quot;")
    return f'<span data-{kind}="{quoted}"></span>'


def _mark(sign: str) -> str:
    """Return the mark of a line by what a table shows for it."""
    if sign.startswith(LEADS_TO):
        return LEADS + sign.removeprefix(LEADS_TO).strip()
    if sign.endswith("%"):
        return sign.replace(" ", "").replace("−", "-").replace(",", ".")
    return _SIGNS.get(sign, ORDERED if sign[:1].isdigit() else "")
