"""Rarer searches for garbage last as long as anybody wants them, in whatever order they end."""

from __future__ import annotations

import gc
from contextlib import ExitStack

from sclt.storage.processes import rare_collection


def test_the_last_that_ends_gives_the_thresholds_back() -> None:
    before = gc.get_threshold()
    with ExitStack() as first, ExitStack() as second:
        first.enter_context(rare_collection())
        rare = gc.get_threshold()
        second.enter_context(rare_collection())
        first.close()
        assert gc.get_threshold() == rare != before
        second.close()
        assert gc.get_threshold() == before
