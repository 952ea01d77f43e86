"""Lines to be put in order; the author writes them in the right one."""

from __future__ import annotations

from typing import Any

import msgspec

from sclt.model.course import ChoiceQuestion
from sclt.questions.coursejson import choices, texts
from sclt.questions.lists import options_of_letters
from sclt.questions.questiontype import RESULTS, SHOWN, Body, Carried, Json, Qti, QuestionType, Versions
from sclt.questions.sizes import all_options


def _read(body: Body) -> dict[str, Any]:
    if len(body.lines) == 1:
        body.note("there is only one line to order.", "Add another one.")
    return {"options": tuple(msgspec.structs.replace(line.option(), correct=True) for line in body.lines)}


def _data(versions: Versions[ChoiceQuestion]) -> Json:
    answer = texts(versions, lambda question: " → ".join(option.text for option in question.options))
    return choices(versions) | {"answer": answer}


EN = """\
:::question {#$id type=ordering}
TODO: Say by what to order. Below stands the right order.

1. TODO: what comes first
2. TODO: what comes next
3. TODO: what comes last
:::"""
LT = """\
:::question {#$id type=ordering}
TODO: Pasakykite, pagal ką išdėstyti. Žemiau surašyta teisinga tvarka.

1. TODO: kas pirma
2. TODO: kas toliau
3. TODO: kas paskutinis
:::"""

TYPE = QuestionType(
    name="ordering",
    rank=70,
    shape="order",
    model=ChoiceQuestion,
    interaction="sequencing",
    read=_read,
    data=_data,
    size=all_options,
    shuffle=True,
    partial=True,
    instruction="put_in_order",
    qti=Qti("orderInteraction", "identifier", "ordered"),
    carries={"qti": SHOWN | RESULTS | {Carried.WHOLE}},
    of_scorm12=options_of_letters,
    skeleton={"en": EN, "lt": LT},
    body="a numbered list in the right order",
)
