"""Participation by module."""

from __future__ import annotations

from sclt.records.metrics import programmes
from sclt.records.metrics.participation import by

METRIC = by("modules", 3, ("programme", "module"), totals=(("programme",), ()), margins=(programmes.METRIC,))
