"""The panel itself: by keyboard, for assistive technology, on a narrow screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.browser.preview.conftest import Panel
from tests.conftest import in_turn

pytestmark = pytest.mark.slow
Opened = Callable[..., Panel]


@pytest.mark.parametrize(("standard", "scheme"), in_turn([("scorm12", "light"), ("cmi5", "dark")], 2))
def test_the_panel_is_accessible(opened: Opened, courses: str, standard: str, scheme: str) -> None:
    panel = opened(courses, color_scheme=scheme, bypass_csp=True)
    panel.begins()
    panel.choose("Standard", standard)
    panel.begins()
    panel.answer()
    panel.see(
        "#statements" if standard == "cmi5" else "#calls", "answered" if standard == "cmi5" else "cmi.interactions"
    )
    finding = {"severity": "error", "place": "lt/x.md:1", "message": "is wrong.", "mend": "Mend it."}
    panel.page.route("**/units?*", lambda route: route.fulfill(json={**route.fetch().json(), "findings": [finding]}))
    panel.choose("Standard", standard)
    expect(panel.page.locator("#faults")).to_be_visible()
    assert violations(panel.page, leave="#player") == []


def test_everything_works_by_keyboard(opened: Opened, courses: str) -> None:
    panel = opened(courses)
    panel.begins()
    page = panel.page
    page.get_by_label("Module").focus()
    reached = []
    for _ in range(15):
        reached.append(
            page.evaluate(
                "document.activeElement.name || document.activeElement.id || document.activeElement.ariaLabel"
            )
        )
        page.keyboard.press("Tab")
    order = ["unit", "standard", "like", "mode", "credit", "mastery", "language", "resume", "again", "reset"]
    assert reached[:14] == [*order, "broken", "slow", "refused", "windows"]
    page.get_by_label("Refuse commits").press("Space")
    panel.course.locator("#next").click()
    expect(panel.course.locator("#alarm")).to_be_visible()
    page.get_by_label("Refuse commits").press("Space")
    page.get_by_role("button", name="New attempt").press("Enter")
    panel.begins()
    panel.see("#data", "ab-initio")


def test_a_narrow_screen_scrolls_in_one_direction(opened: Opened, courses: str) -> None:
    panel = opened(courses)
    panel.page.set_viewport_size({"width": 400, "height": 800})
    panel.begins()
    assert panel.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
