"""What an import brings, before it is written as sources."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import etree

from sclt.errors import Place
from sclt.exchange.frames import Part, frames_in
from sclt.model.course import Option, Question, place_letter
from sclt.model.finding import Finding, Severity, Topic, declare
from sclt.source.markdown import ANCHOR, slug
from sclt.source.names import IDENTIFIER

LOST = declare(
    "exchange.lost",
    Severity.WARNING,
    "Everything is carried over",
    topic=Topic.EXCHANGE,
    why="the other side would lack it",
    mend="Write or rebuild there what the message names.",
)
MOST = 64 * 1024 * 1024
"""Bytes of a file that is read into memory."""
TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
"""An element's tag, or a comment, of HTML."""
_ALTERNATIVE = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)


class Page(msgspec.Struct, frozen=True):
    """A page to be written: HTML, the questions below it, and what follows: HTML and frames in turn.

    ``place`` is where it stood, ``source`` its address there, ``id`` the identifier that it is to have, if any;
    ``objectives`` are those of the module that it serves.
    """

    title: str
    html: str = ""
    questions: tuple[Question, ...] = ()
    place: Place | None = None
    source: str = ""
    id: str = ""
    rest: tuple[Part, ...] = ()
    objectives: tuple[str, ...] = ()

    def kinds(self) -> Iterator[str]:
        """Yield the type of each question."""
        yield from (question.type for question in self.questions)
        yield from (frame.options.get("type", "") for frame in frames_in(self.rest) if frame.name == "question")


class Draft(msgspec.Struct):
    """What was read. ``media`` maps what ``src`` says to content; ``lost`` is what could not be carried over.

    ``objectives`` are texts by identifier, ``terms`` terms and what they mean (HTML) by identifier.
    """

    file: str
    title: str
    pages: list[Page] = []
    media: dict[str, bytes] = {}
    lost: list[Finding] = []
    objectives: dict[str, str] = {}
    terms: dict[str, tuple[str, str]] = {}

    def lose(self, line: int, message: str, mend: str = "", xpath: str = "") -> None:
        """Note what could not be carried over."""
        self.lost.append(Finding(LOST, Place(self.file, max(line, 1), xpath=xpath), message, mend))


class Names:
    """Gives identifiers of the author's format: derived from a title, each once."""

    def __init__(self, first: str) -> None:
        self._first, self._given = first, set[str]()
        self._equal: dict[str, int] = {}

    def kept(self, name: str) -> str:
        """Return an identifier as it is where it can be one and was not given before, else another one of its kind."""
        if not IDENTIFIER.fullmatch(name) or name in self._given:
            return self.new(name)
        self._given.add(name)
        return name

    def new(self, title: str) -> str:
        """Return an identifier that was not given before."""
        base = re.sub(r"[^a-z0-9-]", "", slug(title).removeprefix(ANCHOR))[:40].strip("-")
        base = base if base[:1].isalpha() else f"{self._first}-{base}".strip("-")
        name, n = base, self._equal.get(base, 1)
        while name in self._given:
            n += 1
            name = f"{base}-{n}"
        self._equal[base] = n
        self._given.add(name)
        return name


def as_html(text: str, marked: bool | None = None) -> str:
    """Return a text as HTML; where it is not known whether it is HTML (None), tags tell."""
    text = text.strip()
    marked = bool(TAG.search(text)) if marked is None else marked
    return text if marked else html.escape(text, quote=False)


def as_text(markup: str) -> str:
    """Return HTML as plain text; a picture is its alternative text."""
    return " ".join(html.unescape(TAG.sub(_said_by, markup)).split())


def _said_by(tag: re.Match[str]) -> str:
    """Return what a tag says: the alternative text of a picture, else a blank."""
    alternative = _ALTERNATIVE.search(tag[0]) if tag[0][:4].lower() == "<img" else None
    return f" {alternative[1] or alternative[2] or alternative[3] or ''} " if alternative else " "


def option(n: int, markup: str, correct: bool, feedback: str = "") -> Option:
    """Return the n-th option (from 0)."""
    return Option(place_letter(n), markup, as_text(markup), correct, feedback)


def line_of(element: etree._Element) -> int:
    """Return the line on which an element begins."""
    line: Any = element.sourceline
    return int(line or 1)
