"""Remembers parts of statements that are sound: what recurs, as verbs, learners and activities do, is asked once.

A statement's text is divided into its members first, each of which stays text; a member that stood in an earlier
statement, byte for byte, is not decoded again.
"""

from __future__ import annotations

from typing import Any

import msgspec

from sclt.xapi.judging.validate import said_version
from sclt.xapi.rules.demand import Found
from sclt.xapi.rules.statement import statement as ask
from sclt.xapi.rules.text import is_deep

KEPT = 4096
"""So many texts of each member are remembered; then all are forgotten."""
LONGEST = 4096
"""Bytes of the longest text that is remembered."""
_MEMBERS = ("actor", "verb", "object", "authority")
_divide = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class Memory:
    """The sound members that one process has seen, by the version of xAPI that they were read by."""

    def __init__(self) -> None:
        self._sound: dict[tuple[str, str], dict[bytes, Any]] = {}

    def judged(self, raw: bytes, version: str) -> tuple[Any, Found] | None:
        """Return a statement and its breaches, None for a text that must be looked at as a whole.

        ``version`` is that by which statements are read, or empty. A text is such where it is broken, no object or an
        LRS's answer, or where a member might stand twice.
        """
        if (parts := _divided(raw)) is None or "statements" in parts:
            return None
        try:
            return self._judged(parts, version)
        except ValueError:
            return None

    def _judged(self, parts: dict[str, msgspec.Raw], version: str) -> tuple[Any, Found] | None:
        told = parts.get("version")
        read_by = version or said_version({"version": _decode(told)} if told is not None else None)
        statement: dict[str, Any] = {}
        fresh: list[tuple[str, bytes]] = []
        for key, part in parts.items():
            text = bytes(part)
            known = self._sound.get((read_by, key))
            value = known.get(text) if known else None
            if value is None:
                value = _decode(text)
                if text.count(b":") != _encode(value).count(b":"):
                    return None
                fresh.append((key, text))
            statement[key] = value
        found = Found(read_by)
        ask(statement, (), found, [key for key, _text in fresh])
        self._remember(statement, fresh, found)
        return statement, found

    def _remember(self, statement: dict[str, Any], fresh: list[tuple[str, bytes]], found: Found) -> None:
        broken = {_top(breach.at) for breach in found}
        for key, text in fresh:
            if key in _MEMBERS and key not in broken and len(text) <= LONGEST:
                kept = self._sound.setdefault((found.version, key), {})
                if len(kept) >= KEPT:
                    kept.clear()
                kept[text] = statement[key]


def _divided(raw: bytes) -> dict[str, msgspec.Raw] | None:
    """Return the members of an object as texts, None where it is none or one of them stands twice."""
    if is_deep(raw):
        return None
    try:
        if not raw.isascii():
            raw.decode("utf-8", "strict")
        parts = _divide.decode(raw)
    except ValueError:
        return None
    # as in `sclt.xapi.rules.text.decoded`: what stands twice is dropped with its colon, which \u003a could make up for
    if b"\\u003" in raw or raw.count(b":") != _encode(parts).count(b":"):
        return None
    return parts


def _top(at: Any) -> Any:
    """Return the member of the statement in which a place lies, None for the statement itself."""
    key = None
    while at:
        at, key = at
    return key
