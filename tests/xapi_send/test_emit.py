"""Statements made of arguments and of rows of a CSV."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sclt.cli import main
from sclt.lrs.server import Running
from sclt.xapi.judging.validate import validate
from tests.xapi_send.conftest import Send, stored

ACTIVITY = "https://example.org/meetings/7"
ONA = {"objectType": "Agent", "mbox": "mailto:ona@example.org"}
LIST = """\
email,timestamp,duration,Vardas
ona@example.org,2026-03-01T18:00+02:00,1:30,Ona
jonas@example.org,2026-03-01T18:05+02:00,PT1H,
"""


def emit(verb: str, *words: str, activity: str = ACTIVITY) -> Result:
    result = CliRunner().invoke(main, ["statements", "emit", verb, "--activity", activity, *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def made(verb: str, *words: str) -> list[dict[str, Any]]:
    result = emit(verb, *words)
    assert result.exit_code == 0, result.output
    statements = [json.loads(line) for line in result.stdout.splitlines()]
    assert [finding for each in statements for finding in validate(each)] == []
    return statements


def seconds(duration: str) -> int:
    assert duration.startswith("PT")
    return sum(
        int(number) * {"H": 3600, "M": 60, "S": 1}[unit] for number, unit in re.findall(r"(\d+)([HMS])", duration)
    )


def csv(folder: Path, text: str, encoding: str = "utf-8") -> str:
    file = folder / "list.csv"
    file.write_text(text, encoding=encoding)
    return str(file)


def test_a_list_of_attendance(tmp_path: Path) -> None:
    file = csv(tmp_path, LIST)
    ona, jonas = made(
        "attended", "--csv", file, "--name", "Susitikimas", "--language", "lt", "--column", "actor-name=Vardas"
    )
    assert ona["actor"] == {**ONA, "name": "Ona"}
    assert ona["verb"]["id"] == "http://adlnet.gov/expapi/verbs/attended"
    assert ona["object"]["id"] == ACTIVITY
    assert ona["object"]["definition"] == {
        "name": {"lt": "Susitikimas"},
        "type": "http://adlnet.gov/expapi/activities/meeting",
    }
    assert ona["timestamp"] == "2026-03-01T16:00:00.000Z"  # 18:00 two hours east
    assert [seconds(each["result"]["duration"]) for each in (ona, jonas)] == [5400, 3600]
    assert "name" not in jonas["actor"]


def test_twice_gives_the_same(tmp_path: Path) -> None:
    file = csv(tmp_path, LIST)
    first, again = (made("attended", "--csv", file, "--name", name) for name in ("One name", "Another name"))
    assert [s["id"] for s in first] == [s["id"] for s in again]
    assert len({s["id"] for s in first}) == 2
    assert first[0]["id"][14] == "5"
    assert made("experienced", "--csv", file)[0]["id"] != first[0]["id"]


def test_emitted_and_sent_twice_is_there_once(lrs: Running, send: Send, tmp_path: Path) -> None:
    out = tmp_path / "statements.jsonl"
    for name in ("One name", "Another name"):
        assert emit("attended", "--csv", csv(tmp_path, LIST), "--name", name, "--output", str(out)).exit_code == 0
        assert send(out, lrs.address.endpoint).exit_code == 0
    assert set(stored(lrs).values()) == {1} and stored(lrs).total() == 2


def test_one_of_arguments() -> None:
    account = ("--actor-from", "account", "--home-page", "https://lms.example.org", "--actor", "17")
    (one,) = made("passed", *account, "--score", "85 %", "--timestamp", "2026-03-01T18:00Z", "--type", "course")
    assert one["actor"]["account"] == {"homePage": "https://lms.example.org", "name": "17"}
    assert one["result"] == {"success": True, "score": {"scaled": 0.85}}


@pytest.mark.parametrize(
    ("verb", "words", "result"),
    [
        ("completed", (), {"completion": True}),
        ("failed", ("--score", "0,4"), {"success": False, "score": {"scaled": 0.4}}),
        ("answered", ("--response", "b", "--success", "no"), {"response": "b", "success": False}),
        ("asked", ("--response", "Kodėl?"), {"response": "Kodėl?"}),
    ],
)
def test_results(verb: str, words: tuple[str, ...], result: dict[str, Any]) -> None:
    (one,) = made(verb, "--actor", "ona@example.org", "--timestamp", "2026-03-01T18:00Z", *words)
    assert one["result"] == result


def test_a_zone_gives_the_offset_of_the_day(tmp_path: Path) -> None:
    text = "email;timestamp\nona@example.org;2026-03-01 18:00\nona@example.org;2026-07-01 18:00\n"
    winter, summer = made("attended", "--csv", csv(tmp_path, text, "utf-8-sig"), "--timezone", "Europe/Vilnius")
    assert [winter["timestamp"], summer["timestamp"]] == ["2026-03-01T16:00:00.000Z", "2026-07-01T15:00:00.000Z"]


def test_findings_name_the_line_and_nothing_is_printed(tmp_path: Path) -> None:
    text = """\
