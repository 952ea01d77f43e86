"""What an LMS exports of SCORM attempts becomes statements: sound, the same each time, faults by line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from sclt import check_sources as check
from sclt.cli import main
from sclt.errors import UsageError
from sclt.records import cells
from sclt.records.activities import Activities
from sclt.records.exported import Export
from sclt.records.exports import PLAIN, Read, read
from sclt.records.store import Store
from sclt.xapi.judging.validate import validate
from tests.coursemaker import LABELS, Plan, write_course

VILNIUS = ZoneInfo("Europe/Vilnius")
IRI = "https://example.org/courses/trial/module-1"
PART = f"{LABELS['lt']['module']} 1"
BASIC = ("Name", "Email address", "Attempt", "Started on", "Last accessed on", "Score")
BEGAN, ENDED = "Monday, 2 March 2026, 8:15 AM", "Monday, 2 March 2026, 12:05 PM"
Given: TypeAlias = Callable[..., Read]


@pytest.fixture
def given(tmp_path: Path) -> Given:
    def give(*rows: tuple[str, ...], sep: str = "\t", **more: Any) -> Read:
        file = tmp_path / "report.txt"
        file.write_text("".join(sep.join(row) + "\n" for row in rows), encoding="utf-8")
        return read(file, Export(more.pop("activities", Activities([IRI])), zone=VILNIUS, **more))

    return give


def plain(**told: str) -> tuple[str, ...]:
    return tuple(told.get(field, "") for field in PLAIN)


def facts(found: Read) -> list[tuple[str, str]]:
    """Return the last parts of verb and object of each statement, all of which must be sound."""
    assert [finding for each in found.statements for finding in validate(each)] == []
    return [(_last(each["verb"]["id"]), _last(each["object"]["id"])) for each in found.statements]


def _last(iri: str) -> str:
    return iri.rpartition("/")[2]


def results(found: Read) -> list[Any]:
    return [each.get("result") for each in found.statements]


def moodle(*cell: str, who: str = "ana@example.org", ended: str = ENDED) -> tuple[str, ...]:
    return ("Ana", who, "1", BEGAN, ended, "85", *cell)


def test_a_plain_csv_tells_attempts_and_answers(given: Given) -> None:
    found = given(
        PLAIN,
        plain(learner="ana@example.org", started="2026-03-02T08:15", completed="2026-03-02T09:00", status="passed",
              score="17/20", time="0:45"),
        plain(learner="ana@example.org", question="q1", response="b", correct="yes", completed="2026-03-02T08:20"),
        plain(learner="ana@example.org", question="q1", response="b", correct="yes", completed="2026-03-02T08:30"),
        sep=";",
    )  # fmt: skip
    assert facts(found) == [
        *(("initialized", "module-1"), ("completed", "module-1"), ("passed", "module-1")),
        *(("answered", "q1"), ("answered", "q1")),
    ]
    assert results(found)[1:4] == [
        {"completion": True, "duration": "PT45M00S"},
        {"success": True, "score": {"scaled": 0.85}},
        {"success": True, "response": "b"},
    ]
    assert found.statements[0]["timestamp"] == "2026-03-02T06:15:00.000Z"
    assert len({each["context"]["registration"] for each in found.statements}) == 1
    assert found.aside == []


def test_moodle_s_report_tells_attempts_and_answers(given: Given) -> None:
    head = (*BASIC, "First day", *("Question 0", "Response 0", "Result 0", "Question 1", "Response 1", "Result 1"))
    found = given(
        head,
        moodle("85/100", "q1", "it&quot;s", "correct", "q2", "b", "0.50"),
        ("Ben", "ben@example.org", *"----", "Not attempted", *[""] * 6),
        moodle("Incomplete", *[""] * 6, who="cid@example.org"),
    )
    assert facts(found) == [
        *(("initialized", "module-1"), ("answered", "q1"), ("answered", "q2"), ("terminated", "module-1")),
        *(("initialized", "module-1"), ("terminated", "module-1")),
    ]
    assert results(found)[1:4] == [
        {"success": True, "response": 'it"s'},
        {"score": {"scaled": 0.5}, "response": "b"},
        {"score": {"scaled": 0.85}},
    ]
    assert found.notes == []
    assert {each["actor"]["mbox"] for each in found.statements} == {"mailto:ana@example.org", "mailto:cid@example.org"}
    assert all("Ana" not in str(each) for each in found.statements)


@pytest.mark.parametrize(
    ("text", "success", "score"),
    [
        ("correct", True, None),
        ("wrong", False, None),
        ("1", True, None),
        ("1.00", True, None),
        ("0", False, None),
        ("0.20", None, 0.2),
        ("0,75", None, 0.75),
        ("neutral", None, None),
        ("", None, None),
    ],
)
def test_a_part_of_the_points_is_neither_right_nor_wrong(text: str, success: bool | None, score: float | None) -> None:
    assert cells.judged(text) == (success, score)


def test_a_report_of_scorm_2004_warns_that_it_holds_no_answers(given: Given) -> None:
    head = (*BASIC, "First day", *("Question 0", "Response 0", "Result 0"))
    found = given(head, moodle("Passed", "", "", ""), moodle("Incomplete", "", "", "", who="cid@example.org"))
    assert len(facts(found)) == 5
    assert len(found.notes) == 1
    assert found.notes[0].startswith("report.txt tells of questions, but of no answer")
    assert "SCORM 2004" in found.notes[0]
    assert given(head, ("Ben", "ben@example.org", *"----", "Not attempted", "", "", "")).notes == []
    assert given((*BASIC, "First day"), moodle("Passed")).notes == []


def test_an_import_says_what_a_report_leaves_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    file = tmp_path / "report.txt"
    rows = ((*BASIC, "First day", "Question 0"), moodle("Passed", ""))
    file.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    arguments = ["records", "import", str(file), "--out", str(tmp_path / "records"), "--activity", IRI]
    done = CliRunner().invoke(main, [*arguments, "--timezone", "Europe/Vilnius"])
    assert done.exit_code == 0
    assert "3 added" in done.output
    assert "warning: report.txt tells of questions, but of no answer" in done.output


def test_questions_stand_after_each_sco_of_a_package(given: Given) -> None:
    two = Activities([f"One={IRI}", "Two=https://example.org/courses/trial/module-2"])
    found = given(
        (*BASIC, "One", "Two", "Question 0", "Response 0"), moodle("Passed", "a1", "x", "Failed", "b1", "y"),
        activities=two,
    )  # fmt: skip
    answered = [each["object"]["id"] for each in found.statements if each["verb"]["id"].endswith("answered")]
    assert answered == [f"{IRI}/questions/a1", "https://example.org/courses/trial/module-2/questions/b1"]


def test_sources_tell_modules_options_and_what_passes(given: Given, tmp_path: Path) -> None:
    course, _ = check(write_course(tmp_path / "course", Plan(pages=3, questions=10)))
    module = course.programmes[0].modules[0]
    known = Activities([], course.programmes)
    questions = {question.type: question for question in known.find(module.iri).questions.values()}
    single = questions["single-choice"]
    head = (*BASIC, PART, "Question 0", "Response 0", "Question 1", "Response 1")
    found = given(head, moodle("64", single.id, "b", questions["true-false"].id, "t"), activities=known)
    assert facts(found)[-1] == ("failed", "module-1")
    assert [each["object"]["id"] for each in found.statements[1:3]] == [
        f"{module.iri}/questions/{single.id}",
        f"{module.iri}/questions/{questions['true-false'].id}",
    ]
    assert results(found)[1:3] == [{"response": single.options[1].id}, {"response": "true"}]
    assert found.statements[1]["object"]["definition"]["interactionType"] == "choice"
    assert facts(given(head, moodle("65", *[""] * 4), activities=known))[-1] == ("passed", "module-1")


def test_a_report_of_another_language_names_two_headings(given: Given) -> None:
    head = ("Vardas", "El. pašto adresas", "Bandymas", "Nuo", "Iki", "Įvertis", "Modulis", "Klausimas 0", "Atsakymas 0")
    when = ("2026 m. kovo 2 d., pirmadienis, 08:15", "mandag 2. mars 2026, 14.05")
    found = given(head, ("Ana", "ana@example.org", "1", *when, "1", "Baigta", "q1", "a"))
    assert facts(found) == [("initialized", "module-1"), ("answered", "q1"), ("completed", "module-1")]
    assert [each["timestamp"] for each in found.statements] == [
        "2026-03-02T06:15:00.000Z", "2026-03-02T12:05:00.000Z", "2026-03-02T12:05:00.000Z",
    ]  # fmt: skip
    other = ("Nomen", "Cursor", "Conatus", "Coeptum", "Finis", "Puncta", "Modulus")
    row = ("Ana", "17", "1", BEGAN, ENDED, "1", "Passed")
    found = given(other, row, columns={"learner": "Cursor", "attempt": "Conatus"}, home_page="https://lms.example.org")
    assert facts(found)[-1] == ("passed", "module-1")
    assert found.statements[0]["actor"]["account"] == {"homePage": "https://lms.example.org", "name": "17"}


def test_moodle_s_lithuanian_words_are_known(given: Given) -> None:
    """The words of the language pack lt for Moodle 4.5: scorm.php and scormreport_interactions.php."""
    head = ("Vardas", "El. pašto adresas", "Bandymas", "Pradėta", "Paskutinį kartą", "Balas", "Modulis",
            "Klausimas 0", "Atsakas 0", "Teisingas atsakymas 0", "Rezultatas: 0")  # fmt: skip
    verbs = {"Pavyko": "passed", "Nepavyko": "failed", "Užbaigta": "completed"}
    verbs |= dict.fromkeys(("Neužbaigta", "Naršyta", "Sulaikyta"), "terminated")
    for word, verb in verbs.items():
        found = given(head, moodle(word, "q1", "a", "b", "wrong"))
        assert facts(found)[-1] == (verb, "module-1"), word
        assert results(found)[1] == {"success": False, "response": "a"}
    assert facts(given(head, moodle("Nebandyta", "", "", "", ""))) == []


def test_what_is_told_again_later_has_the_same_id(given: Given) -> None:
    head = (*BASIC, "First day", "Question 0", "Response 0")
    first = given(head, moodle("Passed", "q1", "a"))
    again = given(head, moodle("Passed", "q1", "a", ended="Tuesday, 3 March 2026, 1:00 PM"))
    ids = [[each["id"] for each in found.statements] for found in (first, again)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 4
    other = given(head, moodle("Passed", "q1", "b", who="ben@example.org"))
    assert not {each["id"] for each in other.statements} & set(ids[0])


FAULTS = {
    "who": (plain(learner="Ona Onaitė", started="2026-03-02T08:15"), "the learner cannot be identified. Write"),
    "when": (plain(learner="a@example.org", status="passed"), "there is no time. Fill in"),
    "a time": (plain(learner="a@example.org", started="yesterday"), "'yesterday' is no time. Write"),
    "status": (plain(learner="a@example.org", status="perhaps", started="2026-03-02T08:15"), "'perhaps' is no status"),
    "score": (plain(learner="a@example.org", score="120", started="2026-03-02T08:15"), "'120' is no score. Write 85"),
    "zero": (plain(learner="a@example.org", score="1/0", started="2026-03-02T08:15"), "'1/0' is no score. Write 85"),
    "nan": (plain(learner="a@example.org", score="nan", started="2026-03-02T08:15"), "'nan' is no score. Write 85"),
    "width": (("a@example.org", "x"), "has 2 cells where the headings ask for 12"),
    "module": (plain(learner="a@example.org", module="Other", started="2026-03-02T08:15"), "the module 'Other' is not"),
    "type": (
        plain(learner="a@example.org", question="q", type="odd", started="2026-03-02T08:15"),
        "'odd' is no type of interaction. Write one",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_row_that_cannot_be_read_is_set_aside_by_line(given: Given, fault: str) -> None:
    row, reason = FAULTS[fault]
    sound = plain(learner="ben@example.org", started="2026-03-02T08:15", response='"two\nlines"')
    found = given(PLAIN, sound, row, sound, sep=",")
    assert [each.place for each in found.aside] == ["report.txt:4"]
    assert found.aside[0].reason.startswith(reason)
    assert "On" not in found.aside[0].reason
    assert facts(found) == [("initialized", "module-1")]


HEADS = {
    "attempt": (("learners", "course"), "no column is known to hold the learner"),
    "details": (BASIC, "is Moodle's report 'Basic' without"),
    "objectives": ((*BASIC, "First day", "tell-partners status", "tell-partners score"), "report 'Objectives'"),
    "objectives 2004": ((*BASIC, "First day", f"{IRI}/objectives/tell-partners"), "report 'Objectives'"),
    "questions": ((*BASIC, "First day", "Response 0"), "which questions"),
    "unknown module": ((*BASIC, "First day", "Second day"), "'First day' is not known"),
    "empty": ((), "no column is known"),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_file_of_other_columns_is_wrong_use(given: Given, name: str) -> None:
    head, message = HEADS[name]
    with pytest.raises(UsageError, match=message) as raised:
        given(head, moodle("Passed"))
    assert raised.value.where.endswith("report.txt:1")
    assert raised.value.hint


def test_what_to_set_in_moodle_is_said(given: Given) -> None:
    def hint(*head: str) -> str:
        with pytest.raises(UsageError) as raised:
            given((*BASIC, *head), moodle(*head))
        return str(raised.value.hint)

    assert "set 'Track details' ('Sekimo išsami informacija') to 'Yes'" in hint()
    assert hint("First day", "tell-partners status", "tell-partners score").startswith(
        "Download 'Basic' with 'Track details'"
    )
    legal = Activities([f"Legal status={IRI}"])
    assert facts(given((*BASIC, "Legal status"), moodle("Passed"), activities=legal))[-1] == ("passed", "module-1")
    known = Activities([f"First day={IRI}"])
    with pytest.raises(UsageError, match="'tell-partners' is not known") as raised:
        given((*BASIC, "First day", "tell-partners"), activities=known)
    assert "If it is a learning objective, this is Moodle's report 'Objectives'" in str(raised.value.hint)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Sunday, 1 March 2026, 12:05 AM", (2026, 3, 1, 0, 5)),
        ("2026 m. gegužės 31 d., sekmadienis, 23:59", (2026, 5, 31, 23, 59)),
        ("søndag 31. desember 2025, 07:00", (2025, 12, 31, 7, 0)),
        ("2026-06-30 10:00", (2026, 6, 30, 10, 0)),
        ("2026-06-30 8.05", (2026, 6, 30, 8, 5)),
        ("2026.06.30", (2026, 6, 30, 0, 0)),
        ("30.6.2026, 08:05", (2026, 6, 30, 8, 5)),
        ("2026 m. gegužės 2 d.", (2026, 5, 2, 0, 0)),
    ],
)
def test_times_are_read_as_moodle_writes_them(text: str, moment: tuple[int, int, int, int, int]) -> None:
    assert cells.moment(text, VILNIUS) == datetime(*moment, tzinfo=VILNIUS)


def test_importing_twice_doubles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    file, out = tmp_path / "plain.csv", tmp_path / "records"
    file.write_text("learner,status,completed\nana@example.org,passed,2026-03-02T08:15Z\nOna Onaitė,passed,\n", "utf-8")

    def run() -> Result:
        return CliRunner().invoke(main, ["records", "import", str(file), "--out", str(out), "--activity", IRI])

    first, again = run(), run()
    assert first.exit_code == again.exit_code == 1
    assert "2 added, 0 known already or forgotten, 1 set aside" in first.output
    assert "0 added, 2 known already or forgotten, 1 set aside" in again.output
    assert "plain.csv:3: error: the learner cannot be identified." in first.output
    assert "Ona" not in first.output
    assert len(Store(out).aside()) == 1
    assert sum(part.statements for part in Store(out).parts()) == 2


COMPLETION = "\n".join(
    ",".join(f'"{cell}"' for cell in row)
    for row in (
        ("", "Email address", "The first day", "", "Partners", "2026-04-01 00:00:00", "News forum", ""),
        (
            *("Ona Onaite", "ona@example.org", "Completed (achieved pass grade)", "2026-03-02 08:15:00"),
            *("Not completed", "", "Completed", "2026-03-02 08:00:00"),
        ),
        (
            *("Ben Benas", "ben@example.org", "Completed (set by Teacher Name)", "2026-03-03 09:00:00"),
            *("Completed (did not achieve pass grade)", "2026-03-04 10:00:00", "Completed", ""),
        ),
    )
)


def test_moodles_completion_report_tells_who_completed_which_module(tmp_path: Path) -> None:
    file = tmp_path / "progress.csv"
    file.write_text(COMPLETION, encoding="utf-8")
    activities = Activities(["The first day=https://example.org/a/day", "Partners=https://example.org/a/partners"])
    found = read(file, Export(activities, zone=VILNIUS))
    told = [
        (each["actor"]["mbox"], each["verb"]["id"].rpartition("/")[2], each["object"]["id"])
        for each in found.statements
    ]
    assert told == [
        ("mailto:ona@example.org", "completed", "https://example.org/a/day"),
        ("mailto:ona@example.org", "passed", "https://example.org/a/day"),
        ("mailto:ben@example.org", "completed", "https://example.org/a/day"),
        ("mailto:ben@example.org", "completed", "https://example.org/a/partners"),
        ("mailto:ben@example.org", "failed", "https://example.org/a/partners"),
    ]
    assert found.aside == []
    assert "'News forum'" in found.notes[0]
    assert "Teacher" not in str(found)


def test_a_completion_report_without_a_known_module_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "progress.csv"
    file.write_text(COMPLETION, encoding="utf-8")
    with pytest.raises(UsageError, match="no module that is known"):
        read(file, Export(Activities(), zone=VILNIUS))


@pytest.mark.parametrize(
    ("state", "verb"),
    [
        ("Baigtas (išlaikyta)", "passed"),
        ("Baigtas (neišlaikyta)", "failed"),
        ("Baigtas", "completed"),
        ("Baigta (pažymėjo Mokytoja Ona)", "completed"),
        ("Fullført (ikke bestått)", "failed"),
        ("Fullført", "completed"),
    ],
)
def test_completion_in_lithuanian_and_norwegian_tells_who_failed(tmp_path: Path, state: str, verb: str) -> None:
    """The words of the language pack lt for Moodle 4.5, completion.php; of a downloaded file for Excel."""
    file = tmp_path / "progress.csv"
    rows = (("", "El. pašto adresas", "Diena", ""), ("Ona", "ona@example.org", state, "2026 m. kovo 2 d.  08:15"))
    file.write_text("".join("\t".join(row) + "\r\n" for row in rows), encoding="utf-16")
    found = read(file, Export(Activities([f"Diena={IRI}"]), zone=VILNIUS))
    assert facts(found)[-1] == (verb, "module-1")
    assert found.aside == []


def test_a_completion_without_a_time_is_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "progress.csv"
    file.write_text(
        ",Email address,Day,\nOna,ona@example.org,Completed,\nBen,ben@example.org,Not completed,\n", "utf-8"
    )
    found = read(file, Export(Activities([f"Day={IRI}"]), zone=VILNIUS))
    assert [(each.place, each.reason) for each in found.aside] == [
        ("progress.csv:2", "there is no time. Fill in when it started or ended")
    ]


def test_a_table_whose_columns_are_all_named_needs_no_heading_of_ours(given: Given) -> None:
    head = ("Mitarbeiter", "Stand", "Punkte", "Letzter Zugriff")
    columns = {"learner": "Mitarbeiter", "status": "Stand", "score": "Punkte", "completed": "Letzter Zugriff"}
    row = ("ana@example.org", "Bestanden", "17/20", "2.3.2026 8:15")
    found = given(head, row, columns=columns, statuses={"bestanden": "passed"})
    assert facts(found) == [("completed", "module-1"), ("passed", "module-1")]
    assert found.statements[0]["timestamp"] == "2026-03-02T06:15:00.000Z"


@pytest.mark.parametrize("text", ["2/3/2026 08:15", "2.3.26 08:15", "03.2026", "32.3.2026"])
def test_a_day_whose_order_is_not_clear_is_no_time(text: str) -> None:
    with pytest.raises(UsageError, match="is no time"):
        cells.moment(text, VILNIUS)


@pytest.mark.parametrize("nothing", ["", "-", "–", "—"])
def test_a_dash_is_no_cell(nothing: str) -> None:
    assert (cells.moment(nothing, VILNIUS), cells.score(nothing), cells.status(nothing)) == (None, None, "")
    assert cells.moment("0000-00-00 00:00:00", VILNIUS) is None


@pytest.mark.parametrize(
    ("text", "score"),
    [("85,5 %", 0.855), ("17,5/20", 0.875), ("1 250,5/2 000", 0.62525), ("85.00 / 100.00", 0.85), ("−5", -0.05)],
)
def test_scores_are_read_as_people_and_spreadsheets_write_them(text: str, score: float) -> None:
    assert cells.score(text) == pytest.approx(score)
