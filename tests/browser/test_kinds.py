"""Questions about pictures and things to sort: by keyboard, by a click, by dragging; what is told, kept and shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Desk, unpack
from tests.browser.learner import Learner
from tests.browser.lms import Attempt, Lms
from tests.places import GARDEN

pytestmark = pytest.mark.slow

WASTE = {"shells": "shells", "peel": "shells", "jar": "jar", "vase": "jar"}
PARTS = {"top": "top", "low": "low", "right": "right"}


@pytest.fixture(scope="module")
def gallery(lms: Lms, tmp_path_factory: pytest.TempPathFactory) -> Lms:
    """The learning system with the course of all kinds."""
    unpack(GARDEN, tmp_path_factory.mktemp("gallery"), lms.packages, "scorm12", "scorm2004-4")
    return lms


@pytest.fixture
def attempt(gallery: Lms) -> Attempt:
    return gallery.enrol("garden_kinds_scorm12", "kinds")


@pytest.fixture
def learner(desk: Desk, attempt: Attempt) -> Learner:
    return desk.launch(attempt)


def tab_to(learner: Learner, place: Locator) -> None:
    """Press the tabulator until something has the focus; it may not be out of its reach."""
    for _ in range(60):
        if place.evaluate("each => each === document.activeElement"):
            return
        learner.page.keyboard.press("Tab")
    raise AssertionError(f"the tabulator does not reach {place}")


def press(learner: Learner, *keys: str) -> None:
    for key in keys:
        learner.page.keyboard.press(key)


def choose_by_keys(learner: Learner, question: str, option: str) -> None:
    """Go to a group of options, down until one is chosen, and on to the button."""
    form = learner.form(question)
    radios = form.locator(".options input")
    tab_to(learner, radios.first)
    press(learner, "Space")
    for _ in range(radios.count()):
        if form.locator(f"input[value={option}]").is_checked():
            break
        press(learner, "ArrowDown")
    send(learner, question)


def match_by_keys(learner: Learner, question: str, pairs: dict[str, str]) -> None:
    """Go to each menu, and down in it to what is wanted; the menu keeps the focus wherever it moves to."""
    for left, right in pairs.items():
        menu = learner.form(question).locator(f"[data-left={left}] select")
        menu.focus()
        place = menu.evaluate("(each, value) => [...each.options].findIndex(o => o.value === value)", right)
        press(learner, *["ArrowDown"] * int(place))
        expect(menu).to_have_value(right)
        expect(menu).to_be_focused()
    send(learner, question)


def send(learner: Learner, question: str) -> None:
    tab_to(learner, learner.form(question).locator("[type=submit]"))
    press(learner, "Enter")
    expect(learner.form(question)).to_have_attribute("data-result", "correct")


def test_the_keyboard_answers_every_kind_and_the_system_is_told(learner: Learner, attempt: Attempt) -> None:
    choose_by_keys(learner, "compost", "core")
    choose_by_keys(learner, "way-out", "door")
    learner.show("boxes")
    match_by_keys(learner, "waste", WASTE)
    match_by_keys(learner, "parts", PARTS)
    attempt.until(lambda told: told.status[0] in ("completed", "passed"))
    found = {name: attempt.interaction(name) for name in ("compost", "way-out", "waste", "parts")}
    assert {name: (each["type"], each["student_response"], each["result"]) for name, each in found.items()} == {
        "compost": ("choice", "a", "correct"),
        "way-out": ("choice", "a", "correct"),
        "waste": ("matching", "1.a,2.b,3.a,4.b", "correct"),
        "parts": ("matching", "1.a,2.b,3.c", "correct"),
    }


def test_scorm_2004_is_told_by_names(desk: Desk, gallery: Lms) -> None:
    attempt = gallery.enrol("garden_kinds_scorm2004-4", "kinds")
    learner = desk.launch(attempt)
    learner.do("way-out", "roof")
    learner.show("boxes").do("waste", {"shells": "jar", "jar": "jar"})
    attempt.until(lambda told: len(told.interactions) == 2)
    found = {name: attempt.interaction(name) for name in ("way-out", "waste")}
    assert {name: (each["type"], each["learner_response"]) for name, each in found.items()} == {
        "way-out": ("choice", "roof"),
        "waste": ("matching", "shells[.]jar[,]jar[.]jar"),
    }
    assert found["waste"]["result"] == "0.25"


def test_a_click_on_the_picture_chooses_and_shows_it(learner: Learner) -> None:
    form = learner.form("way-out")
    form.locator(".spot[data-option=window]").click()
    expect(form.locator("input[value=window]")).to_be_checked()
    expect(form.locator(".spot.chosen")).to_have_attribute("data-option", "window")
    form.locator("li[data-option=door] label").click()
    expect(form.locator(".spot.chosen")).to_have_attribute("data-option", "door")


def test_a_place_on_the_picture_leads_to_its_menu(learner: Learner) -> None:
    form = learner.show("boxes").form("parts")
    form.locator(".pin[data-left=low]").click()
    expect(form.locator("[data-left=low] select")).to_be_focused()
    form.locator("[data-left=low] select").select_option("low")
    expect(form.locator(".pin[data-left=low] .chosen")).to_have_text("durys")
    expect(form.locator(".pin.filled")).to_have_count(1)


def drag(learner: Learner, item: Locator, place: Locator) -> None:
    item.scroll_into_view_if_needed()
    start, end = item.bounding_box(), place.bounding_box()
    assert start and end
    learner.page.mouse.move(start["x"] + 10, start["y"] + 10)
    learner.page.mouse.down()
    learner.page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=5)
    learner.page.mouse.up()


@pytest.fixture
def wide(desk: Desk, attempt: Attempt) -> Iterator[Learner]:
    yield desk.launch(attempt, viewport={"width": 1100, "height": 1600}).show("boxes")


def test_things_and_labels_can_be_dragged(wide: Learner) -> None:
    form = wide.form("waste")
    drag(wide, form.locator("[data-left=shells]"), form.locator("[data-bin=jar]"))
    expect(form.locator("[data-bin=jar] [data-left=shells] select")).to_have_value("jar")
    drag(wide, form.locator("[data-left=shells] .grip"), form.locator("[data-bin=shells]"))
    expect(form.locator("[data-bin=shells] [data-left=shells]")).to_be_visible()
    labels = wide.form("parts")
    drag(wide, labels.locator(".chip[data-option=right]"), labels.locator(".pin[data-left=right]"))
    expect(labels.locator("[data-left=right] select")).to_have_value("right")


def test_what_is_sorted_stays_sorted(learner: Learner, desk: Desk, attempt: Attempt) -> None:
    """In another language before it is checked, and in a later session afterwards, with what was right and wrong."""
    learner.show("boxes").fill("waste", {"shells": "jar", "jar": "jar"})
    form = learner.speak("en").form("waste")
    expect(form.locator("[data-bin=jar] li")).to_have_count(2)
    learner.do("waste", {"peel": "shells", "vase": "jar"})
    with attempt.saving():
        learner.do("waste", {"peel": "shells", "vase": "jar"})
    again = desk.relaunch(attempt, learner).resume().form("waste")
    expect(again.locator("[data-bin=jar] [data-mark=wrong]")).to_have_attribute("data-left", "shells")
    expect(again.locator("[data-bin=shells] [data-mark=right]")).to_have_attribute("data-left", "peel")
    expect(again.locator("select").first).to_be_disabled()
    expect(again.locator(".mixed")).to_be_hidden()


def test_what_was_wrong_is_marked_on_the_picture(learner: Learner) -> None:
    for option in ("roof", "window"):
        learner.do("way-out", option)
    form = learner.form("way-out")
    expect(form.locator(".spot[data-mark=wrong]")).to_have_attribute("data-option", "window")
    expect(form.locator(".spot[data-mark=missed]")).to_have_attribute("data-option", "door")
    learner.show("boxes").do("parts", PARTS)
    expect(learner.form("parts").locator(".pin[data-mark=right]")).to_have_count(3)
