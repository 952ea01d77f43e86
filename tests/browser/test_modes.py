"""What a learning system asks of a launch: preview, review, no credit, a language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Desk
from tests.browser.expected import BEST_WALK
from tests.browser.lms import Attempt
from tests.browser.test_reached import EVERYTHING, go_through
from tests.conftest import Turns, in_turn

pytestmark = pytest.mark.slow
Enrol = Callable[..., Attempt]
BOTH = Turns("standard", ["scorm12", "scorm2004-3"])
SESSION = ("session_time", "exit", "entry", "mode", "total_time")


def lasting(attempt: Attempt) -> dict[str, str]:
    """Return the values that tell of the learner's work."""
    return {name: value for name, value in attempt.values.items() if not name.endswith(SESSION)}


@BOTH
def test_a_review_shows_everything_and_changes_nothing(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt)
    go_through(learner, attempt, ("first-sign", "roles"))
    before = lasting(attempt)
    attempt.mode = "review"
    review = desk.launch(attempt)
    assert "Peržiūra" in review.text("#notice")
    review.resume_if_asked()
    form = review.show("notice").form("first-sign")
    assert form.locator("input:checked").get_attribute("value") == "knock"
    assert form.locator("input:enabled").count() == 0
    assert "14" in review.form("days").locator(".result").inner_text(), "the right answer is shown"
    review.show("visit")
    assert review.form("at-the-door").locator("button:visible:enabled:not([data-goto])").count() == 0
    assert not review.find("[data-field=f2]").is_editable()
    review.speak("en").show("results")
    assert not review.find("[data-action=again]").is_visible()
    written = [call for call in attempt.calls if call[0] == "SetValue"]
    review.find("#exit").click()
    attempt.until(lambda attempt: attempt.finished)
    assert lasting(attempt) == before
    assert written == []


