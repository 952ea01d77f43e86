"""What analysts ask, each metric once, for every engine; a group of subjects in each file."""

from __future__ import annotations

from sclt.records.metrics import items, language, pages, participation, questions, scores, time, trends
from sclt.records.metrics.metric import Metric

METRICS: tuple[Metric, ...] = (
    *participation.METRICS,
    *trends.METRICS,
    *time.METRICS,
    *pages.METRICS,
    *scores.METRICS,
    *items.METRICS,
    *questions.METRICS,
    *language.METRICS,
)
"""In the order of the report."""
