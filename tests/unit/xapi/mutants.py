"""Statements for two judges: sound ones, and what becomes of them when one part is replaced, removed or added."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.unit.xapi.cases import BASES, each, statement

ODD: tuple[Any, ...] = (None, True, -3, 0.5, "", "odd", "https://example.org/odd", [], ["odd"], {}, {"odd": "odd"})


class Mutant(NamedTuple):
    """A statement, and what was done to which place of it."""

    base: str
    change: str
    statement: Any


def mutants() -> Iterator[Mutant]:
    """Yield them in an order that never changes; only those of xAPI 1.0.3, which both judges read."""
    for base, sound in BASES.items():
        if base != "two":
            yield Mutant(base, "", sound)
            yield from _changed(base, sound)
    for rule, case in (*each("fail"), *each("pass")):
        if case.keys().isdisjoint(("text", "hex", "repeat", "version")) and case.get("base") != "two":
            yield Mutant(case.get("base", "plain"), f"{rule}: {case['name']}", statement(case))


def _changed(base: str, sound: Any) -> Iterator[Mutant]:
    made = copy.deepcopy(sound)
    for holder, key, place in list(_places(made, "")):
        kept = holder[key]
        for odd in ODD:
            holder[key] = odd
            yield Mutant(base, f"{place} = {odd!r}", copy.deepcopy(made))
        holder[key] = kept
        if isinstance(holder, dict):
            del holder[key]
            yield Mutant(base, f"without {place}", copy.deepcopy(made))
            holder[key] = kept
        if isinstance(kept, dict):
            kept["odd"] = "odd"
            yield Mutant(base, f"{place}/odd", copy.deepcopy(made))
            del kept["odd"]


def _places(value: Any, place: str) -> Iterator[tuple[Any, Any, str]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in pairs:
        yield value, key, f"{place}/{key}"
        yield from _places(item, f"{place}/{key}")
