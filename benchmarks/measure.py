"""Stopwatches. What is compared runs in turns, so that a busy moment of the machine hits all alike."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

Work = Callable[[], object]


def processor_time() -> float:
    """Return the seconds that this process and those it started have worked: what to compare on a busy machine."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


CLOCK = processor_time if "--cpu" in sys.argv else time.perf_counter


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
    """Run the pieces in turns, once to warm up and then ``times`` times each; return the median seconds of each."""
    for piece in pieces:
        piece.before()
        piece.work()
    found: list[list[float]] = [[] for _ in pieces]
    for _ in range(times):
        for n, piece in enumerate(pieces):
            piece.before()
            start = CLOCK()
            result = piece.work()
            took = CLOCK() - start
            found[n].append(result if isinstance(result, float) else took)
    return [median(seconds) for seconds in found]


def process(order: Sequence[object], scratch: Path) -> Work:
    """Return the work of running a command to its end.

    Python keeps compiled modules in ``scratch``, as it does for users, even where the surroundings forbid it.
    """
    words = [str(word) for word in order]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = str(scratch / "compiled")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return lambda: subprocess.run(words, check=True, env=env, **quiet)
