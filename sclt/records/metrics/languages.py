"""Participation by language."""

from __future__ import annotations

from sclt.records.metrics.participation import by

METRIC = by("languages", 5, ("language",), ("language",))
