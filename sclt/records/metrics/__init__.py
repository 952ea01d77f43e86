"""What analysts ask, for every engine: each metric is a file with a ``METRIC``, found by looking into this folder."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from sclt.records.metrics.metric import Metric


def found() -> Iterator[Metric]:
    """Yield the metric of each file that has one."""
    for module in pkgutil.iter_modules(__path__):
        metric = getattr(import_module(f"{__name__}.{module.name}"), "METRIC", None)
        if isinstance(metric, Metric):
            yield metric


METRICS: tuple[Metric, ...] = tuple(sorted(found(), key=lambda metric: metric.rank))
"""In the order of the report."""
