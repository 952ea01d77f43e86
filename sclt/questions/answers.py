"""What types have in common whose answers are foreseen: parts of the points, wildcards, and doubts about the list."""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from sclt.model.course import Option, Range, earned
from sclt.questions.questiontype import Body, Line

_PIECE = re.compile(r"\\([!-/:-@\[-`{-~])|(`+)(.+?)\2|(\*+)|(.)", re.DOTALL)
_DASHES, _QUOTES, _APOSTROPHES = "\u2010\u2011\u2012\u2013\u2014\u2015", "\u201c\u201d\u201e\u201f", "\u2018\u2019"
_ALIKE = str.maketrans(dict.fromkeys(_DASHES, "-") | dict.fromkeys(_QUOTES, '"') | dict.fromkeys(_APOSTROPHES, "'"))
_SAME = "Change one of them, or remove it."
ANYTHING = "…"
"""What stands for a wildcard where a learner reads the answer."""


def digits(number: float) -> str:
    """Return a number with all its digits, and no exponent: 6.02e-3 is 0.00602."""
    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def per_cent(share: float) -> str:
    """Return a share of 1 in per cent with at most five decimals, as GIFT and Moodle XML write it."""
    return f"{share * 100:.5f}".rstrip("0").rstrip(".")


def check_credits(body: Body, least: float = 0) -> None:
    """Note lines that earn more than all, or less than ``least``."""
    for line in body.lines:
        if line.credit is not None and not least <= line.credit <= 1:
            body.note(f"a line cannot earn {line.credit * 100:g} %.", f"Write {least * 100:g} % to 100 %.", line)


def check_equal(body: Body) -> None:
    """Warn of options that are the same."""
    seen: set[str] = set()
    for line in body.lines:
        if line.html and line.html in seen:
            body.doubt(f"'{line.text}' stands here a second time.", _SAME, line)
        seen.add(line.html)


def pieces(source: str) -> tuple[str, ...]:
    """Return what stands between the wildcards of an answer in Markdown: plain texts; nothing where there is no ``*``.

    A ``*`` behind a backslash or in backticks is a star.
    """
    parts = [""]
    for match in _PIECE.finditer(source):
        escaped, _, code, star, other = match.groups()
        if star:
            parts.append("")
        else:
            parts[-1] += escaped or code or other
    return tuple(_BLANKS.sub(" ", html.unescape(part)) for part in parts) if len(parts) > 1 else ()


_BLANKS = re.compile(r"\s+")


def shown(parts: Sequence[str]) -> str:
    """Return an answer with wildcards as a learner reads it."""
    return ANYTHING.join(parts).strip()


def accepts(option: Option, text: str, case: bool = False) -> bool:
    """Tell whether a typed text is this answer, as runtime/types.js compares it."""
    if not option.parts:
        return _plain(option.text, case) == _plain(text, case)
    parts = (re.escape(part) for part in _plain("\0".join(option.parts), case).split("\0"))
    return re.fullmatch(".*".join(parts), _plain(text, case), re.DOTALL) is not None


def _plain(text: str, case: bool) -> str:
    plain = _BLANKS.sub(" ", unicodedata.normalize("NFC", text).strip()).translate(_ALIKE)
    return plain if case else plain.lower()


def check_texts(body: Body, options: Sequence[Option], case: bool, places: Sequence[Line]) -> None:
    """Warn of answers that never count, because another one before them accepts all that they do."""
    for n, (option, place) in enumerate(zip(options, places, strict=True)):
        example = "\ufffc".join(option.parts) or option.text
        first = next((other for other in options[:n] if accepts(other, example, case)), None)
        if first:
            same = "earns the same" if earned(first) == earned(option) else "would be right and wrong"
            body.doubt(f"'{option.text}' is met by '{first.text}' before it, and {same}.", _SAME, place)


def check_ranges(body: Body, ranges: Sequence[Range]) -> None:
    """Warn of numbers that two lines judge, unless the first lies within the second: near misses are written so."""
    for n, (later, line) in enumerate(zip(ranges, body.lines, strict=True)):
        if first := next((each for each in ranges[:n] if _clash(each, later)), None):
            body.doubt(f"it shares numbers with {_span(first)} before it, which is judged first.", _SAME, line)


def _clash(first: Range, later: Range) -> bool:
    meet = first.low <= later.high and later.low <= first.high
    within = later.low <= first.low and first.high <= later.high
    same = (first.low, first.high) == (later.low, later.high)
    return meet and (same or not within)


def _span(each: Range) -> str:
    ends = dict.fromkeys(digits(end) for end in (each.low, each.high) if math.isfinite(end))
    return "..".join(ends)


def equal_words(words: Iterable[str], case: bool) -> str:
    """Return the first word that stands there twice; nothing where all differ."""
    seen: set[str] = set()
    for word in words:
        if _plain(word, case) in seen:
            return word
        seen.add(_plain(word, case))
    return ""
