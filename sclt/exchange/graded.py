"""Answers as others grade them: each earns a share of the points. What the author's format cannot hold is told."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation, localcontext
from typing import Any, NamedTuple

from sclt.exchange.draft import Draft, as_text
from sclt.model.course import Option, Range, place_letter
from sclt.questions import find
from sclt.questions.answers import per_cent, shown

_STAR = re.compile(r"(?<!\\)\*+")
_NEAR, _SUM = 0.002, 0.02
PRECISION = 700
"""Digits with which numbers are reckoned: those of the least and the largest together."""
_LARGEST = Decimal(10) ** 300


class Row(NamedTuple):
    """An answer: the share of the points that it earns, its HTML, the feedback on it, the line on which it stands."""

    share: float
    html: str
    feedback: str
    line: int
    fixed: bool = False

    @property
    def text(self) -> str:
        """What it says in plain text."""
        return as_text(self.html)


def chosen(draft: Draft, rows: Sequence[Row], single: bool) -> dict[str, Any]:
    """Return type and options of a choice among ``rows``. Raises ValueError where none is right."""
    shape = "one" if single else "many"
    options = _of_one(draft, rows) if single else _of_many(draft, rows)
    return {"type": find(moodle="multichoice", shape=shape).name, "options": tuple(options)}


def _of_one(draft: Draft, rows: Sequence[Row]) -> Iterable[Option]:
    best = _best(draft, rows)
    first = next(n for n, row in enumerate(rows) if row.share >= best)
    for n, row in enumerate(rows):
        right = row.share >= best
        credit = None if n == first or _nothing(draft, row) else 1.0 if right else row.share
        yield _option(n, row, right, credit)


def _best(draft: Draft, rows: Sequence[Row]) -> float:
    """Return what the best answers earn, which earn all here; that they earned less is told."""
    best = max((row.share for row in rows), default=0.0)
    if best <= 0:
        raise ValueError("no answer is right")
    if best < 1:
        draft.lose(rows[0].line, f"no answer earns all points: those of {per_cent(best)} % do here.", "Look at it.")
    return min(best, 1.0)


def _nothing(draft: Draft, row: Row) -> bool:
    """Tell whether an answer earns nothing; that it took points back is told."""
    if row.share < 0:
        message = f"'{row.text[:60]}' takes back {per_cent(-row.share)} % of the points; here it earns nothing."
        draft.lose(row.line, message, "Look at it.")
    return row.share <= 0


def _of_many(draft: Draft, rows: Sequence[Row]) -> Iterable[Option]:
    right = [row.share for row in rows if row.share > 0]
    if not right:
        raise ValueError("no answer is right")
    whole = sum(right)
    if is_usual([row.share for row in rows]):
        return [_option(n, row, row.share > 0, None) for n, row in enumerate(rows)]
    if abs(whole - 1) > _SUM:
        message = f"the right answers earn {per_cent(whole)} % together; here they earn 100 % together."
        draft.lose(rows[0].line, message, "Look at it.")
    return [_option(n, row, row.share > 0, _part(row.share, whole)) for n, row in enumerate(rows)]


def _part(share: float, whole: float) -> float:
    return share / whole if share > 0 else max(share, -1.0)


def is_usual(shares: Sequence[float]) -> bool:
    """Tell whether answers earn what they do where nothing is said: right ones the same, wrong ones take it."""
    each = 1 / max(1, sum(share > 0 for share in shares))
    return all(abs(abs(share) - each) <= _NEAR for share in shares)


def shares(options: Sequence[Option]) -> list[float]:
    """Return what each of several options earns, also where nothing is said."""
    each = 1 / max(1, sum(option.correct for option in options))
    return [(each if o.correct else -each) if o.credit is None else o.credit for o in options]


def _option(n: int, row: Row, right: bool, credit: float | None) -> Option:
    return Option(place_letter(n), row.html, row.text, right, row.feedback, credit=credit, fixed=row.fixed)


def typed(draft: Draft, rows: Sequence[Row]) -> dict[str, Any]:
    """Return the answers of a question that is answered by a few words.

    ``html`` of a row is plain text in which a star is a wildcard, unless a backslash stands before it. The answer to
    all else becomes the feedback on wrong answers. Raises ValueError where none is right.
    """
    best = _best(draft, rows)
    options: list[Option] = []
    incorrect = ""
    for row in rows:
        parts = _parts(row.html)
        if parts and not any(part.strip() for part in parts) and row.share <= 0 and not incorrect:
            incorrect = row.feedback
            continue
        text = shown(parts) if parts else row.html.replace("\\*", "*").strip()
        right, credit = _worth(draft, row._replace(html=html.escape(text, quote=False)), best)
        letter, markup = place_letter(len(options)), html.escape(text, quote=False)
        options.append(Option(letter, markup, text, right, row.feedback, credit=credit, parts=parts))
    return {"options": tuple(options), "incorrect": incorrect}


def _worth(draft: Draft, row: Row, best: float) -> tuple[bool, float | None]:
    """Return whether an answer is right, and what it earns where that is a part."""
    if row.share >= best:
        return True, None
    return False, None if _nothing(draft, row) else row.share


def _parts(text: str) -> tuple[str, ...]:
    parts = _STAR.split(text.strip())
    return tuple(part.replace("\\*", "*") for part in parts) if len(parts) > 1 else ()


def with_stars(option: Option) -> str:
    """Return an accepted text as Moodle writes it: a star is a wildcard, a backslash before it makes it a star."""
    return "*".join(part.replace("*", "\\*") for part in option.parts or (option.text,))


class Numbers(NamedTuple):
    """Numbers that earn a share of the points; without ends (None) they are all numbers."""

    row: Row
    low: float | None
    high: float | None


def numbers(draft: Draft, found: Sequence[Numbers]) -> dict[str, Any]:
    """Return the ranges of a question that is answered by a number. Raises ValueError where none is right."""
    best = _best(draft, [each.row for each in found])
    ranges: list[Range] = []
    incorrect = ""
    for row, low, high in found:
        if low is None or high is None:
            if row.share > 0:
                message = f"any number earns {per_cent(row.share)} % of the points; here it earns nothing."
                draft.lose(row.line, message, "Look at it.")
            incorrect += row.feedback
            continue
        right, credit = _worth(draft, row, best)
        ranges.append(Range(place_letter(len(ranges)), low, high, right, row.feedback, credit))
    return {"ranges": tuple(ranges), "incorrect": incorrect}


def around(middle: str, tolerance: str = "") -> tuple[float, float]:
    """Return the ends of the numbers around one. Raises ValueError where there is none."""
    value, room = number(middle), number(tolerance) if tolerance.strip() else Decimal(0)
    with localcontext(prec=PRECISION):
        return float(value - abs(room)), float(value + abs(room))


def number(text: str) -> Decimal:
    """Return a number, with a point or a comma before its decimals. Raises ValueError where it is none."""
    try:
        value = Decimal(text.strip().replace("−", "-").replace(",", "."))
    except InvalidOperation:
        raise ValueError(f"'{text.strip()[:40]}' is no number") from None
    if not value.is_finite() or abs(value) > _LARGEST:
        raise ValueError(f"'{text.strip()[:40]}' is no number that can be compared")
    return value
