"""Steps of a scale, from least to most; nothing is right or wrong."""

from __future__ import annotations

from typing import Any

from sclt.model.course import ChoiceQuestion
from sclt.questions.coursejson import choices
from sclt.questions.lists import options_of_letters
from sclt.questions.questiontype import SHOWN, UNLIMITED, Body, Carried, Qti, QuestionType
from sclt.questions.sizes import one_option


def _read(body: Body) -> dict[str, Any]:
    if len(body.lines) == 1:
        body.note("the scale has one step.", "Add another one.")
    for line in body.lines:
        if line.mark:
            body.note("a scale has no right answer.", "Remove the [ ].", line)
    return {"options": tuple(line.option() for line in body.lines)}


EN = """\
:::question {#$id type=likert}
TODO: A statement to agree or disagree with.

- I disagree
- I rather disagree
- I rather agree
- I agree
:::"""
LT = """\
:::question {#$id type=likert}
TODO: Teiginys, kuriam galima pritarti arba nepritarti.

- Nesutinku
- Veikiau nesutinku
- Veikiau sutinku
- Sutinku
:::"""

TYPE = QuestionType(
    name="likert",
    rank=90,
    shape="one",
    model=ChoiceQuestion,
    interaction="likert",
    read=_read,
    data=choices,
    size=one_option,
    scored=False,
    retries=UNLIMITED,
    qti=Qti("choiceInteraction", "identifier"),
    carries={"qti": SHOWN | {Carried.ON_ANY}},
    of_scorm12=options_of_letters,
    skeleton={"en": EN, "lt": LT},
    body="a list of the steps of the scale, from least to most; not scored",
)
