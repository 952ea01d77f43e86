"""Bounds for YAML of strangers: what a reader would unfold without end, or too deep for its stack, is refused first."""

from __future__ import annotations

from typing import Any

import yaml

DEPTH = 60
"""How deep values may lie in each other; an author's file needs five."""
VALUES = 100_000
"""How many values a file may hold when each alias stands for what it repeats."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

TEXTS: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Makes texts, lists and mappings only, of all that the check of sources takes."""


class Absurd(yaml.MarkedYAMLError):
    """YAML that is well-formed and would still use up time, memory or the stack."""


def check(text: str) -> None:
    """Raise Absurd, with its place, where a YAML text nests or repeats too much; yaml.YAMLError where it is none.

    Only the events are looked at, which costs no more than the text is long: nothing is built, no alias followed.
    """
    counter = _Counter()
    for event in yaml.parse(text, _LOADER):
        counter.take(event)


def compose(text: str) -> yaml.Node | None:
    """Return the nodes of a YAML text whose scalars stay texts. Raises yaml.YAMLError, Absurd among them."""
    check(text)
    node: yaml.Node | None
    try:
        node = yaml.compose(text, yaml.BaseLoader)
    except yaml.YAMLError:  # it refuses what libyaml and the check of sources take: {en: Which colour?}
        node = yaml.compose(text, TEXTS)
    return node


class _Counter:
    """Counts values by the anchor that they stand under, as if every alias were written out."""

    def __init__(self) -> None:
        self._total = 0
        self._sizes: dict[str, int] = {}
        self._open: list[tuple[str, int]] = []

    def take(self, event: Any) -> None:
        """Take the next event of the text."""
        if isinstance(event, yaml.AliasEvent):
            self._add(self._repeated(event), event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open.append((event.anchor or "", self._total))
            self._add(1, event)
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = self._open.pop()
            self._sizes[anchor] = self._total - before
        elif isinstance(event, yaml.ScalarEvent):
            self._sizes[event.anchor or ""] = 1
            self._add(1, event)
        if len(self._open) > DEPTH:
            raise Absurd(problem=f"values lie in each other deeper than {DEPTH}", problem_mark=event.start_mark)

    def _repeated(self, event: Any) -> int:
        """Return how many values an alias stands for; one that repeats what it lies in has no number."""
        if event.anchor in {anchor for anchor, _ in self._open}:
            raise Absurd(problem=f"'*{event.anchor}' repeats what it lies in", problem_mark=event.start_mark)
        return self._sizes.get(event.anchor, 1)

    def _add(self, count: int, event: Any) -> None:
        self._total += count
        if self._total > VALUES:
            problem = f"with its aliases written out it would hold more than {VALUES:,} values"
            raise Absurd(problem=problem, problem_mark=event.start_mark)
