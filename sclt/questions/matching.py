"""What belongs together: to each left side one of the right sides."""

from __future__ import annotations

import re
from typing import Any

from sclt.model.course import Pair, PairsQuestion
from sclt.questions.coursejson import coded, first, nth, texts
from sclt.questions.questiontype import RESULTS, SHOWN, Body, Carried, Json, Line, Qti, QuestionType, Versions
from sclt.questions.sizes import sizes

_SIGN = re.compile(r"(?<!\S)::(?!\S)")
_SIGNS = re.compile(r"(?<![\\`])(?P<code>`+)(?!`).+?(?<!`)(?P=code)(?!`)|(?<!\S)(?P<sign>\\?:\\?:)(?!\S)")


def _read(body: Body) -> dict[str, Any]:
    pairs = tuple(_pair(body, line) for line in body.lines)
    if body.lines and sum(bool(pair.left) for pair in pairs) < 2:
        body.note("there are fewer than two pairs.", "Add a pair.")
    return {"pairs": pairs}


def _pair(body: Body, line: Line) -> Pair:
    cut = _sign(line.source)
    left, right = _sides(line.html, cut)
    left_text, right_text = _sides(line.text, cut)
    if not right_text:
        body.note("this line is no pair.", "Write 'left :: right'.", line)
    return Pair(line.id, left, left_text, right, right_text, line.was)


def _sign(source: str) -> int:
    """Return which of the signs ``::`` in a line, from 0, stands between the sides: the first one as such."""
    before = 0
    for match in _SIGNS.finditer(source):
        if match["sign"] == "::":
            break
        before += len(_SIGN.findall(match[0])) if match["code"] else 1
    return before


def _sides(text: str, cut: int) -> tuple[str, str]:
    """Divide a text at one of its signs, by number; the right side is empty where there is no such sign."""
    signs = list(_SIGN.finditer(text))
    if cut >= len(signs):
        return text, ""
    return text[: signs[cut].start()].strip(), text[signs[cut].end() :].strip()


def _data(versions: Versions[PairsQuestion]) -> Json:
    """Treat right sides with the same text as one, known by the first of their lines."""
    pairs = first(versions).pairs
    known: dict[str, str] = {}
    for pair in pairs:
        known.setdefault(pair.right_text, pair.id)

    def side(name: str, lines: list[int]) -> list[Json]:
        rows = [{"id": pairs[n].id, "text": nth(versions, lambda q: q.pairs, n, name)} for n in lines]
        return coded([pairs[n] for n in lines], rows)

    return {
        "left": side("left_text", [n for n, pair in enumerate(pairs) if pair.left]),
        "right": side("right_text", [n for n, pair in enumerate(pairs) if known[pair.right_text] == pair.id]),
        "pairs": {pair.id: known[pair.right_text] for pair in pairs if pair.left},
        "answer": texts(versions, _answer),
    }


def _answer(question: PairsQuestion) -> str:
    return "; ".join(f"{pair.left_text} – {pair.right_text}" for pair in question.pairs if pair.left)


def _size(question: PairsQuestion) -> int:
    longest = max(sizes(question.pairs))
    return sum(left + longest for left in sizes(pair for pair in question.pairs if pair.left))


EN = """\
:::question {#$id type=matching}
TODO: Say what is to be matched with what.

- TODO first term :: TODO what belongs to it
- TODO second term :: TODO what belongs to that
:::"""
LT = """\
:::question {#$id type=matching}
TODO: Pasakykite, ką su kuo susieti.

- TODO pirma sąvoka :: TODO kas jai priklauso
- TODO antra sąvoka :: TODO kas priklauso šiai
:::"""

TYPE = QuestionType(
    name="matching",
    rank=60,
    shape="pairs",
    model=PairsQuestion,
    interaction="matching",
    read=_read,
    data=_data,
    size=_size,
    shuffle=True,
    partial=True,
    instruction="match_each",
    moodle="matching",
    qti=Qti("matchInteraction", "directedPair", "multiple"),
    carries={
        "gift": frozenset({Carried.PARTS, Carried.ON_ANY}),
        "moodle": SHOWN | RESULTS | {Carried.HINT, Carried.PARTS, Carried.ORDER},
        "qti": SHOWN | RESULTS | {Carried.PARTS, Carried.WHOLE, Carried.ORDER},
    },
    skeleton={"en": EN, "lt": LT},
    body=(
        "lines `- left :: right`; `- :: right` is a right-hand option that fits nowhere; `\\::` is no sign between "
        "sides"
    ),
)
