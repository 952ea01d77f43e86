"""Attempts and scores of modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.metric import Metric, share
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import ibis.expr.types as ir


def _best(statements: ir.Table) -> ir.Table:
    """Return the attempts of each person in a module with their best score."""
    verb = statements.verb
    judged = statements.filter(((verb == Verb.PASSED.value) | (verb == Verb.FAILED.value)) & statements.score.notnull())
    return judged.group_by(["module", "actor"]).aggregate(attempts=judged.count(), best=judged.score.max())


def scores(statements: ir.Table) -> ir.Table:
    """Describe the best scores of each module."""
    people = _best(statements)
    return people.group_by("module").aggregate(
        participants=people.count(),
        attempts=people.attempts.sum(),
        attempts_each=people.attempts.mean(),
        mean_score=people.best.mean(),
        median_score=people.best.median(),
        deviation=people.best.std(how="sample"),
    )


def bands(statements: ir.Table) -> ir.Table:
    """Count people by tenths of their best score."""
    people = _best(statements)
    tenth = (people.best * 10 + 1e-9).floor().cast("int64").clip(lower=0, upper=9)
    people = people.mutate(band=tenth)
    counted = people.group_by(["module", "band"]).aggregate(learners=people.count())
    everyone = people.group_by("module").aggregate(participants=people.count())
    table = counted.left_join(everyone, "module").select(*counted.columns, participants=everyone.participants)
    return table.mutate(share=share(table.learners, table.participants))


METRICS = (
    Metric("scores", scores, ("module",)),
    Metric("score_bands", bands, ("module", "band")),
)
