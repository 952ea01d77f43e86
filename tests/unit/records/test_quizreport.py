"""Moodle's reports of quizzes, known by the order of their columns whatever language their headings are in."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sclt.errors import UsageError
from sclt.records.activities import Activities
from sclt.records.exported import Export
from sclt.records.exports import Read, read
from sclt.xapi.judging.validate import validate

IRI = "https://example.org/courses/trial/quiz"
PEOPLE = ("Pavardė", "Vardas", "El. pašto adresas", "Būsena", "Pradėta", "Baigtas", "Trukmė", "Įvertinimas/10,00")
ANA = ("Onaitė", "Ona", "ana@example.org", "Baigtas", "2026 m. kovo 2 d.  08:15", "2026 m. kovo 2 d.  08:45", "30 min.")
BEN = ("Ben", "Ben", "ben@example.org", "Nebaigta", "2026 m. kovo 2 d.  09:00", "-", "-", "-")


def given(folder: Path, *rows: tuple[str, ...], mastery: float | None = None, **more: Any) -> Read:
    file = folder / "quiz.csv"
    file.write_text("".join(";".join(row) + "\n" for row in rows), encoding="utf-8")
    activities = Activities([IRI], (), mastery)
    return read(file, Export(activities, zone=ZoneInfo("Europe/Vilnius"), **more))


def facts(found: Read) -> list[tuple[str, str, Any]]:
    assert [finding for each in found.statements for finding in validate(each)] == []
    return [
        (each["verb"]["id"].rpartition("/")[2], each["object"]["id"].removeprefix(IRI), each.get("result"))
        for each in found.statements
    ]


def test_grades_tell_attempts_and_marks_and_the_mean_is_nobody(tmp_path: Path) -> None:
    head = (*PEOPLE, "K. 1 /4,00", "K. 2 /6,00")
    mean = ("Bendras vidurkis", "", "", "", "", "", "", "7,00", "4,00", "3,00")
    found = given(tmp_path, head, (*ANA, "7,00", "4,00", "3,00"), (*BEN, "-", "-"), mean, mastery=0.5)
    assert facts(found) == [
        ("initialized", "", None),
        ("answered", "/questions/1", {"success": True, "response": ""}),
        ("answered", "/questions/2", {"score": {"scaled": 0.5}, "response": ""}),
        ("completed", "", {"completion": True, "duration": "PT30M00S"}),
        ("passed", "", {"success": True, "score": {"scaled": 0.7}}),
        ("initialized", "", None),
        ("terminated", "", None),
    ]
    assert found.aside == []


def test_responses_are_right_where_moodle_writes_the_same_as_right(tmp_path: Path) -> None:
    head = (*PEOPLE, "Klausimas 1", "Atsakymas 1", "Teisingas atsakymas 1")
    row = (*ANA, "7,00")
    other = (*ANA[:4], "2026 m. kovo 3 d.  08:15", "2026 m. kovo 3 d.  08:45", "30 min.", "0,00")
    found = given(tmp_path, head, (*row, "Kas?", "Tikslas", "Tikslas"), (*other, "Kas?", "Vadovas", "Tikslas"))
    answers = [each for each in found.statements if each["verb"]["id"].endswith("answered")]
    assert [each["result"] for each in answers] == [
        {"success": True, "response": "Tikslas"},
        {"success": False, "response": "Vadovas"},
    ]
    assert answers[0]["object"]["definition"]["name"] == {"und": "Kas?"}
    assert answers[0]["object"]["id"] == answers[1]["object"]["id"]
    assert len({each["context"]["registration"] for each in answers}) == 2
    random = given(tmp_path, head, (*row, "Kas?", "Tikslas", "Tikslas"), (*other, "Kur?", "Čia", "Čia"))
    assert len({each["object"]["id"] for each in random.statements if "questions" in each["object"]["id"]}) == 2


def test_responses_without_the_right_answer_say_what_to_tick(tmp_path: Path) -> None:
    found = given(tmp_path, (*PEOPLE, "Response 1"), (*ANA, "7,00", "Tikslas"))
    assert [each.get("success") for _, _, each in facts(found) if each and "response" in each] == [None]
    assert "tick 'Right answer'" in found.notes[0]


UNKNOWN = ("Vorname", "Mail", "Versuch", "Von", "Bis", "Punkte", "Modul")
COLUMNS = {"learner": "Mail", "attempt": "Versuch"}
ROW = ("Ana", "ana@example.org", "1", "02.03.2026 08:15", "02.03.2026 09:05", "85", "Bestanden")
TOLD = {"columns": COLUMNS, "statuses": {"bestanden": "passed"}, "dates": "%d.%m.%Y %H:%M"}


@pytest.mark.parametrize("numbered", ["{name} 0", "0. {name}", "{name}: 0"])
def test_questions_of_a_language_that_is_not_known_are_counted(tmp_path: Path, numbered: str) -> None:
    names = [numbered.format(name=name) for name in ("Frage", "Antwort", "Richtige Antwort", "Ergebnis")]
    found = given(tmp_path, (*UNKNOWN, *names), (*ROW, "q1", "a", "b", "0"), **TOLD)
    assert [fact[:2] for fact in facts(found)] == [
        ("initialized", ""),
        ("answered", "/questions/q1"),
        ("completed", ""),
        ("passed", ""),
    ]
    assert facts(found)[1][2] == {"success": False, "response": "a"}


def test_fewer_columns_of_a_language_that_is_not_known_are_named_or_refused(tmp_path: Path) -> None:
    head, row = (*UNKNOWN, "Frage 0", "Antwort 0"), (*ROW, "q1", "a")
    with pytest.raises(UsageError, match="language that is not known") as refused:
        given(tmp_path, head, row, **TOLD)
    assert "'frage', 'antwort'" in str(refused.value.hint)
    named = TOLD | {"columns": COLUMNS | {"question": "Frage", "response": "Antwort"}}
    assert facts(given(tmp_path, head, row, **named))[1] == ("answered", "/questions/q1", {"response": "a"})


def test_headings_of_our_own_columns_may_begin_with_a_capital(tmp_path: Path) -> None:
    found = given(tmp_path, ("Learner", "Completed"), ("ana@example.org", "2026-03-02T08:00"))
    assert found.aside == []
    wrong = given(tmp_path, ("learner", "completed"), ("ana@example.org", "2.3.2026"), dates="%d/%m/%Y")
    assert "is no time by %d/%m/%Y" in wrong.aside[0].reason
