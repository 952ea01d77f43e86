"""HTML of others as the author's Markdown: nothing vanishes, and what cannot be written is told.

What becomes of an element is said by `sclt.exchange.htmltags`. A sentence is read again as authors' pages are read:
where it would not say the same words, it goes without its marks.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from lxml import etree

from sclt.errors import UsageError
from sclt.exchange.draft import TAG, line_of
from sclt.exchange.formula import linear, readable, tex
from sclt.exchange.htmltags import BLOCKS, TOLD, WITHOUT_WORDS, fate_of, fate_of_attribute
from sclt.exchange.shelf import PICTURES, Shelf
from sclt.source.markdown import plain, reader
from sclt.source.names import LANGUAGE
from sclt.source.syntax import moved
from sclt.storage import safexml

_DEPTH = 100
_BLANK = " \t\r\n\f"
_RUN = re.compile(f"[{_BLANK}]+")
_BREAK = "\0"
_MARKS = re.compile(r"[\\`*_\[\]~|^${}]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|:(?=::)|!$")
_START = re.compile(r"(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-{2,}\s*$|:-)")
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")
_LANGUAGE = re.compile(r"\b(?:language|lang|brush:)\s*-?([A-Za-z0-9+#]+)")
_TEX = re.compile(r"\\\(.{1,200}?\\\)|\\\[.{1,200}?\\\]|\$\$.{1,200}?\$\$")
_BULLET = re.compile(r"^ *(?:[-*>] +)+", re.MULTILINE)
_FENCED = re.compile(r"(```+)[^\n]*\n(.*)\n\1", re.DOTALL)
_CLOSED = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_STRONG, _WEAK, _GONE = ("b", "strong"), ("cite", "dfn", "em", "i", "var"), ("del", "s", "strike")
_CODE = ("code", "kbd", "samp", "tt")
_SIGNS = {**dict.fromkeys(_STRONG, "**"), **dict.fromkeys(_WEAK, "*"), **dict.fromkeys(_GONE, "~~")}
_HEADINGS = {"h1": "##", "h2": "##", "h3": "###", "h4": "####", "h5": "#####", "h6": "######"}
_OTHER_BLOCK = re.compile(r"```|\| |#{1,6} |>|[-*] |\d+[.)] |---$|:::")
_FLAT = frozenset(["li", "td", "th", "dt", "dd"])
"""What lies in these is not at the top of a page: headings there are bold."""


class _Piece(NamedTuple):
    """A part of a sentence: its Markdown, and the words it says. A mark opens (1) or closes (2) what lies between."""

    text: str
    says: str = ""
    mark: int = 0


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
    return _RUN.sub(" ", " ".join(_BULLET.sub("", _code_on_one_line(block)) for block in blocks)).strip(_BLANK)


def _code_on_one_line(block: str) -> str:
    fenced = _FENCED.fullmatch(block)
    return _code_span(" ".join(fenced[2].split())).text if fenced else block.replace("\\\n", " ")


def _parsed(markup: str, shelf: Shelf) -> etree._Element:
    shelf.offset = 0
    try:
        root = safexml.parse_fragment(_CLOSED.sub("", markup))
    except ValueError as error:
        hint = "Take out the elements that only lie in each other."
        raise UsageError("the HTML nests too deeply.", hint=hint) from error
    return root


class _Writer:
    """Writes the blocks of one text."""

    def __init__(self, shelf: Shelf, bullet: str, within: Sequence[str] = ()) -> None:
        self._shelf, self._bullet, self._ordered = shelf, bullet, ")" if bullet == "*" else "."
        self._within = list(within)
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
        if len(self._within) > _DEPTH:
            raise UsageError("the HTML nests too deeply.", hint="Take out the elements that only lie in each other.")
        self._within.append(_tag(element))
        found: list[str] = []
        run: list[_Piece] = [*_words(element.text)]
        for child in element:
            if _is_block(child):
                found += [*self._paragraph(run), *self._of(child)]
                run = []
            else:
                run += self._inline(child)
            run += _words(child.tail)
        self._within.pop()
        return _apart([*found, *self._paragraph(run)])

    def _of(self, element: etree._Element) -> list[str]:
        """Return the blocks of a block, or of something in a sentence that holds blocks."""
        self._account(element)
        return self._block.get(_tag(element), self.blocks)(element)

    def _object(self, element: etree._Element) -> list[_Piece]:
        """Return a picture that an object shows (QTI 2.1 writes them so), else the words that it holds."""
        name = self._shelf.medium(element.get("data", ""))
        if PurePosixPath(name).suffix in PICTURES:
            alternative = " ".join("".join(map(str, element.itertext())).split())
            return self._picture(etree.Element("img", src=element.get("data", ""), alt=alternative))
        self._account(element)
        return self._inside(element)

    def _account(self, element: etree._Element) -> None:
        """Tell of an element, and of its attributes, what is not carried."""
        tag = _tag(element)
        self._shelf.offset = max(line_of(element) - 1, 0)
        match fate_of(tag):
            case "told":
                self._shelf.tell(f"{TOLD[tag]} ({tag}) does not come over.", "Look at it and rebuild it.")
            case "unknown":
                self._shelf.tell(f"of the unknown element '{tag[:40]}' only the words come over.", "Look at it.")
        for name in element.attrib if fate_of(tag) == "carried" else ():
            self._account_attribute(tag, str(name).rpartition("}")[2].lower(), element)

    def _account_attribute(self, tag: str, name: str, element: etree._Element) -> None:
        fate = fate_of_attribute(tag, name)
        if name.startswith("on"):
            self._shelf.tell("a script that reacts to the learner is left out.", "Rebuild what it did.")
        elif name == "hidden" or (name == "style" and "display:none" in element.get("style", "").replace(" ", "")):
            self._shelf.tell("what was hidden there is shown here.", "Look at it.")
        elif fate == "told":
            self._shelf.tell(f"'{name}' of an element {tag} is left out.", "Look at it.")
        elif fate == "unknown":
            self._shelf.tell(f"the attribute '{name[:40]}' of an element {tag} is not known and left out.")

    # Blocks

    def _heading(self, element: etree._Element) -> list[str]:
        line = self._flat(element)
        if not line:
            return []
        return [_bold(line) if _FLAT & set(self._within) else f"{_HEADINGS[_tag(element)]} {line}"]

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
        summary = next((child for child in element if _tag(child) == "summary"), None)
        if summary is None or len(self._within) > 2 or self._bullet == "*":
            return self.blocks(element)
        title = " ".join("".join(map(str, summary.itertext())).split()).replace('"', "”")
        element.remove(summary)
        return [f':::details {{title="{title}"}}\n' + "\n\n".join(self.blocks(element)) + "\n:::"]

    def _figure(self, element: etree._Element) -> list[str]:
        caption = next((child for child in element if _tag(child) == "figcaption"), None)
        pictures = list(element.iter("img"))
        if caption is None or len(pictures) != 1 or len(caption) or pictures[0].get("title"):
            return self.blocks(element)
        pictures[0].set("title", " ".join((caption.text or "").split()))
        element.remove(caption)
        return self.blocks(element)

    def _code_block(self, element: etree._Element) -> list[str]:
        inner = element[0] if len(element) == 1 and _tag(element[0]) == "code" else element
        code = _verbatim(inner).strip("\n")
        language = _LANGUAGE.search(f"{inner.get('class', '')} {element.get('class', '')}")
        for child in element.iterdescendants():
            self._account(child)
        if element.find(".//img") is not None:
            self._shelf.tell("a picture among lines of code is left out.", "Add it below them.")
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
        return [f"{fence}{language[1] if language else ''}\n{code}\n{fence}"] if code.strip() else []

    def _list(self, element: etree._Element) -> list[str]:
        ordered = _tag(element) == "ol"
        start = _number(element.get("start"), 1)
        rows: list[str] = []
        loose = False
        for n, item in enumerate(_items(element)):
            lead = f"{start + n}{self._ordered} " if ordered else f"{self._bullet} "
            self._account(item)
            blocks = self.blocks(item)
            loose = loose or len([b for b in blocks if not _lists(b)]) > 1
            body = ("\n\n" if loose else "\n").join(blocks) if blocks else ""
            rows.append(lead + indented(body, len(lead)))
        return [("\n\n" if loose else "\n").join(rows)] if rows else []

    def _table(self, element: etree._Element) -> list[str]:
        if any(_tag(e) in ("table", *_HEADINGS) for e in element.iter() if e is not element):
            self._shelf.tell("a table that arranges a page became text.", "Look at the order of its parts.")
            return self.blocks(element)
        captions = [block for e in element if _tag(e) == "caption" for block in self._of(e)]
        rows = list(_rows(element))
        grid = self._grid(rows)
        width = max((len(row) for row in grid), default=0)
        if not width:
            return [*captions, *self.blocks(element)]
        captions += [block for e in _strays(element) for block in self.blocks(e)]
        headed = bool(rows) and all(_tag(cell) == "th" for cell in _cells(rows[0]))
        headed = headed or _tag(rows[0].getparent()) == "thead"
        full = [row + [""] * (width - len(row)) for row in (grid if headed else [[""] * width, *grid])]
        lines = [f"| {' | '.join(row)} |" for row in full]
        return [*captions, "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])]

    def _grid(self, rows: list[etree._Element]) -> list[list[str]]:
        """Return cells by row and column: what spans several stands in the first, and that is told."""
        grid: list[dict[int, str]] = [{} for _ in rows]
        for y, row in enumerate(rows):
            self._account(row)
            x = 0
            for cell in _cells(row):
                self._account(cell)
                while x in grid[y]:
                    x += 1
                across = min(max(_number(cell.get("colspan"), 1), 1), 100)
                down = min(max(_number(cell.get("rowspan"), 1), 1), len(rows) - y)
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

    # Sentences

    def _paragraph(self, run: list[_Piece]) -> list[str]:
        """Return a run of pieces as a paragraph, in the fullest form in which it reads as it should."""
        words = " ".join("".join(piece.says for piece in run).split())
        if tex := _TEX.search(words):
            self._shelf.tell(f"TeX stands as text: '{tex[0]}'.", "Write it as the page should show it.")
        if not _said(run):
            return []
        run = list(_merged(run))
        full = _safe(_joined(run))
        if _reads_as(full, words):
            return [full]
        if any(piece.mark for piece in run):
            self._shelf.tell(f"a mark or link that begins or ends within a word is left out near '{words[:30]}'.")
        return [next((text for text in _barer(run) if _reads_as(text, words)), _safe(_joined(_bare(run))))]

    def _inline(self, element: etree._Element) -> list[_Piece]:
        """Return the pieces of an element of a sentence, without its tail."""
        tag = _tag(element)
        if not tag or fate_of(tag) == "ignored":
            return []
        if tag == "object":
            return self._object(element)
        if tag == "input" and element.get("type", "").lower() == "checkbox":
            return [*_words("☐" if element.get("checked") is None else "☑")]
        self._account(element)
        if tag in WITHOUT_WORDS:
            return []
        if handler := self._handler(tag):
            return handler(element)
        inner = self._inside(element)
        sign = _SIGNS.get(tag, "")
        if _phrase(element) and _said(inner):
            return [_Piece("[", mark=1), *inner, _Piece(f"]{{lang={_phrase(element)}}}", mark=2)]
        if not sign or tag in self._within or not "".join(p.says for p in inner).strip():
            return inner
        return _marked(inner, sign, sign)

    def _handler(self, tag: str) -> Callable[[etree._Element], list[_Piece]] | None:
        match tag:
            case "br":
                return lambda _element: [_Piece(_BREAK, " ")]
            case "img":
                return self._picture
            case "a":
                return self._link
            case "math":
                return self._formula
            case "sup" | "sub":
                return self._script
            case "q":
                return lambda e: [_Piece("“", "“"), *self._inside(e), _Piece("”", "”")]
            case "abbr" | "acronym":
                return self._abbreviation
        return self._code if tag in _CODE else None

    def _inside(self, element: etree._Element) -> list[_Piece]:
        if len(self._within) > _DEPTH:
            raise UsageError("the HTML nests too deeply.", hint="Take out the elements that only lie in each other.")
        self._within.append(_tag(element))
        run = [*_words(element.text)]
        for child in element:
            run += self._inline(child)
            run += _words(child.tail)
        self._within.pop()
        return run

    def _code(self, element: etree._Element) -> list[_Piece]:
        code = " ".join("".join(map(str, element.itertext())).split())
        return [_code_span(code)] if code else []

    def _script(self, element: etree._Element) -> list[_Piece]:
        text = "".join(piece.says for piece in self._inside(element)).strip()
        sign = "^" if _tag(element) == "sup" else "~"
        written = _escaped(text).replace(" ", "\\ ")
        return [_Piece(f"{sign}{written}{sign}", moved(text, _tag(element)))] if text else []

    def _formula(self, element: etree._Element) -> list[_Piece]:
        if written := tex(element):
            return [_of_tex(written, element.get("display") == "block")]
        text = " ".join((linear(element) or element.get("alttext", "")).split())
        self._shelf.tell(f"the formula '{text[:60]}' became text.", "Look at it.")
        return [_Piece(_escaped(text), text)]

    def _abbreviation(self, element: etree._Element) -> list[_Piece]:
        title = " ".join(element.get("title", "").split())
        inner = self._inside(element)
        return [*inner, *_words(f" ({title})")] if title else inner

    def _link(self, element: etree._Element) -> list[_Piece]:
        inner, href = self._inside(element), element.get("href", "").strip()
        target = self._shelf.link(href) if href else ""
        if href and not target:
            self._shelf.tell(f"the link to '{href[:80]}' is left out, its words stay.", "Link it anew.")
        if not target or not "".join(p.text for p in inner).strip() or "a" in self._within:
            return inner
        target = target.replace("(", "%28").replace(")", "%29")
        return _marked(inner, "[", f"]({target})")

    def _picture(self, element: etree._Element) -> list[_Piece]:
        source, given = element.get("src", ""), element.get("alt")
        words = " ".join((given or "").split())
        name = self._shelf.medium(source)
        if name:
            title = " ".join(element.get("title", "").split()).replace('"', "”")
            shown = f' "{_escaped(title)}"' if title else ""
            plain_alt = "{.decorative}" if given == "" else ""
            return [_Piece(f"![{_escaped(words)}](../media/{name}{shown}){plain_alt}", words)]
        self._shelf.tell(f"the picture '{source[:80]}' is not there; {_stands(words)}.", "Add it to 'media'.")
        if source.startswith(("http://", "https://")) and "a" not in self._within:
            target = self._shelf.link(source).replace("(", "%28").replace(")", "%29")
            words = words or target
            return [_Piece("[", mark=1), _Piece(_escaped(words), words), _Piece(f"]({target})", mark=2)]
        return [_Piece(f" {_escaped(words)} ", f" {words} ")] if words else []


def indented(text: str, margin: int) -> str:
    """Return lines of which all but the first and the empty ones begin ``margin`` blanks further right."""
    first, *others = text.split("\n")
    return "\n".join([first, *(" " * margin + line if line else "" for line in others)])


def _phrase(element: etree._Element) -> str:
    """Return the language of a phrase that stands in a language of its own."""
    tag = element.get("lang") or element.get(f"{{{safexml.XML}}}lang") or ""
    return tag if _tag(element) in ("span", "i", "em") and LANGUAGE.fullmatch(tag) else ""


def _bold(line: str) -> str:
    return f"**{line.replace('**', '')}**"


def _stands(words: str) -> str:
    return "its alternative text stands in its place" if words else "it has no alternative text"


def _tag(element: etree._Element | None) -> str:
    """Return the name of an element in lower case without a namespace; nothing for comments."""
    tag = element.tag if element is not None else None
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _is_block(element: etree._Element) -> bool:
    """Tell whether an element is a block, or holds one."""
    if not isinstance(element.tag, str) or fate_of(_tag(element)) == "ignored" or _tag(element) in WITHOUT_WORDS:
        return False
    return _tag(element) in BLOCKS or any(_tag(inner) in BLOCKS for inner in element.iterdescendants())


def _words(text: str | None) -> Iterator[_Piece]:
    """Yield text, of which what looks like an element is code: the author's format refuses it otherwise."""
    at = 0
    for match in TAG.finditer(text or ""):
        yield from _plain((text or "")[at : match.start()])
        yield _code_span(" ".join(match[0].split()))
        at = match.end()
    yield from _plain((text or "")[at:])


