"""What belongs together: to each left side one of the right sides."""

from __future__ import annotations

from typing import Any

from sclt.model.course import PairsQuestion
from sclt.questions.questiontype import RESULTS, SHOWN, Body, Carried, Qti, QuestionType
from sclt.questions.sides import check_pairs, pair_of, pairs_data, pairs_size


def _read(body: Body) -> dict[str, Any]:
    pairs = tuple(pair_of(body, line) for line in body.lines)
    check_pairs(body, pairs)
    return {"pairs": pairs}


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
    data=pairs_data,
    size=pairs_size,
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
