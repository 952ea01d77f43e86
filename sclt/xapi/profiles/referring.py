"""Whether references between statements of a file lead to templates that a profile names (part three, 2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from sclt.xapi.profiles.following import Reference
from sclt.xapi.rules.demand import At, Breach, Words, below

REMEMBERED = 50_000
"""Statements among which the one that is referred to is known."""

Followed: TypeAlias = tuple[str, frozenset[str], tuple[Reference, ...], int, At]
"""The id of a statement, the templates that it matches, its references to others, its line and place."""


class References:
    """The templates that the latest statements match, and the latest references to statements not seen yet."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}
        self._waiting: dict[str, list[tuple[Reference, int, At]]] = {}

    def seen(self, followed: Iterable[Followed]) -> Iterator[tuple[Breach, int]]:
        """Yield a breach and its line for each reference to a statement that matches none of the wanted templates.

        A statement that is not in the file is not known, so a reference to it is sound.
        """
        for identifier, templates, references, line, at in followed:
            _keep(self._known, identifier, templates)
            for reference, told, place in self._waiting.pop(identifier, ()):
                yield from self._judged(reference, told, place)
            for reference in references:
                if reference.id in self._known:
                    yield from self._judged(reference, line, at)
                else:
                    _keep(self._waiting, reference.id, [*self._waiting.get(reference.id, ()), (reference, line, at)])

    def _judged(self, reference: Reference, line: int, at: At) -> Iterator[tuple[Breach, int]]:
        if self._known[reference.id].isdisjoint(reference.templates):
            yield Breach(reference.demand, below(reference.at, at), Words(reference.says)), line


def _keep(kept: dict[str, Any], key: str, value: Any) -> None:
    """Keep a value under a key, and forget the oldest of too many."""
    kept[key] = value
    if len(kept) > REMEMBERED:
        del kept[next(iter(kept))]
