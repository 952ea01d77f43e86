"""Any number of options is right, at least one."""

from __future__ import annotations

from typing import Any

from sclt.model.course import ChoiceQuestion
from sclt.questions.coursejson import choices
from sclt.questions.lists import marked_options, options_of_letters, weighed
from sclt.questions.questiontype import RESULTS, SHOWN, Body, Carried, Qti, QuestionType
from sclt.questions.sizes import all_options


def _read(body: Body) -> dict[str, Any]:
    if body.lines and not any(line.mark == "x" or (line.credit or 0) > 0 for line in body.lines):
        body.note("no option is right.", "Mark the right ones with [x].")
    return {"options": weighed(body, marked_options(body, least=-1))}


EN = """\
:::question {#$id type=multiple-choice}
TODO: What do you ask? Several answers are right.

- [x] TODO: a right answer
- [x] TODO: another right answer
- [ ] TODO: a likely mistake

> Hint: TODO: what to think of
:::"""
LT = """\
:::question {#$id type=multiple-choice}
TODO: Ko klausiate? Teisingi keli atsakymai.

- [x] TODO: teisingas atsakymas
- [x] TODO: kitas teisingas atsakymas
- [ ] TODO: tikėtina klaida

> Hint: TODO: apie ką verta pagalvoti
:::"""

TYPE = QuestionType(
    name="multiple-choice",
    rank=20,
    shape="many",
    model=ChoiceQuestion,
    interaction="choice",
    read=_read,
    data=choices,
    size=all_options,
    shuffle=True,
    partial=True,
    instruction="choose_all",
    moodle="multichoice",
    qti=Qti("choiceInteraction", "identifier", "multiple"),
    cartridge="cc.multiple_response.v0p1",
    carries={
        "gift": frozenset({Carried.PARTS, Carried.CREDIT, Carried.ON_OPTIONS, Carried.ON_ANY}),
        "moodle": SHOWN | RESULTS | {Carried.HINT, Carried.PARTS, Carried.CREDIT, Carried.ORDER, Carried.ON_OPTIONS},
        "qti": SHOWN
        | RESULTS
        | {Carried.PARTS, Carried.WHOLE, Carried.CREDIT, Carried.ORDER, Carried.FIXED, Carried.ON_OPTIONS},
        "cc": RESULTS | {Carried.ORDER, Carried.PICTURES, Carried.ON_OPTIONS},
    },
    of_scorm12=options_of_letters,
    skeleton={"en": EN, "lt": LT},
    body=(
        "the same, any number right, at least one; where they do not earn the same, each says what it earns, as "
        "`- [70%]`, `- [30%]` and, for what takes back, `- [-50%]`"
    ),
)
