"""A number that is guessed: the nearer to the middle of what the author expects, the more of the points."""

from __future__ import annotations

import re
from typing import Any

from sclt.model.course import NumberQuestion, Range
from sclt.questions.coursejson import first, texts
from sclt.questions.questiontype import Body, Carried, Json, QuestionType, Versions

_BOUNDS = re.compile(r"(\d+)\.\.(\d+)")


def _read(body: Body) -> dict[str, Any]:
    bounds = [match for line in body.lines if (match := _BOUNDS.fullmatch(line.text))]
    if len(bounds) != 1:
        body.note("there is not one line with what is expected.", "Write '- 40..60'.")
        return {}
    return {"ranges": (Range("a", float(bounds[0][1]), float(bounds[0][2])),), "unit": body.options.get("unit", "")}


def _data(versions: Versions[NumberQuestion]) -> Json:
    ranges = [{"id": r.id, "low": r.low, "high": r.high, "correct": True} for r in first(versions).ranges]
    return {"ranges": ranges, "unit": texts(versions, lambda question: question.unit)}


def _of_scorm12(_question: NumberQuestion, response: str) -> str:
    return response.removeprefix("~")


TYPE = QuestionType(
    name="estimate",
    rank=55,
    shape="number",
    model=NumberQuestion,
    interaction="numeric",
    read=_read,
    data=_data,
    retries=0,
    skeleton={
        "en": ":::question {#$id type=estimate}\nTODO: How many are there?\n\n- 40..60\n:::",
        "lt": ":::question {#$id type=estimate}\nTODO: Kiek jų yra?\n\n- 40..60\n:::",
    },
    carries={"gift": frozenset({Carried.ON_ANY})},
    of_scorm12=_of_scorm12,
)
