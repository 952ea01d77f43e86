"""Completion, verdict and score: said once they are true, never taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Desk
from tests.browser.expected import BEST_WALK, FINAL, MIDDLE_WALK, PAGES, POOL, QUESTIONS, SCENARIO, WORST_WALK
from tests.browser.learner import Learner
from tests.browser.lms import Attempt
from tests.conftest import Turns

pytestmark = pytest.mark.slow
Enrol = Callable[..., Attempt]
BOTH = Turns("standard", ["scorm12", "scorm2004-3"])
LMS = Turns("standard", ["scorm12", "scorm2004-2", "scorm2004-3", "scorm2004-4"])
OTHER = {"true": "false", "false": "true"}


def drawn(learner: Learner) -> list[str]:
    """Return the questions that the pool gave this learner."""
    return [name for name in FINAL if learner.form(name).is_visible()]


def go_through(learner: Learner, attempt: Attempt, right: tuple[str, ...] = (), walk: list[str] = WORST_WALK) -> None:
    """Visit each page and answer each scored question; rightly those that are named and, with "pool", the pool's."""
    language = learner.frame.evaluate("document.documentElement.lang")
    for page in PAGES:
        learner.show(page)
        here = {name: asked for name, asked in QUESTIONS.items() if asked.page == page}
        learner.answer_all(
            {name: (asked.right if name in right else asked.wrong)[language] for name, asked in here.items()}
        )
    learner.answer_all({name: POOL[name] if "pool" in right else OTHER[POOL[name]] for name in drawn(learner)})
    learner.show("visit").walk(SCENARIO, walk)
    learner.show("results")
    attempt.until(lambda attempt: attempt.percent is not None)


EVERYTHING = (*QUESTIONS, "pool")


def verdict(attempt: Attempt) -> str:
    return attempt.status[1] or attempt.status[0]


