"""Brings together what a report is made of: answers, names, the period before, people by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from sclt.model.course import Programme
from sclt.records.answers import counted, told
from sclt.records.engine import open_statements
from sclt.records.metrics.metric import SMALLEST
from sclt.records.names import names
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


def made(store: Store, wanted: Wanted) -> Report:
    """Return the report of a store; raises as `open_statements` does."""
    statements = _opened(store, wanted, wanted.period)
    found = counted(statements)
    days = statements.aggregate(first=statements.day.min(), last=statements.day.max()).to_pyarrow().to_pylist()[0]
    whole = counted(_opened(store, wanted, EVER)) if wanted.period != EVER else None
    report = Report(
        told(found, wanted.smallest, whole),
        names(statements, wanted.programmes),
        len(store.aside()),
        wanted.smallest,
        wanted.period,
        people=None if wanted.people is None else unfinished(statements, _known(wanted)),
        first=days["first"] or "",
        last=days["last"] or "",
    )
    earlier = wanted.period.before()
    if earlier:
        before = counted(_opened(store, wanted, earlier))
        report = report._replace(before=told(before, wanted.smallest, whole))
    return report


def _known(wanted: Wanted) -> list[Named]:
    """Return the people of a list, with the pseudonyms that stand for them as well."""
    return [
        each._replace(pseudonyms=tuple(dict.fromkeys(wanted.same.get(own, own) for own in each.pseudonyms)))
        for each in wanted.people or ()
    ]


def _opened(store: Store, wanted: Wanted, period: Period) -> ir.Table:
    return open_statements(store, wanted.engine, wanted.mapping, None, wanted.members, period, wanted.same)[1]
