"""Reads what an LMS exports: a plain CSV, Moodle's SCORM reports, and those of its quizzes and of completion.

Moodle writes its headings in the language of whoever downloads. After ``attempt`` its columns always have the same
order: started, last accessed, score, then of each SCO a score or status, and its questions
(moodle/moodle, mod/scorm/report/*/classes/report.php, display). "Basic" has columns of SCOs only with "Track details".
The report "Activity completion" as CSV begins with a column without a heading, the name; then come identity fields and
of each activity two columns, its state and when (report/progress/index.php); the second is headed by a date or nothing.
"""

from __future__ import annotations

import csv
import hashlib
import html
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from io import StringIO
from pathlib import Path
from typing import NamedTuple, TypeAlias

from sclt.errors import UsageError
from sclt.locale import known
from sclt.records import cells, headings
from sclt.records.activities import Activities, Activity
from sclt.records.quizreport import Quiz, grade_place
from sclt.records.store import Aside
from sclt.records.tracks import Answer, Attempt, statements
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
_FIELDS = {"learner": ("email", "account"), "attempt": ("attempt",)}
"""The headings that can hold a field, the best first."""
NAMED = (*PLAIN, "right", "result")
"""The fields whose heading can be named."""
# settings are named as Moodle shows them, also in Lithuanian (its language pack lt for 4.5)
_OTHER_REPORT = "Download 'Basic' with 'Track details', or 'Interactions'."
_DETAILS = (
    "In Moodle set 'Track details' ('Sekimo išsami informacija') to 'Yes' under 'Preferences for this report', save "
    "the preferences, and download the report again."
)
_QUESTIONS = "Tick 'Summary of question' ('Klausimų apibendrinimas') in Moodle's report and download it again."
_NO_ANSWERS = (
    "tells of questions, but of no answer: attempts were taken without answers. Moodle's report 'Interactions' leaves "
    "out the answers of SCORM 2004 packages; only the 'Track details' of an attempt show them. Where answers are to be "
    "read, import SCORM 1.2 packages into Moodle, or take cmi5 and an LRS."
)
_Row: TypeAlias = list[str]


class Read(NamedTuple):
    """The statements of an export, each once, the rows that give none, and what must be said of the whole."""

    statements: list[Json]
    aside: list[Aside]
    notes: list[str]


class Export(NamedTuple):
    """How to read exports. ``columns`` gives a heading by field; ``zone`` is that of times without an offset.

    ``statuses`` gives passed, failed, completed or incomplete by further words, in small letters; ``dates`` is how
    times are written, as for strptime.
    """

    activities: Activities
    columns: Mapping[str, str] = {}
    zone: tzinfo | None = None
    home_page: str = ""
    statuses: Mapping[str, str] = {}
    dates: str = ""

    def moment(self, text: str) -> datetime | None:
        """Return a time, nothing where none is told; raises UsageError for what is none."""
        return cells.moment(text, self.zone, self.dates)

    def status(self, text: str) -> str:
        """Return the meaning of a status; raises UsageError for one that is not known."""
        return cells.status(text, self.statuses)


def read(file: Path, export: Export) -> Read:
    """Return what a CSV gives. Raises UsageError where its columns or encoding are others, with line and mend."""
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
    text = emit.read(file)
    before, table = emit.divided(text)
    rows = csv.reader(StringIO(table, newline=""), delimiter=emit.delimiter(text), strict=True)
    line = before
    try:
        layout = _layout([cell.strip() for cell in next(rows, [])], file, export)
        line = before + rows.line_num
        for row in rows:
            stripped = [cell.strip() for cell in row]
            if any(stripped):
                yield line + 1, layout.attempts(stripped)
            line = before + rows.line_num
        notes += [f"{file.name} {note}" for note in layout.notes()]
    except csv.Error as error:
        raise UsageError(f"is no CSV: {error}.", f"{file}:{line + 1}") from None


def _layout(head: _Row, file: Path, export: Export) -> _Plain | _Moodle | _Completion | Quiz:
    lowered = [heading.lower() for heading in head]
    stems = {cells.unnumbered(heading) for heading in head}
    for field, heading in export.columns.items():
        if heading not in head and not (field in headings.CELLS and heading.lower() in stems):
            raise UsageError(f"has no column '{heading}' for {field}.", f"{file}:1", f"It has: {', '.join(head)}.")
    if head and not head[0] and "attempt" not in export.columns:
        return _Completion(head, _place(head, "learner", file, export), str(file), export)
    if "learner" not in lowered and grade_place(head) is not None and "attempt" not in export.columns:
        activity = export.activities.find("", alone=True)
        return Quiz(head, _place(head, "learner", file, export), activity, export.moment)
    if "attempt" in export.columns or "learner" not in lowered:
        at = {field: _place(head, field, file, export) for field in _FIELDS}
        return _Moodle(head, at["learner"], at["attempt"], str(file), export)
    named = {field: field for field in PLAIN if field in lowered}
    named |= {field: heading.lower() for field, heading in export.columns.items() if heading.lower() in lowered}
    return _Plain({field: lowered.index(heading) for field, heading in named.items()}, len(head), export)


def _place(head: _Row, field: str, file: Path, export: Export) -> int:
    usual = [heading for name in _FIELDS[field] for heading in known("headings")[name]]
    lowered = [heading.lower() for heading in head]
    for heading in [export.columns[field].lower()] if field in export.columns else usual:
        if heading in lowered:
            return lowered.index(heading)
    hint = f"Name it: --column '{field}=HEADING'. The file has: {', '.join(head)}."
    raise UsageError(f"no column is known to hold the {field}.", f"{file}:1", hint)


