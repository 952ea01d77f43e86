"""How well the questions of a module measure one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.first_answers import LEAST, SAID, first_answers
from sclt.records.metrics.metric import Metric

if TYPE_CHECKING:
    import ibis.expr.types as ir


def reliability(statements: ir.Table) -> ir.Table:
    """Return Cronbach's alpha of each module (KR-20 where all scores are 0 or 1), of people who answered everything."""
    import ibis

    a = first_answers(statements)
    size = a.group_by("module").aggregate(items=a.question.nunique())
    sized = a.left_join(size, "module").select(*a.columns, items=size.items)
    whole = sized.filter(sized.answered == sized["items"])
    each = whole.group_by(["module", "question"]).aggregate(
        v=whole.x.var(how="sample"), split=((whole.x == 0) | (whole.x == 1)).all()
    )
    parts = each.group_by("module").aggregate(variances=each.v.sum(), dichotomous=each.split.all())
    people = whole.group_by(["module", "actor"]).aggregate(total=whole.x.sum())
    sums = people.group_by("module").aggregate(participants=people.count(), variance=people.total.var(how="sample"))
    t = size.left_join(sums, "module").select(
        "module", "items", participants=sums.participants.fill_null(0), variance=sums.variance
    )
    t = t.left_join(parts, "module").select(*t.columns, variances=parts.variances, dichotomous=parts.dichotomous)
    reason = ibis.cases(
        (t["items"] < 2, "items"), (t.participants < 2, "people"), (~(t.variance > LEAST), "spread"), else_=""
    )
    k = t["items"].cast("float64")
    alpha = k / (k - 1).nullif(0.0) * (1 - t.variances / (t.variance > LEAST).ifelse(t.variance, None))
    return t.select(
        "module", "items", "participants", alpha=(reason == "").ifelse(alpha, None), kr20=t.dichotomous, missing=reason
    )


METRIC = Metric("reliability", reliability, 15, ("module",), defined=(SAID, "reliability"))
