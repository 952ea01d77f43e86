"""Who finished each programme, by municipality or group."""

from __future__ import annotations

from functools import partial

from sclt.records.metrics import groups, programmes
from sclt.records.metrics.metric import Metric

_KEYS = ("programme", "group")
METRIC = Metric(
    "programmes_groups",
    partial(programmes.programmes, keys=_KEYS),
    2.5,
    _KEYS,
    totals=(("programme",), ("group",)),
    margins=(programmes.METRIC, groups.METRIC),
    defined=("programmes", "group"),
)
