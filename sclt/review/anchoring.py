"""Where in the sources a comment belongs, though the text was edited since."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from sclt.authoring.segments import page_segments
from sclt.source.markdown import plain, reader

_NEAR = 0.6
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
    same = [each for each in lines if each.text and (each.text == wanted or each.text.startswith(wanted))]
    within = same or [each for each in lines if len(wanted) > 20 and wanted in each.text]
    if within:
        return Anchor(_closest(within, question).line, Found.THERE)
    near = [(alike, each) for each in lines if (alike := _alike(each.text, wanted)) >= _NEAR]
    if near:
        _, best = max(near, key=lambda pair: (pair[1].inside == question, pair[0]))
        return Anchor(best.line, Found.EDITED)
    around = next((each.line for each in lines if question and each.inside == question), 1)
    return Anchor(around, Found.GONE)


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
    tokens = reader().parseInline(text, {})
    return _flat(plain(tokens[0].children or []) if tokens else text)


def _flat(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
