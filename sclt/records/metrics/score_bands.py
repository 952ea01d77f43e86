"""How scores are spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics import scores
from sclt.records.metrics.metric import Metric, share
from sclt.records.metrics.scores import best_scores

if TYPE_CHECKING:
    import ibis.expr.types as ir


def bands(statements: ir.Table) -> ir.Table:
    """Count people by tenths of their best score."""
    people = best_scores(statements)
    tenth = (people.best * 10 + 1e-9).floor().cast("int64").clip(lower=0, upper=9)
    people = people.mutate(band=tenth)
    counted = people.group_by(["module", "band"]).aggregate(learners=people.count())
    everyone = people.group_by("module").aggregate(participants=people.count())
    table = counted.left_join(everyone, "module").select(*counted.columns, participants=everyone.participants)
    return table.mutate(share=share(table.learners, table.participants))


METRIC = Metric(
    "score_bands",
    bands,
    11,
    ("module", "band"),
    people="learners",
    totals=(("module",),),
    margins=(scores.METRIC,),
)
