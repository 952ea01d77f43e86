"""What a reader of exports is told, and what every kind of export has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple, TypeAlias

from sclt.errors import UsageError
from sclt.locale import known
from sclt.records import cells
from sclt.records.activities import Activities, Activity
from sclt.records.tracks import Attempt

Row: TypeAlias = list[str]
_FIELDS = {"learner": ("email", "account"), "attempt": ("attempt",)}
"""The headings that can hold a field, the best first."""


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


class Table(NamedTuple):
    """An export: its place for messages, its headings with the line where they stand, and its rows with theirs."""

    file: str
    line: int
    head: Row
    body: Sequence[tuple[int, Row]]

    @property
    def where(self) -> str:
        """Return where the headings stand."""
        return f"{self.file}:{self.line}"

    def place(self, field: str, export: Export) -> int:
        """Return the column of a field by what is named or usual; raises UsageError where none is."""
        usual = [heading for name in _FIELDS[field] for heading in known("headings")[name]]
        lowered = [heading.lower() for heading in self.head]
        for heading in [export.columns[field].lower()] if field in export.columns else usual:
            if heading in lowered:
                return lowered.index(heading)
        raise self.lacks(field)

    def lacks(self, field: str) -> UsageError:
        """Return the error that no column is known to hold a field."""
        hint = f"Name it: --column '{field}=HEADING'. The file has: {', '.join(self.head)}."
        return UsageError(f"no column is known to hold the {field}.", self.where, hint)


class Layout:
    """A kind of export."""

    def each(self, body: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Iterator[Attempt]]]:
        """Yield the lines and their attempts; reading these raises UsageError where a line cannot be read."""
        for line, row in body:
            yield line, self.attempts(row)

    def attempts(self, row: Row) -> Iterator[Attempt]:
        """Yield the attempts of a row that tells of some by itself."""
        raise NotImplementedError

    def notes(self) -> list[str]:
        """Return what must be said of the export as a whole, once it is read."""
        return []


class Columns(Layout):
    """An export in which columns are headed by activities; what is no module that is known is left out and named."""

    def __init__(self, table: Table, export: Export, headed: Iterable[tuple[int, Sequence[str]]]) -> None:
        """``headed`` are places with the names that an activity may have, what the table calls it first."""
        self._width, self._learner = len(table.head), table.place("learner", export)
        self.known: dict[int, Activity] = {}
        self.others: list[str] = []
        for place, names in headed:
            found = next(filter(None, (export.activities.known(name) for name in names)), None)
            if found:
                self.known[place] = found
            else:
                self.others.append(names[0])

    def unknown(self, where: str, besides: str = "") -> UsageError:
        """Return the error that no column is of a module that is known."""
        hint = (
            f"Say --activity 'TITLE=IRI' for what is a module, {besides}or --course FOLDER. It has: {self._listed()}."
        )
        return UsageError("tells of no module that is known.", where, hint)

    def _listed(self) -> str:
        return ", ".join(f"'{name}'" for name in self.others)

    def notes(self) -> list[str]:
        """Return what was left out."""
        return [f"has what is no module that is known; it was left out: {self._listed()}."] if self.others else []

    def told(self, row: Row) -> tuple[str, list[tuple[int, Activity]]]:
        """Return the learner of a row, and the places of what it tells of; raises UsageError for another width."""
        cells.check_width(row, self._width)
        return row[self._learner], list(self.known.items())
