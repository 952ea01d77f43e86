"""Each of several things goes into one of a few categories."""

from __future__ import annotations

from typing import Any

from sclt.model.course import PairsQuestion
from sclt.questions.questiontype import RESULTS, SHOWN, Body, Carried, Qti, QuestionType
from sclt.questions.sides import check_pairs, pair_of, pairs_data, pairs_size


def _read(body: Body) -> dict[str, Any]:
    pairs = tuple(pair_of(body, line) for line in body.lines)
    check_pairs(body, pairs)
    if body.lines and len({pair.right_text for pair in pairs}) == 1:
        body.note("there is one category.", "Add another one: '- :: category' where nothing belongs to it.")
    return {"pairs": pairs}


EN = """\
:::question {#$id type=sorting}
TODO: What is to be sorted, and by what?

- TODO a thing :: TODO first category
- TODO another thing :: TODO second category
- TODO a third thing :: TODO first category
:::"""
LT = """\
:::question {#$id type=sorting}
TODO: Ką ir pagal ką reikia suskirstyti?

- TODO pirmas dalykas :: TODO pirma grupė
- TODO kitas dalykas :: TODO antra grupė
- TODO trečias dalykas :: TODO pirma grupė
:::"""

_HELD = SHOWN | RESULTS | {Carried.PARTS, Carried.ORDER}

TYPE = QuestionType(
    name="sorting",
    rank=65,
    shape="pairs",
    model=PairsQuestion,
    interaction="matching",
    read=_read,
    data=pairs_data,
    size=pairs_size,
    shuffle=True,
    partial=True,
    instruction="sort_each",
    runtime=("drag.css", "sorting.css", "sorting.js"),
    special=True,
    moodle="matching",
    qti=Qti("matchInteraction", "directedPair", "multiple"),
    carries={
        "gift": frozenset({Carried.PARTS, Carried.ON_ANY}),
        "moodle": _HELD | {Carried.HINT},
        "qti": _HELD | {Carried.WHOLE, Carried.LOOKS},
    },
    skeleton={"en": EN, "lt": LT},
    body=(
        "lines `- thing :: category`; `- :: category` is a category to which nothing belongs; categories keep their "
        "order"
    ),
)
