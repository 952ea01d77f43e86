"""Participation by module, group and language at once."""

from __future__ import annotations

from sclt.records.metrics import groups, languages, modules, modules_by_group, modules_by_language
from sclt.records.metrics.participation import by

METRIC = by(
    "modules_groups",
    6,
    ("module", "group", "language"),
    ("group", "language"),
    (("module",), ("group",), ("language",), ("module", "group"), ("module", "language")),
    (modules.METRIC, groups.METRIC, languages.METRIC, modules_by_group.METRIC, modules_by_language.METRIC),
)
