"""What a metric is: a definition in words, an expression in Ibis, and what of it hides small groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from sclt.locale import Text, in_each, speaking

if TYPE_CHECKING:
    import ibis.expr.types as ir

SMALLEST = 5
"""Groups of fewer people are not told: their numbers could be told of a person."""


class Metric(NamedTuple):
    """A question that an analyst asks.

    ``build`` makes the answer, a table, of the table of statements; ``rank`` is its place in the report. ``keys`` are
    the columns that say what a row is about; ``people`` is the column that counts the people behind a row, empty
    where a row is no group (``asked``). ``totals`` are the keys of the totals that rows add up to and that are told
    elsewhere; ``margins`` the metrics that tell them where they have small groups of their own. ``defined`` names the
    parts of the definition among the words of the records, where it is not just the one of the metric's name.
    ``small`` are counts of people inside a row that are told from ``smallest`` on only; ``texts`` are keys that
    learners wrote, which go with the numbers of a hidden row.
    """

    name: str
    build: Callable[[ir.Table], ir.Table]
    rank: float
    keys: tuple[str, ...] = ()
    people: str = "participants"
    order: tuple[str, ...] = ()
    totals: tuple[tuple[str, ...], ...] = ()
    margins: tuple[Metric, ...] = ()
    defined: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def title(self) -> Text:
        """Return what the report calls the metric, in each of its languages."""
        return in_each("records", "titles", self.name)

    @property
    def definition(self) -> Text:
        """Return what the numbers mean, in each language of the report."""
        parts = [in_each("records", "definitions", part) for part in self.defined or (self.name,)]
        return {tag: " ".join(part[tag] for part in parts) for tag in speaking("records")}

    def table(self, statements: ir.Table) -> ir.Table:
        """Return the answer in a stable order, before anything is hidden (`sclt.records.hiding`)."""
        answer = self.build(statements)
        order = [*self.order, *(key for key in self.keys if key not in self.order)]
        return answer.order_by(order or answer.columns[:1])


def month(statements: ir.Table) -> ir.StringValue:
    """Return the month (2026-03) of each statement: that of the Monday of its week, in UTC in every engine."""
    return statements.week.substr(0, 7)


def share(part: ir.Value, whole: ir.Value) -> ir.Value:
    """Return part of whole between 0 and 1, null where there is no whole."""
    return part.cast("float64") / whole.cast("float64").nullif(0.0)
