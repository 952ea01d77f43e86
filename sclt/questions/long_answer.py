"""A text of a few sentences, which the learner keeps; nothing is right or wrong."""

from __future__ import annotations

from typing import Any

from sclt.model.container import Opt
from sclt.model.course import EssayQuestion
from sclt.questions.coursejson import first
from sclt.questions.questiontype import SHOWN, UNLIMITED, Body, Carried, Json, Qti, QuestionType, Versions


def _read(body: Body) -> dict[str, Any]:
    return {"rows": body.options.get("rows", 6), "max": body.options.get("max", 1000)}


def _data(versions: Versions[EssayQuestion]) -> Json:
    question = first(versions)
    return {"max": question.max, "rows": question.rows}


EN = """\
:::question {#$id type=long-answer}
TODO: A question that a few sentences answer.

> Sample: TODO: a good answer
:::"""
LT = """\
:::question {#$id type=long-answer}
TODO: Klausimas, į kurį atsakoma keliais sakiniais.

> Sample: TODO: geras atsakymas
:::"""

TYPE = QuestionType(
    name="long-answer",
    rank=100,
    shape="text",
    model=EssayQuestion,
    interaction="long-fill-in",
    read=_read,
    data=_data,
    scored=False,
    listed=False,
    retries=UNLIMITED,
    moodle="essay",
    qti=Qti("extendedTextInteraction", "string"),
    cartridge="cc.essay.v0p1",
    carries={
        "gift": frozenset({Carried.ON_ANY}),
        "moodle": frozenset({Carried.PICTURES, Carried.HINT, Carried.ON_ANY}),
        "qti": SHOWN | {Carried.ON_ANY, Carried.SAMPLE},
        "cc": frozenset({Carried.PICTURES, Carried.ON_ANY, Carried.SAMPLE}),
    },
    skeleton={"en": EN, "lt": LT},
    body="no list; not scored, the learner keeps the text; `> Sample:` is shown after writing",
    own_options="`rows` (6), `max` length in characters (1000)",
    options={
        "rows": Opt("count", means="how many lines the field has", usual="6"),
        "max": Opt("count", means="the longest answer, in characters", usual="1000"),
    },
)
