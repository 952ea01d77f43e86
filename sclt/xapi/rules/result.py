"""How it went: results and scores."""

from __future__ import annotations

from typing import Any

from sclt.xapi.rules.demand import At, Breach, Check, Found, demand, is_number, members, of
from sclt.xapi.rules.values import duration, extensions

_RESULT = "xAPI 1.0.3 Data 2.4.5"
_SCORE = "xAPI 1.0.3 Data 2.4.5.1"
_REFUSED = "an LRS must refuse the statement"

RESULT_TYPE = demand(
    "result.type",
    "A result is an object",
    says="the result {value} is no object.",
    why=_REFUSED,
    mend='Write an object such as {"success": true}.',
    clause=_RESULT,
)
SUCCESS = demand(
    "result.success",
    "success is true or false",
    says="success is {value}, which is no boolean.",
    why="an LRS must refuse the statement, also where it is the word in quotes",
    mend="Write true or false without quotes.",
    clause=f"{_RESULT}, 2.2 (2.2.s4.b1.b3)",
)
COMPLETION = demand(
    "result.completion",
    "completion is true or false",
    says="completion is {value}, which is no boolean.",
    why="an LRS must refuse the statement, also where it is the word in quotes",
    mend="Write true or false without quotes.",
    clause=f"{_RESULT}, 2.2 (2.2.s4.b1.b3)",
)
RESPONSE = demand(
    "result.response",
    "A response is a string",
    says="the response {value} is no string.",
    why=_REFUSED,
    mend="Write the response as a string in the form of its interaction.",
    clause=_RESULT,
)
SCORE_TYPE = demand(
    "score.type",
    "A score is an object",
    says="the score {value} is no object.",
    why=_REFUSED,
    mend='Write an object such as {"scaled": 0.8}.',
    clause=_SCORE,
)
SCORE_NUMBER = demand(
    "score.number",
    "scaled, raw, min and max of a score are numbers",
    says="'{key}' of the score is {value}, which is no number.",
    why="an LRS must refuse the statement, also where it is a number in quotes",
    mend="Write a number without quotes.",
    clause=f"{_SCORE}, 2.2 (2.2.s4.b1.b2)",
)
SCALED = demand(
    "score.scaled",
    "A scaled score lies between -1 and 1",
    says="the scaled score {value} lies outside -1 and 1.",
    why=_REFUSED,
    mend="Divide it by the highest possible score, or write it as raw.",
    clause=f"{_SCORE} (2.4.5.1.s2.table1.row1)",
)
MIN_MAX = demand(
    "score.min-max",
    "min of a score is less than max",
    says="min is {value}, which is not less than max.",
    why=_REFUSED,
    mend="Write the lowest possible score as min, the highest as max.",
    clause=f"{_SCORE} (2.4.5.1.s2.table1.row3, row4)",
)
RAW_MIN = demand(
    "score.raw-min",
    "A raw score is not less than min",
    says="the raw score {value} is less than min.",
    why=_REFUSED,
    mend="Mend raw, or min.",
    clause=f"{_SCORE} (2.4.5.1.s2.table1.row2)",
)
RAW_MAX = demand(
    "score.raw-max",
    "A raw score is not more than max",
    says="the raw score {value} is more than max.",
    why=_REFUSED,
    mend="Mend raw, or max.",
    clause=f"{_SCORE} (2.4.5.1.s2.table1.row2)",
)


def _number(value: Any, at: At, found: Found) -> None:
    if not is_number(value):
        found.append(Breach(SCORE_NUMBER, at, value))


def _scaled(value: Any, at: At, found: Found) -> None:
    if not is_number(value):
        found.append(Breach(SCORE_NUMBER, at, value))
    elif not -1 <= value <= 1:
        found.append(Breach(SCALED, at, value))


_SCORE_MEMBERS: dict[str, Check] = {"scaled": _scaled, "raw": _number, "min": _number, "max": _number}


def score(value: Any, at: At, found: Found) -> None:
    """Ask a score (2.4.5.1)."""
    if not isinstance(value, dict):
        found.append(Breach(SCORE_TYPE, at, value))
        return
    members(value, at, found, _SCORE_MEMBERS)
    raw, low, high = value.get("raw"), value.get("min"), value.get("max")
    if is_number(low) and is_number(high) and not low < high:
        found.append(Breach(MIN_MAX, at, low))
        return
    if is_number(raw) and is_number(low) and raw < low:
        found.append(Breach(RAW_MIN, at, raw))
    if is_number(raw) and is_number(high) and raw > high:
        found.append(Breach(RAW_MAX, at, raw))


_MEMBERS: dict[str, Check] = {
    "score": score,
    "success": of(bool, SUCCESS),
    "completion": of(bool, COMPLETION),
    "response": of(str, RESPONSE),
    "duration": duration,
    "extensions": extensions,
}


def result(value: Any, at: At, found: Found) -> None:
    """Ask a result (2.4.5)."""
    if isinstance(value, dict):
        members(value, at, found, _MEMBERS)
    else:
        found.append(Breach(RESULT_TYPE, at, value))
