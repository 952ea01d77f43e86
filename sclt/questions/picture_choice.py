"""One picture is right."""

from __future__ import annotations

from typing import Any

from sclt.model.course import ChoiceQuestion
from sclt.questions.coursejson import choices
from sclt.questions.lists import check_one_right, marked_options, options_of_letters
from sclt.questions.pictures import HOUSE
from sclt.questions.questiontype import RESULTS, SHOWN, Body, Carried, Qti, QuestionType
from sclt.questions.sizes import one_option


def _read(body: Body) -> dict[str, Any]:
    check_one_right(body)
    for line in body.lines:
        if "<img" not in line.html:
            body.note(
                "this line has no picture.", "Write - [ ] ![what it shows](../media/…) and, if you like, words.", line
            )
    return {"options": marked_options(body)}


EN = """\
:::question {#$id type=picture-choice}
TODO: What do you ask? Exactly one picture is right.

- [x] ![TODO: what the right picture shows](../media/$id.svg)
  > TODO: why it is right
- [ ] ![TODO: what another picture shows](../media/$id.svg) TODO: words below it, if you like
- [ ] ![TODO: what a third picture shows](../media/$id.svg)
:::"""
LT = """\
:::question {#$id type=picture-choice}
TODO: Ko klausiate? Tinka tik vienas paveikslėlis.

- [x] ![TODO: kas matyti tinkamame paveikslėlyje](../media/$id.svg)
  > TODO: kodėl jis tinka
- [ ] ![TODO: kas matyti kitame paveikslėlyje](../media/$id.svg) TODO: žodžiai po juo, jei reikia
- [ ] ![TODO: kas matyti trečiame paveikslėlyje](../media/$id.svg)
:::"""

_HELD = SHOWN | RESULTS | {Carried.CREDIT, Carried.ORDER, Carried.ON_OPTIONS}

TYPE = QuestionType(
    name="picture-choice",
    rank=22,
    shape="one",
    model=ChoiceQuestion,
    interaction="choice",
    read=_read,
    data=choices,
    size=one_option,
    shuffle=True,
    instruction="choose_picture",
    runtime=("picture-choice.css",),
    special=True,
    moodle="multichoice",
    qti=Qti("choiceInteraction", "identifier"),
    carries={
        "moodle": _HELD | {Carried.HINT},
        "qti": _HELD | {Carried.FIXED, Carried.LOOKS},
    },
    of_scorm12=options_of_letters,
    skeleton={"en": EN, "lt": LT},
    drawing=HOUSE,
    body=(
        "`- [x] ![what it shows](../media/a.jpg)` for the one right picture, `- [ ] ![…](…)` for the others; words may "
        "stand behind a picture; `- [50%]` for one that earns half of the points"
    ),
)
