"""A sentence of the author's Markdown in pieces: written so that it reads as it was meant, or without its marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sclt.exchange.draft import TAG
from sclt.exchange.formula import readable
from sclt.source.markdown import plain, reader

BLANK = " \t\r\n\f"
RUN = re.compile(f"[{BLANK}]+")
BREAK = "\0"
_MARKS = re.compile(r"[\\`*_\[\]~|^${}]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|:(?=::)|!$")
_START = re.compile(r"(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-{2,}\s*$|:(?=-|\s|$))")
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")
TEX = re.compile(r"\\\(.{1,200}?\\\)|\\\[.{1,200}?\\\]|\$\$.{1,200}?\$\$")


class Piece(NamedTuple):
    """A part of a sentence: its Markdown, and the words it says. A mark opens (1) or closes (2) what lies between."""

    text: str
    says: str = ""
    mark: int = 0


def words_of(text: str | None) -> Iterator[Piece]:
    """Yield text, of which what looks like an element is code: the author's format refuses it otherwise."""
    at = 0
    for match in TAG.finditer(text or ""):
        yield from _plain((text or "")[at : match.start()])
        yield code_span(" ".join(match[0].split()))
        at = match.end()
    yield from _plain((text or "")[at:])


def _plain(text: str) -> Iterator[Piece]:
    at = 0
    for match in TEX.finditer(text):
        if readable(match[0][2:-2]):
            yield from _flat(text[at : match.start()])
            yield of_tex(" ".join(match[0][2:-2].split()), match[0][:2] != "\\(")
            at = match.end()
    yield from _flat(text[at:])


def _flat(text: str) -> Iterator[Piece]:
    if text:
        flat = RUN.sub(" ", text)
        yield Piece(escaped(flat), flat)


def of_tex(text: str, block: bool) -> Piece:
    """Return a formula in TeX; a dollar sign in it is escaped."""
    text = re.sub(r"(?<!\\)\$", r"\\$", text)
    sign = "$$" if block else "$"
    return Piece(f"{sign}{text}{sign}", text)


def escaped(text: str) -> str:
    """Return a text in which nothing is a mark of Markdown, wherever on a line it stands."""
    return _MARKS.sub(lambda match: f"\\{match[0]}", text)


def code_span(code: str) -> Piece:
    """Return code between as many backticks as it needs."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", code)), default=0))
    room = " " if code.startswith("`") or code.endswith("`") else ""
    return Piece(f"{fence}{room}{code}{room}{fence}", code)


def marked(inner: list[Piece], sign: str, closing: str) -> list[Piece]:
    """Put signs around words, with the blanks at their ends outside."""
    front = inner[0].text[:1] == " " if inner else False
    back = inner[-1].text[-1:] == " " if inner else False
    if front:
        inner[0] = inner[0]._replace(text=inner[0].text[1:], says=inner[0].says[1:])
    if back:
        inner[-1] = inner[-1]._replace(text=inner[-1].text[:-1], says=inner[-1].says[:-1])
    blank = Piece(" ", " ")
    start, end = Piece(sign, mark=1), Piece(closing, mark=2)
    return [*([blank] if front else []), start, *inner, end, *([blank] if back else [])]


def joined(run: Iterable[Piece]) -> str:
    """Return pieces as the lines of a paragraph."""
    texts: list[str] = []
    end = ""  # the last two characters: looking back through all would take the square of their number
    for piece in run:
        texts.append(f" {piece.text}" if _touch(end, piece.text) else piece.text)
        end = (end + texts[-1])[-2:]
    text = re.sub(" +", " ", "".join(texts))
    lines = [line.strip(BLANK) for line in text.split(BREAK)]
    return "\\\n".join(line for line in lines if line)


def _touch(end: str, following: str) -> bool:
    """Tell whether two pieces need a blank between, by the end of the first: two runs of code would be one."""
    code = end.endswith("`") and following.startswith("`")
    return (  # a dollar sign at a digit would be a price
        code
        or bool(re.search(r"[\d$]$", end) and following[:1] == "$")
        or bool(re.search(r"(?<!\\)\$$", end) and following[:1].isdigit())
    )


def safe(text: str) -> str:
    """Return a paragraph of which no line begins like a heading, a list or a quotation."""
    return "\n".join(map(_led, text.split("\n")))


def _led(line: str) -> str:
    """Return a line whose beginning is no mark of a block."""
    return f"\\{line}" if _START.match(line) else _NUMBERED.sub(r"\1\\", line, count=1)


def says_something(run: list[Piece]) -> bool:
    """Tell whether a run of pieces says or shows anything."""
    return bool("".join(piece.text for piece in run if not piece.mark).replace(BREAK, "").strip())


def reads_as(text: str, words: str) -> bool:
    """Tell whether a paragraph says these words, whatever blanks are between, when it is read as an author's page."""
    tokens = reader().parse(text, {})
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return False
    return "".join(plain(tokens[1].children or []).split()) == "".join(words.split())


def merged(run: list[Piece]) -> Iterator[Piece]:
    """Yield pieces; where a mark ends and one of its kind begins at once, the words are one run."""
    skip = False
    for n, piece in enumerate(run):
        following = run[n + 1] if n + 1 < len(run) else Piece("")
        if skip:
            skip = False
        elif piece.mark == 2 and following.mark == 1 and piece.text == following.text:
            skip = True
        else:
            yield piece


def bare(run: list[Piece]) -> list[Piece]:
    """Return a run without its marks."""
    return [piece for piece in run if not piece.mark]


def barer(run: list[Piece]) -> Iterator[str]:
    """Yield the paragraph without one of its marks, for each of the first ones in turn."""
    opened: list[int] = []
    for n, piece in enumerate(run):
        if piece.mark == 1:
            opened.append(n)
        elif piece.mark == 2 and opened:
            start = opened.pop()
            yield safe(joined([each for m, each in enumerate(run) if m not in (start, n)]))
        if n > 200:
            return
