"""Requests that are nearly right, and bodies that are broken: every one is answered, none with a fault of ours."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.unit.lrs.cases import BOUNDARY, CASES, FORM, VERSIONS, content, filled
from tests.unit.lrs.http import Client

SEED = 20261130
ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        -1,
        1e308,
        10**30,
        1.5,
        "",
        " ",
        "\x00",
        "\r\nX: y",
        "x" * 5000,
        "é\u2028",
        "http://a/1",
        "\\ud800",
    ),
    *([], [[]], {}, {"": {}}, {"id": 1}, [None], "6ba7b810-9dad-41d1-80b4-000000000001", "2020-02-30T25:61:61Z", "+00"),
    *({"objectType": "SubStatement"}, {"objectType": "StatementRef", "id": "x"}, {"mbox": []}, [[[[[[[[]]]]]]]]),
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each container within a value, and each key or index of it."""
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from places(value[key])


def changed(value: Any, chance: random.Random) -> Any:
    """Return a value with one thing in it replaced, removed, doubled or moved."""
    value = json.loads(json.dumps(value))
    if not (found := list(places(value))):
        return chance.choice(ODD)
    where, key = chance.choice(found)
    other, its = chance.choice(found)
    act: Callable[[], Any] = chance.choice(
        (
            lambda: where.__setitem__(key, chance.choice(ODD)),
            lambda: where.__delitem__(key),
            lambda: where.__setitem__(key, [where[key], where[key]]),
            lambda: where.__setitem__(key, json.loads(json.dumps(other.get(its) if isinstance(other, dict) else None))),
            lambda: where.__setitem__(str(key).upper() if isinstance(where, dict) else key, where[key]),
        )
    )
    act()
    return value


def damaged(body: bytes, chance: random.Random) -> bytes:
    """Return octets with some of them lost, doubled or replaced."""
    if not body:
        return bytes(chance.randbytes(9))
    start, length = chance.randrange(len(body)), chance.randrange(1, 9)
    middle = chance.choice((b"", body[start : start + length] * 3, chance.randbytes(length), b"[" * 200, b"\r\n"))
    return body[:start] + middle + body[start + length :]


def steps() -> list[dict[str, Any]]:
    known = {"$etag": '"0"', "$version": "1.0.3", "$basic": "Basic b3duZXI6eA=="}
    found = [filled(step, known) for case in CASES for step in case["steps"] if "options" not in step]
    return [step for step in found if not str(step.get("body", "")).startswith("$")]


def asked(step: dict[str, Any], chance: random.Random) -> tuple[str, str, Any, dict[str, str], dict[str, Any]]:
    """Return a request that differs from a right one in a place or two."""
    method = chance.choice(("GET", "PUT", "POST", "DELETE", "HEAD")) if chance.random() < 0.1 else ""
    verb = next(name for name in ("get", "put", "post", "delete", "head") if name in step)
    parameters = changed(step.get("params", {}), chance) if chance.random() < 0.3 else step.get("params", {})
    if chance.random() < 0.7 and "body" in step:
        step = {**step, "body": changed(step["body"], chance)}
    if chance.random() < 0.7 and "parts" in step:
        parts = changed(step["parts"], chance)
        sound = isinstance(parts, list) and all(isinstance(p, dict) and ("json" in p or valid(p)) for p in parts)
        step = {**step, "parts": parts if sound else step["parts"]}
    body, kind = content(step)
    if chance.random() < 0.4:
        body = damaged(body if isinstance(body, bytes) else json.dumps(body).encode(), chance)
    if chance.random() < 0.1:
        kind = chance.choice(
            (FORM, "application/json", f"multipart/mixed; boundary={BOUNDARY}", "multipart/mixed", "x")
        )
    headers = {"Content-Type": kind, "X-Experience-API-Version": chance.choice(VERSIONS)}
    return method or verb.upper(), step[verb], body, headers, parameters if isinstance(parameters, dict) else {}


def valid(part: dict[str, Any]) -> bool:
    """Tell whether a part can be written at all."""
    return isinstance(part.get("headers"), dict) and isinstance(part.get("content"), str)


@pytest.mark.slow
@pytest.mark.parametrize("count", [400, pytest.param(20_000, marks=pytest.mark.full)])
def test_every_request_is_answered(lrs: Client, count: int) -> None:
    chance, base = random.Random(SEED + count), steps()
    statuses = set()
    for number in range(count):
        method, path, body, headers, parameters = asked(chance.choice(base), chance)
        names = {str(name): value for name, value in parameters.items() if str(name) not in ("method", "path")}
        answer = lrs.ask(method, path, body, headers, **names)
        assert answer.status < 500, (number, method, path, body, headers, parameters, answer.data)
        statuses.add(answer.status)
    assert {200, 204, 400} <= statuses
