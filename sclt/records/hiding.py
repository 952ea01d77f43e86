"""Hides what would tell of few people: by itself, beside a total that is told, and beside a report of all time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sclt.records.metrics.metric import Metric

Row: TypeAlias = dict[str, Any]
_Keys: TypeAlias = tuple[Any, ...]


class Hiding:
    """What may be told of the rows that metrics gave, by the names of the metrics.

    Groups of fewer people than ``smallest`` are hidden, and of a period also what differs from ``whole``, the rows of
    all time, by fewer: who has both reports could subtract them.
    """

    def __init__(
        self, rows: Mapping[str, Sequence[Row]], smallest: int, whole: Mapping[str, Sequence[Row]] | None = None
    ) -> None:
        self._rows, self._smallest, self._whole = rows, smallest, whole or {}
        self._made: dict[str, list[Row]] = {}

    def of(self, metric: Metric) -> list[Row]:
        """Return the rows of a metric, those of hidden groups emptied; the column ``hidden`` is the last."""
        if metric.name not in self._made:
            self._made[metric.name] = self._judged(metric) if metric.people else list(self._rows[metric.name])
        return self._made[metric.name]

    def _judged(self, metric: Metric) -> list[Row]:
        rows = self._rows[metric.name]
        hidden = {place for place, row in enumerate(rows) if 0 < row[metric.people] < self._smallest}
        hidden |= set(self._near(metric, rows))
        for margin in metric.margins:
            hidden |= set(self._of_hidden_totals(margin, rows))
        lines = [parts for keys in metric.totals for parts in _grouped(rows, keys).values()]
        alone = {parts[0] for parts in lines if len(parts) == 1}
        count = -1
        while count != len(hidden):  # what one total hides may stand alone in another
            count = len(hidden)
            for parts in lines:
                hidden |= set(self._seconds(metric, rows, parts, hidden, alone))
        return [self._told(metric, row, place in hidden) for place, row in enumerate(rows)]

    def _near(self, metric: Metric, rows: Sequence[Row]) -> Iterator[int]:
        """Yield what differs from the same of all time by few people."""
        counts = {_values(row, metric.keys): row[metric.people] for row in self._whole.get(metric.name, ())}
        for place, row in enumerate(rows):
            if 0 < counts.get(_values(row, metric.keys), 0) - row[metric.people] < self._smallest:
                yield place

    def _of_hidden_totals(self, margin: Metric, rows: Sequence[Row]) -> Iterator[int]:
        """Yield what adds up to a total that is hidden."""
        shared = tuple(key for key in margin.keys if rows and key in rows[0])
        gone = {_values(row, shared) for row in self.of(margin) if row["hidden"]}
        return (place for place, row in enumerate(rows) if _values(row, shared) in gone)

    def _seconds(
        self, metric: Metric, rows: Sequence[Row], parts: Iterable[int], hidden: set[int], alone: set[int]
    ) -> Iterator[int]:
        """Yield the next smallest part of a total where the total would give away the one, or the few, hidden.

        One that is ``alone`` in another total, which tells it all the same, is the last choice.
        """
        gone = [place for place in parts if place in hidden]
        few = sum(rows[place][metric.people] for place in gone) < self._smallest
        shown = [place for place in parts if place not in hidden]
        if shown and (len(gone) == 1 or (gone and few)):
            yield min(shown, key=lambda at: (at in alone, rows[at][metric.people], str(_values(rows[at], metric.keys))))

    def _told(self, metric: Metric, row: Row, is_hidden: bool) -> Row:
        few = {name: None for name in metric.small if 0 < row[name] < self._smallest}
        kept = row | few
        if is_hidden:
            kept = {name: row[name] if name in metric.keys and name not in metric.texts else None for name in row}
        return kept | {"hidden": is_hidden}


def _values(row: Row, keys: Sequence[str]) -> _Keys:
    return tuple(row[key] for key in keys)


def _grouped(rows: Sequence[Row], keys: Sequence[str]) -> dict[_Keys, list[int]]:
    found: dict[_Keys, list[int]] = {}
    for place, row in enumerate(rows):
        found.setdefault(_values(row, keys), []).append(place)
    return found
