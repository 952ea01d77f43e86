"""Learning systems and networks fail. The learner is told the truth, and nothing that they did is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Desk
from tests.browser.learner import Learner
from tests.browser.lms import Attempt
from tests.conftest import Turns

pytestmark = pytest.mark.slow
Enrol = Callable[..., Attempt]
OFFLINE = {"Commit": True, "Finish": True, "Terminate": True}
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
BOTH = Turns("standard", ["scorm12", "scorm2004-3"])
FAULTS = pytest.mark.parametrize(
    "fault",
    [OFFLINE, {"refuse": ["cmi.suspend_data"]}, {"throws": ["Commit", "SetValue"]}],
    ids=["offline", "state", "throws"],
)


@BOTH
def test_without_a_learning_system_the_course_says_so_and_goes_on(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard, api=False)
    learner = desk.launch(attempt)
    assert learner.text("#notice") == "Kursas veikia be mokymosi sistemos. Jūsų pažanga saugoma tik šioje naršyklėje."
    assert not learner.find("#exit").is_visible()
    learner.show("notice").answer("first-sign", "knock")
    again = desk.relaunch(attempt, learner).resume()
    assert again.form("first-sign").get_attribute("data-result") == "correct"
    again.speak("en")
    assert again.text("#notice").startswith("This course runs without a learning system.")


@BOTH
def test_a_refused_connection_is_told(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard, faults={"Initialize": True})
    learner = desk.launch(attempt)
    assert "nepavyko prisijungti prie mokymosi sistemos" in learner.text("#notice")
    learner.show("notice").answer("first-sign", "knock")
    assert attempt.commits == 0
    again = desk.relaunch(attempt, learner)
    assert not again.show("notice").form("first-sign").get_attribute("data-result"), "who it is now, nobody knows"
    attempt.faults = {}
    known = desk.relaunch(attempt, again)
    assert not known.find("#stray").get_by_text("knock").count(), "what was written is shown to nobody"
    known.find("#stray [value=join]").click()
    assert known.show("notice").form("first-sign").get_attribute("data-result") == "correct"


@BOTH
@FAULTS
def test_failed_saving_is_told_and_made_good(desk: Desk, enrol: Enrol, standard: str, fault: dict[str, object]) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt).show("notice")
    learner.fault(attempt, **fault)
    learner.answer("first-sign", "knock")
    alarm = learner.find("#alarm")
    expect(alarm).to_contain_text("mokymosi sistemoje dar neišsaugoti")
    learner.answer("tool", "telefonu")
    assert "telefonu" not in attempt.state
    learner.fault(attempt)
    with attempt.saving():
        learner.find("#retry").click()
    expect(alarm).to_be_hidden()
    expect(learner.find("#saved")).to_have_text("Viskas vėl išsaugota.")
    ids = [each["id"].rpartition("/")[2] for each in attempt.interactions]
    assert ids == ["first-sign", "tool"], "each answer once, in its order"
    other = desk.launch(attempt).resume()
    assert other.form("tool").locator("input").input_value() == "telefonu"


def test_saving_is_tried_again_without_a_click(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm2004-3")
    context = desk.sit_down()
    context.clock.install()
    learner = Learner.launch(context, desk.lms, attempt).show("notice")
    learner.fault(attempt, **OFFLINE)
    learner.answer("first-sign", "knock")
    expect(learner.find("#alarm")).to_be_visible()
    context.clock.run_for(30_000)
    learner.fault(attempt)
    with attempt.saving():
        context.clock.run_for(90_000)
    expect(learner.find("#alarm")).to_be_hidden()
    assert len(attempt.interactions) == 1


@BOTH
def test_a_reload_while_nothing_can_be_saved_loses_nothing(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt).show("notice")
    learner.fault(attempt, **OFFLINE)
    learner.answer("first-sign", "knock")
    learner.answer("days", "7")
    learner.show("together").answer("story", "Kaimynas padėjo.")
    learner.reload()
    learner.resume_if_asked()
    assert learner.show("notice").form("first-sign").get_attribute("data-result") == "correct"
    expect(learner.find("#alarm")).to_be_visible()
    learner.fault(attempt)
    with attempt.saving():
        learner.find("#retry").click()
    ids = [each["id"].rpartition("/")[2] for each in attempt.interactions]
    assert ids == ["first-sign", "days", "story"]
    other = desk.launch(attempt)
    other.resume_if_asked()
    assert other.show("together").form("story").locator("textarea").input_value() == "Kaimynas padėjo."


@BOTH
def test_closing_while_nothing_can_be_saved_loses_nothing_in_this_browser(
    desk: Desk, enrol: Enrol, standard: str
) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt).show("notice")
    learner.fault(attempt, **OFFLINE)
    learner.answer("first-sign", "knock")
    context = learner.page.context
    learner.page.close()
    assert attempt.interactions == []
    attempt.faults = {}
    again = Learner.launch(context, desk.lms, attempt).resume()
    assert again.form("first-sign").get_attribute("data-result") == "correct"
    attempt.until(lambda attempt: len(attempt.interactions) == 1)


@BOTH
def test_refused_interactions_are_told_later(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt).show("notice")
    learner.fault(attempt, refuse=["cmi.interactions"])
    learner.answer("first-sign", "police")
    assert attempt.interactions == []
    learner.fault(attempt)
    learner.answer("ask-first", "true")
    attempt.until(lambda attempt: len(attempt.interactions) == 2)
    assert attempt.interaction("first-sign")[attempt.names.response] == ("b" if standard == "scorm12" else "police")


@BOTH
def test_a_learning_system_without_interactions_is_no_trouble(desk: Desk, enrol: Enrol, standard: str) -> None:
    """Interactions and objectives are optional in SCORM 1.2: not implemented (401) is no fault to alarm of."""
    attempt = enrol(standard, faults={"refuse": ["cmi.interactions", "cmi.objectives"], "code": "401"})
    learner = desk.launch(attempt).show("notice")
    with attempt.saving():
        learner.answer("first-sign", "knock")
    assert not learner.find("#alarm").is_visible()
    other = desk.launch(attempt).resume()
    assert other.form("first-sign").get_attribute("data-result") == "correct"


def test_exit_waits_until_everything_is_saved(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm12")
    learner = desk.launch(attempt).show("notice")
    learner.fault(attempt, **OFFLINE)
    learner.answer("first-sign", "knock")
    learner.find("#exit").click()
    assert learner.text("h1") == "Kaip pastebėti", "the learner stays"
    assert learner.focused() == "retry"
    assert not attempt.finished
    learner.fault(attempt)
    learner.find("#exit").click()
    attempt.until(lambda attempt: attempt.finished)
    assert len(attempt.interactions) == 1


@BOTH
def test_nowhere_to_save_is_told_as_it_is(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    context = desk.sit_down()
    context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    learner = Learner.launch(context, desk.lms, attempt).show("notice")
    assert not learner.find("#alarm").is_visible(), "the learning system is enough"
    learner.fault(attempt, **OFFLINE)
    learner.answer("first-sign", "knock")
    expect(learner.find("#alarm")).to_contain_text("Neužverkite šio puslapio")


def test_a_page_that_cannot_be_loaded_can_be_asked_for_again(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm12")
    learner = desk.launch(attempt).show("notice")
    desk.expected = ("visit.lt.html", "ERR_FAILED")
    learner.page.context.route("**/visit.lt.html", lambda route: route.abort())
    learner.frame.evaluate("location.hash = '#/visit'")
    learner.find("main.failed").wait_for()
    assert learner.text("h1") == "Puslapio įkelti nepavyko"
    assert attempt[attempt.names.location] == "notice", "a page that did not come was not visited"
    learner.page.context.unroute("**/visit.lt.html")
    learner.find("main.failed [data-action=reload]").click()
    learner.find("main[data-page=visit]").wait_for()
    attempt.until(lambda attempt: attempt[attempt.names.location] == "visit")
    assert learner.focused() == "H1"


def test_a_blocked_script_leaves_a_page_that_helps(desk: Desk, enrol: Enrol) -> None:
    """Where the runtime cannot start, the shell says so and links to the pages."""
    context = desk.sit_down()
    desk.expected = ("main.js", "ERR_FAILED")
    context.route("**/main.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(desk.lms.url(enrol("scorm12").url))
    expect(page.get_by_text("Kursas nepasileido?")).to_be_visible()
    page.get_by_role("link", name="Acting together").click()
    assert page.locator("h1").inner_text() == "Acting together"
