"""Books of modules and programmes in the build: what they hold, that links lead somewhere, when they are made again."""

from __future__ import annotations

import posixpath
import re
import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

import sclt
from sclt.errors import EnvironmentFault
from sclt.exchange import pdf
from sclt.exchange.binding import volumes
from sclt.model.finding import Severity
from sclt.model.package import Built
from tests.places import TESTS

GARDEN = TESTS / "unit" / "source" / "base"
LANGUAGES = ("lt", "en")
ELSEWHERE = "See [the place](place.md) and [its heading](place.md#soil), or [take it](../media/form.pdf).\n"
NOTE = "A word.[^1]\n\n[^1]: A note.\n"
PLACE = "\n## Soil\n\nTurn it over, then read on.\n"
TEST = """---
title: Exam
---

::::pool {#all draw=1}
:::question {#one type=true-false answer=true}
Snow is white.
:::
::::
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme of two modules with the same identifiers of pages and parts, and of a test."""
    root = tmp_path_factory.mktemp("course") / "course"
    shutil.copytree(GARDEN, root)
    programme = root / "garden"
    (programme / "planting" / "media" / "form.pdf").write_bytes(b"%PDF-1.7\n")
    for language in LANGUAGES:
        _append(programme / "planting" / language / "place.md", PLACE + "\n" + NOTE)
        first = next(page for page in pages_of(programme / "planting") if page != "place")
        _append(programme / "planting" / language / f"{first}.md", "\n" + ELSEWHERE + "\n" + NOTE)
    for name in ("weeding", "exam"):
        shutil.copytree(programme / "planting", programme / name)
    for language in LANGUAGES:
        shutil.rmtree(programme / "exam" / language)
        (programme / "exam" / language).mkdir()
        (programme / "exam" / language / "exam.md").write_text(TEST, encoding="utf-8")
    _rewrite(programme / "exam" / "module.yaml", r"(?m)^pages:.*(\n  .*)*", "pages: [exam]")
    _rewrite(programme / "programme.yaml", r"(?m)^modules:.*", "modules: [planting, weeding, exam]")
    return root


def pages_of(module: Path) -> list[str]:
    return [path.stem for path in sorted((module / "en").glob("*.md"))]


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _rewrite(path: Path, pattern: str, text: str) -> None:
    path.write_text(re.sub(pattern, text, path.read_text(encoding="utf-8")), encoding="utf-8")


def bound(course: Path, out: Path, jobs: int = 1) -> dict[str, bool]:
    """Build with books, and return by the name of each book whether it was made."""
    built, findings = sclt.build(course, out, "scorm12", books=True, jobs=jobs)
    assert [f for f in findings if f.rule.severity is Severity.ERROR] == []
    return {each.path.name: each.changed for each in built if "_book_" in each.path.name}