def _plain(text: str) -> Iterator[_Piece]:
    at = 0
    for match in _TEX.finditer(text):
        if readable(match[0][2:-2]):
            yield from _flat(text[at : match.start()])
            yield _of_tex(" ".join(match[0][2:-2].split()), match[0][:2] != "\\(")
            at = match.end()
    yield from _flat(text[at:])


def _flat(text: str) -> Iterator[_Piece]:
    if text:
        flat = _RUN.sub(" ", text)
        yield _Piece(_escaped(flat), flat)


def _of_tex(text: str, block: bool) -> _Piece:
    """Return a formula in TeX; a dollar sign in it is escaped."""
    text = re.sub(r"(?<!\\)\$", r"\\$", text)
    sign = "$$" if block else "$"
    return _Piece(f"{sign}{text}{sign}", text)


def _escaped(text: str) -> str:
    """Return a text in which nothing is a mark of Markdown, wherever on a line it stands."""
    return _MARKS.sub(lambda match: f"\\{match[0]}", text)


def _code_span(code: str) -> _Piece:
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", code)), default=0))
    room = " " if code.startswith("`") or code.endswith("`") else ""
    return _Piece(f"{fence}{room}{code}{room}{fence}", code)


def _marked(inner: list[_Piece], sign: str, closing: str) -> list[_Piece]:
    """Put signs around words, with the blanks at their ends outside."""
    front = inner[0].text[:1] == " " if inner else False
    back = inner[-1].text[-1:] == " " if inner else False
    if front:
        inner[0] = inner[0]._replace(text=inner[0].text[1:], says=inner[0].says[1:])
    if back:
        inner[-1] = inner[-1]._replace(text=inner[-1].text[:-1], says=inner[-1].says[:-1])
    blank = _Piece(" ", " ")
    start, end = _Piece(sign, mark=1), _Piece(closing, mark=2)
    return [*([blank] if front else []), start, *inner, end, *([blank] if back else [])]


