"""HTML of others as the author's Markdown: nothing vanishes, and what cannot be written is told.

What becomes of an element is said by `sclt.exchange.htmltags`. A sentence is read again as authors' pages are read:
where it would not say the same words, it goes without its marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml import etree

from sclt.errors import UsageError
from sclt.exchange.elements import cells_of, is_block, items, number_of, rows_of, strays, tag_of, verbatim
from sclt.exchange.frames import settings
from sclt.exchange.pieces import BLANK, RUN, Piece, code_span, said_by, words_of
from sclt.exchange.sentences import DEPTH, Sentences
from sclt.exchange.shelf import Shelf
from sclt.storage import safexml

_LANGUAGE = re.compile(r"\b(?:language|lang|brush:)\s*-?([A-Za-z0-9+#]+)")
_BULLET = re.compile(r"^ *(?:[-*>] +)+", re.MULTILINE)
_FENCED = re.compile(r"(```+)[^\n]*\n(.*)\n\1", re.DOTALL)
_CLOSED = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_HEADINGS = {"h1": "##", "h2": "##", "h3": "###", "h4": "####", "h5": "#####", "h6": "######"}
_OTHER_BLOCK = re.compile(r"```|\| |#{1,6} |>|[-*] |\d+[.)] |---$|:::")
_CLOSING = re.compile(r"(?:(?<=\s)|^)(?=#+$)")
_FLAT = frozenset(["li", "td", "th", "dt", "dd"])
"""What lies in these is not at the top of a page: headings there are bold."""


def to_markdown(markup: str, shelf: Shelf, apart: bool = False) -> str:
    """Return HTML as blocks of Markdown; ``apart`` keeps its lists apart from one that follows.

    Raises UsageError where elements lie in each other too deeply.
    """
    return "\n\n".join(_Writer(shelf, "*" if apart else "-").blocks(_parsed(markup, shelf)))


def to_blocks(markup: str, shelf: Shelf, within: str = "") -> list[str]:
    """Return HTML that lies ``within`` an element as blocks of Markdown."""
    return _Writer(shelf, "*", [within]).blocks(_parsed(markup, shelf))


def is_paragraph(block: str) -> bool:
    """Tell whether a block is a paragraph."""
    return not _OTHER_BLOCK.match(block)


def to_line(markup: str, shelf: Shelf) -> str:
    """Return HTML as one line of Markdown; that several paragraphs, a list or a table became one is told."""
    blocks = to_blocks(markup, shelf, "td")
    if len(blocks) > 1 or "\n" in "".join(blocks):
        shelf.tell("several paragraphs, a list, a table or lines of code became one line.", "Look at it.")
    return _on_one_line(blocks)


def _on_one_line(blocks: list[str]) -> str:
    """Return blocks as one line: items without their bullets, code as code."""
    return RUN.sub(" ", " ".join(_BULLET.sub("", _code_on_one_line(block)) for block in blocks)).strip(BLANK)


def _code_on_one_line(block: str) -> str:
    fenced = _FENCED.fullmatch(block)
    return code_span(" ".join(fenced[2].split())).text if fenced else block.replace("\\\n", " ")


def _parsed(markup: str, shelf: Shelf) -> etree._Element:
    shelf.offset = 0
    try:
        root = safexml.parse_fragment(_CLOSED.sub("", markup))
    except ValueError as error:
        hint = "Take out the elements that only lie in each other."
        raise UsageError("the HTML nests too deeply.", hint=hint) from error
    return root


class _Writer(Sentences):
    """Writes the blocks of one text."""

    def __init__(self, shelf: Shelf, bullet: str, within: Sequence[str] = ()) -> None:
        super().__init__(shelf, within)
        self._bullet, self._ordered = bullet, ")" if bullet == "*" else "."
        self._block: dict[str, Callable[[etree._Element], list[str]]] = {
            **dict.fromkeys(_HEADINGS, self._heading),
            **dict.fromkeys(("ul", "ol", "menu", "dir"), self._list),
            "blockquote": self._quotation,
            "details": self._details,
            "figure": self._figure,
            "dt": self._term,
            "legend": self._term,
            "hr": lambda _element: ["---"],
            "pre": self._code_block,
            "table": self._table,
        }

    def blocks(self, element: etree._Element) -> list[str]:
        """Return what an element holds as blocks."""
        if len(self._within) > DEPTH:
            raise UsageError("the HTML nests too deeply.", hint="Take out the elements that only lie in each other.")
        self._within.append(tag_of(element))
        found: list[str] = []
        run: list[Piece] = [*words_of(element.text)]
        for child in element:
            if is_block(child):
                found += [*self._paragraph(run), *self._of(child)]
                run = []
            else:
                run += self._inline(child)
            run += words_of(child.tail)
        self._within.pop()
        return _apart([*found, *self._paragraph(run)])

    def _of(self, element: etree._Element) -> list[str]:
        """Return the blocks of a block, or of something in a sentence that holds blocks."""
        self._account(element)
        return self._block.get(tag_of(element), self.blocks)(element)

    def _heading(self, element: etree._Element) -> list[str]:
        line = self._flat(element)
        if not line:
            return []
        if _FLAT & set(self._within):
            return [_bold(line)]
        text = _CLOSING.sub(r"\\", line)
        return [f"{_HEADINGS[tag_of(element)]} {text}"]

    def _term(self, element: etree._Element) -> list[str]:
        line = self._flat(element)
        return [_bold(line)] if line else []

    def _flat(self, element: etree._Element) -> str:
        """Return what an element holds on one line."""
        self._within.append("td")
        line = _on_one_line(self.blocks(element))
        self._within.pop()
        return line

    def _quotation(self, element: etree._Element) -> list[str]:
        if _FLAT & set(self._within):  # a quotation in a list item of ours is feedback
            return self.blocks(element)
        lines = "\n\n".join(self.blocks(element)).split("\n")
        return ["\n".join(f"> {line}".rstrip() for line in lines)] if any(lines) else []

    def _details(self, element: etree._Element) -> list[str]:
        summary = next((child for child in element if tag_of(child) == "summary"), None)
        said = "" if summary is None else " ".join("".join(map(str, summary.itertext())).split())
        if summary is None or not said or len(self._within) > 2 or self._bullet == "*":
            return self.blocks(element)
        _take_out(summary)
        return [f":::details {{{settings({'title': said})}}}\n" + "\n\n".join(self.blocks(element)) + "\n:::"]

    def _figure(self, element: etree._Element) -> list[str]:
        caption = next((child for child in element if tag_of(child) == "figcaption"), None)
        pictures = list(element.iter("img"))
        if caption is None or len(pictures) != 1 or len(caption) or pictures[0].get("title"):
            return self.blocks(element)
        if _says_more(element, caption) or {"td", "th", "dt"} & set(self._within):  # titles of others are not seen
            return self.blocks(element)
        pictures[0].set("title", " ".join((caption.text or "").split()))
        _take_out(caption)
        return self.blocks(element)

    def _code_block(self, element: etree._Element) -> list[str]:
        inner = element[0] if len(element) == 1 and tag_of(element[0]) == "code" else element
        code = verbatim(inner).strip("\n")
        language = _LANGUAGE.search(f"{inner.get('class', '')} {element.get('class', '')}")
        for child in element.iterdescendants():
            self._account(child)
        if element.find(".//img") is not None:
            self._shelf.tell("a picture among lines of code is left out.", "Add it below them.")
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
        return [f"{fence}{language[1] if language else ''}\n{code}\n{fence}"] if code.strip() else []

    def _list(self, element: etree._Element) -> list[str]:
        ordered = tag_of(element) == "ol"
        start = number_of(element.get("start"), 1)
        rows: list[str] = []
        loose = False
        for n, item in enumerate(items(element)):
            lead = f"{start + n}{self._ordered} " if ordered else f"{self._bullet} "
            self._account(item)
            blocks = self.blocks(item)
            loose = loose or len([b for b in blocks if not _lists(b)]) > 1
            body = ("\n\n" if loose else "\n").join(blocks) if blocks else ""
            rows.append(lead + indented(body, len(lead)))
        return [("\n\n" if loose else "\n").join(rows)] if rows else []

    def _table(self, element: etree._Element) -> list[str]:
        if any(tag_of(e) in ("table", *_HEADINGS) for e in element.iter() if e is not element):
            self._shelf.tell("a table that arranges a page became text.", "Look at the order of its parts.")
            return self.blocks(element)
        captions = [block for e in element if tag_of(e) == "caption" for block in self._of(e)]
        rows = list(rows_of(element))
        grid = self._grid(rows)
        width = max((len(row) for row in grid), default=0)
        if not width:
            return [*captions, *self.blocks(element)]
        others = [block for e in strays(element) for block in self.blocks(e)]
        headed = bool(rows) and all(tag_of(cell) == "th" for cell in cells_of(rows[0]))
        headed = headed or tag_of(rows[0].getparent()) == "thead"
        full = [row + [""] * (width - len(row)) for row in (grid if headed else [[""] * width, *grid])]
        lines = [f"| {' | '.join(row)} |" for row in full]
        table = "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])
        return [*others, table, *([f": {said}"] if (said := _on_one_line(captions)) else [])]

    def _grid(self, rows: list[etree._Element]) -> list[list[str]]:
        """Return cells by row and column: what spans several stands in the first, and that is told."""
        grid: list[dict[int, str]] = [{} for _ in rows]
        for y, row in enumerate(rows):
            self._account(row)
            x = 0
            for cell in cells_of(row):
                self._account(cell)
                while x in grid[y]:
                    x += 1
                across = min(max(number_of(cell.get("colspan"), 1), 1), 100)
                down = min(max(number_of(cell.get("rowspan"), 1), 1), len(rows) - y)
                if across > 1 or down > 1:
                    message = "a cell over several columns or rows stands once; the others are empty."
                    self._shelf.tell(message, "Look at the table.")
                text = self._cell(cell)
                for spanned in grid[y : y + down]:
                    spanned.update(dict.fromkeys(range(x, x + across), ""))
                grid[y][x] = text
        return [[row.get(x, "") for x in range(max(row, default=-1) + 1)] for row in grid]

    def _cell(self, cell: etree._Element) -> str:
        blocks = self.blocks(cell)
        if len(blocks) > 1 or "\n" in "".join(blocks):
            self._shelf.tell("what stood on several lines of a cell stands on one.", "Look at the table.")
        return _on_one_line(blocks)


def _says_more(element: etree._Element, part: etree._Element) -> bool:
    """Tell whether an element has words outside of a part of it."""
    whole, within = ("".join("".join(map(str, each.itertext())).split()) for each in (element, part))
    return len(whole) > len(within)


def _take_out(element: etree._Element) -> None:
    """Take an element out of what it lies in; the words behind it stay."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    elif parent is not None:
        parent.text = (parent.text or "") + (element.tail or "")
    if parent is not None:
        parent.remove(element)


