"""Answers that QTI judges one after the other: a condition with a branch for each, as sclt writes and reads it."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from sclt.exchange.qtitags import local
from sclt.model.course import Option, Range, place_letter
from sclt.questions.answers import shown

_SIGNS = r"\.[]{}()*+?|^$-"
_PIECE = re.compile(r"(\.\*)|\[(.)(.)\]|\\(.)|([^\\.\[\]{}()*+?|^$])", re.DOTALL)
ANSWER = "answer-"
"""How feedback on a line begins its identifier."""


class Branch(NamedTuple):
    """What is tested, the points for it, and the identifiers of what is said then."""

    test: etree._Element
    points: float
    said: tuple[str, ...]


class Text(NamedTuple):
    """A text that is accepted; ``parts`` are the pieces between its wildcards, ``case`` that letter case counts."""

    text: str
    parts: tuple[str, ...]
    case: bool


def as_pattern(parts: Sequence[str], case: bool) -> str:
    """Return the regular expression (XML Schema 2, appendix F) of a text with wildcards between its parts."""
    return ".*".join("".join(_letter(letter, case) for letter in part) for part in parts)


def _letter(letter: str, case: bool) -> str:
    if letter in _SIGNS:
        return f"\\{letter}"
    other = letter.swapcase()
    return letter if case or other == letter or len(other) != 1 else f"[{letter}{other}]"


def of_pattern(pattern: str) -> Text | None:
    """Return the text that such an expression stands for; nothing for an expression of another form."""
    parts, case, at = [""], True, 0
    while at < len(pattern):
        piece = _PIECE.match(pattern, at)
        if not piece or (piece[2] and piece[2].swapcase() != piece[3]):
            return None
        if piece[1]:
            parts.append("")
        else:
            parts[-1] += piece[2] or piece[4] or piece[5]
            case = case and not piece[2]
        at = piece.end()
    return Text(shown(parts), tuple(parts) if len(parts) > 1 else (), case)


def branches(root: etree._Element) -> list[Branch]:
    """Return the branches of the first condition that tests a response and sets points; the last one tests nothing."""
    for condition in (e for e in root.iter() if local(e) == "responseCondition"):
        found = [_branch(e) for e in condition if local(e) in ("responseIf", "responseElseIf")]
        if found and any(_sets(e) for e in condition):
            return [each for each in found if each]
    return []


def _sets(branch: etree._Element) -> bool:
    return any(local(e) == "setOutcomeValue" and e.get("identifier") == "SCORE" for e in branch)


def _branch(element: etree._Element) -> Branch | None:
    test = next((e for e in element if local(e)), None)
    if test is None:
        return None
    points, said = 0.0, list[str]()
    for outcome in (e for e in element if local(e) == "setOutcomeValue"):
        values = [(e.text or "").strip() for e in outcome.iter() if local(e) == "baseValue"]
        if outcome.get("identifier") == "SCORE" and values:
            points = number_of(values[0])
        elif outcome.get("identifier") != "SCORE":
            said += values
    return Branch(test, points, tuple(said))


def number_of(text: str | None) -> float:
    """Return a number; 0 where there is none."""
    try:
        value = float(text or "")
    except ValueError:
        return 0.0
    return value if math.isfinite(value) else 0.0


def texts(test: etree._Element) -> list[Text] | None:
    """Return the texts that a test accepts; nothing where it tests something else."""
    name = local(test)
    if name == "or":
        found = [texts(each) for each in test if local(each)]
        return None if None in found else [text for each in found for text in each or ()]
    value = next(((e.text or "").strip() for e in test.iter() if local(e) == "baseValue"), "")
    if name == "patternMatch":
        made = of_pattern(test.get("pattern", ""))
        return [made] if made else None
    if name in ("stringMatch", "match") and value:
        return [Text(value, (), name == "match" or test.get("caseSensitive") == "true")]
    return None


def ends(test: etree._Element) -> tuple[float, float] | None:
    """Return the least and the largest number that a test takes; nothing where it tests something else."""
    if local(test) == "equal" or local(test) == "match":
        value = next((e.text for e in test.iter() if local(e) == "baseValue"), None)
        return (number_of(value), number_of(value)) if value and test.get("toleranceMode", "exact") == "exact" else None
    found = {local(e): number_of("".join(map(str, e.itertext()))) for e in test if local(e) in ("gte", "lte")}
    if local(test) != "and" or set(found) != {"gte", "lte"} or len(test) != 2:
        return None
    return found["gte"], found["lte"]


def options(found: Sequence[Branch], most: float, said: dict[str, str]) -> tuple[list[Option], bool] | None:
    """Return the answers of branches that test texts, and whether case counts; nothing where one tests another thing.

    ``said`` are texts of feedback by their identifiers.
    """
    made: list[Option] = []
    case = False
    for branch in found:
        accepted = texts(branch.test)
        if not accepted:
            return None
        for text in accepted:
            right, credit = worth(branch.points / most)
            markup, letter = html.escape(text.text, quote=False), place_letter(len(made))
            feedback = _feedback(branch, said)
            made.append(Option(letter, markup, text.text, right, feedback, credit=credit, parts=text.parts))
            case = case or text.case
    return made, case


def ranges(found: Sequence[Branch], most: float, said: dict[str, str]) -> list[Range] | None:
    """Return the numbers of branches that test numbers; nothing where one tests another thing."""
    made: list[Range] = []
    for branch in found:
        for test in _alternatives(branch.test):
            between = ends(test)
            if between is None:
                return None
            right, credit = worth(branch.points / most)
            made.append(Range(place_letter(len(made)), *between, right, _feedback(branch, said), credit))
    return made


def _alternatives(test: etree._Element) -> Iterator[etree._Element]:
    yield from (e for e in test if local(e)) if local(test) == "or" else (test,)


def worth(share: float) -> tuple[bool, float | None]:
    """Return whether a share of the points is all, and what it is where it is a part."""
    near = round(share, 7)
    return near >= 1, near if 0 < near < 1 else None


def _feedback(branch: Branch, said: dict[str, str]) -> str:
    return next((said[name] for name in branch.said if name in said and name.startswith(ANSWER)), "")
