"""How it goes week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.metric import Metric
from sclt.records.metrics.participation import ended, has_begun

if TYPE_CHECKING:
    import ibis.expr.types as ir


def weeks(statements: ir.Table) -> ir.Table:
    """Count by week who was active, and the first starts and completions of learners in modules."""
    starts = _first(statements.filter(has_begun(statements)), "started")
    done = _first(statements.filter(ended(statements)), "completed")
    active = statements.group_by("week").aggregate(participants=statements.actor.nunique())
    table = active.left_join(starts, "week").select(*active.columns, started=starts.started.fill_null(0))
    return table.left_join(done, "week").select(*table.columns, completed=done.completed.fill_null(0))


def _first(events: ir.Table, name: str) -> ir.Table:
    """Count by week the first event of each person in each module."""
    first = events.group_by(["module", "actor"]).aggregate(week=events.week.min())
    return first.group_by("week").aggregate(first.count().name(name))


METRIC = Metric("weeks", weeks, 7, ("week",), totals=((),))
