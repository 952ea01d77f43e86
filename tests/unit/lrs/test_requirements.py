"""The requirements of requirements.yaml against a real LRS."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import urllib3

from tests.places import table
from tests.unit.lrs.http import Client

CASES = table(Path(__file__).parent / "requirements.yaml")["cases"]
METHODS = ("get", "put", "post", "delete", "head", "options")
CHECKS = ("status", "found", "list", "json", "has", "lacks", "headers", "empty", "keep")
FORM = "application/x-www-form-urlencoded"


def request(lrs: Client, step: dict[str, Any], etag: str) -> urllib3.BaseHTTPResponse:
    method = next(name for name in METHODS if name in step)
    headers = {name: value.replace("$etag", etag) for name, value in step.get("headers_sent", {}).items()}
    body = step.get("body")
    if "form" in step:
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in step["form"].items()}
        body, headers["Content-Type"] = urlencode(form).encode(), FORM
    elif isinstance(body, str):
        body = body.encode()
    elif isinstance(body, dict) and body.get("padding") == "$large":
        body = {**body, "padding": "x" * 100_000}
    return lrs.ask(method.upper(), step[method], body, headers, step.get("bare", False), **step.get("params", {}))


def check(step: dict[str, Any], answer: urllib3.BaseHTTPResponse) -> None:
    text = answer.data.decode()
    assert answer.status == step.get("status", 200), text
    if "found" in step:
        assert [int(s["id"][-1]) for s in answer.json()["statements"]] == step["found"]
    if "list" in step:
        assert answer.json() == step["list"]
    if "json" in step:
        assert covers(answer.json(), step["json"]), text
    for part in step.get("has", ()):
        assert part in text
    for part in step.get("lacks", ()):
        assert part not in text
    for name, pattern in step.get("headers", {}).items():
        assert re.fullmatch(pattern, answer.headers.get(name, "")), f"{name}: {answer.headers.get(name)}"
    assert not step.get("empty") or answer.data == b""


def covers(told: Any, wanted: Any) -> bool:
    """Tell whether an object holds at least what is wanted."""
    if isinstance(wanted, dict) and isinstance(told, dict):
        return all(covers(told.get(name), value) for name, value in wanted.items())
    return bool(told == wanted)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_requirement(lrs: Client, case: dict[str, Any]) -> None:
    etag = ""
    for step in case["steps"]:
        assert any(name in step for name in CHECKS)
        answer = request(lrs, step, etag)
        check(step, answer)
        if step.get("keep"):
            etag = answer.headers["ETag"]


def test_pages_of_a_long_list(lrs: Client, statement: dict[str, Any]) -> None:
    ids = lrs.post(*[statement] * 25)
    for ascending, wanted in (("true", ids), ("false", ids[::-1])):
        answer = lrs.ask("GET", "statements", limit="10", ascending=ascending, verb=statement["verb"]["id"]).json()
        seen = [s["id"] for s in answer["statements"]]
        while answer["more"]:
            assert answer["more"].startswith("/")
            url = lrs.address.root + answer["more"]
            headers = {**lrs.basic, "X-Experience-API-Version": "1.0.3"}
            answer = lrs.pool.request("GET", url, headers=headers).json()
            seen += [s["id"] for s in answer["statements"]]
        assert seen == wanted


def test_since_is_exclusive_and_until_inclusive(lrs: Client, statement: dict[str, Any]) -> None:
    lrs.post(statement)
    (told,) = lrs.find()
    assert lrs.find(since=told["stored"]) == []
    assert lrs.find(until=told["stored"]) == [told]
