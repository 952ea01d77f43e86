"""Participation by module and group."""

from __future__ import annotations

from sclt.records.metrics import groups, modules
from sclt.records.metrics.participation import by

METRIC = by(
    "modules_by_group",
    5.5,
    ("module", "group"),
    ("group",),
    (("module",), ("group",)),
    (modules.METRIC, groups.METRIC),
)
