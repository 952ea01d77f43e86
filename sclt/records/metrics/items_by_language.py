"""How many are right at each question, in each language."""

from __future__ import annotations

from sclt.records.metrics import items, languages, modules_by_language
from sclt.records.metrics.first_answers import shares_by

METRIC = shares_by("language", 12.4, (items.METRIC, languages.METRIC, modules_by_language.METRIC))
