"""How much of films is watched, and where people stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.metric import Metric, share
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import ibis.expr.types as ir

WHOLE = 0.95
"""The share that counts as the whole film: the last seconds are often its credits."""
_QUARTERS = tuple(f"stopped_{number}" for number in (1, 2, 3, 4))


def films(statements: ir.Table) -> ir.Table:
    """Describe by film the most that each person has seen of it (xAPI Video Profile 1.0.3, progress)."""
    told = statements.filter(statements.film.notnull())
    people = told.group_by(["module", "film", "actor"]).aggregate(
        seen=told.progress.max().fill_null(0.0), done=(told.verb == Verb.COMPLETED.value).any()
    )
    people = people.mutate(done=people.done | (people.seen >= WHOLE))
    quarter = (people.seen * len(_QUARTERS)).floor().cast("int64").clip(upper=len(_QUARTERS) - 1)
    stopped = {name: (~people.done & (quarter == n)).cast("int64").sum() for n, name in enumerate(_QUARTERS)}
    table = people.group_by(["module", "film"]).aggregate(
        participants=people.count(),
        watched_rate=people.seen.mean(),
        completed=people.done.cast("int64").sum(),
        **stopped,
    )
    return table.mutate(completion_rate=share(table.completed, table.participants))


METRIC = Metric("films", films, 9.5, ("module", "film"), small=_QUARTERS)
