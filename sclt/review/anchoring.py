"""Where in the sources a comment belongs, though the text was edited since."""

from __future__ import annotations

import difflib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from sclt.authoring.segments import page_segments
from sclt.source.markdown import plain, reader

_NEAR = 0.6
_TELLING = 6
"""So many letters tell a text wherever it stands."""
_GAP = re.compile(r"\[\[.*?\]\]")
_BLANKS = re.compile(r"\s+")


class Found(StrEnum):
    """How sure a place is: the text stands there, one that was edited since stands there, or it is gone."""

    THERE = "there"
    EDITED = "edited"
    GONE = "gone"


class Anchor(NamedTuple):
    """A line of a page's file, the first is 1, and how sure it is."""

    line: int
    found: Found


class _Line(NamedTuple):
    line: int
    text: str
    inside: str


def anchor(source: str, page: str, quote: str, question: str = "") -> Anchor:
    """Return where in the file of a page a quoted text stands.

    ``question`` is the identifier of the question around it, which tells equal texts apart. A name of a picture is
    found where it is shown.
    """
    if not quote:
        return Anchor(1, Found.THERE)
    if name := re.fullmatch(r"media/\S+", quote):
        at = source.find(name[0])
        return Anchor(source.count("\n", 0, at) + 1, Found.THERE) if at >= 0 else Anchor(1, Found.GONE)
    wanted, lines = _flat(quote), _lines(source, page)
    if line := _unchanged(_bare(wanted), lines, question) or _line_of(_bare(wanted), source):
        return Anchor(line, Found.THERE)
    own = [each for each in lines if question and each.inside == question]
    near = [(alike, each) for each in own or lines if (alike := _alike(each.text, wanted)) >= _NEAR]
    if near:
        return Anchor(max(near, key=lambda pair: pair[0])[1].line, Found.EDITED)
    around = next((each.line for each in lines if question and each.inside == question), 1)
    return Anchor(around, Found.GONE)


def _unchanged(wanted: str, lines: Sequence[_Line], question: str) -> int:
    """Return the line of a text that stands as it was, by itself or with its neighbours of the line; 0 for none."""
    bare = [each._replace(text=_bare(each.text)) for each in lines]
    joined = [
        _Line(line, "".join(each.text for each in several), several[0].inside)
        for line, several in ((line, list(group)) for line, group in groupby(bare, key=lambda each: each.line))
    ]
    found = [each for each in (*bare, *joined) if each.text and each.text.startswith(wanted)]
    equal = [each for each in found if each.text == wanted]
    return _closest(equal or found, question).line if wanted and found else 0


def _line_of(wanted: str, source: str) -> int:
    """Return the line on which a text begins that stands somewhere in a file, as captions and code do; 0 for none."""
    if len(wanted) < _TELLING:
        return 0
    text, ends = "", list[int]()
    for line in source.split("\n"):
        text += _bare(line)
        ends.append(len(text))
    at = text.find(wanted)
    return bisect_right(ends, at) + 1 if at >= 0 else 0


def _bare(text: str) -> str:
    """Return the letters and digits of a text: neither marks of Markdown nor how it is set make it another one."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum()).casefold()


def _closest(lines: Sequence[_Line], question: str) -> _Line:
    return next((each for each in lines if each.inside == question), lines[0])


def _alike(one: str, two: str) -> float:
    return difflib.SequenceMatcher(None, one, two).ratio()


def _lines(source: str, page: str) -> list[_Line]:
    """Return the texts of a page as a reader sees them, with their lines and the question or block around them."""
    return [
        _Line(source.count("\n", 0, each.start) + 1, _seen(each.text, each.form == "scalar"), each.id.split(":")[1])
        for each in page_segments(source, page)
    ]


def _seen(text: str, is_plain: bool) -> str:
    """Return a text of the source without its Markdown."""
    if is_plain:
        return _flat(text)
    tokens = reader().parseInline(_GAP.sub("", text), {})
    return _flat(plain(tokens[0].children or []) if tokens else text)


def _flat(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
