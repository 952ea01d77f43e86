"""Options that hold whole blocks: their card is one thing to click, to tab to and to hear, as that of a single line."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Desk, unpack_with
from tests.browser.learner import Learner
from tests.browser.lms import Lms
from tests.browser.test_access import VIEWS, judge

pytestmark = pytest.mark.slow
ROWS = """
:::question {#rows type=multiple-choice}
Which rows would you plant?

- [x] {#beans} Beans, as [the handbook](boxes.md) says

  They give nitrogen to what stands beside them.
  > Beans need no manure.
- [ ] {#list} All in one row:

  1. carrots
  2. onions

  ```python
  def plant(row): return [each for each in row if each.startswith("carrot") and each.ripe and not each.eaten]
  ```
  > They would stand too close.
- [x] {#house} Along the wall

  ![A house with a roof](../media/house.svg "The house")
- [ ] {#none} None
:::
"""


@pytest.fixture(scope="module")
def address(lms: Lms, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a course with such options is."""
    unpack_with(ROWS, tmp_path_factory.mktemp("rows"), lms.packages / "rows")
    return lms.url("/packages/rows/garden_kinds_web/kinds/index.html?language=en")


@pytest.fixture
def learner(desk: Desk, address: str) -> Learner:
    return Learner.visit(desk.sit_down(), address)


def box(learner: Learner, option: str) -> Locator:
    return learner.form("rows").locator(f"input[value={option}]")


def card(learner: Learner, option: str) -> Locator:
    return learner.form("rows").locator(f"li[data-option={option}] .choice")


def press_at(learner: Learner, place: Locator) -> None:
    """Press the mouse in the middle of what is seen, whatever takes it there."""
    place.scroll_into_view_if_needed()
    bounds = place.bounding_box()
    assert bounds
    learner.page.mouse.click(bounds["x"] + bounds["width"] / 2, bounds["y"] + bounds["height"] / 2)


@pytest.mark.parametrize(
    ("option", "part"),
    [("beans", "p:last-child"), ("list", "li >> nth=0"), ("list", "pre"), ("house", "img"), ("none", ".option-text")],
)
def test_the_whole_card_chooses(learner: Learner, option: str, part: str) -> None:
    press_at(learner, card(learner, option).locator(part))
    expect(box(learner, option)).to_be_checked()
    press_at(learner, card(learner, option).locator(part))
    expect(box(learner, option)).not_to_be_checked()


def test_what_lies_in_a_card_keeps_its_own_use(learner: Learner) -> None:
    press_at(learner, card(learner, "house").locator(".enlarge-sign"))
    expect(learner.find("#viewer")).to_be_visible()
    learner.find("[data-view=close]").click()
    expect(box(learner, "house")).not_to_be_checked()
    press_at(learner, card(learner, "beans").get_by_role("link"))
    expect(learner.find("main[data-page=boxes]")).to_be_visible()


def test_a_card_is_heard_by_all_its_words(learner: Learner) -> None:
    form = learner.form("rows")
    beans = form.get_by_role(
        "checkbox", name="Beans, as the handbook says They give nitrogen to what stands beside them."
    )
    expect(beans).to_have_attribute("value", "beans")
    beans.focus()
    learner.page.keyboard.press("Space")
    expect(beans).to_be_checked()
    ring = "card => getComputedStyle(card).outlineStyle"
    assert card(learner, "beans").evaluate(ring) == "solid", "the whole card shows where the focus is"
    assert card(learner, "none").evaluate(ring) == "none"


def test_what_came_of_each_option_is_seen_and_heard(learner: Learner) -> None:
    for _ in range(2):
        learner.do("rows", ["beans", "list"])
    form = learner.form("rows")
    told = [each.inner_text() for each in form.locator(".result .of").all()]
    assert sorted(told) == ["All in one row:", "Beans, as the handbook says"], "the first lines, not whole lists"
    for option, mark in (("beans", "right"), ("list", "wrong"), ("house", "missed")):
        shown = form.locator(f"li[data-option={option}][data-mark={mark}] .mark")
        expect(shown).to_be_visible()
        ending = shown.inner_text().strip()
        assert form.get_by_role("checkbox", name=ending).and_(box(learner, option)).count() == 1, "its name ends so"
    press_at(learner, card(learner, "none"))
    expect(box(learner, "none")).not_to_be_checked()


@pytest.mark.parametrize("view", VIEWS)
def test_such_a_page_is_accessible(desk: Desk, address: str, view: str) -> None:
    learner = Learner.visit(desk.sit_down(**VIEWS[view]), address)
    assert judge(learner, view) == []
    for _ in range(2):
        learner.do("rows", ["beans", "list"])
    assert judge(learner, view) == []
