"""How long people worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.metric import Metric
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import ibis.expr.types as ir

PAUSE = 30 * 60 * 1000
CAP = 10 * 60 * 1000


def time_spent(statements: ir.Table) -> ir.Table:
    """Sum what passes from a statement to the next of a person in a module, idle time capped.

    Of an attempt that tells nothing between its beginning and its end, the LMS's own time is taken.
    """
    import ibis

    window = ibis.window(group_by=["module", "actor"], order_by=[statements.moment, statements.ordinal, statements.id])
    gaps = statements.mutate(gap=statements.moment - statements.moment.lag().over(window))
    counted = ibis.cases((gaps.gap > PAUSE, 0), (gaps.gap > CAP, CAP), else_=gaps.gap.fill_null(0))
    whole = gaps.about & gaps.registration.notnull()
    last = whole & (gaps.verb == Verb.TERMINATED.value)
    attempts = gaps.group_by(["module", "actor", "registration"]).aggregate(
        between=counted.sum() / 60000.0,
        moments=gaps.moment.nunique(),
        told=last.ifelse(gaps.seconds, None).sum().fill_null(whole.ifelse(gaps.seconds, None).max()) / 60.0,
    )
    only_told = (attempts.moments <= 2) & attempts.told.notnull()  # its beginning and its end
    attempts = attempts.mutate(minutes=only_told.ifelse(attempts.told, attempts.between))
    people = attempts.group_by(["module", "actor"]).aggregate(minutes=attempts.minutes.sum())
    return people.group_by("module").aggregate(
        participants=people.count(),
        median_minutes=people.minutes.median(),
        mean_minutes=people.minutes.mean(),
        total_hours=people.minutes.sum() / 60.0,
    )


METRIC = Metric("time_spent", time_spent, 8, ("module",))
