"""Attempts and scores of modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.metric import Metric

if TYPE_CHECKING:
    import ibis.expr.types as ir


def best_scores(statements: ir.Table) -> ir.Table:
    """Return the attempts of each person in a module with their best score."""
    judged = statements.filter(statements.about & statements.score.notnull())
    attempt = judged.registration.fill_null(judged.id)
    return judged.group_by(["module", "actor"]).aggregate(attempts=attempt.nunique(), best=judged.score.max())


def scores(statements: ir.Table) -> ir.Table:
    """Describe the best scores of each module."""
    people = best_scores(statements)
    return people.group_by("module").aggregate(
        participants=people.count(),
        attempts=people.attempts.sum(),
        attempts_each=people.attempts.mean(),
        mean_score=people.best.mean(),
        median_score=people.best.median(),
        deviation=people.best.std(how="sample"),
    )


METRIC = Metric("scores", scores, 10, ("module",))
