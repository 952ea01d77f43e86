"""Who finished each programme: all of its modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.metric import Metric, share
from sclt.records.metrics.participation import programme_people

if TYPE_CHECKING:
    import ibis.expr.types as ir


def programmes(statements: ir.Table, keys: tuple[str, ...] = ("programme",)) -> ir.Table:
    """Count by ``keys`` who took part in a programme, completed all, some and none of its modules."""
    people = programme_people(statements)
    if "group" in keys:
        groups = statements.select("actor", "group").distinct()
        people = people.join(groups, "actor")
    counts = {flag: people[flag].cast("int64").sum() for flag in ("started", "partly", "completed")}
    table = people.group_by(list(keys)).aggregate(participants=people.count(), modules=people.modules.max(), **counts)
    return table.mutate(
        unfinished=table.participants - table.completed, completion_rate=share(table.completed, table.participants)
    )


METRIC = Metric("programmes", programmes, 2, ("programme",), totals=((),))
