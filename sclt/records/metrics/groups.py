"""Participation by group."""

from __future__ import annotations

from sclt.records.metrics.participation import by

METRIC = by("groups", 4, ("group",), ("group",))
