"""Reads what Open edX exports: its grade report, and its report of responses.

The grade report (openedx/edx-platform, lms/djangoapps/instructor_task/tasks_helper/grades.py, _success_headers) has the
grade of the course and of each graded subsection (``Homework 1: TITLE``) from 0 to 1, or ``Not Attempted``. The report
of responses (``student_state_from_…``, the same file, ProblemResponses) has the title, the place and the state of each
block as JSON; that of a SCORM block holds all elements (overhangio/openedx-scorm-xblock, openedxscorm/scormxblock.py).
Neither tells when: the time of the report is the end of the file's name, in UTC (tasks_helper/utils.py,
upload_csv_to_report_store).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from sclt.errors import UsageError
from sclt.records import cells, cmi
from sclt.records.activities import Activity
from sclt.records.cells import Result
from sclt.records.exported import Columns, Export, Layout, Row, Table
from sclt.records.tracks import Answer, Attempt

_NAMED = re.compile(r"_(\d{4}-\d{2}-\d{2}-\d{4})\.\w+$")
_NONE = "not attempted"
_AFTER = "Enrollment Track"
"""The first column behind the grades that every report has."""


def is_grades(head: Row) -> bool:
    """Tell whether a table is a grade report."""
    return {"Student ID", "Username", "Grade", _AFTER} <= set(head)


def is_responses(head: Row) -> bool:
    """Tell whether a table is a report of responses."""
    return {"username", "title", "location", "block_key", "state"} <= set(head)


def _reported(file: str) -> datetime:
    """Return when a report was made; raises UsageError where its name does not tell."""
    if found := _NAMED.search(file):
        return datetime.strptime(found[1], "%Y-%m-%d-%H%M").replace(tzinfo=UTC)
    hint = "Leave the name as Open edX gave it: it ends in _2026-03-02-0815.csv, when the report was made."
    raise UsageError("does not tell of which time it is.", file, hint)


class Grades(Columns):
    """The grade report: a row for each learner, in it a grade for each subsection."""

    def __init__(self, table: Table, export: Export) -> None:
        first, end = table.head.index("Grade"), table.head.index(_AFTER)
        headed = [(place, heading) for place, heading in enumerate(table.head) if first < place < end]
        titles = [(place, (title, title.partition(": ")[2])) for place, title in headed if ": " in title]
        super().__init__(table, export, titles)
        self._when, self._course = _reported(table.file), -1
        if not self.known:
            self._course = first
            try:
                self.known = {first: export.activities.find("", alone=True)}
            except UsageError:
                raise self.unknown(table.where, "--activity IRI for the course, ") from None

    def attempts(self, row: Row) -> Iterator[Attempt]:
        """Yield the grades of a row; a course's grade of 0 does not tell whether anybody began."""
        learner, places = self.told(row)
        for place, activity in places:
            grade = cells.share(row[place]) if row[place].lower() not in ("", _NONE) else None
            if grade or (grade is not None and place != self._course):
                yield Attempt(learner, activity, "grade", None, self._when, "", grade)


class Responses(Layout):
    """The report of responses: a row for each response, or for the state of a SCORM block."""

    def __init__(self, table: Table, export: Export) -> None:
        self._export, self._width, self._file = export, len(table.head), table.file
        self._at = {heading.lower(): place for place, heading in enumerate(table.head)}
        self._learner = table.place("learner", export)

    def attempts(self, row: Row) -> Iterator[Attempt]:
        """Yield the attempt of a row, none for a block that nobody has begun."""
        cells.check_width(row, self._width)
        cell = {name: row[place] for name, place in self._at.items()}
        state = _state(cell["state"])
        learner = row[self._learner]
        if "scorm_data" in state or "lesson_status" in state:
            values = _elements(state)
            if values:
                yield cmi.attempt(cmi.Whose(learner, self._module(cell), _reported(self._file)), values)
        elif cell.get("answer id") or cell.get("answer"):
            last = state.get("last_submission_time")
            when = self._export.moment(last) if isinstance(last, str) else _reported(self._file)
            answers = (_answer(cell, state),)
            yield Attempt(learner, self._module(cell), "1", None, when, answers=answers)

    def _module(self, cell: dict[str, str]) -> Activity:
        """Return the module: the block itself, or the nearest around it that is known, else the one that is named."""
        names = (cell["block_key"], cell["title"], *reversed(cell["location"].split(" > ")))
        found = next(filter(None, map(self._export.activities.named, names)), None)
        return found or self._export.activities.find(cell["title"], alone=True)


def _state(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any]) if text else {}
    except (ValueError, RecursionError):
        raise UsageError("the state is no JSON.", hint="Export the report again.") from None


def _elements(state: dict[str, Any]) -> dict[str, str]:
    """Return the elements that a SCORM block keeps, those that it keeps by a name of its own among them."""
    told = state.get("scorm_data")
    values = {name: str(value) for name, value in told.items()} if isinstance(told, dict) else {}
    if not any(name in values for name in ("cmi.core.lesson_status", "cmi.completion_status")):
        values |= {"cmi.completion_status": str(state.get("lesson_status", ""))}
    if str(state.get("success_status", "unknown")) != "unknown":
        values.setdefault("cmi.success_status", str(state["success_status"]))
    if state.get("lesson_score") and cmi.score(values) is None:
        values["cmi.score.scaled"] = str(state["lesson_score"])
    return {name: value for name, value in values.items() if value}


def _answer(cell: dict[str, str], state: dict[str, Any]) -> Answer:
    name, response = cell.get("answer id") or cell["block_key"], cell.get("answer", "")
    judged = state.get("correct_map")
    told = judged.get(name) if isinstance(judged, dict) else None
    correctness = told.get("correctness") if isinstance(told, dict) else None
    if correctness is None and cell.get("correct answer"):
        return Answer(name, response, Result(response == cell["correct answer"]), "", text=cell.get("question", ""))
    success = {"correct": True, "incorrect": False}.get(str(correctness))
    return Answer(name, response, Result(success), "", text=cell.get("question", ""))
