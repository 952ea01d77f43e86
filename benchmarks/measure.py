"""Stopwatches. What is compared runs in turns, so that a busy moment of the machine hits all alike."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import NamedTuple

Work = Callable[[], object]


class Row(NamedTuple):
    """A line of the table. ``of`` is what is measured against; a ratio without ``target`` is for information."""

    name: str
    seconds: float
    of: float
    target: float | None = None
    unit: str = "×"

    @property
    def ratio(self) -> float:
        return self.seconds / self.of


class Timed(NamedTuple):
    """A piece of work, and what has to be done before each run without being timed."""

    work: Work
    before: Work = lambda: None


def side_by_side(*pieces: Timed, times: int) -> list[float]:
    """Run the pieces in turns, ``times`` times each, and return the median seconds of each."""
    found: list[list[float]] = [[] for _ in pieces]
    for _ in range(times):
        for n, piece in enumerate(pieces):
            piece.before()
            start = time.perf_counter()
            result = piece.work()
            took = time.perf_counter() - start
            found[n].append(result if isinstance(result, float) else took)
    return [median(seconds) for seconds in found]


def process(order: Sequence[object]) -> Work:
    """Return the work of running a command to its end."""
    words = [str(word) for word in order]
    return lambda: subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