def _joined(run: Iterable[_Piece]) -> str:
    """Return pieces as the lines of a paragraph."""
    text = ""
    for piece in run:
        text += f" {piece.text}" if _touch(text, piece.text) else piece.text
    text = re.sub(" +", " ", text)
    lines = [line.strip(_BLANK) for line in text.split(_BREAK)]
    return "\\\n".join(line for line in lines if line)


def _touch(text: str, following: str) -> bool:
    """Tell whether two pieces need a blank between: two runs of code would be one, a dollar sign at a digit a price."""
    code = text.endswith("`") and following.startswith("`")
    return (
        code
        or bool(re.search(r"[\d$]$", text) and following[:1] == "$")
        or bool(re.search(r"(?<!\\)\$$", text) and following[:1].isdigit())
    )


def _safe(text: str) -> str:
    """Return a paragraph of which no line begins like a heading, a list or a quotation."""
    return "\n".join(map(_led, text.split("\n")))


def _led(line: str) -> str:
    """Return a line whose beginning is no mark of a block."""
    return f"\\{line}" if _START.match(line) else _NUMBERED.sub(r"\1\\", line, count=1)


def _said(run: list[_Piece]) -> bool:
    """Tell whether a run of pieces says or shows anything."""
    return bool("".join(piece.text for piece in run if not piece.mark).replace(_BREAK, "").strip())


