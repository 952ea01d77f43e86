"""Brings together what a report is made of: answers, names, the period before, people by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from sclt.model.course import Programme
from sclt.records.answers import Counted, counted, told
from sclt.records.engine import held, open_statements
from sclt.records.metrics.metric import SMALLEST
from sclt.records.names import Names, names
from sclt.records.package import Outline
from sclt.records.people import Named
from sclt.records.period import EVER, Period
from sclt.records.store import Store
from sclt.records.story import Report
from sclt.records.unfinished import unfinished

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Wanted(NamedTuple):
    """What somebody asks a report for; ``mapping``, ``members`` and ``same`` are as `open_statements` takes them."""

    engine: str = "duckdb"
    mapping: Sequence[tuple[str, str]] = ()
    members: Sequence[tuple[str, str]] = ()
    smallest: int = SMALLEST
    period: Period = EVER
    people: Sequence[Named] | None = None
    programmes: Sequence[Programme] = ()
    same: Mapping[str, str] = MappingProxyType({})
    package: Outline | None = None


def made(store: Store, wanted: Wanted) -> Report:
    """Return the report of a store; raises as `open_statements` does."""
    statements, found = _counted(store, wanted, wanted.period)
    whole = _counted(store, wanted, EVER)[1] if wanted.period != EVER else None
    earlier = wanted.period.before()
    before = told(_counted(store, wanted, earlier)[1], wanted.smallest, whole) if earlier else ()
    days = statements.aggregate(first=statements.day.min(), last=statements.day.max()).to_pyarrow().to_pylist()[0]
    return Report(
        told(found, wanted.smallest, whole),
        _called(statements, wanted),
        len(store.aside()),
        wanted.smallest,
        wanted.period,
        before,
        None if wanted.people is None else unfinished(statements, _known(wanted)),
        days["first"] or "",
        days["last"] or "",
    )


def _counted(store: Store, wanted: Wanted, period: Period) -> tuple[ir.Table, Counted]:
    """Return the statements of a period, and what is counted of them before anything is hidden."""
    asked = (wanted.engine, wanted.mapping, None, wanted.members, period, wanted.same)
    statements = open_statements(store, *asked)[1]
    with held(statements):
        return statements, counted(statements)


def _called(statements: ir.Table, wanted: Wanted) -> Names:
    called = names(statements, wanted.programmes)
    if wanted.package:
        wanted.package.give(called)
    return called


def _known(wanted: Wanted) -> list[Named]:
    """Return the people of a list, with the pseudonyms that stand for them as well."""
    return [
        each._replace(pseudonyms=tuple(dict.fromkeys(wanted.same.get(own, own) for own in each.pseudonyms)))
        for each in wanted.people or ()
    ]
