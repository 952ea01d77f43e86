"""How many are right at each question, by the month of their first answer."""

from __future__ import annotations

from sclt.records.metrics import items
from sclt.records.metrics.first_answers import shares_by

METRIC = shares_by("month", 12.6, (items.METRIC,))
