"""One option is right."""

from __future__ import annotations

from typing import Any

from sclt.model.course import ChoiceQuestion
from sclt.questions.coursejson import choices
from sclt.questions.lists import check_one_right, marked_options, options_of_letters
from sclt.questions.questiontype import RESULTS, SHOWN, Body, Carried, Qti, QuestionType
from sclt.questions.sizes import one_option


def _read(body: Body) -> dict[str, Any]:
    check_one_right(body, "or make it multiple-choice")
    return {"options": marked_options(body)}


EN = """\
:::question {#$id type=single-choice}
TODO: What do you ask? Exactly one answer is right.

- [x] TODO: the right answer
  > TODO: why it is right
- [ ] TODO: a likely mistake
  > TODO: why it is not right
- [ ] TODO: another likely mistake
  > TODO: why it is not right
:::"""
LT = """\
:::question {#$id type=single-choice}
TODO: Ko klausiate? Teisingas tik vienas atsakymas.

- [x] TODO: teisingas atsakymas
  > TODO: kodėl jis teisingas
- [ ] TODO: tikėtina klaida
  > TODO: kodėl tai neteisinga
- [ ] TODO: kita tikėtina klaida
  > TODO: kodėl tai neteisinga
:::"""

TYPE = QuestionType(
    name="single-choice",
    rank=10,
    shape="one",
    model=ChoiceQuestion,
    interaction="choice",
    read=_read,
    data=choices,
    size=one_option,
    shuffle=True,
    moodle="multichoice",
    qti=Qti("choiceInteraction", "identifier"),
    cartridge="cc.multiple_choice.v0p1",
    carries={
        "gift": frozenset({Carried.CREDIT, Carried.ON_OPTIONS, Carried.ON_ANY}),
        "moodle": SHOWN | RESULTS | {Carried.HINT, Carried.CREDIT, Carried.ORDER, Carried.ON_OPTIONS},
        "qti": SHOWN | RESULTS | {Carried.CREDIT, Carried.ORDER, Carried.FIXED, Carried.ON_OPTIONS},
        "cc": RESULTS | {Carried.ORDER, Carried.PICTURES, Carried.ON_OPTIONS},
    },
    of_scorm12=options_of_letters,
    skeleton={"en": EN, "lt": LT},
    body="`- [x]` for the one right option, `- [ ]` for the others; `- [50%]` for one that earns half of the points",
)
