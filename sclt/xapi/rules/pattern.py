"""Responses as interactions write them: correctResponsesPattern, and what a learner answered (2.4.4.1.s10)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from sclt.xapi.rules.demand import ADVICE, WARNING, At, Breach, Demand, Found, demand
from sclt.xapi.statements import grammar

_CLAUSE = "xAPI 1.0.3 Data 2.4.4.1 (2.4.4.1.s10)"
_PARAMETERS = "xAPI 1.0.3 Data 2.4.4.1 (2.4.4.1.s12)"
_WHY = "an LRS may refuse it, and no report can compare a learner's response with it"
_UNKNOWN_WHY = "no response can match it, so every answer counts as wrong"

PATTERN_TYPE = demand(
    "pattern.type",
    "correctResponsesPattern is an array",
    says="correctResponsesPattern is {value}, which is no array.",
    why="an LRS must refuse the statement",
    mend='Write an array of strings, also for one response: ["true"].',
    clause="xAPI 1.0.3 Data 2.4.4.1 (2.4.4.1.s8.table1.row2)",
)
PATTERN_ITEM = demand(
    "pattern.item",
    "Each response of correctResponsesPattern is a string",
    says="the response {value} is no string.",
    why="an LRS must refuse the statement",
    mend='Write it in quotes, also numbers and true: ["4"].',
    clause="xAPI 1.0.3 Data 2.4.4.1 (2.4.4.1.s8.table1.row2)",
)
PATTERN_TWICE = demand(
    "pattern.twice",
    "correctResponsesPattern has each response once",
    says="the response {value} stands there already.",
    why="it says nothing new",
    mend="Remove it.",
    clause="xAPI 1.0.3 Data 2.4.4.1 (2.4.4.1.s11)",
    severity=ADVICE,
)


def _form(name: str, demanded: str, mend: str, row: int) -> Demand:
    """Declare the form of a response: a table says it, and an LRS may look at it (2.4.4.1.s13.b3), but need not."""
    return demand(
        f"pattern.{name}",
        demanded,
        says=f"{{value}} is no response to an interaction of type {name}.",
        why=_WHY,
        mend=mend,
        clause=f"{_CLAUSE[:-1]}.table1.row{row}, 2.4.4.1.s13.b3)",
        severity=WARNING,
    )


def _unknown(name: str, demanded: str, mend: str) -> Demand:
    return demand(
        f"pattern.{name}-unknown",
        demanded,
        says="{value} names what the interaction does not list.",
        why=_UNKNOWN_WHY,
        mend=mend,
        clause="xAPI 1.0.3 Data 2.4.4.1 (2.4.4.1.s10, 2.4.4.1.s15)",
        severity=WARNING,
    )


TRUE_FALSE = _form(
    "true-false", "A response to true-false is true or false", "Write true or false in small letters.", 1
)
CHOICE = _form(
    "choice", "A response to choice is a list of ids, delimited by [,]", "Write ids with [,] between: a[,]c.", 2
)
MATCHING = _form(
    "matching",
    "A response to matching is a list of pairs: source, [.], target; delimited by [,]",
    "Write pairs such as a[.]1[,]b[.]2.",
    4,
)
PERFORMANCE = _form(
    "performance",
    "A response to performance is a list of steps: id, [.], response; delimited by [,]",
    "Write steps such as pong[.]1:[,]dg[.]10.",
    5,
)
SEQUENCING = _form(
    "sequencing",
    "A response to sequencing is a list of ids in order, delimited by [,]",
    "Write ids with [,] between: a[,]c.",
    6,
)
LIKERT = _form("likert", "A response to likert is the id of one option", "Write one id.", 7)
NUMERIC = _form(
    "numeric",
    "A response to numeric is a number, or a range with [:] between minimum and maximum",
    "Write 4, 4[:]6, [:]6 or 4[:].",
    8,
)
NUMERIC_RANGE = demand(
    "pattern.numeric-range",
    "The minimum of a range is not more than its maximum",
    says="the range {value} is empty: its minimum is more than its maximum.",
    why="no response lies in it, so every answer counts as wrong",
    mend="Write the lower number first.",
    clause=f"{_CLAUSE[:-1]}.table1.row8, 2.4.4.1.s13.b3)",
    severity=WARNING,
)
CHOICE_UNKNOWN = _unknown("choice", "A response to choice names options of choices", "Name ids of choices.")
MATCHING_UNKNOWN = _unknown(
    "matching", "A response to matching names ids of source and target", "Name ids of source, then of target."
)
PERFORMANCE_UNKNOWN = _unknown("performance", "A response to performance names steps", "Name ids of steps.")
SEQUENCING_UNKNOWN = _unknown("sequencing", "A response to sequencing names options of choices", "Name ids of choices.")
LIKERT_UNKNOWN = _unknown("likert", "A response to likert names an option of scale", "Name an id of scale.")
PARAMETER = demand(
    "pattern.parameter",
    "Parameters before a response are case_matters or order_matters with true or false",
    says="{value} begins with a parameter that the interaction does not have.",
    why="a reader takes it for part of the response, or ignores it",
    mend="Write {case_matters=true} or {order_matters=false}, in small letters, where the interaction knows it.",
    clause=_PARAMETERS,
    severity=WARNING,
)
PARAMETER_LANGUAGE = demand(
    "pattern.language",
    "The language before an item of a response is a tag as RFC 5646 forms them",
    says="{value} names a language that is no tag of RFC 5646.",
    why="a reader cannot tell in which language the response counts",
    mend="Write {lang=lt} or another tag.",
    clause=f"{_PARAMETERS}; RFC 5646 2.1",
    severity=WARNING,
)
RESPONSE_FORM = demand(
    "result.response-form",
    "A learner's response has the form of its interaction",
    says="the response {value} has not the form of its interaction.",
    why="no report can compare it with the right ones",
    mend="Write it as correctResponsesPattern would be written.",
    clause=_CLAUSE,
    severity=WARNING,
)

Lists: TypeAlias = dict[str, frozenset[str]]
"""Ids by the name of their list; a list that is not given is missing."""
Reading: TypeAlias = Callable[[str, Lists], Iterator[Demand]]
_PARAMETER = re.compile(r"\{([^{}=]*)=([^{}]*)\}")
_KNOWN = {
    "fill-in": ("case_matters", "order_matters"),
    "long-fill-in": ("case_matters", "order_matters"),
    "performance": ("order_matters",),
}


def _true_false(text: str, _lists: Lists) -> Iterator[Demand]:
    if text not in ("true", "false"):
        yield TRUE_FALSE


def _listed(form: Demand, unknown: Demand, least: int) -> Reading:
    """Return the reading of a list of ids; ``least`` is how many there are at least."""

    def read(text: str, lists: Lists) -> Iterator[Demand]:
        ids = text.split("[,]") if text or least else []
        if not all(ids):
            yield form
        elif "choices" in lists and not lists["choices"].issuperset(ids):
            yield unknown

    return read


def _likert(text: str, lists: Lists) -> Iterator[Demand]:
    if not text or "[,]" in text:
        yield LIKERT
    elif "scale" in lists and text not in lists["scale"]:
        yield LIKERT_UNKNOWN


def _matching(text: str, lists: Lists) -> Iterator[Demand]:
    pairs = [pair.split("[.]") for pair in text.split("[,]")] if text else []  # items can appear in zero pairs
    if any(len(pair) != 2 or not all(pair) for pair in pairs):
        yield MATCHING
    elif any(
        side in lists and not lists[side].issuperset(pair[place] for pair in pairs)
        for place, side in enumerate(("source", "target"))
    ):
        yield MATCHING_UNKNOWN


def _numeric(text: str, _lists: Lists) -> Iterator[Demand]:
    low, delimiter, high = text.partition("[:]")
    numbers = [number for number in (low, high) if number]
    if not numbers or not all(grammar.is_number(number) for number in numbers):
        yield NUMERIC
    elif delimiter and len(numbers) == 2 and float(low) > float(high):
        yield NUMERIC_RANGE


def _performance(text: str, lists: Lists) -> Iterator[Demand]:
    text, odd = _parameters(text, _KNOWN["performance"])
    steps = [step.partition("[.]") for step in text.split("[,]")]
    if odd:
        yield PARAMETER
    if not all(step and delimiter for step, delimiter, _response in steps):  # a response may be empty
        yield PERFORMANCE
    elif "steps" in lists and not lists["steps"].issuperset(step for step, _delimiter, _response in steps):
        yield PERFORMANCE_UNKNOWN
    if _odd_language(response for _step, _delimiter, response in steps):
        yield PARAMETER_LANGUAGE


def _fill_in(text: str, _lists: Lists) -> Iterator[Demand]:
    text, odd = _parameters(text, _KNOWN["fill-in"])
    if odd:
        yield PARAMETER
    if _odd_language(text.split("[,]")):
        yield PARAMETER_LANGUAGE


def _parameters(text: str, known: tuple[str, ...]) -> tuple[str, bool]:
    """Return a response without the parameters of the whole list, and whether one of them is odd."""
    odd, start = False, 0
    while (match := _PARAMETER.match(text, start)) and match[1] != "lang":
        odd = odd or match[1] not in known or match[2] not in ("true", "false")
        start = match.end()
    return text[start:], odd


def _odd_language(parts: Iterator[str] | list[str]) -> bool:
    matches = (_PARAMETER.match(part) for part in parts)
    return any(m is not None and m[1] == "lang" and not grammar.is_language(m[2]) for m in matches)


READINGS: dict[str, Reading] = {
    "true-false": _true_false,
    "choice": _listed(CHOICE, CHOICE_UNKNOWN, 0),  # no option may be right
    "sequencing": _listed(SEQUENCING, SEQUENCING_UNKNOWN, 1),
    "likert": _likert,
    "matching": _matching,
    "numeric": _numeric,
    "performance": _performance,
    "fill-in": _fill_in,
    "long-fill-in": _fill_in,
}


_FORMS = frozenset((TRUE_FALSE, CHOICE, MATCHING, PERFORMANCE, SEQUENCING, LIKERT, NUMERIC, NUMERIC_RANGE))


def pattern(value: Any, at: At, found: Found) -> None:
    """Ask that correctResponsesPattern is an array of strings; `responses` asks their form."""
    if not isinstance(value, list):
        found.append(Breach(PATTERN_TYPE, at, value))
        return
    seen: set[str] = set()
    for index, text in enumerate(value):
        if not isinstance(text, str):
            found.append(Breach(PATTERN_ITEM, (at, index), text))
        elif text in seen:
            found.append(Breach(PATTERN_TWICE, (at, index), text))
        else:
            seen.add(text)


def responses(kind: str, value: Any, lists: Lists, at: At, found: Found) -> None:
    """Ask the form of each right response by the type of its interaction."""
    read = READINGS.get(kind)
    if read is None or not isinstance(value, list):
        return
    for index, text in enumerate(value):
        if isinstance(text, str):
            for broken in read(text, lists):
                found.append(Breach(broken, (at, index), text))


def learners_response(kind: str, text: Any, at: At, found: Found) -> None:
    """Ask the form of what a learner answered; what is listed is no matter, nor an answer that was left out."""
    read = READINGS.get(kind)
    if read is None or not isinstance(text, str) or not text:
        return
    if not _FORMS.isdisjoint(read(text, {})):
        found.append(Breach(RESPONSE_FORM, at, text))
