"""Who took part, began, completed and passed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sclt.records.metrics.metric import Metric, share
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import ibis.expr.types as ir

FLAGS = ("started", "completed", "passed", "failed")
MEMBERS = "members"
"""The view that says which modules a programme has: those of the course, else those that anybody has a record of."""
_BEGUN = (Verb.INITIALIZED.value, "http://adlnet.gov/expapi/verbs/attempted")


def has_begun(statements: ir.Table) -> ir.BooleanValue:
    """Tell of each statement whether it begins its module."""
    return statements.about & statements.verb.isin(_BEGUN)


def ended(statements: ir.Table) -> ir.BooleanValue:
    """Tell of each statement whether it says that its module is completed."""
    completed = statements.verb == Verb.COMPLETED.value
    return statements.about & (completed | statements.completion.fill_null(False))


def learners(statements: ir.Table, *keys: str) -> ir.Table:
    """Return a row for each person of each group of ``keys``: whether they started, completed, passed, failed.

    Only statements about the module itself count: what is inside of it can be completed and passed too.
    """
    verb, about = statements.verb, statements.about
    table = statements.group_by([*keys, "actor"]).aggregate(
        started=has_begun(statements).any(),
        completed=ended(statements).any(),
        passed=(about & ((verb == Verb.PASSED.value) | statements.success.fill_null(False))).any(),
        failed=(about & ((verb == Verb.FAILED.value) | ~statements.success.fill_null(True))).any(),
    )
    return table.mutate(failed=table.failed & ~table.passed)


def members() -> ir.Table:
    """Return the view of programmes and their modules."""
    import ibis

    return ibis.table({"programme": "string", "module": "string"}, name=MEMBERS)


def programme_people(statements: ir.Table) -> ir.Table:
    """Return a row for each person of each programme; completed are those who completed all of its modules."""
    listed = members()
    each = learners(statements, "module").join(listed, "module")
    people = each.group_by(["programme", "actor"]).aggregate(
        started=each.started.any(),
        done=each.completed.cast("int64").sum(),
        passed=each.passed.any(),
        failed=each.failed.any(),
    )
    sizes = listed.group_by("programme").aggregate(modules=listed.count())
    table = people.join(sizes, "programme")
    return table.mutate(completed=table.done == table.modules, partly=(table.done > 0) & (table.done < table.modules))


def everybody(statements: ir.Table) -> ir.Table:
    """Return a row for each person; completed are those who completed a whole programme."""
    people = programme_people(statements)
    table = people.group_by("actor").aggregate(**{flag: people[flag].any() for flag in FLAGS})
    return table.mutate(failed=table.failed & ~table.passed)


def participation(statements: ir.Table, keys: tuple[str, ...]) -> ir.Table:
    """Count people by ``keys``, with rates; without the key module, who completed has completed a programme."""
    flags = learners(statements, "module") if "module" in keys else everybody(statements)
    by = ["module", "actor"] if "module" in keys else ["actor"]
    present = statements.select(*keys, "actor").distinct()
    people = present.left_join(flags, by).select(*present.columns, **{flag: flags[flag] for flag in FLAGS})
    return counted(people, keys)


def counted(people: ir.Table, keys: tuple[str, ...]) -> ir.Table:
    """Count the rows of people by ``keys``."""
    counts = {flag: people[flag].fill_null(False).cast("int64").sum().fill_null(0) for flag in FLAGS}
    groups = people.group_by(list(keys)) if keys else people
    table = groups.aggregate(participants=people.count(), **counts)
    table = table.mutate(judged=table.passed + table.failed)
    return table.mutate(
        completion_rate=share(table.completed, table.participants), pass_rate=share(table.passed, table.judged)
    )


def by(
    name: str,
    rank: float,
    keys: tuple[str, ...] = (),
    note: tuple[str, ...] = (),
    totals: tuple[tuple[str, ...], ...] = ((),),
    margins: tuple[Metric, ...] = (),
) -> Metric:
    """Return the metric by ``keys``; ``note`` is what its definition says besides that of participation."""
    build = partial(participation, keys=keys)
    defined = ("participation", "module_done" if "module" in keys else "programme_done", *note)
    return Metric(name, build, rank, keys, totals=totals if keys else (), margins=margins, defined=defined)