@pytest.mark.full
@BOTH
def test_a_review_of_what_was_not_answered_shows_what_is_right(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    desk.launch(attempt).show("welcome")
    attempt.mode = "review"
    review = desk.launch(attempt).show("together")
    assert "Teisingas atsakymas" in review.form("roles").locator(".result").inner_text()
    assert review.show("notice").form("signs").locator("[data-option=mail][data-mark=missed]").count()


@BOTH
def test_a_preview_records_nothing(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard, mode="browse")
    learner = desk.launch(attempt).show("notice")
    assert "nieko neįrašoma" in learner.text("#notice") or "niekas neįrašoma" in learner.text("#notice")
    assert learner.answer("first-sign", "knock").get_attribute("data-result") == "correct", "answers can be tried out"
    learner.find("#exit").click()
    attempt.until(lambda attempt: attempt.finished)
    assert attempt.interactions == []
    assert attempt.percent is None
    assert attempt.state == ""
    assert attempt.status[0] == {"scorm12": "browsed", "scorm2004-3": "incomplete"}[standard], "never left unset"
    attempt.mode = "normal"
    assert not desk.launch(attempt).show("notice").form("first-sign").get_attribute("data-result")


@pytest.mark.full
@BOTH
def test_a_preview_leaves_earlier_work_alone(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt).show("notice")
    learner.answer("first-sign", "police")
    before = attempt.state
    attempt.mode = "browse"
    preview = desk.relaunch(attempt, learner)
    preview.resume_if_asked()
    preview.show("notice").answer("tool", "telefonu")
    preview.find("#exit").click()
    attempt.until(lambda attempt: attempt.finished)
    assert len(attempt.interactions) == 1
    assert attempt.state == before
    attempt.mode = "normal"
    normal = desk.relaunch(attempt, preview).resume()
    assert not normal.show("notice").form("tool").get_attribute("data-result")
    assert normal.form("first-sign").get_attribute("data-result") == "incorrect"


@BOTH
def test_without_credit_there_is_progress_but_no_score(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard, credit="no-credit")
    learner = desk.launch(attempt)
    assert "neįskaitomas" in learner.text("#notice")
    learner.show("notice").answer("first-sign", "knock")
    for page in ("together", "visit", "final"):
        learner.show(page)
    assert attempt.percent is None
    assert attempt.status[1] in ("", "unknown")
    assert attempt.status[0] == "incomplete"
    assert len(attempt.interactions) == 1
    assert desk.launch(attempt).resume().show("notice").form("first-sign").get_attribute("data-result") == "correct"


@BOTH
def test_completion_without_credit_has_no_verdict(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard, "second-visit", credit="no-credit", mastery="50" if standard == "scorm12" else "0.5")
    learner = desk.launch(attempt).show("promise")
    learner.answer("keep", "call")
    with attempt.saving():
        learner.show("goodbye")
    assert attempt.status == (("completed", "") if standard == "scorm12" else ("completed", "unknown"))
    assert attempt.percent is None


@BOTH
def test_an_empty_mode_is_normal(desk: Desk, enrol: Enrol, standard: str) -> None:
    """Some learning systems leave lesson_mode empty."""
    attempt = enrol(standard, mode="", credit="")
    learner = desk.launch(attempt)
    assert not learner.find("#notice").is_visible()
    with attempt.saving():
        learner.show("notice").answer("first-sign", "knock")
    assert len(attempt.interactions) == 1


@BOTH
def test_the_language_switch_keeps_place_and_answers(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt).show("together")
    learner.answer("roles", {"doctor": "doctor", "driver": "driver", "librarian": "judge"})
    learner.fill("sentence", {"a": "paklausk"})
    learner.fill("story", "Rašau lietuviškai.")
    learner.speak("en")
    assert learner.text("h1") == "Acting together"
    assert learner.text("#course-title") == "First steps"
    assert "Partly right" in learner.form("roles").locator(".result").inner_text()
    assert learner.form("roles").locator("[data-left=librarian] select").input_value() == "judge"
    assert learner.form("sentence").locator("input.gap").input_value() == "paklausk", "also what was not sent yet"
    assert learner.form("story").locator("textarea").input_value() == "Rašau lietuviškai."
    assert learner.find("[data-language=en]").get_attribute("aria-pressed") == "true"
    assert learner.frame.evaluate("document.documentElement.lang") == "en"
    assert attempt[attempt.names.language] == "en"
    learner.show("notice").answer("days", "14")
    attempt.until(lambda attempt: len(attempt.interactions) == 2)
    assert attempt.status[0] == "incomplete"
    again = desk.launch(attempt)
    assert "Welcome back" in again.text("main.cover")
    assert again.resume().text("h1") == "How to notice", "the preference is honoured at the next launch"


@BOTH
@pytest.mark.parametrize(
    ("preference", "locale", "title"),
    in_turn(
        [
            ("", "en-US", "Welcome, neighbours"),
            ("", "lt-LT", "Sveiki, kaimynai"),
            ("", "fr-FR", "Sveiki, kaimynai"),
            ("en-GB", "lt-LT", "Welcome, neighbours"),
            ("lt", "en-US", "Sveiki, kaimynai"),
            ("fr", "en-US", "Welcome, neighbours"),
        ],
        2,
        1,
    ),
)
def test_the_first_language_is_the_learners(
    desk: Desk, enrol: Enrol, standard: str, preference: str, locale: str, title: str
) -> None:
    """First what the learning system knows, then what the browser asks for, then the course's own."""
    attempt = enrol(standard, preference=preference)
    assert desk.launch(attempt, locale=locale).text("h1") == title


def test_one_pass_in_two_languages_counts_once(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm2004-3")
    learner = desk.launch(attempt).show("notice")
    learner.answer("first-sign", "knock")
    learner.speak("en")
    assert learner.form("first-sign").get_attribute("data-result") == "correct"
    learner.show("results")
    assert learner.find("[data-show=open] li").count() == 10
    assert "How do you soonest reach" in learner.text("[data-show=open]")


@pytest.mark.full
def test_a_passed_learner_may_look_without_credit(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm12")
    go_through(desk.launch(attempt), attempt, EVERYTHING, BEST_WALK)
    attempt.credit = "no-credit"
    learner = desk.launch(attempt).resume()
    learner.show("notice")
    assert attempt.status[0] == "passed"
    assert attempt.percent == 100