class _Plain(NamedTuple):
    """The CSV of docs/analysts.md: a row for an attempt, or for an answer."""

    at: Mapping[str, int]
    width: int
    export: Export

    def notes(self) -> list[str]:
        return []

    def attempts(self, row: _Row) -> Iterator[Attempt]:
        cells.check_width(row, self.width)
        cell = {field: row[place] for field, place in self.at.items()}
        started, ended = (self.export.moment(cell.get(field, "")) for field in ("started", "completed"))
        question = cell.get("question", "")
        attempt = Attempt(
            cell["learner"],
            self.export.activities.find(cell.get("module", "")),
            cell.get("attempt", "") or "1",
            None if question else started,
            ended or started,
            self.export.status(cell.get("status", "")),
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


class _Completion:
    """Moodle's report of completed activities: a row for a person, in it two cells for each activity."""

    def __init__(self, head: _Row, learner: int, file: str, export: Export) -> None:
        self._learner, self._width, self._export = learner, len(head), export
        self._known: dict[int, Activity] = {}
        self._others: list[str] = []
        for place in sorted(self._places(head)):
            try:
                self._known[place] = export.activities.find(head[place])
            except UsageError:
                self._others.append(head[place])
        if not self._known:
            names = ", ".join(f"'{name}'" for name in self._others)
            hint = f"Say --activity 'TITLE=IRI' for what is a module, or --course FOLDER. It has: {names}."
            raise UsageError("tells of no module that is known.", f"{file}:1", hint)

    @staticmethod
    def _places(head: _Row) -> Iterator[int]:
        """Yield the places of activities: from the end, pairs of which the second has a date or nothing as heading."""
        place = len(head) - 2
        while place > 0 and head[place] and (not head[place + 1] or head[place + 1][:1].isdigit()):
            yield place
            place -= 2

    def notes(self) -> list[str]:
        others = ", ".join(f"'{name}'" for name in self._others)
        return [f"has activities that are no module that is known; they were left out: {others}."] if others else []

    def attempts(self, row: _Row) -> Iterator[Attempt]:
        cells.check_width(row, self._width)
        for place, activity in self._known.items():
            state, date = row[place : place + 2]
            when = self._export.moment(date)
            if when:
                yield Attempt(row[self._learner], activity, "completion", None, when, self._state(state))

    def _state(self, text: str) -> str:
        """Return the status of a completion; who set it by hand stands in brackets, and is nobody's business."""
        try:
            return self._export.status(text)
        except UsageError:
            return self._export.status(text.partition(" (")[0])


class _Moodle:
    """Moodle's report: a row for an attempt of the package, in it a block of cells for each SCO."""

    def __init__(self, head: _Row, learner: int, attempt: int, file: str, export: Export) -> None:
        self._learner, self._attempt, self._export = learner, attempt, export
        first = attempt + 4
        kinds = headings.kinds(head[first:], export.columns, f"{file}:1")
        count = next((n for n, kind in enumerate(kinds) if kind), len(kinds))
        self._titles, self._kinds = head[first : first + count], kinds[count:]
        self._first = first
        self._begun = self._answered = 0
        self._check(f"{file}:1")
        for title in self._titles:
            self._find(title, f"{file}:1")

    def _check(self, where: str) -> None:
        """Refuse reports that tell too little, by the name of the setting that is missing."""
        if not self._titles:
            raise UsageError("is Moodle's report 'Basic' without what each module gave.", where, _DETAILS)
        if headings.are_objectives(self._titles):
            raise UsageError("is Moodle's report 'Objectives', which is not read.", where, _OTHER_REPORT)
        if self._kinds and "question" not in self._kinds:
            raise UsageError("does not tell which questions were answered.", where, _QUESTIONS)

    def _find(self, title: str, where: str) -> None:
        try:
            self._export.activities.find(title, len(self._titles) == 1)
        except UsageError as error:
            perhaps = len(self._titles) > 1 and not self._kinds
            besides = f" If it is a learning objective, this is Moodle's report 'Objectives'. {_OTHER_REPORT}"
            raise UsageError(error.message, where, f"{error.hint}{besides if perhaps else ''}") from None

    def notes(self) -> list[str]:
        """Return what must be said of the report as a whole, once it is read."""
        return [_NO_ANSWERS] if self._kinds and self._begun and not self._answered else []

    def attempts(self, row: _Row) -> Iterator[Attempt]:
        width = 1 + len(self._kinds)
        cells.check_width(row, self._first + width * len(self._titles))
        number, started, last = row[self._attempt : self._attempt + 3]
        if number in ("", "-"):
            return  # somebody enrolled who has not begun
        began, ended = (self._export.moment(text) for text in (started, last))
        for n, title in enumerate(self._titles):
            told, *asked = (html.unescape(cell) for cell in row[self._first + n * width :][:width])
            status, score = self._told(told)
            activity = self._export.activities.find(title, len(self._titles) == 1)
            if status or score is not None:
                answers = tuple(self._answers(asked))
                self._begun += 1
                self._answered += len(answers)
                yield Attempt(row[self._learner], activity, number, began, ended, status, score, None, answers)

    def _told(self, text: str) -> tuple[str, float | None]:
        """Return status and score of a cell that has one of both."""
        return ("", cells.score(text)) if text[:1].isdigit() else (self._export.status(text), None)

    def _answers(self, asked: Sequence[str]) -> Iterator[Answer]:
        size = len(set(self._kinds))
        for start in range(0, len(asked), size or 1):
            cell = dict(zip(self._kinds[start:], asked[start : start + size], strict=False))
            if cell["question"]:
                result = cells.judged(cell.get("result", ""))
                yield Answer(cell["question"], cell.get("response", ""), result, str(start // size))
