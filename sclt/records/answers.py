"""Runs every metric and keeps its answer with the query that reproduces it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sclt.locale import LENDER
from sclt.model.result import table_of
from sclt.records.engine import STATEMENTS, WIDE, held, run
from sclt.records.hiding import Hiding
from sclt.records.metrics import METRICS
from sclt.records.metrics.metric import SMALLEST, Metric

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir
    import pyarrow as pa


_SHOWN = 20
"""So many rows a notebook shows of an answer; `rows` has all."""


Counted: TypeAlias = "dict[str, tuple[pa.Table, str]]"
"""By the names of metrics, what each counts and the SQL (of the engine, over the view ``statements``) that does."""


class Answer(NamedTuple):
    """A metric's table, small groups emptied, and the SQL that counts it, also what is hidden here."""

    metric: Metric
    table: pa.Table
    query: str

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows; what is no number is nothing."""
        return [{name: _sound(value) for name, value in row.items()} for row in self.table.to_pylist()]

    def __repr__(self) -> str:
        return f"<Answer {self.metric.name}: {self.table.num_rows} rows>"

    def _repr_html_(self) -> str:
        """Show the question and its first rows in a notebook; all that comes from the records is escaped."""
        names = self.table.column_names
        rows = [[row[name] for name in names] for row in self.rows()[:_SHOWN]]
        more = f"<p>and {self.table.num_rows - _SHOWN} more</p>" if self.table.num_rows > _SHOWN else ""
        return f"<h4>{escape(self.metric.title[LENDER])}</h4>{table_of(names, rows)}{more}"


def answers(statements: ir.Table, smallest: int = SMALLEST, whole: Counted | None = None) -> list[Answer]:
    """Return the answer of each metric in the order of the report; ``whole`` is what was counted of all time."""
    with held(statements):
        return told(counted(statements), smallest, whole)


def counted(statements: ir.Table, metrics: Sequence[Metric] = METRICS) -> Counted:
    """Return what each metric counts, before anything is hidden; `sclt.records.engine.held` makes many quick."""
    engine = statements.get_backend()
    columns_at_hand = statements.drop(*WIDE).schema()
    found = {}
    for metric in metrics:
        query, columns = _asked(metric, engine.name, columns_at_hand)
        found[metric.name] = (run(engine, query, columns), query)
    return found


def told(found: Counted, smallest: int = SMALLEST, whole: Counted | None = None) -> list[Answer]:
    """Return the answers that may be told of what was counted; ``whole`` is what was counted of all time."""
    hiding = Hiding(_rows(found), smallest, _rows(whole or {}))
    return [
        Answer(metric, _table(hiding.of(metric), found[metric.name][0].schema, metric), found[metric.name][1])
        for metric in METRICS
    ]


def _rows(found: Counted) -> dict[str, list[dict[str, Any]]]:
    return {name: table.to_pylist() for name, (table, _) in found.items()}


def _table(rows: list[dict[str, Any]], schema: pa.Schema, metric: Metric) -> pa.Table:
    import pyarrow as pa

    fields = [field.with_nullable(True) for field in schema]
    return pa.Table.from_pylist(rows, pa.schema([*fields, *([("hidden", pa.bool_())] if metric.people else [])]))


@cache
def _asked(metric: Metric, dialect: str, columns: ibis.Schema) -> tuple[str, ibis.Schema]:
    """Return a metric's query and the columns it gives. Making a query takes longer than answering it."""
    import ibis

    asked = metric.table(ibis.table(columns, name=STATEMENTS))
    return str(ibis.to_sql(asked, dialect=dialect)), asked.schema()


def _sound(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
