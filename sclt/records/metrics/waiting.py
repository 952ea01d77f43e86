"""How long ago those who have not finished were last seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics import programmes
from sclt.records.metrics.metric import Metric
from sclt.records.metrics.participation import members, programme_people

if TYPE_CHECKING:
    import ibis.expr.types as ir

BANDS = (7, 30, 90)
"""Days that divide them: up to a week, a month, three months, longer."""
_DAY = 86_400_000


def waiting(statements: ir.Table) -> ir.Table:
    """Count by programme who has not completed it, by the days from their last statement to the last of all."""
    import ibis

    listed = members()
    seen = statements.select("module", "actor", "moment").join(listed, "module")
    last = seen.group_by(["programme", "actor"]).aggregate(last=seen.moment.max())
    people = programme_people(statements)
    open_ = people.filter(~people.completed).select("programme", "actor")
    told = last.join(open_, ["programme", "actor"]).cross_join(statements.aggregate(end=statements.moment.max()))
    days = (told.end - told["last"]) / _DAY
    banded = told.mutate(since=ibis.cases(*((days <= most, n) for n, most in enumerate(BANDS)), else_=len(BANDS)))
    return banded.group_by(["programme", "since"]).aggregate(learners=banded.count())


METRIC = Metric(
    "waiting",
    waiting,
    2.7,
    ("programme", "since"),
    people="learners",
    totals=(("programme",),),
    margins=(programmes.METRIC,),
)
