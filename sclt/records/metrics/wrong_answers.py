"""Which wrong answers are given most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.first_answers import SAID, first_answers
from sclt.records.metrics.metric import Metric, share

if TYPE_CHECKING:
    import ibis.expr.types as ir


def wrong_answers(statements: ir.Table) -> ir.Table:
    """Return the most frequent wrong first answers of each question, and how those people did elsewhere."""
    import ibis

    first = first_answers(statements)
    wrong = first.filter((first.x < 1) & first.response.notnull())
    counted = wrong.group_by(["module", "question", "response"]).aggregate(
        participants=wrong.count(), rest_score=wrong.rest.mean()
    )
    together = counted.participants.sum().over(ibis.window(group_by=["module", "question"]))
    place = ibis.row_number().over(
        group_by=["module", "question"], order_by=[counted.participants.desc(), counted.response]
    )
    ranked = counted.mutate(share=share(counted.participants, together), place=place + 1)
    return ranked.filter(ranked.place <= 5)


METRIC = Metric(
    "wrong_answers",
    wrong_answers,
    14,
    ("module", "question", "response"),
    order=("module", "question", "place", "response"),
    totals=(("module", "question"),),
    texts=("response",),
    defined=(SAID, "wrong_answers"),
)
