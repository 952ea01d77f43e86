"""A number, alone, with a tolerance or within bounds."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from sclt.model.container import Opt
from sclt.model.course import NumberQuestion, Range
from sclt.questions.answers import check_credits, check_ranges
from sclt.questions.coursejson import credited, first, texts
from sclt.questions.questiontype import RESULTS, SHOWN, Body, Carried, Json, Line, Qti, QuestionType, Versions

_NUMBER = r"([-−]?\d+(?:\.\d+)?(?:[eE][-+−]?\d{1,3})?)"
_RANGES = (
    re.compile(rf"^{_NUMBER}$"),
    re.compile(rf"^{_NUMBER}\s*±\s*{_NUMBER}$"),
    re.compile(rf"^{_NUMBER}\.\.{_NUMBER}$"),
)


def _read(body: Body) -> dict[str, Any]:
    ranges = tuple(_range(body, line) for line in body.lines)
    if body.lines and not any(each.correct for each in ranges):
        body.note("no number is right.", "Mark one with [x].")
    check_credits(body)
    check_ranges(body, ranges)
    return {"ranges": ranges, "unit": body.options.get("unit", "")}


def _range(body: Body, line: Line) -> Range:
    value, tolerance, bounds = (pattern.match(line.text) for pattern in _RANGES)
    numbers = [Decimal(n.replace("−", "-")) for m in (value, tolerance, bounds) if m for n in m.groups()]
    if not numbers or not line.mark:
        body.note(
            f"'{line.text}' is not a number that can be checked.",
            "Write '[x] 42', '[x] 42 ± 0.5' or '[x] 40..45', with a decimal point.",
            line,
        )
        numbers = [Decimal("Infinity"), Decimal("-Infinity")]  # an empty range, which meets no other
    low, high = numbers[0], numbers[-1]
    if tolerance:
        low, high = numbers[0] - numbers[1], numbers[0] + numbers[1]
    if low.is_finite() and low > high:
        body.note(f"{low} is more than {high}.", "Swap the two.", line)
    return Range(line.id, float(low), float(high), line.right, line.feedback, line.credit)


def _data(versions: Versions[NumberQuestion]) -> Json:
    ranges = [
        {"id": r.id, "low": r.low, "high": r.high, "correct": r.correct} | credited(r) for r in first(versions).ranges
    ]
    return {"ranges": ranges, "unit": texts(versions, lambda question: question.unit)}


EN = """\
:::question {#$id type=numeric}
TODO: A question that a number answers.

- [x] 42

> Incorrect: TODO: how it is worked out
:::"""
LT = """\
:::question {#$id type=numeric}
TODO: Klausimas, į kurį atsakoma skaičiumi.

- [x] 42

> Incorrect: TODO: kaip tai apskaičiuojama
:::"""

TYPE = QuestionType(
    name="numeric",
    rank=50,
    shape="number",
    model=NumberQuestion,
    interaction="numeric",
    read=_read,
    data=_data,
    moodle="numerical",
    qti=Qti("textEntryInteraction", "float"),
    carries={
        "gift": frozenset({Carried.CREDIT, Carried.FORESEEN, Carried.ON_OPTIONS, Carried.ON_WRONG, Carried.ON_ANY}),
        "moodle": SHOWN
        | {
            Carried.HINT,
            Carried.CREDIT,
            Carried.FORESEEN,
            Carried.UNIT,
            Carried.ON_OPTIONS,
            Carried.ON_WRONG,
            Carried.ON_ANY,
        },
        "qti": SHOWN
        | RESULTS
        | {Carried.CREDIT, Carried.FORESEEN, Carried.UNIT, Carried.ON_OPTIONS, Carried.ON_FORESEEN},
    },
    skeleton={"en": EN, "lt": LT},
    body=(
        "one line `- [x] 42`, `- [x] 42 ± 0.5` or `- [x] 40..45`; further `- [ ] 24` lines for foreseen "
        "mistakes, `- [50%] 40` for what earns half; a decimal point is a point in the source, the learner may "
        "write a comma"
    ),
    own_options="`unit` (shown after the field)",
    options={"unit": Opt(means="shown after the field")},
)
