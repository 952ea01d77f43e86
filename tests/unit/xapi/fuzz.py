"""Texts made of sound statements by seeded changes of their structure and of their bytes."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

from tests.unit.xapi.cases import BASES, each, text

SEEDS = [json.dumps(base).encode() for base in BASES.values()]
CASES = [text(case) for kind in ("fail", "pass") for _rule, case in each(kind)]
LONG = 3_000
DEEP = 2_000


def deep(levels: int, inner: Any = None) -> Any:
    """Return arrays and objects in each other."""
    for level in range(levels):
        inner = [inner] if level % 2 else {"x:y": inner}
    return inner


def nested(levels: int) -> Any:
    """Return SubStatements in each other."""
    made: Any = {"id": "x:y"}
    for _ in range(levels):
        made = {
            "objectType": "SubStatement",
            "actor": {"mbox": "mailto:a@b.org"},
            "verb": {"id": "x:y"},
            "object": made,
        }
    return made


ODD: list[Any] = [
    *(
        None,
        True,
        0,
        -1,
        1.5,
        1e300,
        -1e300,
        10**400,
        "",
        "a",
        "x:y",
        "\u0000",
        "\ud800",
        "\U0001f600",
        "é" * 300,
        [],
        {},
    ),
    *([[]], [None], {"": None}, {"objectType": []}, {"id": {}}, {"objectType": "Group", "member": [[]]}, "1" * LONG),
    *(deep(40), deep(250), nested(3), nested(60), {"objectType": "SubStatement"}, {"objectType": "StatementRef"}),
    *("2026-02-30T24:00:00-00", "P1Y2W", "mailto:", "urn:", "http://[", "%", "en-", "a[.]b[,]c", "{lang=}", "[:]"),
]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return where each part of a value is held."""
    found, waiting = [], [value]
    while waiting:
        holder = waiting.pop()
        pairs = holder.items() if isinstance(holder, dict) else enumerate(holder) if isinstance(holder, list) else ()
        for key, item in pairs:
            found.append((holder, key))
            waiting.append(item)
    return found


def changed(value: Any, chance: random.Random) -> Any:
    """Return a copy of a statement with one to four parts replaced, removed, renamed, moved, doubled or wrapped."""
    made = copy.deepcopy(value)
    for _ in range(chance.randint(1, 4)):
        known = places(made)
        if not known:
            return chance.choice(ODD)
        holder, key = chance.choice(known)
        act = chance.randrange(7)
        if act < 3:
            holder[key] = copy.deepcopy(chance.choice(ODD))
        elif act == 3:
            del holder[key]
        elif act == 4:
            other, name = chance.choice(known)
            holder[key] = copy.deepcopy(other.get(name) if isinstance(other, dict) else holder[key])
        elif act == 5:
            holder[key] = [holder[key]] if chance.random() < 0.5 else {"id": holder[key]}
        elif isinstance(holder, dict):
            holder[chance.choice(("objectType", "id", str(key).upper(), "extensions", "member", ""))] = holder[key]
    return made


def broken(raw: bytes, chance: random.Random) -> bytes:
    """Return a text with some bytes cut, changed, doubled or put in."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(raw) + 1)
        end = min(len(raw), start + chance.choice((0, 1, 1, 2, 30)))
        junk = (
            b"",
            b"{",
            b"}",
            b"[",
            b"]",
            b'"',
            b",",
            b":",
            b"\\",
            b"\xff",
            b"\xef\xbb\xbf",
            b"\n",
            b"\x00",
            b"1e999",
        )
        more = (b"[" * DEEP, b'{"a":' * DEEP, b"NaN", b"\\ud800", b"\\u003a", raw[start:end] * 2, raw[:40], b'"id":1,')
        raw = raw[:start] + chance.choice(junk + more) + raw[end:]
    return raw


def dumped(value: Any, chance: random.Random) -> bytes:
    """Return JSON, sometimes with ASCII alone, laid out, or with a member that stands twice."""
    made = json.dumps(value, ensure_ascii=chance.random() < 0.5, indent=1 if chance.random() < 0.1 else None)
    raw = made.encode("utf-8", "surrogatepass")
    return raw.replace(b'"id":', b'"id": 1, "id":', 1) if chance.random() < 0.1 else raw


def texts(count: int, seed: int) -> Iterator[bytes]:
    """Yield so many texts, the same for the same seed."""
    chance = random.Random(seed)
    sound = list(BASES.values())
    for _ in range(count):
        kind = chance.random()
        if kind < 0.6:
            yield dumped(changed(chance.choice(sound), chance), chance)
        elif kind < 0.8:
            yield broken(chance.choice(SEEDS + CASES), chance)
        else:
            yield broken(dumped(changed(chance.choice(sound), chance), chance), chance)
