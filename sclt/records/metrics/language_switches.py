"""How the switch of languages is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.metric import Metric, share

if TYPE_CHECKING:
    import ibis.expr.types as ir


def switches(statements: ir.Table) -> ir.Table:
    """Count by module who used more than one language, and how often it changed."""
    import ibis

    told = statements.filter(statements.language != "")
    window = ibis.window(group_by=["module", "actor"], order_by=[told.moment, told.ordinal, told.id])
    steps = told.mutate(before=told.language.lag().over(window))
    changed = (steps.before != steps.language).fill_null(False).cast("int64").sum()
    people = steps.group_by(["module", "actor"]).aggregate(switches=changed)
    switched = (people.switches > 0).cast("int64").sum()
    table = people.group_by("module").aggregate(
        participants=people.count(), switched=switched, switches=people.switches.sum()
    )
    return table.mutate(switched_rate=share(table.switched, table.participants))


METRIC = Metric("language_switches", switches, 17, ("module",))
