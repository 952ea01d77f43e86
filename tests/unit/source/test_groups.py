"""Groups of pages in the contents, from module.yaml to whatever shows contents."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lxml import etree

from sclt.authoring.yamltexts import yaml_segments
from sclt.exchange.book import of_module
from sclt.exchange.cartridge import cartridge
from sclt.exchange.epub import epub
from sclt.model.course import Module
from sclt.render.data import course_data
from sclt.source.load import load
from sclt.storage.cache import Cache
from tests.places import TESTS

PAGES = ("place", "water", "rest", "test")
GROUPS = (
    "groups:\n  - {from: water, title: {lt: Darbas, en: Work}}\n  - {from: test, title: {lt: Pabaiga, en: The end}}\n"
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of four pages, of which the first one is of no group."""
    root = shutil.copytree(TESTS / "unit" / "source" / "base", tmp_path / "course")
    folder = root / "garden" / "planting"
    for language in ("lt", "en"):
        for name in ("water", "rest"):
            (folder / language / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n\nText.\n", encoding="utf-8")
    facts = (folder / "module.yaml").read_text(encoding="utf-8")
    facts = facts.replace("pages: [place, test]\n", f"pages: [{', '.join(PAGES)}]\n{GROUPS}")
    (folder / "module.yaml").write_text(facts, encoding="utf-8")
    return root


@pytest.fixture
def module(course: Path) -> Module:
    read, findings = load(course, Cache())
    assert [str(finding) for finding in findings] == []
    return read.programmes[0].modules[0]


def test_a_group_holds_the_pages_up_to_the_next_one(module: Module) -> None:
    found = [(group and group.title["en"], [page.id for page in pages]) for group, pages in module.grouped]
    assert found == [(None, ["place"]), ("Work", ["water", "rest"]), ("The end", ["test"])]


def test_the_runtime_knows_of_each_page_which_group_it_is_of(module: Module) -> None:
    data = course_data(module)
    assert data["groups"] == [{"lt": "Darbas", "en": "Work"}, {"lt": "Pabaiga", "en": "The end"}]
    assert [page.get("group") for page in data["pages"]] == [None, 0, 0, 1]


def test_a_course_without_groups_says_nothing_of_them() -> None:
    read, _ = load(TESTS / "unit" / "source" / "base", Cache())
    data = course_data(read.programmes[0].modules[0])
    assert "groups" not in data
    assert all("group" not in page for page in data["pages"])


def test_the_contents_of_a_book_are_in_groups(module: Module, course: Path) -> None:
    nav = etree.fromstring(bytes(epub(of_module(module), course, "lt")["OPS/nav.xhtml"]))  # type: ignore[arg-type]
    (top,) = nav.iterfind(".//{*}nav/{*}ol")
    heads = [each[0].text for each in top]
    assert heads == ["Vieta", "Darbas", "Pabaiga"]
    assert [link.get("href") for link in top.iterfind(".//{*}a")] == [f"{page}.xhtml" for page in PAGES]
    assert [len(each.findall("{*}ol/{*}li")) for each in top] == [0, 2, 1]


def test_the_items_of_a_cartridge_are_in_groups(module: Module, course: Path) -> None:
    files, _ = cartridge(module, course, "en")
    manifest = etree.fromstring(bytes(files["imsmanifest.xml"]))  # type: ignore[arg-type]
    (top,) = manifest.iterfind(".//{*}organization/{*}item")
    shown = [(item[0].text, [each[0].text for each in item.iterfind("{*}item")]) for item in top.iterfind("{*}item")]
    assert shown[:4] == [("Planting", []), ("Place", []), ("Work", ["water", "rest"]), ("The end", ["Questions"])]
    assert [item.get("identifierref") for item in top.iterfind("{*}item")][2:4] == [None, None]
    assert shown[4:] == [("Planting: questions", [])], "the assessment is of no group"


def test_titles_of_groups_are_translated_by_the_page_that_they_begin_with(course: Path) -> None:
    source = (course / "garden" / "planting" / "module.yaml").read_text(encoding="utf-8")
    found = {segment.id: segment.text for segment in yaml_segments(source, "module", "en")}
    assert {name: text for name, text in found.items() if "groups" in name} == {
        "module:groups:water:title": "Work",
        "module:groups:test:title": "The end",
    }
