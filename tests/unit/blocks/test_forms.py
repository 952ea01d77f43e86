"""What becomes of blocks: in pages, in books, in files for translators, in the course's data."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import html

from sclt.authoring.segments import fixed, page_segments
from sclt.exchange import epub
from sclt.model.course import Module, Piece, walk
from sclt.render.data import course_data
from sclt.render.pages import render_module
from sclt.source.load import load
from sclt.storage.cache import Cache
from tests.places import GALLERY


@pytest.fixture(scope="module")
def gallery() -> Module:
    course, _findings = load(GALLERY, Cache())
    return course.programmes[0].modules[0]


@pytest.fixture(scope="module")
def pages(gallery: Module) -> dict[str, html.HtmlElement]:
    files = render_module(gallery, GALLERY.parent, Cache()).files
    return {name: html.fromstring(bytes(body)) for name, body in files.items() if name.endswith(".html")}


def pieces(gallery: Module, page: str, language: str = "en") -> dict[str, Piece]:
    text = next(each for each in gallery.pages if each.id == page).texts[language]
    return {block.kind: block for block in walk(text.blocks) if isinstance(block, Piece)}


def test_marks_times_and_places_are_no_part_of_a_heading(gallery: Module) -> None:
    first = pieces(gallery, "house")["timeline"].parts[0]
    assert (first.mark, first.text, first.level) == ("1937", "A shelf at the school", 3)
    counter = pieces(gallery, "borrowing")["pins"].parts[0]
    assert (counter.text, counter.facts) == ("The counter", {"x": 16, "y": 80})
    assert counter.anchor == "part-the-counter"
    second = pieces(gallery, "listening")["video"].parts[1]
    assert (second.text, second.facts) == ("In the reading room", {"at": 11})


def test_a_download_says_its_format_and_its_size(gallery: Module, pages: dict[str, html.HtmlElement]) -> None:
    size = (GALLERY / "blocks" / "media" / "rules.en.pdf").stat().st_size
    [shown] = pages["people.en.html"].xpath("//*[@class='kind-of-file']/text()")
    assert shown == f"PDF, {round(size / 1000)}\u00a0kB"


def test_a_file_that_grew_says_its_new_size(gallery: Module, tmp_path: Path) -> None:
    """Pages are kept from one build to the next; the size of a file is no part of their text."""
    import msgspec

    cache = Cache(tmp_path)
    render_module(gallery, GALLERY.parent, cache)
    grown = msgspec.structs.replace(gallery, sizes={**gallery.sizes, "media/rules.en.pdf": 2_340_000})
    page = bytes(render_module(grown, GALLERY.parent, cache).files["people.en.html"]).decode()
    assert "PDF, 2.3\u00a0MB" in page
    page = bytes(render_module(grown, GALLERY.parent, cache).files["people.lt.html"]).decode()
    assert "PDF, 9\u00a0kB" in page


def test_notes_and_films_have_a_record_and_others_none(gallery: Module) -> None:
    kept = course_data(gallery)["worksheets"]
    assert {name: (each["page"], each["fields"], each.get("brief")) for name, each in kept.items()} == {
        "next-visit": ("people", ["note"], None),
        "walk": ("listening", ["seen", "at"], True),
        "message": ("listening", ["seen", "at"], True),
    }


def test_chapters_lead_into_the_file_without_a_script(pages: dict[str, html.HtmlElement]) -> None:
    links = pages["listening.lt.html"].xpath("//nav[@class='chapters']//a/@href")
    assert links == [f"media/walk.lt.webm#t={second}" for second in (0, 11, 23, 34)]


def test_a_book_has_all_that_can_be_read_and_nothing_to_press(gallery: Module, tmp_path: Path) -> None:
    out = tmp_path / "book.epub"
    assert epub.FORMAT.writer
    epub.FORMAT.writer.write(gallery, GALLERY.parent, "en", out)
    with zipfile.ZipFile(out) as book:
        texts = {name: book.read(f"OPS/{name}.xhtml").decode() for name in ("borrowing", "people", "listening")}
    for text in ("Twenty-eight days", "Books, maps and photographs", "1. The counter"):
        assert text in texts["borrowing"]
    assert "When were you last in a library" in texts["people"]
    assert ".turn-card{" in texts["borrowing"]
    assert ".turn-card{" not in texts["people"]
    whole = "".join(texts.values())
    for gone in (
        "<template",
        "<button",
        "<textarea",
        "<dialog",
        "Open large",
        "kept with your place",
        'class="chapters"',
    ):
        assert gone not in whole


def test_a_translator_gets_what_learners_read_of_a_block() -> None:
    source = (GALLERY / "blocks" / "en" / "people.md").read_text(encoding="utf-8")
    found = [segment.text for segment in page_segments(source, "people")]
    for text in ("Regina Vaitkienė", "head of the library, here since 1994", "My next visit", "Rules for readers"):
        assert text in found
    assert not [text for text in found if "media/rules" in text]


def test_a_translation_keeps_the_place_on_the_picture_and_the_date() -> None:
    assert fixed("The counter {x=16 y=80}", "en") == fixed("Aptarnavimo stalas {x=16 y=80}", "lt")
    assert fixed("The counter {x=16 y=80}", "en") != fixed("Aptarnavimo stalas {x=61 y=80}", "lt")
    assert fixed("1937 :: A shelf", "en") != fixed("Lentyna", "lt")