def _reads_as(text: str, words: str) -> bool:
    """Tell whether a paragraph says these words, whatever blanks are between, when it is read as an author's page."""
    tokens = reader().parse(text, {})
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return False
    return "".join(plain(tokens[1].children or []).split()) == "".join(words.split())


def _merged(run: list[_Piece]) -> Iterator[_Piece]:
    """Yield pieces; where a mark ends and one of its kind begins at once, the words are one run."""
    skip = False
    for n, piece in enumerate(run):
        following = run[n + 1] if n + 1 < len(run) else _Piece("")
        if skip:
            skip = False
        elif piece.mark == 2 and following.mark == 1 and piece.text == following.text:
            skip = True
        else:
            yield piece


def _bare(run: list[_Piece]) -> list[_Piece]:
    return [piece for piece in run if not piece.mark]


def _barer(run: list[_Piece]) -> Iterator[str]:
    """Yield the paragraph without one of its marks, for each of the first ones in turn."""
    opened: list[int] = []
    for n, piece in enumerate(run):
        if piece.mark == 1:
            opened.append(n)
        elif piece.mark == 2 and opened:
            start = opened.pop()
            yield _safe(_joined([each for m, each in enumerate(run) if m not in (start, n)]))
        if n > 200:
            return


def _verbatim(element: etree._Element) -> str:
    """Return code with its lines and blanks."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append("\n" if _tag(child) == "br" else _verbatim(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _items(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the items of a list; what stands between them, other than comments, is an item too."""
    yield from _loose(element.text)
    for child in element:
        if isinstance(child.tag, str):
            yield child
        yield from _loose(child.tail)


def _loose(text: str | None) -> Iterator[etree._Element]:
    """Yield text that stands where only elements may as an element of its own."""
    if text and text.strip():
        item = etree.Element("div")
        item.text = text
        yield item


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


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield a table's rows in the order in which they show: the foot comes last."""
    rows = list(table.iter("tr"))
    yield from (row for row in rows if _tag(row.getparent()) != "tfoot")
    yield from (row for row in rows if _tag(row.getparent()) == "tfoot")


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if _tag(cell) in ("td", "th")]


def _strays(part: etree._Element) -> Iterator[etree._Element]:
    """Yield what lies in a table, but in none of its cells: browsers show it in front."""
    yield from _loose(part.text)
    for child in part:
        if _tag(child) in ("tbody", "thead", "tfoot", "tr"):
            yield from _strays(child)
        elif _tag(child) not in ("td", "th", "caption") and fate_of(_tag(child)) not in ("ignored", "unknown"):
            holder = etree.Element("div")
            tail, child.tail = child.tail, None
            holder.append(copy.copy(child))
            child.tail = tail
            yield holder
        yield from _loose(child.tail)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text) < 10 else default
