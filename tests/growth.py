"""How the work for a text grows with its length: a ratio of two measures of one run, no number of seconds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES = 8  # as long as the short text
LINEAR = TIMES * 3  # work that grows with the square of the length takes 64 times as long


def growth(work: Callable[[str], object], part: str, count: int) -> float:
    """Return how many times as long work takes for count parts as for an eighth: processor time, best of three.

    What takes less than a hundredth of a second is too short to be compared: it counts as that hundredth.
    """
    short, long = part * (count // TIMES), part * count
    return max(_best(work, long), 0.01) / max(_best(work, short), 0.01)


def _best(work: Callable[[str], object], text: str) -> float:
    return min(_taken(work, text) for _ in range(3))


def _taken(work: Callable[[str], object], text: str) -> float:
    gc.disable()  # its passes cost by what other tests left in memory, not by the text
    try:
        start = time.thread_time()
        work(text)
        return time.thread_time() - start
    finally:
        gc.enable()