def indented(text: str, margin: int) -> str:
    """Return lines of which all but the first and the empty ones begin ``margin`` blanks further right."""
    first, *others = text.split("\n")
    return "\n".join([first, *(" " * margin + line if line else "" for line in others)])


def _bold(line: str) -> str:
    """Return a line in bold; as it is where the signs stand in code, so that they cannot be taken out."""
    bold = f"**{line.replace('**', '')}**"
    return bold if "**" not in line or said_by(bold) == said_by(line) else line


def _lists(block: str) -> bool:
    return bool(re.match(r"(?:[-*]|\d+[.)]) ", block))


def _apart(blocks: list[str]) -> list[str]:
    """Let a list that follows another one of its kind use another sign, or Markdown would make one of them."""
    for n in range(1, len(blocks)):
        before, after = blocks[n - 1], blocks[n]
        if _lists(before) and _lists(after) and before[0] == after[0] and before[0] in "-*":
            blocks[n] = re.sub(r"^[-*](?= )", "*" if before[0] == "-" else "-", after, flags=re.MULTILINE)
        elif _lists(before) and _lists(after) and before[0].isdigit() and after[0].isdigit():
            other = ")" if "." in before.split(" ")[0] else "."
            blocks[n] = re.sub(r"^(\d+)[.)](?= )", rf"\g<1>{other}", after, flags=re.MULTILINE)
    return blocks
