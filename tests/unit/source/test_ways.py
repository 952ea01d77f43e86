"""Conditions for going on and the short way, as sources say them, and what is noted of those that can never be met."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sclt import check_sources
from sclt.compiling import build
from sclt.model.course import Module
from sclt.render.data import course_data
from sclt.source.ways import conditions
from sclt.standards.survival import largest_state
from tests.places import GARDEN
from tests.unit.contracts.support import contents


@pytest.fixture
def change(tmp_path: Path) -> Callable[..., list[tuple[str, str]]]:
    """Return what is found of the course when texts of it are replaced: ``change(("module.yaml", old, new))``."""
    root = shutil.copytree(GARDEN, tmp_path / "course")

    def changed(*changes: tuple[str, str, str]) -> list[tuple[str, str]]:
        for name, old, new in changes:
            for path in (root / "garden" / "ways").glob(name):
                text = path.read_text(encoding="utf-8")
                assert old in text
                path.write_text(text.replace(old, new), encoding="utf-8")
        return [(each.rule.id, Path(each.place.file).name) for each in check_sources(root).findings]

    return changed


def ways() -> Module:
    course = check_sources(GARDEN).value
    return next(module for programme in course.programmes for module in programme.modules if module.id == "ways")


def test_conditions_are_read_by_name_and_number() -> None:
    assert conditions(["answered", "12 minutes", "1 minute"]) == {"answered": 1, "minutes": 1}
    assert conditions([]) == {}


def test_a_page_s_conditions_stand_before_those_of_its_module() -> None:
    pages = {page["id"]: page for page in course_data(ways())["pages"]}
    assert {name: page["go_on"] for name, page in pages.items()} == {
        "start": {"answered": 1},
        "read": {"opened": 1, "minutes": 2},
        "film": {"watched": 1},
        "test": {"passed": 1},
        "end": {"answered": 1},
    }
    assert [name for name, page in pages.items() if page.get("short")] == ["start", "test", "end"]
    assert [name for name, page in pages.items() if "met" in page] == ["read", "film"]


def test_a_course_without_ways_says_and_holds_nothing_of_them(tmp_path: Path) -> None:
    build(GARDEN, tmp_path, "scorm12")
    without, with_ways = (contents(tmp_path / f"garden_{name}_scorm12.zip") for name in ("kinds", "ways"))
    assert b"way_short" in with_ways["runtime/main.js"]
    assert b"way_short" not in without["runtime/main.js"]
    assert b"#missing" in with_ways["runtime/theme.css"]
    assert b"#missing" not in without["runtime/theme.css"]
    assert b"go_on" not in without["kinds/index.html"]


def test_what_was_met_has_room_in_a_saved_state(change: Callable[..., list[tuple[str, str]]], tmp_path: Path) -> None:
    before = largest_state(ways())
    assert change(("*/film.md", "go_on: [watched]", "go_on: []"), ("*/[set]*.md", "short: true\n", "")) == []
    course = check_sources(tmp_path / "course").value
    assert largest_state(course.programmes[0].modules[1]) == before - 3 - 3


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ([("*/end.md", "short: true", "short: true\ngo_on: [answered]")], [("way.idle", "end.md")] * 2),
        ([("*/end.md", "short: true", "short: true\ngo_on: [opened]")], [("way.idle", "end.md")] * 2),
        ([("*/start.md", "short: true", "short: true\ngo_on: [watched]")], [("way.idle", "start.md")] * 2),
        ([("*/film.md", "[watched]", "[watched, passed]")], [("way.idle", "film.md")] * 2),
        ([("*/read.md", "2 minutes", "11 minutes")], [("way.time", "read.md")]),
        ([("*/[tsy]*.md", "short: true\n", "")], [("way.short", "module.yaml")]),
        ([("*/[rf]*.md", "go_on", "short: true\ngo_on")], [("way.whole", "module.yaml")]),
        ([("en/end.md", "short: true\n", "")], [("language.differs", "end.md")]),
        ([("en/read.md", "2 minutes", "3 minutes")], [("language.differs", "read.md")]),
        ([("module.yaml", "[answered]", "[anwsered]")], [("yaml.value", "module.yaml")]),
        ([("*/read.md", "2 minutes", "2 hours")], [("yaml.value", "read.md")] * 2),
    ],
)
def test_what_can_never_be_met_is_noted(
    change: Callable[..., list[tuple[str, str]]], changes: list[tuple[str, str, str]], found: list[tuple[str, str]]
) -> None:
    assert sorted(change(*changes)) == found
