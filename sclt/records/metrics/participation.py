"""Who took part, began, completed and passed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sclt.records.metrics.metric import Metric, share
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import ibis.expr.types as ir

FLAGS = ("started", "completed", "passed", "failed")


def learners(statements: ir.Table, *keys: str) -> ir.Table:
    """Return a row for each person of each group of ``keys``: whether they started, completed, passed, failed."""
    verb = statements.verb
    done = (verb == Verb.COMPLETED.value) | statements.completion.fill_null(False)
    return statements.group_by([*keys, "actor"]).aggregate(
        started=(verb == Verb.INITIALIZED.value).any(),
        completed=done.any(),
        passed=(verb == Verb.PASSED.value).any(),
        failed=(verb == Verb.FAILED.value).any(),
    )


def participation(statements: ir.Table, keys: tuple[str, ...]) -> ir.Table:
    """Count people by ``keys``, with rates."""
    people = learners(statements, *keys)
    counts = {flag: people[flag].cast("int64").sum().fill_null(0) for flag in FLAGS}
    judged = (people.passed | people.failed).cast("int64").sum().fill_null(0)
    counted = people.group_by(list(keys)) if keys else people
    table = counted.aggregate(participants=people.count(), **counts, judged=judged)
    return table.mutate(
        completion_rate=share(table.completed, table.participants), pass_rate=share(table.passed, table.judged)
    )


def by(
    name: str,
    rank: int,
    keys: tuple[str, ...] = (),
    note: tuple[str, ...] = (),
    totals: tuple[tuple[str, ...], ...] = ((),),
    margins: tuple[Metric, ...] = (),
) -> Metric:
    """Return the metric by ``keys``; ``note`` is what its definition says besides that of participation."""
    counted = partial(participation, keys=keys)
    defined = ("participation", *note)
    return Metric(name, counted, rank, keys, totals=totals if keys else (), margins=margins, defined=defined)
