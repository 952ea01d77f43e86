"""What people of each group know before and after."""

from __future__ import annotations

from functools import partial

from sclt.records.metrics import gain, groups, programmes_groups
from sclt.records.metrics.first_answers import SAID
from sclt.records.metrics.metric import Metric

_KEYS = ("programme", "group")
METRIC = Metric(
    "gain_by_group",
    partial(gain.gain, keys=_KEYS),
    11.7,
    _KEYS,
    totals=(("programme",),),
    margins=(gain.METRIC, groups.METRIC, programmes_groups.METRIC),
    defined=(SAID, "gain", "group"),
)
