"""The JSONPath that rules of statement templates may use (xAPI Profiles 1.0, part two, 8.1).

A path is children by name, items by number, ``*`` for all, unions of them with commas, and paths joined by ``|``.
Filters, scripts, slices and negative numbers are not allowed there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias


class Step(NamedTuple):
    """The keys that lead on from a value, none for all of them; ``deep`` is for any depth (``..``)."""

    keys: tuple[str | int, ...]
    deep: bool = False


Path: TypeAlias = tuple[tuple[Step, ...], ...]
"""The steps of each path of a union."""

_NAME = r"[^\s.\[\]|,'\"*?()@$]+"
_TEXT = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_KEY = rf"(?:{_TEXT}|[0-9]+|\*)"
_STEP = re.compile(
    rf"(?P<deep>\.\.)?(?:\[\s*(?P<keys>{_KEY}(?:\s*,\s*{_KEY})*)\s*\]|(?P<dot>\.)?(?P<name>\*|{_NAME}(?:,{_NAME})*))"
)
_ONE_KEY = re.compile(_KEY)
_BAR = re.compile(r"\s*\|\s*")
_ESCAPED = re.compile(r"\\(.)")


def parse(text: str) -> Path:
    """Read a path; raises ValueError that says where it cannot be read on, counted from 1."""
    paths, position = [], 0
    while True:
        steps, position = _steps(text, position)
        paths.append(steps)
        if position == len(text):
            return tuple(paths)
        if not (bar := _BAR.match(text, position)):
            raise ValueError(f"it cannot be read on from character {position + 1}")
        position = bar.end()


def _steps(text: str, position: int) -> tuple[tuple[Step, ...], int]:
    steps: list[Step] = []
    start = position
    if text.startswith("$", position):
        position += 1
    while match := _STEP.match(text, position):
        first = position == start  # a name may begin a path, as in the specification's own example
        if match["name"] and not (match["dot"] or match["deep"] or first):
            break
        if match["dot"] and (match["deep"] or first):
            break
        steps.append(Step(_keys(match), bool(match["deep"])))
        position = match.end()
    if position == start:
        raise ValueError(f"it cannot be read on from character {position + 1}")
    return tuple(steps), position


def _keys(match: re.Match[str]) -> tuple[str | int, ...]:
    if match["name"]:
        return () if match["name"] == "*" else tuple(match["name"].split(","))
    keys = [_key(key[0]) for key in _ONE_KEY.finditer(match["keys"])]
    return () if "*" in keys else tuple(key.text if isinstance(key, _Quoted) else key for key in keys)


class _Quoted(NamedTuple):
    """A key in quotes: ``'*'`` is the member of that name."""

    text: str


def _key(text: str) -> str | int | _Quoted:
    if text[0] in "'\"":
        return _Quoted(_ESCAPED.sub(r"\1", text[1:-1]))
    return int(text) if text.isdecimal() else text


def values(path: Path, whole: Any) -> list[Any]:
    """Return what a path finds in a decoded value, in the order of its parts."""
    return [found for steps in path for found in _reached(steps, [whole])]


def _reached(steps: Iterable[Step], found: list[Any]) -> list[Any]:
    for step in steps:
        starts = [inner for value in found for inner in _within(value)] if step.deep else found
        found = [child for value in starts for child in _children(value, step.keys)]
    return found


def _children(value: Any, keys: tuple[str | int, ...]) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from (value.values() if not keys else (value[key] for key in map(str, keys) if key in value))
    elif isinstance(value, list):
        indexes = (key for key in keys if isinstance(key, int) and key < len(value))
        yield from (value if not keys else (value[index] for index in indexes))


def _within(value: Any) -> Iterator[Any]:
    """Yield a value and all that is in it."""
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting += reversed(list(_children(inner, ())))
