"""However a learner leaves, what was done is in the learning system, and comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Desk
from tests.browser.learner import Learner
from tests.browser.lms import Attempt
from tests.conftest import Turns, in_turn

pytestmark = pytest.mark.slow
Enrol = Callable[..., Attempt]
BOTH = Turns("standard", ["scorm12", "scorm2004-3"])
STORY = "Kaimynas – „Petras“ – padėjo; ačiū! 100 % \\o/ ~a.b:c*d 🙂\nDar kartą."


def by_navigation(learner: Learner) -> None:
    learner.page.goto("about:blank")


def by_another_course(learner: Learner) -> None:
    """The learning system stays and shows something else in the frame."""
    learner.page.evaluate("document.querySelector('iframe').remove()")


def by_closing(learner: Learner) -> None:
    learner.page.close()


def by_a_crash(learner: Learner) -> None:
    learner.crash()


WAYS = [by_navigation, by_another_course, by_closing, by_a_crash]


def work(learner: Learner, attempt: Attempt) -> None:
    """Do something of everything that is worth keeping."""
    learner.show("notice")
    learner.answer("first-sign", "knock")
    learner.answer("signs", ["mail"])
    learner.answer("tool", "telefonu")
    learner.answer("days", "7")
    learner.show("together")
    learner.answer("roles", {"doctor": "doctor", "driver": "judge", "librarian": "librarian"})
    learner.answer("steps-order", ["talk", "agree", "see"])
    learner.answer("sentence", {"a": "paklausk", "b": "c"})
    learner.answer("sure", "half")
    learner.answer("story", STORY)
    learner.show("visit")
    learner.walk("at-the-door", ["ask", "leave"])
    with attempt.saving():
        learner.find("[data-field=f2]").fill("Rytoj, 17.30")
        learner.find("[data-field=f2]").blur()


def find_all(learner: Learner) -> None:
    """Find everything again that ``work`` did."""
    learner.show("notice")
    value = "inputs => inputs.filter((each) => each.checked).map((each) => each.value)"
    assert learner.form("first-sign").locator("input").evaluate_all(value) == ["knock"]
    assert learner.form("signs").locator("input").evaluate_all(value) == ["mail"]
    assert learner.form("tool").locator("input").input_value() == "telefonu"
    assert learner.form("days").locator("input").input_value() == "7"
    assert learner.form("days").get_attribute("data-result") == "incorrect"
    learner.show("together")
    roles = learner.form("roles").locator("select").evaluate_all("all => all.map((each) => each.value)")
    assert roles == ["doctor", "judge", "librarian"]
    order = learner.form("steps-order").locator("li").evaluate_all("all => all.map((each) => each.dataset.option)")
    assert order == ["talk", "agree", "see"]
    assert learner.form("sentence").locator("input.gap").input_value() == "paklausk"
    assert learner.form("sentence").locator("select.gap").input_value() == "c"
    assert learner.form("sure").locator("input").evaluate_all(value) == ["half"]
    assert learner.form("story").locator("textarea").input_value() == STORY
    learner.show("visit")
    assert learner.form("at-the-door").locator(".step:visible").get_attribute("data-step") == "leave"
    assert learner.find("[data-field=f2]").input_value() == "Rytoj, 17.30"


@BOTH
@pytest.mark.parametrize("leave", in_turn(WAYS, 2))
def test_nothing_done_is_lost(desk: Desk, enrol: Enrol, standard: str, leave: Callable[[Learner], None]) -> None:
    """The learner goes on at another computer: only what the learning system was told counts."""
    attempt = enrol(standard)
    learner = desk.launch(attempt)
    work(learner, attempt)
    leave(learner)
    assert attempt.status[0] == "incomplete"
    assert attempt[attempt.names.exit] == "suspend"
    told = len(attempt.interactions)
    second = desk.launch(attempt)
    assert "Apsilankymas" in second.text("main.cover [data-action=begin]")
    find_all(second.resume())
    assert len(attempt.interactions) == told == 10


@BOTH
def test_a_window_of_its_own_may_be_closed(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard, window=True)
    learner = desk.launch(attempt).show("notice")
    learner.answer("first-sign", "knock")
    learner.page.close()
    second = desk.launch(attempt).resume()
    assert second.form("first-sign").get_attribute("data-result") == "correct"


@BOTH
def test_leaving_ends_the_session_once(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt)
    by_another_course(learner)
    attempt.until(lambda attempt: attempt.finished)
    ends = [call for call in attempt.calls if call[0] in ("Finish", "Terminate")]
    assert len(ends) == 1
    assert attempt.calls[-1] == ends[0]
    assert attempt[attempt.names.exit] == "suspend"


@BOTH
def test_a_reload_of_the_course_alone_loses_nothing(desk: Desk, enrol: Enrol, standard: str) -> None:
    """A learner presses F5 in a window that holds the course alone: to the learning system, that session has ended."""
    attempt = enrol(standard)
    learner = desk.launch(attempt).show("notice")
    learner.answer("first-sign", "knock")
    learner.frame.evaluate("window.before = true; location.reload()")
    learner.frame.wait_for_function("!window.before")
    learner.ready().find("main[data-page=notice]").wait_for()
    assert not learner.find("dialog[open]").count(), "the address says where to be"
    assert learner.form("first-sign").get_attribute("data-result") == "correct", "the work of before is there"
    learner.answer("days", "14")
    again = desk.relaunch(attempt, learner).resume()
    assert again.form("first-sign").get_attribute("data-result") == "correct"
    assert again.form("days").get_attribute("data-result") == "correct", "what was done since is not lost"


def test_the_time_of_each_session_is_told(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm2004-3")
    context = desk.sit_down()
    context.clock.install()
    learner = Learner.launch(context, desk.lms, attempt)
    context.clock.fast_forward("01:02:03")
    with attempt.saving():
        learner.show("notice")
    assert attempt[attempt.names.session].startswith("PT1H2M")


def test_a_hidden_tab_is_saved(desk: Desk, enrol: Enrol) -> None:
    """Phones close what is hidden without a word."""
    attempt = enrol("scorm12")
    learner = desk.launch(attempt)
    hide = """() => {
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }"""
    with attempt.saving():
        learner.frame.evaluate(hide)
    assert not attempt.finished, "a hidden tab may come back"


def test_long_texts_in_the_making_are_kept(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm12")
    learner = desk.launch(attempt).show("together")
    with attempt.saving():
        learner.fill("story", "Dar rašau").locator(".answer").blur()
    second = desk.launch(attempt).resume()
    expect(second.form("story").locator(".answer")).to_have_value("Dar rašau")
    assert attempt.interactions == [], "what was not sent is no answer"
