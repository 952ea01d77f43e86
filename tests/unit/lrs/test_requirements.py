"""The requirements of requirements.yaml against a real LRS, in each version."""

from __future__ import annotations

import ast
import re
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests.unit.lrs import conformance
from tests.unit.lrs.cases import CASES, GIVEN, REQUIREMENTS, content, filled, versions
from tests.unit.lrs.http import Client

METHODS = ("get", "put", "post", "delete", "head", "options")
ALL = [(case, version) for case in CASES for version in versions(case)]


def request(lrs: Client, step: dict[str, Any], version: str) -> urllib3.BaseHTTPResponse:
    method = next(name for name in METHODS if name in step)
    body, kind = content(step)
    headers = {"Content-Type": kind, "X-Experience-API-Version": version} if not step.get("bare") else {}
    if "form" in step:
        headers["Content-Type"] = kind
    told = {name: GIVEN.get(value, value) for name, value in step.get("params", {}).items() if isinstance(value, str)}
    parameters = {**step.get("params", {}), **told}
    headers |= step.get("headers_sent", {})
    return lrs.ask(method.upper(), step[method], body, headers, step.get("bare", False), **parameters)


def check(step: dict[str, Any], answer: urllib3.BaseHTTPResponse) -> None:
    text = answer.data.decode(errors="replace")
    assert answer.status == step.get("status", 200), text
    if "found" in step:
        assert [int(s["id"][-1]) for s in answer.json()["statements"]] == step["found"]
    if "list" in step:
        assert answer.json() == step["list"]
    if "json" in step:
        assert covers(answer.json(), step["json"]), text
    if "contents" in step:
        assert contents(answer) == step["contents"]
    for part in step.get("has", ()):
        assert part in text
    for part in step.get("lacks", ()):
        assert part not in text
    for name, pattern in step.get("headers", {}).items():
        assert re.fullmatch(pattern, answer.headers.get(name, "")), f"{name}: {answer.headers.get(name)}"
    assert not step.get("empty") or answer.data == b""


def contents(answer: urllib3.BaseHTTPResponse) -> list[str]:
    """Return the parts of an answer behind the first, as Python's own reader of mail sees them."""
    whole = f"Content-Type: {answer.headers['Content-Type']}\r\n\r\n".encode() + answer.data
    first, *others = BytesParser().parsebytes(whole).get_payload()
    assert first.get_content_type() == "application/json"
    assert all(part["Content-Transfer-Encoding"] == "binary" and part["X-Experience-API-Hash"] for part in others)
    return [part.get_payload(decode=True).decode() for part in others]


def covers(told: Any, wanted: Any) -> bool:
    """Tell whether an object holds at least what is wanted."""
    if isinstance(wanted, dict) and isinstance(told, dict):
        return all(covers(told.get(name), value) for name, value in wanted.items())
    return bool(told == wanted)


@pytest.mark.parametrize(("case", "version"), ALL, ids=[f"{case['name']} {version}" for case, version in ALL])
def test_requirement(lrs: Client, case: dict[str, Any], version: str) -> None:
    known = {"$etag": "", "$version": version, "$basic": lrs.basic["Authorization"]}
    for written in case["steps"]:
        if written.get("in", version) != version:
            continue
        step = filled(written, known)
        answer = request(lrs, step, version)
        check(step, answer)
        if step.get("keep"):
            known["$etag"] = answer.headers["ETag"]


def test_every_requirement_is_proven() -> None:
    proven = {name for case in CASES for name in case["proves"]}
    assert proven <= set(REQUIREMENTS)
    for name in set(REQUIREMENTS) - proven:
        file, _, function = REQUIREMENTS[name]["test"].partition("::")
        tree = ast.parse((Path(__file__).parent / file).read_text(encoding="utf-8"))
        assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, name


def test_every_requirement_is_proven_in_each_version_that_has_it() -> None:
    proven = {(name, version) for case in CASES for name in case["proves"] for version in versions(case)}
    for name, told in REQUIREMENTS.items():
        for version, clause in (("1.0.3", "one"), ("2.0.0", "two")):
            assert "test" in told or clause not in told or (name, version) in proven, (name, version)


def test_the_page_of_requirements_is_made_from_them() -> None:
    assert conformance.PAGE.read_text(encoding="utf-8") == conformance.page()


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
