"""The text of a statement: JSON in UTF-8, each member once."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import msgspec

from sclt.xapi.rules.demand import ERROR, WARNING, At, Breach, Found, Words, demand

_JSON = "xAPI 1.0.3 About 3.0 (JSON); RFC 8259"

SYNTAX = demand(
    "json.syntax",
    "A statement is JSON",
    says="this is no JSON: {value}.",
    why="nothing can read it",
    mend="Mend the JSON there; write it with a library rather than by hand.",
    clause=_JSON,
)
UTF8 = demand(
    "json.utf8",
    "A statement is encoded in UTF-8",
    says="{value} is not UTF-8.",
    why="letters beyond ASCII become others, or an LRS refuses it",
    mend="Save it as UTF-8.",
    clause="xAPI 1.0.3 Communication 1.4; RFC 8259 8.1",
)
MARK = demand(
    "json.mark",
    "JSON has no byte order mark",
    says="it begins with a byte order mark.",
    why="some readers refuse it",
    mend="Save it as UTF-8 without byte order mark.",
    clause="RFC 8259 8.1",
    severity=WARNING,
    strict=ERROR,
)
DUPLICATE = demand(
    "json.duplicate",
    "Each member stands once in its object",
    says="'{key}' stands in the object more than once.",
    why="each reader takes another one of the values",
    mend="Keep one of them.",
    clause="xAPI 1.0.3 Data 2.2 (2.2.s2.b2, 2.2.s3.b7); RFC 8259 4",
)
DEEPEST = 200
"""Levels of arrays and objects that are read; sound statements have twelve, and what extensions hold."""
DEPTH = demand(
    "json.depth",
    f"A statement has no more than {DEEPEST} levels of arrays and objects",
    says="it is nested too deeply.",
    why="readers refuse it, or fail",
    mend="Keep large structures as an attachment.",
    clause="RFC 8259 9",
)
NOTHING = msgspec.UNSET
# possessive, so that each byte is looked at once
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")
_IDLE_COMMA = re.compile(r",\s*[\]}]")


def decoded(raw: bytes, found: Found) -> Any:
    """Return the value of a JSON text, or NOTHING after noting why it has none."""
    if not raw.isascii() and (byte := _not_utf8(raw)):
        found.append(Breach(UTF8, (), byte))
        return NOTHING
    if is_deep(raw):
        found.append(Breach(DEPTH, (), None))
        return NOTHING
    try:
        value = msgspec.json.decode(raw)
        # a member that stands twice is dropped with its colon; only \u003a could make up for it
        if raw.count(b":") != msgspec.json.encode(value).count(b":") or b"\\u003" in raw:
            _duplicates(_twice(raw), (), found)
        return value
    except msgspec.DecodeError:
        found.append(Breach(SYNTAX, (), Words(_fault(raw.decode()))))
    return NOTHING


def is_deep(raw: bytes, deepest: int = DEEPEST) -> bool:
    """Tell whether a text has more levels than ``deepest``; what is no JSON has those that its brackets make."""
    if raw.count(b"[") + raw.count(b"{") <= deepest:  # most have not even as many
        return False
    depth = 0
    for bracket in _BRACKETS.findall(_STRING.sub(b"", raw)):
        depth += 1 if bracket in b"[{" else -1
        if depth > deepest:
            return True
    return False


def _not_utf8(raw: bytes) -> Words | None:
    """Return the first byte that is not UTF-8, counted from 1, or None."""
    try:
        raw.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        return Words(f"byte {error.start + 1} (0x{raw[error.start]:02x})")
    return None


class _NoJson(Exception):
    """Says what makes a text no JSON."""


def _fault(text: str) -> str:
    """Return what makes a text no JSON, in our words: those of libraries change with their releases."""
    try:
        json.loads(text, parse_constant=_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()):
            return "it ends before it is complete"
        if (comma := _idle_comma(text, error.pos)) is not None:
            return f"a comma with nothing behind it is character {comma + 1}"
        return f"it cannot be read on from character {error.pos + 1}"
    except _NoJson as error:
        return str(error)
    return "it has half a surrogate pair, or a number that is too large"


def _idle_comma(text: str, place: int) -> int | None:
    """Return where a comma stands before a bracket's end, at ``place`` or before it: releases of Python tell either."""
    comma = place if text[place] == "," else len(text[:place].rstrip()) - 1
    return comma if _IDLE_COMMA.match(text, comma) else None


def _constant(name: str) -> None:
    raise _NoJson(f"{name} is no number in JSON")


def _finite(digits: str) -> float:
    if math.isinf(number := float(digits)):
        raise _NoJson("it has a number that is too large")
    return number


class _Twice(dict[str, Any]):
    """An object of which some keys stand more than once."""

    twice: tuple[str, ...] = ()


def _twice(raw: bytes) -> Any:
    def paired(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = _Twice(pairs)
        if len(made) < len(pairs):
            keys = [key for key, _ in pairs]
            made.twice = tuple(key for key in made if keys.count(key) > 1)
        return made

    return json.loads(raw, object_pairs_hook=paired)


def _duplicates(value: Any, at: At, found: Found) -> None:
    if isinstance(value, _Twice):
        found += [Breach(DUPLICATE, (at, key), None) for key in value.twice]
        for key, item in value.items():
            _duplicates(item, (at, key), found)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _duplicates(item, (at, index), found)
