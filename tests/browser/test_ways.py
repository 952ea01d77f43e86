"""Conditions for going on and the short way: what is locked, what is said, what opens, and that nobody is trapped."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Desk, unpack
from tests.browser.learner import Learner
from tests.browser.lms import Attempt, Lms
from tests.places import GARDEN

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def gallery(lms: Lms, tmp_path_factory: pytest.TempPathFactory) -> Lms:
    """The learning system with the course of all ways."""
    unpack(GARDEN, tmp_path_factory.mktemp("gallery"), lms.packages, "scorm12")
    return lms


@pytest.fixture
def attempt(gallery: Lms) -> Attempt:
    return gallery.enrol("garden_ways_scorm12", "ways")


@pytest.fixture
def learner(desk: Desk, attempt: Attempt) -> Learner:
    return desk.launch(attempt, locale="en-GB").speak("en")


def states(learner: Learner) -> dict[str, str]:
    """Return the state of each page in the contents."""
    items = learner.find("#toc-pages > li").all()
    return {
        str(item.locator("a").get_attribute("href")).removeprefix("#/"): str(item.get_attribute("data-state"))
        for item in items
    }


def go_on(learner: Learner, page: str) -> None:
    learner.find("#next").click()
    learner.find(f"#page:not([aria-busy]) main[data-page={page}]").wait_for(state="attached")


def test_what_is_missing_is_said_and_linked_and_then_the_way_is_open(learner: Learner) -> None:
    assert states(learner) == {"start": "open", "read": "locked", "film": "locked", "test": "locked", "end": "locked"}
    assert learner.find("#toc-pages a[href='#/read'] .state").text_content() == "opens later"
    missing = learner.find("#missing")
    expect(missing).to_contain_text("Before you go on:")
    expect(learner.find("#next")).to_have_attribute("aria-disabled", "true")
    learner.find("#next").press("Enter")  # it can be reached, and leads to what is missing
    expect(missing).to_be_focused()
    missing.get_by_role("link", name="The yard belongs").click()
    expect(learner.form("yard")).to_be_focused()
    learner.answer("yard", "false")
    expect(missing).to_be_empty()
    go_on(learner, "read")
    assert states(learner)["read"] != "locked"


def test_an_address_of_a_locked_page_leads_to_what_comes_first(learner: Learner) -> None:
    learner.frame.evaluate("location.hash = '#/end'")
    learner.find("#page:not([aria-busy]) main[data-page=start]").wait_for(state="attached")
    learner.show("results")
    assert learner.find(".results").is_visible()


def test_opening_time_and_film_open_the_way_and_are_kept_for_a_later_session(desk: Desk, attempt: Attempt) -> None:
    context = desk.sit_down(locale="en-GB")
    context.clock.install()
    learner = Learner.launch(context, desk.lms, attempt).speak("en")
    learner.answer("yard", "true")
    go_on(learner, "read")
    missing = learner.find("#missing")
    expect(missing).to_contain_text("take 2 minutes more for this page")
    expect(missing).to_contain_text("The rules of the yard, In winter")
    learner.find("summary").first.click()
    expect(missing).not_to_contain_text("The rules")
    learner.find("[role=tab]").nth(1).click()
    expect(missing).not_to_contain_text("In winter")
    context.clock.run_for(61_000)
    expect(missing).to_contain_text("take 1 minute more for this page")
    with attempt.saving():
        context.clock.run_for(60_000)
    expect(missing).to_be_empty()
    again = desk.launch(attempt, locale="en-GB").resume_if_asked().speak("en").show("read")
    expect(again.find("#missing")).to_be_empty()
    go_on(again, "film")
    expect(again.find("#missing")).to_contain_text("play to the end A talk")
    again.find("video").evaluate("film => { film.muted = true; return film.play() }")
    expect(again.find("#missing")).to_be_empty()
    go_on(again, "test")


def test_the_short_way_is_a_way_of_its_own(desk: Desk, learner: Learner, attempt: Attempt) -> None:
    learner.find("main .ways").get_by_role("button", name="Short way: 3 pages").click()
    expect(learner.find("#toc-pages > li")).to_have_count(3)
    expect(learner.find("main .ways [aria-pressed=true]")).to_be_focused()
    assert learner.text("#progress p") == "Pages 1 of 3, questions 0 of 2"
    learner.answer("yard", "true")
    go_on(learner, "test")
    learner.answer("gate", "night")
    with attempt.saving():
        go_on(learner, "end")
    attempt.until(lambda told: told.status[0] in ("completed", "passed"))
    again = desk.relaunch(attempt, learner).resume()
    expect(again.find("#toc-pages > li")).to_have_count(3)
    again.find("#toc .ways").get_by_role("button", name="Whole way: 5 pages").click()
    expect(again.find("#toc-pages > li")).to_have_count(5)
    assert attempt.status[0] in ("completed", "passed")


def test_nobody_is_held_where_no_try_is_left(learner: Learner) -> None:
    learner.find("main .ways").get_by_role("button", name="Short way").click()
    learner.answer("yard", "true")
    go_on(learner, "test")
    learner.answer("gate", "noon")
    expect(learner.find("#missing")).to_contain_text("When is the gate closed?")
    learner.submit(learner.fill("gate", "noon"))
    expect(learner.find("#missing")).to_be_empty()
    go_on(learner, "end")


def test_who_only_looks_round_meets_no_lock(desk: Desk, gallery: Lms) -> None:
    attempt = gallery.enrol("garden_ways_scorm12", "ways", mode="browse")
    learner = desk.launch(attempt, locale="en-GB").show("end")
    assert "locked" not in states(learner).values()
    expect(learner.show("start").find("#missing")).to_be_empty()
