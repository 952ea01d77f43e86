"""Classical test theory counts the first answer of each person to each question."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sclt.questions import TYPES
from sclt.records.metrics.metric import Metric, month

if TYPE_CHECKING:
    import ibis.expr.types as ir


SAID = "first_answer"
"""What the definitions of metrics of first answers begin with, among the words of the records."""
LEAST = 1e-12
"""A variance below this is none: sums of floating-point numbers leave such remainders."""


def _interactions(*shapes: str) -> list[str]:
    return sorted({kind.interaction for kind in TYPES.values() if kind.shape in shapes})


_UNORDERED, _NUMBERS = _interactions("many", "pairs"), _interactions("number")
"""The interactions whose responses say the same in any order, and as a number."""
_MARKS = r"\{(lang|case_matters|order_matters)=[^{}]*\}"
"""What a response says of itself (xAPI 1.0.3 part 2, 2.4.4.1); it is no part of the answer."""


_UNIT = "\x1f"
"""A sign that no response has: XML forbids it."""


def answers_in(response: ir.StringValue) -> ir.ArrayValue:
    """Return the parts of a response of several; Spark splits by patterns, and the mark between them would be one."""
    return response.replace("[,]", _UNIT).split(_UNIT)


def canonical(response: ir.StringValue, interaction: ir.StringValue) -> ir.StringValue:
    """Return one form of a response for all that answer the same.

    Without marks and the space around its parts; choices and pairs in order, true in small letters, 4 for 4.0.
    """
    import ibis

    bare = response.re_replace(_MARKS, "").strip()
    parts = answers_in(bare).map(lambda part: part.strip())
    return ibis.cases(
        (interaction.isin(_UNORDERED), parts.sort().join("[,]")),
        (interaction == "true-false", bare.lower()),
        (interaction.isin(_NUMBERS), bare.replace(",", ".").re_replace(r"\.0*$", "")),
        else_=bare,
    )


def first_answers(statements: ir.Table) -> ir.Table:
    """Return the first scored answer of each person to each question, ``x`` from 0 to 1, with the mean of their others.

    ``rest`` is the mean of the person's other first answers in the module, null where there is none.
    """
    import ibis

    answers = statements.filter(statements.question.notnull())  # by whatever verb: edX says that it was evaluated
    answers = answers.mutate(x=answers.score.fill_null(answers.success.cast("float64")))
    answers = answers.filter(answers.x.notnull())
    told = [answers.moment, answers.stored, answers.ordinal, answers.id]  # a file may give all answers one time
    order = ibis.row_number().over(group_by=["module", "question", "actor"], order_by=told)
    first = answers.mutate(order=order, response=canonical(answers.response, answers.interaction))
    first = first.filter(first.order == 0)
    first = first.mutate(month=month(first))
    about = ("programme", "module", "question", "actor", "group", "language", "month")
    first = first.select(*about, "x", "response", "interaction")
    own = ibis.window(group_by=["module", "actor"])
    sums = first.mutate(total=first.x.sum().over(own), answered=first.x.count().over(own))
    others = (sums.answered - 1).nullif(0)
    return sums.mutate(rest=(sums.total - sums.x) / others.cast("float64"))


def shares(statements: ir.Table, key: str) -> ir.Table:
    """Return the mean of first answers to each question by a further key: group, language or month."""
    first = first_answers(statements)
    return first.group_by(["module", "question", key]).aggregate(participants=first.count(), difficulty=first.x.mean())


def shares_by(key: str, rank: float, margins: tuple[Metric, ...]) -> Metric:
    """Return the metric of how many are right at each question by a further key."""
    keys, total = ("module", "question", key), (("module", "question"),)
    build, said = partial(shares, key=key), (SAID, "items_by", key)
    return Metric(f"items_by_{key}", build, rank, keys, totals=total, margins=margins, defined=said)
