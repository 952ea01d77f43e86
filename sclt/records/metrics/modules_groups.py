"""Participation by module, group and language at once."""

from __future__ import annotations

from sclt.records.metrics import groups, languages, modules
from sclt.records.metrics.participation import by

METRIC = by(
    "modules_groups",
    6,
    ("module", "group", "language"),
    ("group",),
    (("module",), ("group",), ("language",)),
    (modules.METRIC, groups.METRIC, languages.METRIC),
)
