"""The contents of a module whose pages are in groups."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Desk, unpack
from tests.browser.learner import Learner
from tests.browser.lms import Lms
from tests.places import GALLERY

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(lms: Lms, tmp_path_factory: pytest.TempPathFactory) -> str:
    unpack(GALLERY, tmp_path_factory.mktemp("grouped"), lms.packages / "grouped", "web")
    return lms.url("/packages/grouped/gallery_blocks_web/blocks/index.html?language=en")


def test_pages_stand_in_lists_that_bear_the_names_of_their_groups(desk: Desk, address: str) -> None:
    learner = Learner.visit(desk.sit_down(), address)
    contents = learner.frame.get_by_role("navigation", name="Contents")
    for name, pages in {
        "The place and its rules": ["The house", "Borrowing"],
        "People and voices": ["The people", "To watch and to hear"],
    }.items():
        group = contents.get_by_role("list", name=name)
        assert group.locator("a .title").all_inner_texts() == pages
    expect(contents.locator("[aria-current=page] .title")).to_have_text("The house")
    learner.speak("lt")
    expect(learner.frame.get_by_role("list", name="Žmonės ir balsai").locator("a")).to_have_count(2)


def test_the_keyboard_goes_through_them_in_order(desk: Desk, address: str) -> None:
    learner = Learner.visit(desk.sit_down(viewport={"width": 1280, "height": 900}), address)
    learner.find("#toc a").first.focus()
    reached = []
    for _ in range(5):
        reached.append(learner.frame.evaluate("document.activeElement.hash"))
        learner.page.keyboard.press("Tab")
    assert reached == ["#/house", "#/borrowing", "#/people", "#/listening", "#/results"]


def test_states_are_told_in_groups_as_well(desk: Desk, address: str) -> None:
    learner = Learner.visit(desk.sit_down(), address).show("people")
    states = "items => items.map(item => item.dataset.state)"
    shown = learner.find("#toc-pages li[data-state]").evaluate_all(states)
    assert shown == ["visited", "new", "visited", "new"]
