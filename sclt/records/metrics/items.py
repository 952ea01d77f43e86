"""Item analysis: classical test theory on the first answer of each person to each question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sclt.questions import TYPES
from sclt.records.metrics.metric import Metric, share
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import ibis.expr.types as ir

_LEAST = 1e-12
"""A variance below this is none: sums of floating-point numbers leave such remainders."""
_CHOSEN = list(dict.fromkeys(kind.interaction for kind in TYPES.values() if kind.shape in ("one", "many")))
"""The interactions whose responses name options."""


def first_answers(statements: ir.Table) -> ir.Table:
    """Return the first scored answer of each person to each question, ``x`` from 0 to 1, with the mean of their others.

    ``rest`` is the mean of the person's other first answers in the module, null where there is none.
    """
    import ibis

    answers = statements.filter((statements.verb == Verb.ANSWERED.value) & statements.question.notnull())
    answers = answers.mutate(x=answers.score.fill_null(answers.success.cast("float64")))
    answers = answers.filter(answers.x.notnull())
    order = ibis.row_number().over(group_by=["question", "actor"], order_by=[answers.moment, answers.id])
    first = answers.mutate(order=order)
    first = first.filter(first.order == 0).select("module", "question", "actor", "x", "response", "interaction")
    own = ibis.window(group_by=["module", "actor"])
    sums = first.mutate(total=first.x.sum().over(own), answered=first.x.count().over(own))
    others = (sums.answered - 1).nullif(0)
    return sums.mutate(rest=(sums.total - sums.x) / others.cast("float64"))


def items(statements: ir.Table) -> ir.Table:
    """Return difficulty and discrimination of each question."""
    a = first_answers(statements)
    b = a.mutate(n=a.rest.notnull().cast("float64"), r=a.rest.fill_null(0.0), y=a.rest.notnull().ifelse(a.x, 0.0))
    s = b.group_by(["module", "question"]).aggregate(
        participants=b.count(), difficulty=b.x.mean(), n=b.n.sum(), sx=b.y.sum(), sr=b.r.sum(),
        sxx=(b.y * b.y).sum(), srr=(b.r * b.r).sum(), sxr=(b.y * b.r).sum(),
    )  # fmt: skip
    spread = (s.n * s.sxx - s.sx * s.sx) * (s.n * s.srr - s.sr * s.sr)
    root = (spread > _LEAST).ifelse(spread, None).cast("float64").sqrt()
    return s.select(
        "module", "question", "participants", "difficulty", discrimination=(s.n * s.sxr - s.sx * s.sr) / root
    )


def options(statements: ir.Table) -> ir.Table:
    """Count how often each option was chosen at the first answer."""
    first = first_answers(statements)
    chosen = first.filter(first.interaction.isin(_CHOSEN) & (first.response != ""))
    everyone = first.group_by("question").aggregate(participants=first.count())
    parts = chosen.select("module", "question", "actor", option=chosen.response.split("[,]").unnest())
    counted = parts.group_by(["module", "question", "option"]).aggregate(chosen=parts.count())
    table = counted.left_join(everyone, "question").select(*counted.columns, participants=everyone.participants)
    return table.mutate(share=share(table.chosen, table.participants))


def wrong_answers(statements: ir.Table) -> ir.Table:
    """Return the most frequent wrong first answers of each question, and how those people did elsewhere."""
    import ibis

    first = first_answers(statements)
    wrong = first.filter((first.x < 1) & first.response.notnull())
    counted = wrong.group_by(["module", "question", "response"]).aggregate(
        participants=wrong.count(), rest_score=wrong.rest.mean()
    )
    together = counted.participants.sum().over(ibis.window(group_by="question"))
    place = ibis.row_number().over(group_by="question", order_by=[counted.participants.desc(), counted.response])
    ranked = counted.mutate(share=share(counted.participants, together), place=place + 1)
    return ranked.filter(ranked.place <= 5)


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
        (t["items"] < 2, "items"), (t.participants < 2, "people"), (~(t.variance > _LEAST), "spread"), else_=""
    )
    k = t["items"].cast("float64")
    alpha = k / (k - 1).nullif(0.0) * (1 - t.variances / (t.variance > _LEAST).ifelse(t.variance, None))
    return t.select(
        "module", "items", "participants", alpha=(reason == "").ifelse(alpha, None), kr20=t.dichotomous, missing=reason
    )


def _metric(name: str, build: Callable[[ir.Table], ir.Table], keys: tuple[str, ...], **more: Any) -> Metric:
    return Metric(name, build, keys, defined=("first_answer", name), **more)


METRICS = (
    _metric("items", items, ("module", "question")),
    _metric("options", options, ("module", "question", "option")),
    _metric(
        "wrong_answers",
        wrong_answers,
        ("module", "question", "response"),
        order=("module", "question", "place", "response"),
        totals=(("question",),),
    ),
    _metric("reliability", reliability, ("module",)),
)
