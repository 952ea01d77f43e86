"""Where people stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.metric import Metric, share
from sclt.records.metrics.participation import learners
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import ibis.expr.types as ir


def funnel(statements: ir.Table) -> ir.Table:
    """Count who reached each page, and who was there last without completing the module."""
    import ibis

    visits = statements.filter(statements.page.notnull() & (statements.verb == Verb.EXPERIENCED.value))
    reached = visits.group_by(["module", "page", "actor"]).aggregate(
        first=visits.moment.min(), last=visits.moment.max()
    )
    own = ibis.window(group_by=["module", "actor"])
    ranked = reached.mutate(
        position=ibis.row_number().over(group_by=["module", "actor"], order_by=[reached.first, reached.page]) + 1,
        is_last=reached.last == reached.last.max().over(own),
    )
    done = learners(statements, "module").select("module", "actor", "completed")
    people = ranked.left_join(done, ["module", "actor"]).select(*ranked.columns, completed=done.completed)
    stopped = (people.is_last & ~people.completed.fill_null(False)).cast("int64").sum()
    pages = people.group_by(["module", "page"]).aggregate(
        participants=people.count(), stopped=stopped, position=people.position.mean()
    )
    everyone = reached.group_by("module").aggregate(everyone=reached.actor.nunique())
    table = pages.left_join(everyone, "module").select(*pages.columns, everyone=everyone.everyone)
    return table.mutate(reached_rate=share(table.participants, table.everyone)).drop("everyone")


METRIC = Metric("funnel", funnel, 9, ("module", "page"), order=("module", "position", "page"), small=("stopped",))
