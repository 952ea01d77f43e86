"""Who took part, began, completed and passed, all together."""

from __future__ import annotations

from sclt.records.metrics.participation import by

METRIC = by("overview", 1)
