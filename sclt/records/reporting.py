"""Brings together what a report is made of: answers, names, the period before, people by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from sclt.model.course import Programme
from sclt.records.answers import Answer, answers
from sclt.records.apart import kept_apart
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
    told = list(answers(statements, wanted.smallest))
    days = statements.aggregate(first=statements.day.min(), last=statements.day.max()).to_pyarrow().to_pylist()[0]
    report = Report(
        told,
        names(statements, wanted.programmes),
        len(store.aside()),
        wanted.smallest,
        wanted.period,
        people=None if wanted.people is None else unfinished(statements, _known(wanted)),
        first=days["first"] or "",
        last=days["last"] or "",
    )
    return report if wanted.period == EVER else _compared(report, store, wanted)


def _known(wanted: Wanted) -> list[Named]:
    """Return the people of a list, with the pseudonyms that stand for them as well."""
    return [
        each._replace(pseudonyms=tuple(dict.fromkeys(wanted.same.get(own, own) for own in each.pseudonyms)))
        for each in wanted.people or ()
    ]


def _opened(store: Store, wanted: Wanted, period: Period) -> ir.Table:
    return open_statements(store, wanted.engine, wanted.mapping, None, wanted.members, period, wanted.same)[1]


def _compared(report: Report, store: Store, wanted: Wanted) -> Report:
    """Add the days before the period, and keep both apart from what a report of all time tells."""
    whole = _answers(store, wanted, EVER)
    earlier = wanted.period.before()
    before = _answers(store, wanted, earlier) if earlier else []
    return report._replace(
        answers=kept_apart(report.answers, whole, wanted.smallest), before=kept_apart(before, whole, wanted.smallest)
    )


def _answers(store: Store, wanted: Wanted, period: Period) -> list[Answer]:
    return list(answers(_opened(store, wanted, period), wanted.smallest))
