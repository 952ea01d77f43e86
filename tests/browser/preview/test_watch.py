"""Watching sources: what is saved is seen where the learner is, and a fault lies over the course until it is mended."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.preview.conftest import Panel, Preview
from tests.conftest import in_turn
from tests.places import COURSES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("standard", in_turn(["scorm12", "cmi5"], 2, 1))
def test_a_saved_page_appears_in_its_place_and_a_fault_as_an_overlay(
    serve: Callable[..., Preview], opened: Callable[..., Panel], tmp_path: Path, standard: str
) -> None:
    course = shutil.copytree(COURSES, tmp_path / "course")
    source = course / "neighbours/first-steps/lt/notice.md"
    sound = source.read_text(encoding="utf-8")
    preview = serve("watch", course, "--standard", standard)
    panel = opened(preview.address)
    panel.answer()
    source.write_text(f"{sound}\nVisai naujas sakinys.\n", encoding="utf-8")
    expect(panel.course.locator("#content")).to_contain_text("Visai naujas sakinys.")
    expect(panel.course.locator("#q-first-sign")).to_have_attribute("data-result", "correct")
    expect(panel.course.locator("#notice")).to_be_empty()  # the LMS took the next session
    expect(panel.page.locator("#faults")).to_be_hidden()
    source.write_text(f"{sound}\n[x](nowhere.md)\n", encoding="utf-8")
    line = sound.count("\n") + 2
    panel.see("#faults", f"lt/notice.md:{line}")
    expect(panel.course.locator("#content")).to_contain_text("Visai naujas sakinys.")
    source.write_text(sound, encoding="utf-8")
    expect(panel.page.locator("#faults")).to_be_hidden()
    expect(panel.course.locator("#content")).not_to_contain_text("Visai naujas sakinys.")
    assert any(f"lt/notice.md:{line}" in each for each in preview.said)


def test_advice_holds_nothing_back(serve: Callable[..., Preview], opened: Callable[..., Panel], tmp_path: Path) -> None:
    course = shutil.copytree(COURSES, tmp_path / "course")
    source = course / "neighbours/first-steps/lt/welcome.md"
    panel = opened(serve("watch", course).address)
    panel.begins()
    with source.open("a", encoding="utf-8") as stream:
        stream.write("\nTODO\n\nNaujas sakinys.\n")
    expect(panel.course.locator("#content")).to_contain_text("Naujas sakinys.")
    expect(panel.page.locator("#faults")).to_be_hidden()
    panel.see("#advice", "welcome.md:")
