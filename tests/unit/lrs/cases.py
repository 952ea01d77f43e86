"""The cases of requirements.yaml as requests: what is written short there, in full."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.places import table

FILE = table(Path(__file__).parent / "requirements.yaml")
REQUIREMENTS: dict[str, dict[str, str]] = FILE["requirements"]
CASES: list[dict[str, Any]] = FILE["cases"]
VERSIONS = ("1.0.3", "2.0.0")
BOUNDARY = "abc-(what?)"
FORM = "application/x-www-form-urlencoded"
DEEP = "[" * 150 + "]" * 150
STATEMENT = '{"actor":{"mbox":"mailto:a@b.lt"},"verb":{"id":"http://v/1"},"object":{"id":"http://a/1"},"result":{"extensions":{"http://e/1":%s}}}'
GIVEN = {
    "$deep": STATEMENT % DEEP,
    "$deep-list": f"[{STATEMENT % DEEP}]",
    "$deeper-list": "[" * 1_000 + "]" * 1_000,
    "$deepest-list": "[" * 90_000,
    "$not-utf-8": (STATEMENT % '"\udcff"').encode("utf-8", "surrogateescape"),
}
_SUM = re.compile(r"\$sha(256|512)\((.*?)\)")


def versions(case: dict[str, Any]) -> tuple[str, ...]:
    return (case["only"],) if "only" in case else VERSIONS


def filled(value: Any, known: dict[str, str]) -> Any:
    """Replace what is written short in every text of a value."""
    if isinstance(value, dict):
        return {name: filled(each, known) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, known) for each in value]
    if not isinstance(value, str):
        return value
    for name, text in known.items():
        value = value.replace(name, text)
    return _SUM.sub(lambda m: hashlib.new(f"sha{m[1]}", m[2].encode()).hexdigest(), value)


def content(step: dict[str, Any]) -> tuple[Any, str]:
    """Return the body of a step and its Content-Type."""
    if "form" in step:
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in step["form"].items()}
        return urlencode(form).encode(), FORM
    if "parts" in step:
        return multipart(step["parts"]), f'multipart/mixed; boundary="{BOUNDARY}"'
    body = step.get("body")
    if isinstance(body, str):
        given = GIVEN.get(body, body)
        return given if isinstance(given, bytes) else given.encode(), "application/json"
    if isinstance(body, dict) and body.get("padding") == "$large":
        return {**body, "padding": "x" * 100_000}, "application/json"
    return body, "application/json"


def multipart(parts: list[dict[str, Any]]) -> bytes:
    """Return parts as RFC 2046 writes them."""
    written = []
    for part in parts:
        headers = {"Content-Type": "application/json"} if "json" in part else part["headers"]
        lines = [part["raw"]] if "raw" in part else [f"{name}: {value}" for name, value in headers.items()]
        body = json.dumps(part["json"]) if "json" in part else part["content"]
        written.append("\r\n".join([f"--{BOUNDARY}", *lines, "", body]))
    return "\r\n".join([*written, f"--{BOUNDARY}--", ""]).encode()
