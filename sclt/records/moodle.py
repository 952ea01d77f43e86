"""Reads Moodle's reports of SCORM packages, and that of completed activities.

Moodle writes its headings in the language of whoever downloads. After ``attempt`` its columns always have the same
order: started, last accessed, score, then of each SCO a score or status, and its questions
(moodle/moodle, mod/scorm/report/*/classes/report.php, display). "Basic" has columns of SCOs only with "Track details".
The report "Activity completion" as CSV begins with a column without a heading, the name; then come identity fields and
of each activity two columns, its state and when (report/progress/index.php); the second is headed by a date or nothing.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from contextlib import suppress

from sclt.errors import UsageError
from sclt.records import cells, headings
from sclt.records.exported import Columns, Export, Layout, Row, Table
from sclt.records.tracks import Answer, Attempt

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


class Completion(Columns):
    """Moodle's report of completed activities: a row for a person, in it two cells for each activity."""

    def __init__(self, table: Table, export: Export) -> None:
        super().__init__(table, export, [(place, (table.head[place],)) for place in sorted(_pairs(table.head))])
        self._export = export
        if not self.known:
            raise self.unknown(table.where)

    def attempts(self, row: Row) -> Iterator[Attempt]:
        """Yield what a person has completed; raises UsageError where it is not told when."""
        learner, places = self.told(row)
        for place, activity in places:
            state, when = self._state(row[place]), self._export.moment(row[place + 1])
            if when or state not in ("", "incomplete"):
                yield Attempt(learner, activity, "completion", None, when, state)

    def _state(self, text: str) -> str:
        """Return the status of a completion. In brackets stands whether it was passed, or who set it by hand."""
        state, _, besides = text.partition(" (")
        for told in (text, besides.removesuffix(")"), state):
            with suppress(UsageError):
                if status := self._export.status(told):
                    return status
        return self._export.status(state)


def _pairs(head: Row) -> Iterator[int]:
    """Yield the places of activities: from the end, pairs of which the second has a date or nothing as heading."""
    place = len(head) - 2
    while place > 0 and head[place] and (not head[place + 1] or head[place + 1][:1].isdigit()):
        yield place
        place -= 2


class Scorm(Layout):
    """Moodle's report: a row for an attempt of the package, in it a block of cells for each SCO."""

    def __init__(self, table: Table, export: Export) -> None:
        self._learner, self._attempt = (table.place(field, export) for field in ("learner", "attempt"))
        self._export, head = export, table.head
        first = self._attempt + 4
        kinds = headings.kinds(head[first:], export.columns, table.where)
        count = next((n for n, kind in enumerate(kinds) if kind), len(kinds))
        self._titles, self._kinds = head[first : first + count], kinds[count:]
        self._first = first
        self._begun = self._answered = 0
        self._check(table.where)
        for title in self._titles:
            self._find(title, table.where)

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

    def attempts(self, row: Row) -> Iterator[Attempt]:
        """Yield the attempts of a row, one for each module that was begun."""
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
