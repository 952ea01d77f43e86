"""Participation by programme."""

from __future__ import annotations

from sclt.records.metrics.participation import by

METRIC = by("programmes", 2, ("programme",))
