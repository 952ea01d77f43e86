"""What a metric is: a definition in words and an expression in Ibis, and the rule that hides small groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import ibis.expr.types as ir

SMALLEST = 5
"""Groups of fewer people are not told: their numbers could be told of a person."""

Text: TypeAlias = dict[str, str]
"""Words by language: lt, en."""


class Metric(NamedTuple):
    """A question that an analyst asks.

    ``build`` makes the answer, a table, of the table of statements. ``keys`` are the columns that say what a row is
    about; ``people`` is the column that counts the people behind a row, empty where a row is no group (``asked``).
    """

    name: str
    title: Text
    definition: Text
    build: Callable[[ir.Table], ir.Table]
    keys: tuple[str, ...] = ()
    people: str = "participants"
    order: tuple[str, ...] = ()

    def table(self, statements: ir.Table, smallest: int = SMALLEST) -> ir.Table:
        """Return the answer with the numbers of groups under ``smallest`` hidden, in a stable order."""
        answer = self.build(statements)
        if self.people:
            answer = hide(answer, self.keys, self.people, smallest)
        return answer.order_by(
            [*self.order, *(key for key in self.keys if key not in self.order)] or answer.columns[:1]
        )


def hide(table: ir.Table, keys: tuple[str, ...], people: str, smallest: int) -> ir.Table:
    """Empty what is told of groups with fewer people than ``smallest``, and say so in the column ``hidden``."""
    import ibis

    small = (table[people] > 0) & (table[people] < smallest)
    shown = {
        name: ibis.ifelse(small, ibis.null(table[name].type()), table[name])
        for name in table.columns
        if name not in keys
    }
    return table.select(**{key: table[key] for key in keys}, **shown, hidden=small)


def share(part: ir.Value, whole: ir.Value) -> ir.Value:
    """Return part of whole between 0 and 1, null where there is no whole."""
    return part.cast("float64") / whole.cast("float64").nullif(0.0)
