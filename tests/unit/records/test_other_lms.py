"""What ILIAS and Open edX export, by the columns that their sources name; and every table as a workbook as well."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from click.testing import CliRunner

from sclt.cli import main
from sclt.errors import UsageError
from sclt.records.activities import Activities
from sclt.records.exported import Export
from sclt.records.exports import Read, read
from sclt.xapi.judging.validate import validate

IRI = "https://example.org/courses/trial/module-1"
OTHER = "https://example.org/courses/trial/module-2"
BOTH = [f"First day={IRI}", f"Partners={OTHER}"]
VILNIUS = ZoneInfo("Europe/Vilnius")
Given: TypeAlias = Callable[..., Read]


@pytest.fixture(params=["csv", "xlsx"])
def given(tmp_path: Path, request: pytest.FixtureRequest) -> Given:
    """Return what reads rows, written as a CSV and as a workbook: both must say the same."""

    def give(*rows: tuple[str, ...], named: Any = (IRI,), name: str = "export", **more: Any) -> Read:
        file = tmp_path / f"{name}.{request.param}"
        if request.param == "csv":
            quoted = (";".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
            file.write_text("".join(quoted), encoding="utf-8")
        else:
            with xlsxwriter.Workbook(str(file), {"strings_to_numbers": False}) as book:
                sheet = book.add_worksheet()
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, [int(cell) if cell.isdigit() else cell for cell in row])
        mastery = more.pop("mastery", None)
        return read(file, Export(Activities(named, (), mastery), zone=VILNIUS, **more))

    return give


def facts(found: Read) -> list[tuple[str, str, str, Any]]:
    """Return who, verb, object and result of each statement, all of which must be sound."""
    assert [finding for each in found.statements for finding in validate(each)] == []
    return [
        (
            each["actor"].get("mbox", "").removeprefix("mailto:") or each["actor"]["account"]["name"],
            each["verb"]["id"].rpartition("/")[2],
            each["object"]["id"].removeprefix("https://example.org/courses/trial/"),
            each.get("result"),
        )
        for each in found.statements
    ]


USER = ("Login", "User", "E-Mail", "Department")
ANA, BEN = ("ana", "Onaitė, Ona", "ana@example.org", "A"), ("ben", "Ben, Ben", "ben@example.org", "B")
SCO = ("ID of the learning module", "Title of the learning module", "ID of chapter / SCO", "Title of chapter / SCO")


def test_ilias_tells_attempts_of_scorm_12(given: Given) -> None:
    head = (*SCO, *USER, "lesson_status", "score.max", "score.min", "score.raw: achieved score",
            "total_time: total time", "Last access")  # fmt: skip
    found = given(
        head,
        ("7", "Office", "3", "First day", *ANA, "passed", "20", "0", "17", "0000:45:10.00", "2026-03-02 08:15:00"),
        ("7", "Office", "4", "Partners", *ANA, "browsed", "", "", "", "0000:00:00", "2026-03-02 09:15:00"),
        ("7", "Office", "3", "First day", *BEN, "not attempted", "", "", "", "", "2026-03-02 09:15:00"),
        named=BOTH,
    )
    assert facts(found) == [
        ("ana@example.org", "completed", "module-1", {"completion": True, "duration": "PT45M10S"}),
        ("ana@example.org", "passed", "module-1", {"success": True, "score": {"scaled": 0.85}}),
        ("ana@example.org", "terminated", "module-2", None),
    ]
    assert found.statements[0]["timestamp"] == "2026-03-02T06:15:00.000Z"
    assert found.aside == []


def test_ilias_tells_attempts_of_scorm_2004_where_passing_is_not_completing(given: Given) -> None:
    head = (*SCO, *USER, "completion_status", "success_status: success", "score.scaled: score achieved as a decimal",
            "score.raw: achieved score", "total_time: total time", "Last access")  # fmt: skip
    when = "2026-03-02 08:15:00"
    found = given(
        head,
        ("7", "Office", "3", "First day", *ANA, "incomplete", "passed", "0.9", "45", "PT1H0M1S", when),
        ("7", "Office", "3", "First day", *BEN, "completed", "unknown", "", "45", "", when),
        ("7", "Office", "3", "First day", "cid", "", "cid@example.org", "", "completed", "failed", "-2", "", "", when),
    )
    assert facts(found) == [
        (
            "ana@example.org",
            "passed",
            "module-1",
            {"success": True, "score": {"scaled": 0.9}, "duration": "PT01H00M01S"},
        ),
        ("ben@example.org", "completed", "module-1", {"completion": True, "score": {"scaled": 0.45}}),
    ]
    assert [(each.place.rpartition(":")[2], each.reason) for each in found.aside] == [
        ("4", "'-2' is no score. It must lie from min to max")
    ]


@pytest.mark.parametrize("word", ["student_response: Response", "learner_response: Response"])
def test_ilias_tells_answers(given: Given, word: str) -> None:
    head = (*SCO, *USER, "counter", "ID", "Type", "result", word, "Last access")
    row = ("7", "Office", "3", "First day", *ANA)
    found = given(
        head,
        (*row, "0", "q1", "choice", "correct", "a", "2026-03-02 08:15:00"),
        (*row, "1", "q1", "choice", "wrong", "b", "2026-03-02 08:15:00"),
        (*row, "2", "", "", "", "", "2026-03-02 08:15:00"),
    )
    assert facts(found) == [
        ("ana@example.org", "answered", "module-1/questions/q1", {"success": True, "response": "a"}),
        ("ana@example.org", "answered", "module-1/questions/q1", {"success": False, "response": "b"}),
    ]
    assert {each["object"]["definition"]["interactionType"] for each in found.statements} == {"choice"}


@pytest.mark.parametrize(
    "head",
    [
        ("Scoid", "Key", "Value", "Email", "Timestamp", "Userid"),
        ("identifierref", "-lvalue-", "-rvalue-", "E-Mail", "Last access", "User"),
    ],
)
def test_ilias_raw_report_tells_attempts_by_elements(given: Given, head: tuple[str, ...]) -> None:
    def row(key: str, value: str, who: str = "ana@example.org", when: str = "2026-03-02 08:15:00") -> tuple[str, ...]:
        return ("First day", key, value, who, when, "17")

    found = given(
        head,
        row("cmi.core.lesson_status", "failed"),
        row("cmi.core.score.raw", "40"),
        row("cmi.interactions.10.id", "q10"),
        row("cmi.interactions.10.result", "wrong"),
        row("cmi.core.lesson_status", "completed", "ben@example.org"),
        row("cmi.interactions.2.id", "q2"),
        row("cmi.interactions.2.student_response", "b"),
        row("cmi.interactions.2.result", "correct"),
        row("cmi.core.total_time", "00:05:00", when="2026-03-02 08:45:00"),
        ("0", "package_attempts", "1", "ana@example.org", "2026-03-02 08:45:00", "17"),
    )
    assert facts(found) == [
        ("ana@example.org", "answered", "module-1/questions/q2", {"success": True, "response": "b"}),
        ("ana@example.org", "answered", "module-1/questions/q10", {"success": False, "response": ""}),
        ("ana@example.org", "completed", "module-1", {"completion": True, "duration": "PT05M00S"}),
        ("ana@example.org", "failed", "module-1", {"success": False, "score": {"scaled": 0.4}}),
        ("ben@example.org", "completed", "module-1", {"completion": True}),
    ]
    assert {each["timestamp"] for each in found.statements[:4]} == {"2026-03-02T06:45:00.000Z"}


def test_ilias_reports_of_success_tell_who_completed(given: Given) -> None:
    head = ("Title of learning module", *USER, "Total status", "Attempts", "Total time in seconds (rounded)",
            "Last Access")  # fmt: skip
    when = "2026-03-02 08:15:00"
    found = given(
        head, ("Office", *ANA, "Completed", "2", "600", when), ("Office", *BEN, "In Progress", "1", "60", when)
    )
    assert facts(found) == [
        ("ana@example.org", "completed", "module-1", {"completion": True, "duration": "PT10M00S"}),
        ("ben@example.org", "terminated", "module-1", {"duration": "PT01M00S"}),
    ]
    old = given(
        ("Department", "Login", "Lastname", "Firstname", "Email", "Date", "Status"),
        ("A", "ana", "Onaitė", "Ona", "ana@example.org", "02.03.2026", "1"),
        ("B", "ben", "Ben", "Ben", "ben@example.org", "2.3.2026", "0"),
    )
    assert [fact[:3] for fact in facts(old)] == [
        ("ana@example.org", "completed", "module-1"),
        ("ben@example.org", "terminated", "module-1"),
    ]
    assert {each["timestamp"] for each in old.statements} == {"2026-03-01T22:00:00.000Z"}


def test_ilias_learning_progress_stands_below_what_it_is_of(given: Given) -> None:
    found = given(
        ("Title", "Office"),
        ("Date", "02. Mar 2026, 10:00"),
        (),
        ("Login", "E-Mail", "Status", "First Access", "Last Access"),
        ("ana", "ana@example.org", "Completed", "01. Mar 2026, 08:00", "02. Mar 2026, 08:15"),
        ("ben", "ben@example.org", "Not attempted", "", ""),
    )
    assert [(*fact[:3], each["timestamp"]) for fact, each in zip(facts(found), found.statements, strict=True)] == [
        ("ana@example.org", "initialized", "module-1", "2026-03-01T06:00:00.000Z"),
        ("ana@example.org", "completed", "module-1", "2026-03-02T06:15:00.000Z"),
    ]


def test_ilias_in_another_language_names_what_only_words_tell(given: Given) -> None:
    head = ("Titel des Kapitels", "Benutzer-ID", "lesson_status", "score.raw: erreichte Punkte", "Letzter Zugriff")
    row = ("First day", "17", "completed", "85", "2026-03-02 08:15:00")
    with pytest.raises(UsageError, match="no column is known to hold the completed"):
        given(head, row)
    columns = {"learner": "Benutzer-ID", "module": "Titel des Kapitels", "completed": "Letzter Zugriff"}
    found = given(head, row, columns=columns, named=BOTH, home_page="https://lms.example.org")
    assert facts(found) == [("17", "completed", "module-1", {"completion": True, "score": {"scaled": 0.85}})]


def test_several_modules_are_not_taken_for_one(given: Given) -> None:
    head = (*SCO, *USER, "lesson_status", "Last access")
    rows = [("7", "Office", str(n), title, *ANA, "passed", "2026-03-02 08:15:00") for n, title in enumerate("AB")]
    assert [each.reason for each in given(head, *rows).aside] == [
        f"the module '{title}' is not known. Say --activity '{title}=IRI', or --course FOLDER" for title in "AB"
    ]


GRADES = ("Student ID", "Email", "Username", "Grade", "Quiz 1: First day", "Quiz 2: Partners", "Quiz (Avg)",
          "Cohort Name", "Enrollment Track", "Verification Status", "Certificate Eligible", "Certificate Delivered",
          "Certificate Type", "Enrollment Status")  # fmt: skip
REST = ("", "audit", "N/A", "N", "N", "N/A", "enrolled")
NAME = "Org_Office_2026_grade_report_2026-03-02-0815"


def test_open_edx_grades_are_of_the_time_in_the_name(given: Given) -> None:
    found = given(
        GRADES,
        ("1", "ana@example.org", "ana", "0.5", "0.85", "Not Attempted", "0.425", *REST),
        ("2", "ben@example.org", "ben", "0.0", "0.0", "Not Attempted", "0.0", *REST),
        ("3", "cid@example.org", "cid", "0.0", "1.5", "Not Attempted", "0.0", *REST),
        named=[f"First day={IRI}"], name=NAME, mastery=0.8,
    )  # fmt: skip
    assert facts(found) == [
        ("ana@example.org", "completed", "module-1", {"completion": True}),
        ("ana@example.org", "passed", "module-1", {"success": True, "score": {"scaled": 0.85}}),
        ("ben@example.org", "completed", "module-1", {"completion": True}),
        ("ben@example.org", "failed", "module-1", {"success": False, "score": {"scaled": 0}}),
    ]
    assert {each["timestamp"] for each in found.statements} == {"2026-03-02T08:15:00.000Z"}
    assert "'Quiz 2: Partners'" in found.notes[0]
    assert [each.reason for each in found.aside] == ["'1.5' is no share. It must lie from 0 to 1"]


def test_an_open_edx_course_may_be_one_module(given: Given) -> None:
    rows = [(str(n), f"{who}@example.org", who, grade, "Not Attempted", "Not Attempted", "0.0", *REST)
            for n, (who, grade) in enumerate((("ana", "0.5"), ("ben", "0.0")))]  # fmt: skip
    found = given(GRADES, *rows, name=NAME)
    assert facts(found) == [("ana@example.org", "terminated", "module-1", {"score": {"scaled": 0.5}})]
    with pytest.raises(UsageError, match="no module that is known") as refused:
        given(GRADES, *rows, named=(), name=NAME)
    assert "--activity IRI for the course" in str(refused.value.hint)
    with pytest.raises(UsageError, match="of which time") as refused:
        given(GRADES, *rows, name="grades")
    assert "_2026-03-02-0815.csv" in str(refused.value.hint)


RESPONSES = ("username", "title", "location", "Answer", "Answer ID", "Correct Answer", "Question", "block_key", "state")
BLOCK = "block-v1:Org+Office+2026+type@{}+block@b1"


def test_open_edx_responses_tell_answers_and_what_a_scorm_block_keeps(given: Given) -> None:
    problem = {"last_submission_time": "2026-03-01T10:00:00Z", "correct_map": {"b1_2_1": {"correctness": "incorrect"}}}
    scorm = {
        "lesson_status": "passed", "lesson_score": 0.85, "success_status": "unknown",
        "scorm_data": {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "85",
                       "cmi.interactions.0.id": "q1", "cmi.interactions.0.student_response": "a",
                       "cmi.interactions.0.result": "correct", "cmi.suspend_data": "x" * 30_000},
    }  # fmt: skip
    place = "Office > First day > Unit"
    nobody = {"lesson_status": "not attempted", "scorm_data": {}}
    found = given(
        RESPONSES,
        ("ana", "P", place, "Red", "b1_2_1", "Blue", "Which?", BLOCK.format("problem"), json.dumps(problem)),
        ("ana", "P", place, "Blue", "b1_3_1", "Blue", "What?", BLOCK.format("problem"), "{}"),
        ("ana", "P", place, "", "", "", "", BLOCK.format("problem"), "{"),
        ("ben", "Package", place, "", "", "", "", BLOCK.format("scorm"), json.dumps(scorm)),
        ("cid", "Package", place, "", "", "", "", BLOCK.format("scorm"), json.dumps(nobody)),
        named=BOTH,
        name="Org_Office_2026_student_state_from_block_2026-03-02-0815",
        home_page="https://lms.example.org",
    )
    assert facts(found) == [
        ("ana", "answered", "module-1/questions/b1_2_1", {"success": False, "response": "Red"}),
        ("ana", "answered", "module-1/questions/b1_3_1", {"success": True, "response": "Blue"}),
        ("ben", "answered", "module-1/questions/q1", {"success": True, "response": "a"}),
        ("ben", "completed", "module-1", {"completion": True}),
        ("ben", "passed", "module-1", {"success": True, "score": {"scaled": 0.85}}),
    ]
    assert [each["timestamp"][:13] for each in found.statements[:2]] == ["2026-03-01T10", "2026-03-02T08"]
    assert found.statements[0]["object"]["definition"]["name"] == {"und": "Which?"}
    assert [each.reason for each in found.aside] == ["the state is no JSON. Export the report again"]


def test_a_table_says_the_same_as_a_workbook_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    csv, xlsx, out = tmp_path / "a.csv", tmp_path / "a.xlsx", tmp_path / "records"
    csv.write_text("learner,status,score,completed\nana@example.org,passed,0.85,2026-03-02T08:15:00\n", "utf-8")
    with xlsxwriter.Workbook(str(xlsx)) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_row(0, 0, ("learner", "status", "score", "completed"))
        sheet.write_row(1, 0, ("ana@example.org", "passed"))
        sheet.write_number(1, 2, 0.85, book.add_format({"num_format": "0%"}))
        sheet.write_datetime(1, 3, datetime(2026, 3, 2, 8, 15), day)

    def imported(file: Path) -> str:
        arguments = ["records", "import", str(file), "--out", str(out), "--activity", IRI]
        done = CliRunner().invoke(main, [*arguments, "--timezone", "Europe/Vilnius"])
        assert done.exit_code == 0, done.output
        return done.output

    assert "2 added, 0 known" in imported(csv)
    assert "0 added, 2 known" in imported(xlsx)