email,timestamp,duration,score,success
ona@example.org,2026-03-01T18:00+02:00,,,
,2026-03-01T18:00+02:00,,,
ona@,2026-03-01T18:00+02:00,,,
"rita@example.org",2026-03-01 18:00,,,
rita@example.org,yesterday,,,
rita@example.org,,,,
rita@example.org,2026-03-01T18:00+02:00,90,,
rita@example.org,2026-03-01T18:00+02:00,,850,
rita@example.org,2026-03-01T18:00+02:00,,,maybe
"""
    file = csv(tmp_path, text)
    result = emit("answered", "--csv", file, "--output", str(tmp_path / "out.jsonl"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert not (tmp_path / "out.jsonl").exists()
    lines = result.stderr.splitlines()
    assert [line.split(": error: ")[0] for line in lines] == [f"{file}:{n}" for n in range(3, 11)]
    for line, part in zip(
        lines, ("nobody", "'ona@'", "no offset", "no time", "There is no time", "'90'", "'850'", "'maybe'"), strict=True
    ):
        assert part in line


def test_a_spreadsheet_may_say_its_separator_and_write_capitals(tmp_path: Path) -> None:
    file = csv(tmp_path, "sep=;\nEmail;Timestamp\nona@example.org;2026-03-01T18:00Z\nnobody;2026-03-01T18:00Z\n")
    result = emit("attended", "--csv", file)
    assert result.stderr.startswith(f"{file}:4: error:")
    right = csv(tmp_path, "sep=;\nEmail;Timestamp\nona@example.org;2026-03-01T18:00Z\n")
    assert '"mailto:ona@example.org"' in emit("attended", "--csv", right).stdout


def test_the_same_row_counts_once(tmp_path: Path) -> None:
    row = "ona@example.org,2026-03-01T18:00Z\n"
    file = csv(tmp_path, "email,timestamp\n" + row + "jonas@example.org,2026-03-01T18:00Z\n" + row)
    result = emit("attended", "--csv", file)
    assert result.exit_code == 0 and len(result.stdout.splitlines()) == 2
    assert result.stderr.startswith(f"{file}:4: warning: This tells the same as line 2")


WRONG = {
    "no column": (("--csv", "LIST", "--column", "score=Balas"), "has no column 'Balas' for score"),
    "no field": (("--csv", "LIST", "--column", "points=Balas"), "'points=Balas' is no FIELD=COLUMN"),
    "no zone": (("--csv", "LIST", "--timezone", "Vilnius"), "'Vilnius' is no time zone"),
    "no home page": (("--actor-from", "account", "--actor", "17"), "--home-page belong together"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use(tmp_path: Path, case: str) -> None:
    words, message = WRONG[case]
    file = csv(tmp_path, LIST)
    result = emit("attended", *(file if word == "LIST" else word for word in words))
    assert result.exit_code == 2 and message in result.output


def test_another_encoding(tmp_path: Path) -> None:
    result = emit("attended", "--csv", csv(tmp_path, LIST.replace("Ona", "Živilė"), "cp1257"))
    assert result.exit_code == 2 and "Save it as CSV UTF-8." in result.output


def test_an_activity_that_is_no_iri(tmp_path: Path) -> None:
    result = emit("attended", "--csv", csv(tmp_path, LIST), activity="meeting 7")
    assert result.exit_code == 1 and "'meeting 7' is no absolute IRI" in result.stderr
