"""One of the areas of a picture is right."""

from __future__ import annotations

from typing import Any

from sclt.model.course import AreasQuestion
from sclt.questions.coursejson import choices
from sclt.questions.lists import check_one_right, marked_options, options_of_letters
from sclt.questions.pictures import HOUSE, STYLE, check_placed, picture_of
from sclt.questions.questiontype import RESULTS, SHOWN, Body, Carried, Qti, QuestionType
from sclt.questions.sizes import one_option


def _read(body: Body) -> dict[str, Any]:
    check_one_right(body)
    check_placed(body, "area", "10 20 30 15")
    return {"options": marked_options(body), "picture": picture_of(body)}


EN = """\
:::question {#$id type=hotspot}
TODO: What is to be found on the picture? Exactly one area is right.

![TODO: what the picture shows](../media/$id.svg)

- [x] {at="30 60 12.5 27"} TODO: the door
  > TODO: why it is right
- [ ] {at="57.5 56.5 15 17"} TODO: the window
- [ ] {at="50 13 85 46 15 46"} TODO: the roof
:::"""
LT = """\
:::question {#$id type=hotspot}
TODO: Ką reikia rasti paveiksle? Tinka tik viena vieta.

![TODO: kas pavaizduota paveiksle](../media/$id.svg)

- [x] {at="30 60 12.5 27"} TODO: durys
  > TODO: kodėl ši vieta tinka
- [ ] {at="57.5 56.5 15 17"} TODO: langas
- [ ] {at="50 13 85 46 15 46"} TODO: stogas
:::"""

TYPE = QuestionType(
    name="hotspot",
    rank=24,
    shape="one",
    model=AreasQuestion,
    interaction="choice",
    read=_read,
    data=choices,
    size=one_option,
    pictured=True,
    instruction="find_place",
    runtime=(STYLE, "hotspot.js"),
    qti=Qti("hotspotInteraction", "identifier"),
    carries={
        "qti": SHOWN | RESULTS | {Carried.CREDIT},
    },
    of_scorm12=options_of_letters,
    skeleton={"en": EN, "lt": LT},
    drawing=HOUSE,
    body=(
        'a picture alone in its paragraph, then `- [x] {at="10 20 30 15"} what lies there` for the one right area, '
        "`- [ ]` for the others; `at` in per cent of the picture: left, top, width, height, or left, top, radius, or "
        "the corners"
    ),
)
