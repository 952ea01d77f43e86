"""How much work is done at once: processes side by side, and rarer searches for garbage."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor


@contextmanager
def side_by_side(jobs: int) -> Iterator[Executor | None]:
    """Give an executor of so many processes, None where one is enough: this one."""
    if jobs < 2:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs) as executor:
        yield executor


_lock = threading.Lock()
_before: list[tuple[int, int, int]] = []
"""The thresholds to return to, once for each that wants rarer searches: they may end in any order."""


@contextmanager
def rare_collection() -> Iterator[None]:
    """Let Python look for garbage in cycles less often: a build makes few, and millions of values."""
    with _lock:
        _before.append(_before[0] if _before else gc.get_threshold())
        gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        with _lock:
            before = _before.pop()
            if not _before:
                gc.set_threshold(*before)
