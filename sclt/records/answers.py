"""Runs every metric and keeps its answer with the query that reproduces it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from sclt.locale import LENDER
from sclt.model.result import table_of
from sclt.records.metrics import METRICS
from sclt.records.metrics.metric import SMALLEST, Metric

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir
    import pyarrow as pa


_SHOWN = 20
"""So many rows a notebook shows of an answer; `rows` has all."""


class Answer(NamedTuple):
    """A metric's table, and the SQL (of the engine, over the view ``statements``) that gives it."""

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


def answers(statements: ir.Table, smallest: int = SMALLEST) -> Iterator[Answer]:
    """Yield the answer of each metric in the order of the report: what the query that is shown gives."""
    engine = statements.get_backend()
    for metric in METRICS:
        query, columns = _asked(metric, smallest, engine.name, statements.schema())
        yield Answer(metric, engine.sql(query, schema=columns).to_pyarrow(), query)


@cache
def _asked(metric: Metric, smallest: int, dialect: str, columns: ibis.Schema) -> tuple[str, ibis.Schema]:
    """Return a metric's query and the columns it gives. Making a query takes longer than answering it."""
    import ibis

    asked = metric.table(ibis.table(columns, name="statements"), smallest)
    return str(ibis.to_sql(asked, dialect=dialect)), asked.schema()


def _sound(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
