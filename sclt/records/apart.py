"""Keeps a report of a period and the report of all time from telling, by their difference, of a few people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from sclt.records.answers import Answer
from sclt.records.metrics.metric import Metric

_Row: TypeAlias = dict[str, Any]


def kept_apart(part: Sequence[Answer], whole: Sequence[Answer], smallest: int) -> list[Answer]:
    """Return the answers of a period, with what differs from all time by fewer people than ``smallest`` hidden."""
    everything = {answer.metric.name: answer.table.to_pylist() for answer in whole}
    return [_kept_apart(answer, everything[answer.metric.name], smallest) for answer in part]


def _kept_apart(answer: Answer, whole: Sequence[_Row], smallest: int) -> Answer:
    import pyarrow as pa

    metric = answer.metric
    if not metric.people:
        return answer
    counts = {tuple(row[key] for key in metric.keys): row[metric.people] for row in whole}
    rows = answer.table.to_pylist()
    near = [row for row in rows if _is_near(row, counts.get(tuple(row[key] for key in metric.keys)), metric, smallest)]
    for row in near:
        _hide(row, metric)
    for totals in metric.totals if near else ():
        _hide_a_second(rows, totals, metric)
    return answer._replace(table=pa.Table.from_pylist(rows, schema=answer.table.schema))


def _is_near(row: _Row, count: int | None, metric: Metric, smallest: int) -> bool:
    people = row[metric.people]
    return people is not None and count is not None and 0 < count - people < smallest


def _hide(row: _Row, metric: Metric) -> None:
    for name in row:
        if name not in metric.keys or name in metric.texts:
            row[name] = None
    row["hidden"] = True


def _hide_a_second(rows: Sequence[_Row], totals: tuple[str, ...], metric: Metric) -> None:
    """Hide the smallest row that is told as well, where a total would give away the only one that is not."""
    groups: dict[tuple[Any, ...], list[_Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in totals), []).append(row)
    for group in groups.values():
        told = [row for row in group if not row["hidden"]]
        if told and len(group) - len(told) == 1:
            _hide(min(told, key=lambda row: row[metric.people]), metric)
