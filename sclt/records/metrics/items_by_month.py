"""How many are right at each question, by the month of their first answer."""

from __future__ import annotations

from sclt.records.metrics import items, modules_by_month
from sclt.records.metrics.first_answers import shares_by

METRIC = shares_by("month", 12.6, (items.METRIC, modules_by_month.METRIC))
