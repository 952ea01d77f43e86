"""Building packages while the page shows how far it is."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from sclt import compiling
from sclt.errors import ScltError
from sclt.model.finding import Finding
from sclt.model.package import Built

_WAIT = 15.0
"""After so many seconds without news a page is told that there is none, so that a closed page is noticed."""


class Building(threading.Thread):
    """One build. ``built`` grows while it runs; ``total`` is how many packages there will be."""

    def __init__(self, path: Path, out: Path, standards: tuple[str, ...], total: int) -> None:
        super().__init__(name=f"build of {path.name}", daemon=True)
        self._path, self._out, self._standards, self.total = path, out, standards, total
        self.built: list[Built] = []
        self.findings: list[Finding] = []
        self.fault: ScltError | None = None
        self.ended = False
        self._news = threading.Condition()

    def run(self) -> None:
        """Build, and keep what was found or what made it fail."""
        try:
            self.findings = compiling.build(
                self._path, self._out, self._standards, done=lambda each: self._tell(self.built.append, each)
            ).findings
        except ScltError as fault:
            self.fault = fault
        finally:
            self._tell(setattr, self, "ended", True)

    def _tell(self, change: Callable[..., object], *what: object) -> None:
        with self._news:
            change(*what)
            self._news.notify_all()

    def steps(self) -> Iterator[int]:
        """Yield how many packages are built, whenever that has changed or a while has passed, until it ends."""
        seen = -1
        while not (self.ended and seen == len(self.built)):
            with self._news:
                self._news.wait_for(lambda: self.ended or len(self.built) != seen, _WAIT)  # noqa: B023 - called here
                seen = len(self.built)
            yield seen


class Builds:
    """The builds of a studio, by number."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._all: dict[str, Building] = {}

    def begin(self, path: Path, out: Path, standards: tuple[str, ...], total: int) -> str:
        """Begin one, and return its number."""
        number = str(next(self._numbers))
        self._all[number] = Building(path, out, standards, total)
        self._all[number].start()
        return number

    def find(self, number: str) -> Building | None:
        """Return a build, None where there is no such one."""
        return self._all.get(number)