@LMS
def test_all_right_is_complete_and_passed(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    go_through(desk.launch(attempt), attempt, EVERYTHING, BEST_WALK)
    assert attempt.status == (("passed", "") if standard == "scorm12" else ("completed", "passed"))
    assert attempt.percent == 100
    if standard != "scorm12":
        scores = {name: float(attempt[f"cmi.score.{name}"]) for name in ("scaled", "raw", "min", "max")}
        assert scores == {"scaled": 1, "raw": 100, "min": 0, "max": 100}
        assert float(attempt["cmi.progress_measure"]) == 1


def test_scorm12_hears_the_status_before_the_score(desk: Desk, enrol: Enrol) -> None:
    """Some learning systems update a course's completion only when the score comes after the status."""
    attempt = enrol("scorm12")
    go_through(desk.launch(attempt), attempt, EVERYTHING, BEST_WALK)
    writes = [call[1:3] for call in attempt.calls if call[0] == "SetValue"]
    assert writes.index(["cmi.core.lesson_status", "passed"]) < writes.index(["cmi.core.score.raw", "100"])
    statuses = [value for name, value in writes if name == "cmi.core.lesson_status"]
    assert statuses == ["incomplete", "passed"], "each status is said once"


@BOTH
def test_too_little_fails_and_counts_points_by_weight(desk: Desk, enrol: Enrol, standard: str) -> None:
    """Right: 2 of 15 points by "signs" and 1 by half of the scenario."""
    attempt = enrol(standard)
    go_through(desk.launch(attempt), attempt, ("signs",), MIDDLE_WALK)
    assert attempt.status == (("failed", "") if standard == "scorm12" else ("completed", "failed"))
    assert attempt.percent == pytest.approx(3 / 15 * 100, abs=0.01)


@BOTH
def test_not_complete_before_every_page_was_seen(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard, "second-visit")
    learner = desk.launch(attempt).show("promise")
    learner.answer("keep", "call")
    assert attempt.status[0] == "incomplete"
    with attempt.saving():
        learner.show("goodbye")
    assert attempt.status[0] == "completed"


@BOTH
def test_a_module_without_mastery_is_completed_without_verdict(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard, "second-visit")
    learner = desk.launch(attempt)
    learner.show("promise").answer("keep", "wait")
    learner.answer("keep", "call")
    with attempt.saving():
        learner.show("goodbye")
    assert attempt.status == (("completed", "") if standard == "scorm12" else ("completed", "unknown"))
    assert attempt.percent == 100


@BOTH
def test_another_attempt_can_pass_after_a_failure(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt)
    go_through(learner, attempt)
    assert verdict(attempt) == "failed"
    assert attempt.percent == 0
    learner.again()
    go_through(learner, attempt, EVERYTHING, BEST_WALK)
    attempt.until(lambda attempt: attempt.percent == 100)
    assert verdict(attempt) == "passed"


@pytest.mark.full
@BOTH
def test_passed_stays_passed(desk: Desk, enrol: Enrol, standard: str) -> None:
    """A worse attempt later, on another day, takes nothing away."""
    attempt = enrol(standard)
    go_through(desk.launch(attempt), attempt, EVERYTHING, BEST_WALK)
    learner = desk.launch(attempt).resume()
    learner.again()
    go_through(learner, attempt)
    by_word = {"scorm12": ("passed", ""), "scorm2004-3": ("completed", "passed")}
    assert attempt.status == by_word[standard]
    assert attempt.percent == 100
    assert learner.find(".verdict.passed").is_visible()
    assert "100" in learner.text("[data-fill=best]")


@BOTH
def test_exit_after_completion_loses_nothing(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard, "second-visit")
    learner = desk.launch(attempt)
    learner.show("promise").answer("keep", "call")
    learner.show("goodbye")
    learner.find("#exit").click()
    attempt.until(lambda attempt: attempt.finished)
    assert attempt[attempt.names.exit] == "suspend", "some LMSs drop everything after a normal exit"


@BOTH
@pytest.mark.parametrize(("mastery", "word"), [(10, "passed"), (90, "failed")])
def test_the_learning_system_sets_the_mark_to_pass(
    desk: Desk, enrol: Enrol, standard: str, mastery: int, word: str
) -> None:
    """The module asks for 60 %, the administrator for something else: 3 of 15 points, or 13 of 15."""
    attempt = enrol(standard, mastery=str(mastery if standard == "scorm12" else mastery / 100))
    learner = desk.launch(attempt)
    if mastery == 10:
        go_through(learner, attempt, ("signs",), MIDDLE_WALK)
    else:
        go_through(learner, attempt, EVERYTHING, WORST_WALK)
    assert verdict(attempt) == word
    assert f"{mastery} %" in learner.text("[data-fill=mastery]")


@BOTH
def test_objectives_are_told_with_their_scores(desk: Desk, enrol: Enrol, standard: str) -> None:
    """see-need: 2 of 6 points, below 60 %; act-together: 5 of 7, above."""
    attempt = enrol(standard)
    go_through(desk.launch(attempt), attempt, ("signs", "roles", "steps-order", "sentence"))
    need, act = attempt.entries("cmi.objectives")
    assert (need["id"].rpartition("/")[2], act["id"].rpartition("/")[2]) == ("see-need", "act-together")
    if standard == "scorm12":
        assert (need["status"], act["status"]) == ("failed", "passed")
        scores = [float(each["score.raw"]) / 100 for each in (need, act)]
    else:
        assert need["id"] == "https://example.org/courses/neighbours/first-steps/objectives/see-need"
        assert [each["completion_status"] for each in (need, act)] == ["completed", "completed"]
        assert [each["success_status"] for each in (need, act)] == ["failed", "passed"]
        scores = [float(each["score.scaled"]) for each in (need, act)]
    assert scores == pytest.approx([2 / 6, 5 / 7], abs=0.0001)


def test_results_say_what_is_still_open(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm12")
    learner = desk.launch(attempt).show("notice")
    learner.answer("first-sign", "knock")
    learner.show("results")
    assert learner.find(".verdict.open").inner_text() == "Dar nebaigta"
    assert "Įvertinimo dar nėra" in learner.text("[data-fill=score]")
    assert learner.find("[data-show=open] li").count() == len(QUESTIONS) - 1 + 1 + 2
    learner.find("[data-show=open] a").first.click()
    learner.find("main[data-page=notice]").wait_for()
    assert learner.focused() == "q-signs"


def test_results_say_what_was_reached(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm12")
    learner = desk.launch(attempt)
    go_through(learner, attempt, tuple(name for name in EVERYTHING if name not in ("tool", "roles")), BEST_WALK)
    assert learner.find(".verdict.passed").inner_text() == "Išlaikyta"
    assert learner.text("[data-fill=score]") == "Įvertinimas: 80 %"
    assert learner.text("[data-fill=mastery]") == "Kad išlaikytumėte, reikia surinkti 60 %"
    assert "Paukštienė, Rūta" in learner.text(".record")
    assert "Pirmieji žingsniai" in learner.text(".record")
    assert not learner.find("[data-show=open]").is_visible()
    assert learner.find("[data-show=revisit] li").all_inner_texts() == [
        "Kuo greičiausiai pasiekiate kaimyną, kurio nėra namie?\nKaip pastebėti",
        "Kas ką gali padaryti?\nVeikti kartu",
    ]
    objectives = learner.find("[data-show=objectives] li").all_inner_texts()
    assert [" ".join(each.split()) for each in objectives] == [
        "Pastebėti kaimyno rūpestį. Pasiekta, 83,3 %",
        "Veikti kartu su kitais. Pasiekta, 71,4 %",
    ]


def test_results_can_be_printed(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12")).show("results")
    learner.frame.evaluate("window.print = () => { window.printed = true }")
    learner.find("[data-action=print]").click()
    assert learner.frame.evaluate("window.printed") is True
    learner.page.emulate_media(media="print")
    assert learner.find("h1").is_visible()
    assert not learner.find("#toc").is_visible()
    assert not learner.find("header").is_visible()
