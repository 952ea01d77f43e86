"""How difficult each question is, and how well it tells people apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.first_answers import LEAST, SAID, first_answers
from sclt.records.metrics.metric import Metric

if TYPE_CHECKING:
    import ibis.expr.types as ir


def items(statements: ir.Table) -> ir.Table:
    """Return difficulty and discrimination of each question."""
    a = first_answers(statements)
    b = a.mutate(n=a.rest.notnull().cast("float64"), r=a.rest.fill_null(0.0), y=a.rest.notnull().ifelse(a.x, 0.0))
    s = b.group_by(["module", "question"]).aggregate(
        participants=b.count(), difficulty=b.x.mean(), n=b.n.sum(), sx=b.y.sum(), sr=b.r.sum(),
        sxx=(b.y * b.y).sum(), srr=(b.r * b.r).sum(), sxr=(b.y * b.r).sum(),
    )  # fmt: skip
    spread = (s.n * s.sxx - s.sx * s.sx) * (s.n * s.srr - s.sr * s.sr)
    root = (spread > LEAST).ifelse(spread, None).cast("float64").sqrt()
    return s.select(
        "module", "question", "participants", "difficulty", discrimination=(s.n * s.sxr - s.sx * s.sr) / root
    )


METRIC = Metric("items", items, 12, ("module", "question"), defined=(SAID, "items"))
