"""How many are right at each question, in each group."""

from __future__ import annotations

from sclt.records.metrics import groups, items, modules_by_group
from sclt.records.metrics.first_answers import shares_by

METRIC = shares_by("group", 12.2, (items.METRIC, groups.METRIC, modules_by_group.METRIC))
