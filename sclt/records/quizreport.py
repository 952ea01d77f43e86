"""Reads the reports "Grades" and "Responses" of Moodle's quizzes.

After name and identity fields their columns always have the same order, whatever language they are in: state, started,
completed, duration, then the grade with the best one behind a slash (``Grade/10.00``), and the questions. "Grades" has
a mark for each, headed by its number and the best mark (``Q. 1 /1.00``); "Responses" has the response, and the text of
the question and the right answer where they were ticked (moodle/moodle, mod/quiz/classes/local/reports/attempts_report
and mod/quiz/report/*/report.php). A grade is told of attempts that are finished, and a row without a start is the mean.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from sclt.locale import known
from sclt.records import cells
from sclt.records.cells import Result
from sclt.records.exported import Export, Layout, Table
from sclt.records.tracks import Answer, Attempt

_BEST = re.compile(r"^(?P<what>.*?)\s*/\s*(?P<best>\d+(?:[.,]\d+)?)$")
_NUMBER = re.compile(r"\d+")
_BEFORE_GRADE = 4
"""The columns of state, start, end and duration."""
_Row: TypeAlias = Sequence[str]


class Slot(NamedTuple):
    """A question of the quiz: its number, the best mark, and the columns that tell of it."""

    number: str
    best: float
    mark: int | None = None
    question: int | None = None
    response: int | None = None
    right: int | None = None


def grade_place(head: _Row) -> int | None:
    """Return the column of the grade, nothing where a table is no report of a quiz."""
    places = (place for place, name in enumerate(head) if (found := _BEST.match(name)) and found["what"])
    first = next(places, None)
    return first if first is not None and first > _BEFORE_GRADE else None


class Quiz(Layout):
    """A report of a quiz: a row for each attempt."""

    def __init__(self, table: Table, export: Export) -> None:
        self._learner, self._moment, head = table.place("learner", export), export.moment, table.head
        self._activity, self._width = export.activities.find("", alone=True), len(head)
        self._grade = grade_place(head) or 0
        self._best = _best(head[self._grade])
        self._slots = list(_slots(head, self._grade + 1))

    def notes(self) -> list[str]:
        """Return what must be said of the report as a whole."""
        if any(slot.response is not None and slot.right is None for slot in self._slots):
            return ["does not tell which answers are right: tick 'Right answer' in Moodle's report 'Responses'."]
        return []

    def attempts(self, row: list[str]) -> Iterator[Attempt]:
        """Yield the attempt of a row, none for somebody without one."""
        cells.check_width(row, self._width)
        started = self._moment(row[self._grade - 3])
        if not started:
            return
        ended = self._moment(row[self._grade - 2])
        score = _mark(row[self._grade], self._best)
        yield Attempt(
            row[self._learner],
            self._activity,
            started.isoformat(),
            started,
            ended or started,
            "completed" if ended else "incomplete",
            score,
            ended - started if ended else None,
            tuple(self._answers(row)) if ended else (),
        )

    def _answers(self, row: _Row) -> Iterator[Answer]:
        for slot in self._slots:
            answer = _of_mark(slot, row) if slot.mark is not None else _of_response(slot, row)
            if answer:
                yield answer


def _best(heading: str) -> float:
    found = _BEST.match(heading)
    return float(found["best"].replace(",", ".")) if found else 0.0


def _slots(head: _Row, first: int) -> Iterator[Slot]:
    """Yield the questions in the columns from ``first`` on."""
    told: dict[str, dict[str, int]] = {}
    for place, heading in enumerate(head[first:], first):
        best, number = _BEST.match(heading), _NUMBER.search(heading)
        if best and number:
            yield Slot(number[0], _best(heading), place)
        elif number and (kind := _kind(heading)):
            told.setdefault(number[0], {})[kind] = place
    for name, places in told.items():
        yield Slot(name, 1.0, None, places.get("question"), places.get("response"), places.get("right"))


def _kind(heading: str) -> str:
    name = cells.unnumbered(heading)
    return next((kind for kind in ("question", "response", "right") if name in known("headings")[kind]), "")


def _mark(text: str, best: float) -> float | None:
    """Return a mark as a share of the best one, nothing where there is none yet."""
    try:
        mark = float(text.replace(",", "."))
    except ValueError:
        return None
    return min(max(mark / best, -1.0), 1.0) if best else None


def _of_mark(slot: Slot, row: _Row) -> Answer | None:
    share = _mark(row[slot.mark or 0], slot.best)
    if share is None:
        return None
    result = Result(score=share) if 0 < share < 1 else Result(success=share >= 1)
    return Answer(slot.number, "", result, slot.number)


def _of_response(slot: Slot, row: _Row) -> Answer | None:
    """Return an answer in words; it is right where it is what Moodle writes as the right one."""
    response, right, text = (_said(row, place) for place in (slot.response, slot.right, slot.question))
    if not response and not text:
        return None
    success = None if not right else response == right
    # questions that Moodle draws at random share a number
    name = f"{slot.number}-{hashlib.sha256(text.encode()).hexdigest()[:8]}" if text else slot.number
    return Answer(name, response, Result(success=success), slot.number, text=text)


def _said(row: _Row, place: int | None) -> str:
    return "" if place is None or row[place] == "-" else row[place]
