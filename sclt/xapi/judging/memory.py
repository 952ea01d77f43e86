"""Remembers parts of statements that are sound: what recurs, as verbs, learners and activities do, is asked once.

A statement's text is divided into its members first, each of which stays text, and so are its object and context; a
part that stood in an earlier statement, byte for byte, is neither decoded nor asked again.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple, TypeAlias

import msgspec

from sclt.xapi.judging.validate import said_version
from sclt.xapi.rules.demand import Found, Sound
from sclt.xapi.rules.statement import statement as ask
from sclt.xapi.rules.text import is_deep

KEPT = 4096
"""So many texts of each part are remembered; then all are forgotten."""
LONGEST = 2048
"""Bytes of the longest text that is remembered."""
_PARTS: dict[str, tuple[str, ...]] = {
    "actor": (),
    "verb": (),
    "object": ("definition",),
    "authority": (),
    "context": ("instructor", "team", "contextActivities", "statement", "extensions"),
}
"""The members that are remembered, and those in them that are so by themselves."""
_divide = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode

Path: TypeAlias = tuple[str, ...]
"""The version by which a part is read, and the members that lead to it."""


class _Fresh(NamedTuple):
    """A part that is not remembered yet."""

    path: Path
    text: bytes
    value: dict[str, Any]


class Memory:
    """The sound parts that one process has seen, by the version of xAPI that they were read by."""

    def __init__(self) -> None:
        self._sound: dict[Path, dict[bytes, Sound]] = {}

    def judged(self, raw: bytes, version: str) -> tuple[Any, Found] | None:
        """Return a statement and its breaches, None for a text that must be looked at as a whole.

        ``version`` is that by which statements are read, or empty. A text is such where it is broken, no object or an
        LRS's answer, or where a member might stand twice.
        """
        # \u003a is a colon that is none of a member: see `_members`
        if is_deep(raw) or b"\\u003" in raw:
            return None
        try:
            if not raw.isascii():
                raw.decode("utf-8", "strict")
            parts = _members(raw)
            return None if "statements" in parts else self._judged(parts, version)
        except ValueError:
            return None

    def _judged(self, parts: dict[str, msgspec.Raw], version: str) -> tuple[Any, Found]:
        told = parts.get("version")
        read_by = version or said_version({"version": _decode(told)} if told is not None else None)
        fresh: list[_Fresh] = []
        statement = {key: self._read((read_by, key), _PARTS, bytes(part), fresh) for key, part in parts.items()}
        found = Found(read_by)
        ask(statement, (), found)
        self._remember(fresh, found)
        return statement, found

    def _read(self, path: Path, remembered: Collection[str], text: bytes, fresh: list[_Fresh]) -> Any:
        """Return the value of a text, the one that is remembered if any; ValueError where a member stands twice."""
        if text[:1] not in (b"{", b"["):
            return _decode(text)
        if path[-1] not in remembered or text[:1] == b"[":
            return _whole(text)
        known = self._sound.get(path, {}).get(text)
        if known is not None:
            return known
        inside = _PARTS[path[-1]] if remembered is _PARTS else ()
        value = self._object(path, inside, text, fresh) if inside else _whole(text)
        fresh.append(_Fresh(path, text, value))
        return value

    def _object(self, path: Path, inside: Collection[str], text: bytes, fresh: list[_Fresh]) -> dict[str, Any]:
        return {key: self._read((*path, key), inside, bytes(part), fresh) for key, part in _members(text).items()}

    def _remember(self, fresh: list[_Fresh], found: Found) -> None:
        """Keep what is sound: what is in a broken member may not have been asked."""
        broken = {_top(breach.at) for breach in found}
        for path, text, value in fresh:
            if path[1] not in broken and len(text) <= LONGEST:
                kept = self._sound.setdefault(path, {})
                if len(kept) >= KEPT:
                    kept.clear()
                kept[text] = Sound(value)


def _members(text: bytes) -> dict[str, msgspec.Raw]:
    """Return the members of an object as texts; ValueError where it is none or one of them stands twice."""
    parts = _divide.decode(text)
    # as in `sclt.xapi.rules.text.decoded`: what stands twice is dropped with its colon
    if text.count(b":") != _encode(parts).count(b":"):
        raise ValueError("a member stands twice")
    return parts


def _whole(text: bytes) -> Any:
    value = _decode(text)
    if text.count(b":") != _encode(value).count(b":"):
        raise ValueError("a member stands twice")
    return value


def _top(at: Any) -> Any:
    """Return the member of the statement in which a place lies, None for the statement itself."""
    key = None
    while at:
        at, key = at
    return key
