"""Sees ids of statements that stand twice in a file, among the latest of them.

What two statements of one id tell is compared only where an id stands twice: until then it is enough to know where a
text stands, if the file can be read again.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import msgspec

from sclt.xapi.judging.stream import Span
from sclt.xapi.rules.demand import At, Breach, Words
from sclt.xapi.rules.file import CONFLICT, REPEATED
from sclt.xapi.statements.identity import canonical, same_time

REMEMBERED = 50_000
"""Ids among which one that stands twice is seen."""

Identity: TypeAlias = tuple[str, int, str, int, At, int, int]
"""The id of a statement, a sum, a time, line and place, and where its text stands: start and size in bytes.

The sum is that of the text, and the time is empty; where the size is 0, they are those of the event that it tells.
A plain tuple, since millions go between processes.
"""


def of_text(statement: Any, raw: bytes, line: int, start: int) -> Identity | None:
    """Return what tells a statement from others whose text stands in a file from ``start``; None without an id."""
    identifier = statement.get("id")
    return (identifier.lower(), zlib.crc32(raw), "", line, (), start, len(raw)) if isinstance(identifier, str) else None


def of_value(statement: Any, line: int, at: At) -> Identity | None:
    """Return what tells a decoded statement from others, None where it has no id."""
    if not isinstance(statement, dict) or not isinstance(identifier := statement.get("id"), str):
        return None
    try:
        return (identifier.lower(), *_event(statement), line, at, 0, 0)
    except (TypeError, ValueError, RecursionError):  # values that a program gave, which no JSON has
        return None


def _event(statement: Any) -> tuple[int, str]:
    """Return a sum of what a statement tells, and when."""
    event, time = canonical(statement)
    return zlib.crc32(msgspec.json.encode(event, order="deterministic")), time


class _Seen(NamedTuple):
    """What is remembered of a statement: parts of its identity."""

    total: int
    time: str
    line: int
    start: int
    size: int


class Ids:
    """The latest ids of a file; two generations of them: memory is bounded, and no id is forgotten too early."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._young: dict[str, _Seen] = {}
        self._old: dict[str, _Seen] = {}

    def seen(self, identities: Iterable[Identity]) -> Iterator[tuple[Breach, int]]:
        """Yield a breach and its line for each id that stood before."""
        for identifier, total, time, line, at, start, size in identities:
            now = _Seen(total, time, line, start, size)
            before = self._young.get(identifier) or self._old.get(identifier)
            if before is None:
                self._remember(identifier, now)
                continue
            broken = REPEATED if self._tell_the_same(before, now) else CONFLICT
            value = Words(f"'{identifier}' (line {before.line})")
            yield Breach(broken, (at, "id"), value), line

    def _remember(self, identifier: str, seen: _Seen) -> None:
        if len(self._young) >= REMEMBERED:
            self._old, self._young = self._young, {}
        self._young[identifier] = seen

    def _tell_the_same(self, one: _Seen, other: _Seen) -> bool:
        if one.size and other.size and one.total == other.total:
            return True  # the same text
        (first, then), (second, now) = self._read(one), self._read(other)
        return first == second and same_time(then, now)

    def _read(self, seen: _Seen) -> tuple[int, str]:
        """Return the sum and time of an event, read again from the file where they are not known."""
        if not seen.size or self._path is None:
            return seen.total, seen.time
        try:
            return _event(msgspec.json.decode(Span(self._path, seen.start, seen.size).read(), type=dict[str, Any]))
        except (OSError, ValueError):  # the file has changed meanwhile
            return seen.total, ""
