"""Reads what ILIAS exports of a SCORM learning module, and of its learning progress.

Its reports (ILIAS-eLearning/ILIAS, Modules/ScormAicc/classes/class.ilSCORMTrackingItems.php and
Modules/Scorm2004/classes/class.ilSCORM2004TrackingItems.php) have a column for each element, headed by the element's
name and what it means after a colon (``score.raw: achieved score``; lang/ilias_en.lang, module scormtrac), so that what
stands before the colon is the same in all languages. The raw report has a row for each element, as has the older export
(class.ilObjSCORMLearningModule.php: ``Scoid;Key;Value;Email;Timestamp;Userid``). A report of success has a row for each
learner, the older one ``Department;Login;Lastname;Firstname;Email;Date;Status`` with 1 for whoever completed all. The
learning progress has a status and two times (Services/Tracking/classes/class.ilTrObjectUsersPropsTableGUI.php).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from sclt.records import cells, cmi
from sclt.records.exported import Export, Layout, Row, Table
from sclt.records.tracks import Attempt

_ELEMENTS = {
    "lesson_status": "cmi.core.lesson_status",
    "completion_status": "cmi.completion_status",
    "success_status": "cmi.success_status",
    "score.raw": "cmi.score.raw",
    "score.min": "cmi.score.min",
    "score.max": "cmi.score.max",
    "score.scaled": "cmi.score.scaled",
    "total_time": "cmi.total_time",
}
"""The elements of an attempt by the beginning of their heading."""
_RESPONSES = ("student_response", "learner_response")
_STATUSES = ("lesson_status", "completion_status", "success_status")
_STATES = ("total status", "status")
_PEOPLE = ("email", "e-mail", "login", "username", "userid", "user-id", "user")
"""Columns that tell who learns, the best first; the last are numbers where ILIAS may not export names."""
_MODULES = ("title of chapter / sco", "title of learning module", "sco_title", "identifierref", "scoid")
_TIMES = ("last access", "c_timestamp", "timestamp", "date", "last_access")
_KEYS, _VALUES = ("lvalue", "key"), ("rvalue", "value")
_SECONDS = "total time in seconds (rounded)"
_DONE = {"1": "completed", "0": "incomplete"}


def _columns(head: Row) -> dict[str, int]:
    """Return the columns by what stands before the colon of their headings, the first of several.

    ILIAS puts dashes around what it has no words for.
    """
    return {heading.partition(":")[0].strip(" -").lower(): n for n, heading in reversed(list(enumerate(head)))}


def is_raw(head: Row) -> bool:
    """Tell whether a table has a row for each element of the run-time."""
    columns = _columns(head)
    return any(key in columns and value in columns for key, value in zip(_KEYS, _VALUES, strict=True))


def is_of_scorm(head: Row) -> bool:
    """Tell whether a table has a row for each attempt or answer, with elements as columns."""
    columns = _columns(head)
    return any(name in columns for name in _STATUSES) or _is_of_answers(columns)


def is_of_progress(head: Row) -> bool:
    """Tell whether a table has a row for each learner, with a status and a time."""
    columns = _columns(head)
    return all(any(name in columns for name in names) for names in (_STATES, _PEOPLE, _TIMES))


def _is_of_answers(columns: Mapping[str, int]) -> bool:
    return "id" in columns and any(name in columns for name in _RESPONSES)


class _Tables:
    """What all of these tables have: who, which module, when."""

    def __init__(self, table: Table, export: Export) -> None:
        self.columns, self.export, self.width = _columns(table.head), export, len(table.head)
        self._module = self._place("module", _MODULES)
        self._time = self._needed("completed", _TIMES, table)
        self.learner = self._needed("learner", _PEOPLE, table)
        names = {self.title(row) for _, row in table.body if len(row) == self.width}
        self._is_alone = len(names - {"0", ""}) <= 1

    def _place(self, field: str, names: Iterable[str]) -> int | None:
        """Return the column of a field: as it is named, else by the first of ``names`` that there is."""
        named = _columns([self.export.columns[field]]) if field in self.export.columns else names
        return next((self.columns[name] for name in named if name in self.columns), None)

    def _needed(self, field: str, names: Iterable[str], table: Table) -> int:
        place = self._place(field, names)
        if place is None:
            raise table.lacks(field)
        return place

    def title(self, row: Row) -> str:
        """Return what a row calls its module."""
        return "" if self._module is None else row[self._module]

    def whose(self, row: Row) -> cmi.Whose:
        """Return whose row it is; raises UsageError for an unknown module or no time."""
        cells.check_width(row, self.width)
        activity = self.export.activities.find(self.title(row), self._is_alone)
        return cmi.Whose(row[self.learner], activity, self.export.moment(row[self._time]))


class Report(Layout):
    """A report with a row for each attempt or each answer."""

    def __init__(self, table: Table, export: Export) -> None:
        self._of, self._export = _Tables(table, export), export
        columns = self._of.columns
        self._elements = {element: columns[name] for name, element in _ELEMENTS.items() if name in columns}
        self._answers = {name: columns[name] for name in ("id", "type", "result", *_RESPONSES) if name in columns}
        self._has_answers = _is_of_answers(columns)

    def attempts(self, row: Row) -> Iterator[Attempt]:
        """Yield the attempt of a row, or of a row with an answer that of which it is; none for who has not begun."""
        whose, columns = self._of.whose(row), self._of.columns
        if self._has_answers:
            told = {name: row[place] for name, place in self._answers.items()}
            mark = row[columns["counter"]] if "counter" in columns else str(whose.last)
            if told["id"]:
                answers = (cmi.answer(told, mark),)
                yield Attempt(whose.learner, whose.activity, whose.number, None, whose.last, answers=answers)
        elif self._elements:
            yield cmi.attempt(whose, {name: row[place] for name, place in self._elements.items()})
        elif status := self._status(row):
            seconds = row[columns[_SECONDS]] if _SECONDS in columns else ""
            time = timedelta(seconds=float(seconds)) if seconds.replace(".", "", 1).isdigit() else None
            first = self._export.moment(row[columns["first access"]]) if "first access" in columns else None
            yield Attempt(whose.learner, whose.activity, "progress", first, whose.last, status, None, time or None)

    def _status(self, row: Row) -> str:
        text = row[next(self._of.columns[name] for name in _STATES if name in self._of.columns)]
        return _DONE.get(text) or self._export.status(text)


class Raw(Layout):
    """The raw report: a row for each element, which only together tell of an attempt."""

    def __init__(self, table: Table, export: Export) -> None:
        self._of = _Tables(table, export)
        self._key, self._value = (
            next(self._of.columns[name] for name in names if name in self._of.columns) for names in (_KEYS, _VALUES)
        )

    def each(self, body: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Iterator[Attempt]]]:
        """Yield the attempts of the learners and modules, each with its first line."""
        found: dict[tuple[str, str], tuple[int, list[Row]]] = {}
        for line, row in body:
            if len(row) != self._of.width:
                yield line, self.attempts(row)
            elif row[self._key].startswith("cmi."):
                person = row[self._of.learner]
                found.setdefault((person, self._of.title(row)), (line, []))[1].append(row)
        for line, rows in found.values():
            yield line, self._together(rows)

    def attempts(self, row: Row) -> Iterator[Attempt]:
        """Raise UsageError for a row of another width, as what it tells is missing elsewhere."""
        cells.check_width(row, self._of.width)
        return iter(())

    def _together(self, rows: list[Row]) -> Iterator[Attempt]:
        told = [(self._of.whose(row), row) for row in rows]
        last = max((whose for whose, _ in told if whose.last), key=lambda whose: str(whose.last), default=told[0][0])
        yield cmi.attempt(last, {row[self._key]: row[self._value] for _, row in told})
