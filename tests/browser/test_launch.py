"""A course starts, and from the first moment the learning system knows that it has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from sclt.standards import STANDARDS
from tests.browser.conftest import Desk
from tests.browser.learner import Learner
from tests.browser.lms import Attempt
from tests.conftest import Turns, in_turn

pytestmark = pytest.mark.slow

Enrol = Callable[..., Attempt]
ALL = [name for name in STANDARDS if name.startswith("scorm")]
BOTH = Turns("standard", ["scorm12", "scorm2004-3"])


@pytest.mark.parametrize(
    ("standard", "window"), in_turn([(standard, n % 2 > 0) for n in range(2) for standard in ALL], 5)
)
def test_a_first_launch_is_recorded_at_once(desk: Desk, enrol: Enrol, standard: str, window: bool) -> None:
    attempt = enrol(standard, window=window)
    learner = desk.launch(attempt)
    attempt.until(lambda attempt: attempt.commits > 0)
    assert attempt.status[0] == "incomplete"
    assert attempt.status[1] in ("", "unknown")
    assert attempt[attempt.names.exit] == "suspend"
    assert attempt[attempt.names.location] == "welcome"
    assert attempt.percent is None
    assert attempt.state
    assert learner.text("h1") == "Sveiki, kaimynai"
    assert not learner.find("#banner > :visible").count(), "nothing to warn of"


@BOTH
def test_exit_suspend_is_set_before_anything_can_go_wrong(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    desk.launch(attempt)
    attempt.until(lambda attempt: attempt.commits > 0)
    written = [call[1] for call in attempt.calls if call[0] == "SetValue"]
    assert written[0] == attempt.names.exit
    assert attempt.calls[-1] == ["Commit", "", "true"]
    assert all(call[-1] == "true" for call in attempt.calls if call[0] == "SetValue"), "nothing was refused"


@pytest.mark.parametrize("standard", in_turn(ALL, 2))
def test_the_second_launch_goes_on_where_the_first_ended(desk: Desk, enrol: Enrol, standard: str) -> None:
    """The essentials of each edition: pages, answers and the place come back on another computer."""
    attempt = enrol(standard)
    first = desk.launch(attempt).show("notice")
    first.answer("first-sign", "knock")
    with attempt.saving():
        first.show("together")
    second = desk.launch(attempt)
    assert second.text("main.cover [data-action=begin]") == "Tęsti nuo „Veikti kartu“"
    second.resume()
    assert second.text("h1") == "Veikti kartu"
    states = second.find("#toc-pages li").evaluate_all("items => items.map((item) => item.dataset.state)")
    assert states == ["visited", "open", "open", "new", "new"]
    form = second.show("notice").form("first-sign")
    assert form.get_attribute("data-result") == "correct"
    assert form.locator("input:checked").get_attribute("value") == "knock"
    assert len(attempt.interactions) == 1, "old answers are not told again"


def test_the_learner_may_begin_at_the_first_page_again(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm12")
    with attempt.saving():
        desk.launch(attempt).show("visit")
    learner = desk.launch(attempt).resume("anew")
    assert learner.text("h1") == "Sveiki, kaimynai"
    assert learner.find("#toc-pages li").nth(3).get_attribute("data-state") == "open"


def test_a_course_from_the_first_page_asks_nothing(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm12")
    desk.launch(attempt)
    again = desk.launch(attempt, begin=False)
    assert again.text("main.cover [data-action=begin]") == "Pradėti"
    assert not again.find("[data-action=anew]").is_visible()


@BOTH
def test_exit_ends_the_session_and_says_so(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt)
    with attempt.saving():
        learner.find("#exit").click()
    attempt.until(lambda attempt: attempt.finished)
    assert learner.text("h1") == "Išėjote iš kurso"
    assert learner.focused() == "H1"
    assert attempt[attempt.names.exit] == "suspend", "what is not complete goes on next time"
    ends = [call for call in attempt.calls if call[0] in ("Finish", "Terminate")]
    assert len(ends) == 1
    learner.page.goto("about:blank")
    assert attempt.calls[-1] in ends, "nothing is said after the end"


@BOTH
def test_a_course_in_a_window_of_its_own_closes_it(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard, window=True)
    learner = desk.launch(attempt)
    with learner.page.expect_event("close"):
        learner.find("#exit").click()
    attempt.until(lambda attempt: attempt.finished)


OTHER_TITLE = """before => {
  const title = document.querySelector('#page:not([aria-busy]) h1');
  return title && title.textContent !== before;
}"""


def test_who_goes_on_is_at_the_new_title_whatever_came_between(desk: Desk, enrol: Enrol) -> None:
    """The page is slow, and meanwhile the learner asks for the other language."""
    context = desk.sit_down()
    held: list[Route] = []
    context.route("**/notice.*.html", lambda route: held.append(route))
    learner = Learner.launch(context, desk.lms, enrol("scorm12"))
    learner.find("#next").click()
    with learner.page.expect_request("**/notice.en.html"):
        learner.find("#languages [data-language=en]").click()
    for route in held:
        route.continue_()
    learner.frame.wait_for_function(OTHER_TITLE, arg="Sveiki, kaimynai")
    assert (learner.text("h1"), learner.focused()) == ("How to notice", "H1")


def test_next_and_previous_lead_through_the_course(desk: Desk, enrol: Enrol) -> None:
    learner: Learner = desk.launch(enrol("scorm12"))
    titles = [learner.text("h1")]
    while learner.find("#next:visible").count():
        before = titles[-1]
        learner.find("#next").click()
        learner.frame.wait_for_function(OTHER_TITLE, arg=before)
        assert learner.focused() == "H1", "a screen reader reads the new page's title"
        titles.append(learner.text("h1"))
    assert titles == [
        "Sveiki, kaimynai",
        "Kaip pastebėti",
        "Veikti kartu",
        "Apsilankymas",
        "Pasitikrinkite",
        "Rezultatai",
    ]
    learner.find("#previous").click()
    learner.find("main[data-page=final]").wait_for()
