"""Makes an attempt of what an LMS kept of a SCORM package by the names of its elements, as ``cmi.core.lesson_status``.

SCORM 1.2 RTE 3.4, SCORM 2004 RTE 4.2. What one edition calls otherwise stands side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sclt.errors import UsageError
from sclt.records import cells
from sclt.records.activities import Activity
from sclt.records.tracks import JUDGED, Answer, Attempt
from sclt.xapi.statements import emit

_INTERACTION = re.compile(r"cmi\.interactions\.(\d+)\.(id|type|student_response|learner_response|result)")
_CLOCK = re.compile(r"(\d{2,4}):(\d{2}):(\d{2}(?:\.\d+)?)")
"""CMITimespan (SCORM 1.2 RTE 3.4.1.1)."""


class Whose(NamedTuple):
    """Whose attempt it is, of which module, by which number, and when it was last heard of."""

    learner: str
    activity: Activity
    last: datetime | None
    number: str = "1"


def attempt(whose: Whose, values: Mapping[str, str]) -> Attempt:
    """Return the attempt that elements tell of; raises UsageError for a value that is impossible."""
    success, completion = (_status(values.get(f"cmi.{name}", "")) for name in ("success_status", "completion_status"))
    lesson = _status(values.get("cmi.core.lesson_status", ""))
    judged = success if success in JUDGED else ""
    return Attempt(
        whose.learner,
        whose.activity,
        whose.number,
        None,
        whose.last,
        judged or completion or lesson,
        score(values),
        duration(_either(values, "total_time")),
        tuple(_answers(values)),
        is_complete=not judged or completion in ("", "completed"),
    )


def _status(text: str) -> str:
    return cells.status(text.strip())


def score(values: Mapping[str, str]) -> float | None:
    """Return the score from -1 to 1: as it is, or raw between min and max, by default 0 and 100."""
    if scaled := values.get("cmi.score.scaled", ""):
        return _share(scaled, 0, 1, scaled)
    raw, least, most = (_either(values, f"score.{name}") for name in ("raw", "min", "max"))
    return _share(raw, _number(least or "0"), _number(most or "100"), f"{raw}/{most or 100}") if raw else None


def _either(values: Mapping[str, str], name: str) -> str:
    """Return an element that SCORM 1.2 has in ``cmi.core``."""
    return values.get(f"cmi.core.{name}", "") or values.get(f"cmi.{name}", "")


def _share(text: str, least: float, most: float, shown: str) -> float:
    share = (_number(text) - least) / (most - least) if most > least else 2.0
    if not -1 <= share <= 1:
        raise UsageError(f"'{shown}' is no score.", hint="It must lie from min to max.")
    return share


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise UsageError(f"'{text}' is no number.", hint="Write a score as 85.") from None


def duration(text: str) -> timedelta | None:
    """Return how long an attempt took, nothing where none is told or nothing passed; raises UsageError for neither."""
    if match := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (float(part) for part in match.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds) or None
    return (emit.duration(text) or None) if text else None


def _answers(values: Mapping[str, str]) -> Iterator[Answer]:
    found: dict[int, dict[str, str]] = {}
    for name, value in values.items():
        if match := _INTERACTION.fullmatch(name):
            found.setdefault(int(match[1]), {})[match[2]] = value
    for number, told in sorted(found.items()):
        if told.get("id"):
            yield answer(told, str(number))


def answer(told: Mapping[str, str], mark: str) -> Answer:
    """Return the answer that the elements of an interaction tell; ``mark`` is its number, or when it was given."""
    response = told.get("learner_response") or told.get("student_response", "")
    return Answer(told["id"], response, cells.judged(told.get("result", "")), mark, told.get("type", ""))
