"""Published answers: in pages, in the course's JSON, in books, and with translators."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from sclt import build
from sclt.authoring import translate
from sclt.exchange.book import of_module
from sclt.exchange.epub import epub
from sclt.model.course import Module
from sclt.render.asking import asking_data
from sclt.render.pages import render_module
from sclt.source.load import load
from sclt.storage.cache import Cache
from tests.places import COURSES, TESTS
from tests.unit.contracts.support import shell_data

CONSULTED = TESTS / "browser" / "consulted"
ADDRESS = "square@example.org"


@pytest.fixture(scope="module")
def module() -> Module:
    course, findings = load(CONSULTED, Cache())
    assert findings == []
    return course.programmes[0].modules[0]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = build(CONSULTED, tmp_path_factory.mktemp("built"), "scorm12").value
    return built[0].path


def test_an_answer_stands_at_the_end_of_its_page_in_each_language(module: Module) -> None:
    files = render_module(module, CONSULTED, Cache()).files
    pages = {name: bytes(files[name]).decode() for name in ("wood.lt.html", "wood.en.html", "shade.en.html")}
    assert "Jau klausta" in pages["wood.lt.html"]
    assert "<strong>every spring</strong>" in pages["wood.en.html"]
    assert 'id="answered-oiling"' in pages["wood.en.html"]
    assert "The joiners’ club" in pages["wood.en.html"]
    assert "published" not in pages["shade.en.html"]


def test_the_course_can_search_what_was_asked(module: Module) -> None:
    first, second = asking_data(module)["answers"]
    assert (first["id"], first["page"], first["question"]["en"]) == ("oiling", "wood", "Does a bench need oil?")
    assert first["text"]["en"] == "Yes, every spring. See Shade."
    assert second["question"] == {"lt": "Kokia spalva?", "en": "Which colour?"}


def test_an_address_is_not_to_be_gathered_from_a_package(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        texts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    assert [name for name, text in texts.items() if ADDRESS in text or "mailto:square" in text] == []
    assert shell_data(package, "benches")["course"]["asking"]["readers"]["en"] == "the neighbours of the square"


def test_only_courses_that_consult_their_authors_pay_for_it(package: Path, tmp_path: Path) -> None:
    (plain, *_) = build(COURSES / "neighbours" / "first-steps", tmp_path, "scorm12").value
    with zipfile.ZipFile(package) as ours, zipfile.ZipFile(plain.path) as other:
        assert b"sclt-replies" in ours.read("runtime/main.js")
        assert b"sclt-replies" not in other.read("runtime/main.js")
        assert b"section.published" in ours.read("runtime/theme.css")
        assert b"section.published" not in other.read("runtime/theme.css")
        assert b"consult_" not in other.read("first-steps/index.html")


def test_a_book_has_what_was_asked(module: Module) -> None:
    page = bytes(epub(of_module(module), CONSULTED, "en")["OPS/wood.xhtml"]).decode()
    assert "Does a bench need oil?" in page
    assert '<a href="shade.xhtml"' in page.replace(' data-page-link="shade"', "")


def test_answers_are_translated_like_all_text(tmp_path: Path) -> None:
    shutil.copytree(CONSULTED, tmp_path / "course")
    (_, folder) = translate.folders(tmp_path / "course" / "square", "lt", "en")
    units = {unit.id: unit for unit in folder.units()}
    question = units["answers/wood.yaml:colour:question"]
    assert (question.source, question.target) == ("Kokia spalva?", "Which colour?")
    told = translate.bring_back(folder, [question._replace(target="What colour, then?")])
    assert told.changed == ["answers/wood.yaml:colour:question"]
    course, findings = load(tmp_path / "course", Cache())
    assert findings == []
    answers = asking_data(course.programmes[0].modules[0])["answers"]
    assert [each["question"]["en"] for each in answers] == ["Does a bench need oil?", "What colour, then?"]
