"""The days that a report speaks of, and the days before them that it is compared with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Period(NamedTuple):
    """Days in UTC, the first and the last of them included; without a bound where there is none."""

    first: date | None = None
    last: date | None = None

    def of(self, statements: ir.Table) -> ir.Table:
        """Return the statements of these days."""
        if self.first:
            statements = statements.filter(statements.moment >= milliseconds(self.first))
        if self.last:
            statements = statements.filter(statements.moment < milliseconds(self.last + timedelta(days=1)))
        return statements

    def holds(self, day: str) -> bool:
        """Tell whether a day of ISO 8601 is one of these; one that nobody knows is, where there is no bound."""
        first, last = (bound.isoformat() if bound else "" for bound in self)
        return first <= day and (not last or "" < day <= last)

    def before(self) -> Period | None:
        """Return as many days right before; nothing for a period without a beginning or an end."""
        if not (self.first and self.last):
            return None
        length = self.last - self.first + timedelta(days=1)
        return Period(self.first - length, self.last - length)


EVER = Period()


def milliseconds(day: date) -> int:
    """Return the first moment of a day in UTC, as records tell it."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
