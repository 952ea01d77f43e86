"""Records in the studio: what was dropped is read, what is no record is said, and reports run apart from the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sclt.records import keeping
from tests.unit.studio.running import Studio
from tests.unit.xapi.files import lines

pytestmark = pytest.mark.slow


def drop(studio: Studio, name: str, content: bytes) -> dict[str, str]:
    told: dict[str, str] = json.loads(studio.ask(f"en/records?name={name}", "PUT", content).body)
    return told


def test_statements_are_read_counted_and_reported(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    timed = [line.replace('"verb"', '"timestamp": "2026-03-04T10:00:00Z", "verb"', 1) for line in lines(3)]
    place = drop(studio, "ours.jsonl", "\n".join([*timed, "{}"]).encode())["to"]
    shown = studio.ask(place).text
    assert "3 records were read" in shown and "1 was set aside" in shown
    assert "ours.jsonl" in shown and "dropped.jsonl" not in shown
    asked: list[tuple[str, str]] = []

    def report(_records: Path, out: Path, form: str, **wanted: str) -> None:
        asked.append((form, wanted["language"]))
        out.write_bytes(b"<p>")

    monkeypatch.setattr(keeping, "report", report)
    assert studio.ask(f"{place}/report.json").headers["content-disposition"].startswith("attachment")
    for _ in range(2):  # the second time it is there
        page = studio.ask(f"{place}/report.html")
    assert asked == [("json", "en"), ("html", "en")]
    assert "sandbox allow-scripts" in page.headers["content-security-policy"]
    assert "allow-same-origin" not in page.headers["content-security-policy"]
    assert studio.ask(f"{place}/report.exe").status == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"=cmd|' /C calc'!A0,x\n1,2\n"),
        ("a.csv", b"\xff\xfe\x00"),
        ("a.jsonl", b"not json"),
        ("%3Cimg%20src=x%3E.zip", b"PK"),
        ("a.json", b"[]"),
    ],
)
def test_what_holds_no_record_is_said(studio: Studio, name: str, content: bytes) -> None:
    assert drop(studio, name, content)["fault"]


def test_an_address_that_is_none_is_refused(studio: Studio) -> None:
    assert studio.post("en/records/pull", lrs="file:///etc/passwd", key="a", secret="b").status == 400
    assert studio.post("en/records/pull", lrs="http://lrs.example/xapi/", key="a", secret="b").status == 400
    assert studio.ask("en/records/99").status == 404
