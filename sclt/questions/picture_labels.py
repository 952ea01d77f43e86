"""Labels that belong to places on a picture."""

from __future__ import annotations

from typing import Any

import msgspec

from sclt.model.area import POINT
from sclt.model.course import Pair, PlacesQuestion
from sclt.questions.pictures import HOUSE, STYLE, picture_of
from sclt.questions.questiontype import RESULTS, SHOWN, Body, Carried, Line, Qti, QuestionType
from sclt.questions.sides import check_pairs, pair_of, pairs_data, pairs_size


def _read(body: Body) -> dict[str, Any]:
    pairs = [pair_of(body, line) for line in body.lines]
    placed = 0
    for n, (pair, line) in enumerate(zip(pairs, body.lines, strict=True)):
        placed += bool(pair.area)
        pairs[n] = _place(body, pair, line, placed)
    check_pairs(body, pairs)
    return {"pairs": tuple(pairs), "picture": picture_of(body)}


def _place(body: Body, pair: Pair, line: Line, number: int) -> Pair:
    """Return a line with its place; one that nothing is said of is known by its number on the picture."""
    if pair.area and len(pair.area) != POINT:
        body.note("a label belongs to a point.", 'Write {at="40 25"}: left and top in per cent.', line)
    if pair.left and not pair.area:
        body.note("this line has no point on the picture.", 'Begin it with {at="40 25"}.', line)
    named = str(number) if pair.area and not pair.left else ""
    return msgspec.structs.replace(pair, left=named, left_text=named) if named else pair


EN = """\
:::question {#$id type=picture-labels}
TODO: What are the parts of this picture called?

![TODO: what the picture shows](../media/$id.svg)

- {at="50 30"} TODO what is at the top :: TODO roof
- {at="36 72"} TODO what people go through :: TODO door
- :: TODO a label that belongs nowhere
:::"""
LT = """\
:::question {#$id type=picture-labels}
TODO: Kaip vadinamos šio paveikslo dalys?

![TODO: kas pavaizduota paveiksle](../media/$id.svg)

- {at="50 30"} TODO kas yra viršuje :: TODO stogas
- {at="36 72"} TODO pro ką įeinama :: TODO durys
- :: TODO užrašas, kuris niekur netinka
:::"""

TYPE = QuestionType(
    name="picture-labels",
    rank=66,
    shape="pairs",
    model=PlacesQuestion,
    interaction="matching",
    read=_read,
    data=pairs_data,
    size=pairs_size,
    shuffle=True,
    partial=True,
    pictured=True,
    instruction="label_each",
    runtime=("drag.css", STYLE, "labels.js"),
    qti=Qti("graphicGapMatchInteraction", "directedPair", "multiple"),
    moodle="ddimageortext",
    carries={
        "moodle": SHOWN | RESULTS | {Carried.HINT, Carried.PARTS, Carried.ORDER},
        "qti": SHOWN | RESULTS | {Carried.PARTS, Carried.WHOLE},
    },
    skeleton={"en": EN, "lt": LT},
    drawing=HOUSE,
    body=(
        'a picture alone in its paragraph, then lines `- {at="40 25"} what is there :: label`, `at` in per cent from '
        "the left and the top; `- :: label` belongs nowhere"
    ),
)
