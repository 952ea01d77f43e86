"""Reads what an LMS exports as a table: finds out what it is, and makes statements of its attempts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from sclt.errors import UsageError
from sclt.records import cells, headings, ilias, moodle, openedx
from sclt.records.exported import Export, Layout, Row, Table
from sclt.records.quizreport import Quiz, grade_place
from sclt.records.store import Aside
from sclt.records.tracks import Answer, Attempt, statements
from sclt.storage.tables import Line, lines
from sclt.xapi.statements import emit
from sclt.xapi.statements.identity import Json

PLAIN = (
    "learner",
    "module",
    "attempt",
    "status",
    "score",
    "time",
    "started",
    "completed",
    "question",
    "type",
    "response",
    "correct",
)
NAMED = (*PLAIN, "right", "result")
"""The fields whose heading can be named."""
_ABOVE = 12
"""So many rows may stand above the headings of a report."""
_CAPTION = 2
"""Cells of such a row: what it tells of, and what it tells."""


class Read(NamedTuple):
    """The statements of an export, each once, the rows that give none, and what must be said of the whole."""

    statements: list[Json]
    aside: list[Aside]
    notes: list[str]


def read(file: Path, export: Export) -> Read:
    """Return what a table gives. Raises UsageError where its columns or encoding are others, with line and mend."""
    made: dict[str, Json] = {}
    aside: list[Aside] = []
    notes: list[str] = []
    for line, attempts in _attempts(file, export, notes):
        try:
            told = [each for attempt in attempts for each in statements(attempt, export.home_page)]
        except UsageError as error:
            reason = f"{error.message} {error.hint}".strip().rstrip(".")
            # the hash of a row would lead back to a person, who is easily guessed
            aside.append(Aside(f"{file.name}:{line}", hashlib.sha256(reason.encode()).hexdigest(), "", reason))
        else:
            made.update((each["id"], each) for each in told)
    return Read(list(made.values()), aside, notes)


def _attempts(file: Path, export: Export, notes: list[str]) -> Iterator[tuple[int, Iterator[Attempt]]]:
    """Yield the line and the attempts of each row; reading the attempts may raise UsageError.

    ``notes`` gets what must be said of the whole, once it is read.
    """
    table = _table(file, export)
    layout = _layout(table, export)
    yield from layout.each(table.body)
    notes += [f"{file.name} {note}" for note in layout.notes()]


def _table(file: Path, export: Export) -> Table:
    """Return the table of a file. ILIAS writes above its headings what the report is, and leaves a row empty."""
    rows = list(lines(file))
    empty = next((n for n, (_, row) in enumerate(rows[:_ABOVE]) if not any(row)), 0)
    is_report = all(sum(map(bool, row)) <= _CAPTION for _, row in rows[:empty])
    (line, head), *body = rows[empty + 1 if empty and is_report else 0 :] or [Line(1, [])]
    body = [each for each in body if any(each.cells)]
    table = Table(str(file), line, head, body)
    stems = {cells.unnumbered(heading) for heading in head}
    for field, heading in export.columns.items():
        if heading not in head and not (field in headings.CELLS and heading.lower() in stems):
            raise UsageError(f"has no column '{heading}' for {field}.", table.where, f"It has: {', '.join(head)}.")
    return table


def _layout(table: Table, export: Export) -> Layout:
    """Return how a table is read: as its columns are named, else as its headings tell."""
    found = next((kind for is_one, kind in _KINDS if is_one(table.head)), moodle.Scorm)
    if "attempt" in export.columns:
        found = moodle.Scorm
    elif found in (moodle.Scorm, ilias.Report, Quiz) and not ilias.is_of_scorm(table.head):
        # whoever names a status or a time says what else no heading tells
        found = _Plain if set(export.columns) - {"learner", "module", *headings.CELLS} else found
    return found(table, export)


class _Plain(Layout):
    """The CSV of docs/analysts.md: a row for an attempt, or for an answer."""

    def __init__(self, table: Table, export: Export) -> None:
        lowered = [heading.lower() for heading in table.head]
        named = {field: field for field in PLAIN if field in lowered}
        named |= {field: heading.lower() for field, heading in export.columns.items() if heading.lower() in lowered}
        self._at = {field: lowered.index(heading) for field, heading in named.items()}
        self._at.setdefault("learner", -1)
        if self._at["learner"] < 0:
            self._at["learner"] = table.place("learner", export)
        self._width, self._export = len(table.head), export

    def attempts(self, row: Row) -> Iterator[Attempt]:
        cells.check_width(row, self._width)
        cell = {field: row[place] for field, place in self._at.items()}
        started, ended = (self._export.moment(cell.get(field, "")) for field in ("started", "completed"))
        question = cell.get("question", "")
        attempt = Attempt(
            cell["learner"],
            self._export.activities.find(cell.get("module", "")),
            cell.get("attempt", "") or "1",
            None if question else started,
            ended or started,
            self._export.status(cell.get("status", "")),
            cells.score(cell.get("score", "")),
            emit.duration(cell["time"]) if cell.get("time") else None,
        )
        if not question:
            yield attempt
            return
        result = cells.judged(cell.get("correct", ""))
        mark = cell.get("completed", "") or cell.get("started", "")
        answer = Answer(question, cell.get("response", ""), result, mark, cell.get("type", ""))
        yield attempt._replace(status="", score=None, time=None, answers=(answer,))


_KINDS: tuple[tuple[Callable[[Row], object], Callable[[Table, Export], Layout]], ...] = (
    (lambda head: head and not head[0], moodle.Completion),
    (lambda head: "learner" in map(str.lower, head), _Plain),
    (ilias.is_raw, ilias.Raw),
    (ilias.is_of_scorm, ilias.Report),
    (openedx.is_grades, openedx.Grades),
    (openedx.is_responses, openedx.Responses),
    (lambda head: grade_place(head) is not None, Quiz),
    (ilias.is_of_progress, ilias.Report),
)
"""The kinds of export that are known by their headings, the surest first; what is none of them is Moodle's of SCORM."""