@pytest.fixture(scope="module")
def shelf(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("shelf")
    bound(course, out)
    return out


@pytest.mark.slow
def test_each_module_and_programme_has_its_books_and_a_test_none(shelf: Path) -> None:
    things = ("garden", "garden_planting", "garden_weeding")
    assert {path.name for path in shelf.glob("*_book_*")} == {
        f"{thing}_book_{language}.{form}" for thing in things for language in LANGUAGES for form in ("epub", "pdf")
    }


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_in_a_book_of_a_programme_leads_somewhere(shelf: Path, language: str) -> None:
    with zipfile.ZipFile(shelf / f"garden_book_{language}.epub") as book:
        names = set(book.namelist())
        trees = {name: etree.fromstring(book.read(name)) for name in names if name.endswith(".xhtml")}
    links = [(name, target) for name, tree in trees.items() for target in targets(tree)]
    assert len(links) > 20
    for name, target in links:
        path, _, part = target.partition("#")
        found = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
        assert found in names, f"{name}: {target}"
        assert not part or trees[found].xpath("//*[@id=$part]", part=part), f"{name}: {target}"


def targets(tree: etree._Element) -> Iterator[str]:
    for element in tree.iter():
        for attribute in ("href", "src"):
            if (value := element.get(attribute)) and not value.startswith(("http:", "https:", "mailto:")):
                yield value


@pytest.mark.slow
def test_the_contents_of_a_programme_are_its_modules_and_their_pages(shelf: Path) -> None:
    with zipfile.ZipFile(shelf / "garden_book_en.epub") as book:
        nav = etree.fromstring(book.read("OPS/nav.xhtml"))
        packages = [book.read("OPS/book.opf")]
    for name in ("garden_book_lt.epub", "garden_planting_book_en.epub"):
        with zipfile.ZipFile(shelf / name) as book:
            packages.append(book.read("OPS/book.opf"))
    modules = nav.findall(".//{*}nav/{*}ol/{*}li")
    assert len(modules) == 2
    assert [len(module.findall("{*}ol/{*}li")) for module in modules] == [2, 2]
    identifiers = [etree.fromstring(each).findtext(".//{*}identifier") for each in packages]
    assert len(set(identifiers)) == 3, "a reader keeps a shelf by them"


@pytest.mark.slow
def test_identifiers_are_unique_in_a_printed_programme(course: Path) -> None:
    (programme,) = sclt.check_sources(course).value.programmes
    (volume,) = [
        v for v in volumes([programme], whole=True)[0] if (v.module, v.language, v.form) == (None, "en", "pdf")
    ]
    tree = etree.fromstring(pdf.printable(volume.book(), course, volume.language).text.encode())
    identifiers = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    assert [name for name, count in identifiers.items() if count > 1] == []
    inward = {target[1:] for target in targets(tree) if target.startswith("#")}
    assert len(inward) > 8
    assert inward <= identifiers.keys()
    assert not [target for target in targets(tree) if target.startswith("media/")]


def inflated(path: Path) -> bytes:
    """Return a PDF with what its streams hold, but for those that are packed otherwise."""
    raw = path.read_bytes()
    held = [raw]
    for stream in re.findall(rb"stream\n(.*?)\nendstream", raw, re.DOTALL):
        try:
            held.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"".join(held)


@pytest.mark.slow
def test_a_pdf_has_an_outline_and_files_to_keep_and_no_path_of_this_computer(course: Path, shelf: Path) -> None:
    content = inflated(shelf / "garden_weeding_book_en.pdf")
    assert b"/Title (Soil)" in content
    assert b"form.pdf" in content and b"/EmbeddedFile" in content
    assert b"file:" not in content
    assert b"book.invalid" not in content
    assert str(course).encode() not in content


@pytest.mark.slow
def test_books_are_the_same_bytes_elsewhere(course: Path, shelf: Path, tmp_path: Path) -> None:
    shutil.copytree(course, tmp_path / "ąž")
    bound(tmp_path / "ąž", tmp_path / "out", jobs=2)
    for path in shelf.glob("*_book_*"):
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.slow
def test_a_book_is_made_again_where_its_sources_changed_alone(course: Path, tmp_path: Path) -> None:
    shutil.copytree(course, tmp_path / "course")
    assert all(bound(tmp_path / "course", tmp_path / "out").values())
    assert not any(bound(tmp_path / "course", tmp_path / "out").values())
    _append(tmp_path / "course" / "garden" / "weeding" / "en" / "place.md", "\nOne more sentence.\n")
    again = bound(tmp_path / "course", tmp_path / "out")
    assert {name.rpartition("_")[0] for name, changed in again.items() if changed} == {
        "garden_book",
        "garden_weeding_book",
    }
    (tmp_path / "out" / "garden_planting_book_lt.pdf").unlink()
    again = bound(tmp_path / "course", tmp_path / "out")
    assert [name for name, changed in again.items() if changed] == ["garden_planting_book_lt.pdf"]


def test_where_nothing_can_be_printed_there_are_books_and_advice(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> object:
        raise EnvironmentFault("Pango is not there.")

    monkeypatch.setattr(pdf, "weasyprint", missing)
    seen: list[Built] = []
    built, findings = sclt.build(course, tmp_path, "scorm12", "en", books=True, done=seen.append)
    assert seen == built
    assert {path.name for path in tmp_path.glob("*_book_*")} == {
        f"{name}_book_en.epub" for name in ("garden", "garden_planting", "garden_weeding")
    }
    (told,) = [finding for finding in findings if finding.rule.id == "book.pdf"]
    assert told.rule.severity is Severity.ADVICE
    assert "Pango is not there." in told.message
