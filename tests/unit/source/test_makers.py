"""makers.yaml: what is named holds for every programme beside it, what is empty is told as advice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sclt
from sclt.exchange.pages import cover
from sclt.model.finding import Severity
from sclt.render.data import course_data
from tests.places import REAL, TESTS


@pytest.fixture
def course(tmp_path: Path) -> Path:
    shutil.copytree(TESTS / "unit" / "source" / "base", tmp_path / "course")
    return tmp_path / "course"


def told(course: Path) -> list[tuple[str, int, str]]:
    """Return what is found about makers.yaml: rule, line and message."""
    found = sclt.check_sources(course).findings
    return [(f.rule.id, f.place.line, f.message) for f in found if f.place.file == "makers.yaml"]


def test_what_is_empty_is_told_as_advice_at_its_line(course: Path) -> None:
    (course / "makers.yaml").write_text("# first\nauthors: [Ona Oak]\nreviewers: []\n", encoding="utf-8")
    assert told(course) == [
        ("makers.missing", 2, "'contact' is still empty."),
        ("makers.missing", 3, "'reviewers' is still empty."),
    ]
    assert sclt.rules()["makers.missing"].severity is Severity.ADVICE


@pytest.mark.parametrize("within", ["", "garden", "garden/planting"])
def test_who_is_named_stands_in_every_module_and_book(course: Path, within: str) -> None:
    text = "authors: [Ona Oak]\nreviewers: [Jonas Ash, Rasa Elm]\ncontact: {lt: Rašykite., en: Write.}\n"
    (course / "makers.yaml").write_text(text, encoding="utf-8")
    assert told(course) == []
    (programme,) = sclt.check_sources(course / within).value.programmes
    for about in (programme.metadata, programme.modules[0].metadata):
        assert about.authors == ("Ona Oak",)
        assert about.reviewers == ("Jonas Ash", "Rasa Elm")
        assert about.contact and about.contact["en"] == "Write."
    data = course_data(programme.modules[0])
    assert data["about"]["reviewers"] == ["Jonas Ash", "Rasa Elm"]
    first = cover(programme.metadata, programme.theme, "en")
    assert "<p>Ona Oak</p><p>Reviewed by Jonas Ash, Rasa Elm</p>" in first


def test_what_programme_yaml_says_holds_where_nobody_is_named(course: Path) -> None:
    path = course / "garden" / "programme.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "reviewers: [Rasa Elm]\n", encoding="utf-8")
    (course / "makers.yaml").write_text("authors: []\nreviewers: []\ncontact: {}\n", encoding="utf-8")
    (programme,) = sclt.check_sources(course).value.programmes
    assert programme.modules[0].metadata.reviewers == ("Rasa Elm",)


@pytest.mark.parametrize(
    ("text", "rule"),
    [("author: [Ona Oak]\n", "yaml.unknown"), ("authors: Ona Oak\n", "yaml.value"), ("", "yaml.required"),
     ("contact: {en: Write.}\n", "language.missing")],
)  # fmt: skip
def test_a_fault_of_the_file_is_told_at_its_place(course: Path, text: str, rule: str) -> None:
    (course / "makers.yaml").write_text(text, encoding="utf-8")
    assert rule in [name for name, _line, _message in told(course)]


def test_our_courses_say_what_their_publisher_has_to_fill_in() -> None:
    """Nothing else is found in them."""
    found = sclt.check_sources(REAL).findings
    assert {f.rule.id for f in found} <= {"makers.missing"}
    assert [f.place.file for f in found] == ["makers.yaml"] * len(found)
