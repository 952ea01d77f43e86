"""Participation by module and language."""

from __future__ import annotations

from sclt.records.metrics import languages, modules
from sclt.records.metrics.participation import by

METRIC = by(
    "modules_by_language",
    5.7,
    ("module", "language"),
    ("language",),
    (("module",), ("language",)),
    (modules.METRIC, languages.METRIC),
)
