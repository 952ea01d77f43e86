"""What happens in each module by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics import modules
from sclt.records.metrics.metric import Metric, month
from sclt.records.metrics.participation import ended, has_begun

if TYPE_CHECKING:
    import ibis.expr.types as ir


def months(statements: ir.Table) -> ir.Table:
    """Count by module and month who was active, and whose first start and completion fell into it."""
    dated = statements.mutate(month=month(statements))
    active = dated.group_by(["module", "month"]).aggregate(participants=dated.actor.nunique())
    starts, done = _first(dated.filter(has_begun(dated)), "started"), _first(dated.filter(ended(dated)), "completed")
    for told, name in ((starts, "started"), (done, "completed")):
        joined = active.left_join(told, ["module", "month"])
        active = joined.select(*active.columns, **{name: told[name].fill_null(0)})
    return active


def _first(events: ir.Table, name: str) -> ir.Table:
    first = events.group_by(["module", "actor"]).aggregate(month=events.month.min())
    return first.group_by(["module", "month"]).aggregate(first.count().name(name))


METRIC = Metric(
    "modules_by_month",
    months,
    6.5,
    ("module", "month"),
    margins=(modules.METRIC,),
    totals=(("module",),),
    defined=("modules_by_month", "month"),
)
