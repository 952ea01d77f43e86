"""A statement that is true or false."""

from __future__ import annotations

from typing import Any

from sclt.model.container import Opt
from sclt.model.course import ChoiceQuestion, Option
from sclt.questions.coursejson import choices
from sclt.questions.questiontype import RESULTS, SHOWN, Body, Carried, Qti, QuestionType
from sclt.questions.sizes import one_option


def _read(body: Body) -> dict[str, Any]:
    if "answer" not in body.options:
        body.note("it is not said whether the statement is true.", "Add answer=true or answer=false.")
        return {}
    answer = body.options["answer"]
    return {"options": (Option("true", "", "", answer), Option("false", "", "", not answer))}


def _of_letter(_question: ChoiceQuestion, response: str) -> str:
    return {"t": "true", "f": "false"}.get(response, response)


EN = """\
:::question {#$id type=true-false answer=true}
TODO: A statement that is plainly true or false.

> Correct: TODO: why it is true

> Incorrect: TODO: where to read about it again
:::"""
LT = """\
:::question {#$id type=true-false answer=true}
TODO: Teiginys, kuris aiškiai teisingas arba klaidingas.

> Correct: TODO: kodėl jis teisingas

> Incorrect: TODO: kur apie tai paskaityti dar kartą
:::"""

TYPE = QuestionType(
    name="true-false",
    rank=30,
    shape="one",
    model=ChoiceQuestion,
    interaction="true-false",
    read=_read,
    data=choices,
    size=one_option,
    listed=False,
    fixed=("true", "false"),
    retries=0,
    moodle="truefalse",
    qti=Qti("choiceInteraction", "identifier"),
    cartridge="cc.true_false.v0p1",
    carries={
        "gift": RESULTS,
        "moodle": SHOWN | RESULTS | {Carried.HINT},
        "qti": SHOWN | RESULTS,
        "cc": RESULTS | {Carried.PICTURES},
    },
    of_scorm12=_of_letter,
    skeleton={"en": EN, "lt": LT},
    body="no list; the statement is the question",
    own_options="`answer=true` or `answer=false`, required",
    options={"answer": Opt("truth", required=True, means="whether the statement is true")},
)
