"""What people know before and after: the pre-test against the final test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.first_answers import SAID, first_answers
from sclt.records.metrics.metric import Metric

if TYPE_CHECKING:
    import ibis.expr.types as ir

BEFORE = r"/(pre-?test|entry-?test|before)[^/]*$"
AFTER = r"/(final|post)-?(test|exam)?[^/]*$"
"""How the identifiers of the two modules of a programme begin."""


def gain(statements: ir.Table, keys: tuple[str, ...] = ("programme",)) -> ir.Table:
    """Compare by ``keys`` the mean first answers of each person who answered in both tests of a programme."""
    first = first_answers(statements)
    before, after = (_means(first.filter(first.module.re_search(pattern))) for pattern in (BEFORE, AFTER))
    both = before.join(after, ["programme", "actor"], rname="{name}_after")
    both = both.mutate(rise=both.mean_after - both.mean)
    if "group" in keys:
        both = both.join(statements.select("actor", "group").distinct(), "actor")
    return both.group_by(list(keys)).aggregate(
        participants=both.count(),
        before=both["mean"].mean(),
        after=both.mean_after.mean(),
        gain=both.rise.mean(),
        better_rate=(both.rise > 0).cast("float64").mean(),
    )


def _means(first: ir.Table) -> ir.Table:
    return first.group_by(["programme", "actor"]).aggregate(mean=first.x.mean())


METRIC = Metric("gain", gain, 11.5, ("programme",), defined=(SAID, "gain"))
