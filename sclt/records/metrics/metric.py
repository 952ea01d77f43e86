"""What a metric is: a definition in words and an expression in Ibis, and the rule that hides small groups."""

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

    def table(self, statements: ir.Table, smallest: int = SMALLEST) -> ir.Table:
        """Return the answer with the numbers of groups under ``smallest`` hidden, in a stable order."""
        answer = self._judged(statements, smallest) if self.people else self.build(statements)
        return answer.order_by(
            [*self.order, *(key for key in self.keys if key not in self.order)] or answer.columns[:1]
        )

    def _judged(self, statements: ir.Table, smallest: int) -> ir.Table:
        answer = self.build(statements)
        people = answer[self.people]
        answer = answer.mutate(hidden=(people > 0) & (people < smallest))
        for margin in self.margins:
            answer = _as_its_total(answer, margin.table(statements, smallest), margin.keys)
        for keys in self.totals * 2:  # twice: what one total hides may stand alone in another
            answer = _with_a_second(answer, keys, self.keys, self.people, smallest)
        for name in self.small:
            few = (answer[name] > 0) & (answer[name] < smallest)
            answer = answer.mutate(**{name: few.ifelse(None, answer[name])})
        return _emptied(answer, self.keys, self.texts)


def _as_its_total(table: ir.Table, total: ir.Table, keys: tuple[str, ...]) -> ir.Table:
    """Hide what adds up to a total that is hidden."""
    shared = [key for key in keys if key in table.columns]
    gone = total.filter(total.hidden).select(*shared, gone=total.hidden).distinct()
    joined = table.left_join(gone, shared)
    return joined.select(
        *(name for name in table.columns if name != "hidden"), hidden=table.hidden | gone.gone.fill_null(False)
    )


def _with_a_second(
    table: ir.Table, total: tuple[str, ...], keys: tuple[str, ...], people: str, smallest: int
) -> ir.Table:
    """Hide the next smallest part of a total as well, where the total would give away the one, or the few, hidden."""
    import ibis

    within = ibis.window(group_by=list(total)) if total else ibis.window()
    hidden = table.hidden.cast("int64")
    counted = table.mutate(
        hidden_parts=hidden.sum().over(within),
        hidden_people=(hidden * table[people]).sum().over(within),
        next=ibis.row_number().over(group_by=[*total, "hidden"], order_by=[people, *keys]),
    )
    told = (counted.hidden_parts == 1) | ((counted.hidden_parts > 1) & (counted.hidden_people < smallest))
    hides = counted.hidden | (told & (counted.next == 0))
    return counted.mutate(hidden=hides).drop("hidden_parts", "hidden_people", "next")


def _emptied(table: ir.Table, keys: tuple[str, ...], texts: tuple[str, ...]) -> ir.Table:
    """Empty what is told of hidden groups; the column ``hidden`` stays the last."""
    import ibis

    shown = {
        name: ibis.ifelse(table.hidden, ibis.null(table[name].type()), table[name])
        for name in table.columns
        if name != "hidden" and (name not in keys or name in texts)
    }
    kept = {key: shown.pop(key) if key in texts else table[key] for key in keys}
    return table.select(**kept, **shown, hidden=table.hidden)


def share(part: ir.Value, whole: ir.Value) -> ir.Value:
    """Return part of whole between 0 and 1, null where there is no whole."""
    return part.cast("float64") / whole.cast("float64").nullif(0.0)
