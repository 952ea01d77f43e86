"""What a learning system is told of an answer, in the format of its standard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.conftest import Desk
from tests.browser.expected import BEST_WALK, IRI, MIDDLE_WALK, QUESTIONS, SCENARIO, WORST_WALK, Asked
from tests.browser.learner import Learner
from tests.browser.lms import Attempt
from tests.conftest import Turns

pytestmark = pytest.mark.slow
WRONG = {"scorm12": "wrong", "scorm2004-3": "incorrect"}
LATENCY = {"scorm12": r"\d\d\d?\d?:\d\d:\d\d(\.\d\d?)?", "scorm2004-3": r"P(T(\d+H)?(\d+M)?(\d+(\.\d\d?)?S)?)"}
TIME = {
    "scorm12": ("time", r"\d\d:\d\d:\d\d(\.\d\d?)?"),
    "scorm2004-3": ("timestamp", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d\d?)?(Z|[+-]\d\d:\d\d)?"),
}
BOTH = Turns("standard", list(WRONG))
LANGUAGES = Turns("language", ["lt", "en"])
Enrol = Callable[..., Attempt]


def begin(desk: Desk, attempt: Attempt, language: str, page: str) -> Learner:
    return desk.launch(attempt, locale={"lt": "lt-LT", "en": "en-GB"}[language]).show(page)


def identity(standard: str, kind: str, name: str) -> str:
    return name if standard == "scorm12" else f"{IRI}/{kind}/{name}"


def hold(attempt: Attempt, name: str, asked: Asked, language: str, right: bool) -> None:
    """Hold the last interaction of a question against what the standard wants."""
    standard = attempt.standard
    told = (asked.old if standard == "scorm12" else asked.new)[language]
    found = attempt.interaction(name)
    assert found["id"] == identity(standard, "questions", name)
    assert found["objectives.0.id"] == identity(standard, "objectives", asked.objective)
    assert found["type"] == told.type
    assert found[attempt.names.response] == (told.right if right else told.wrong)
    assert tuple(found[f"correct_responses.{n}.pattern"] for n in range(len(told.patterns))) == told.patterns
    assert f"correct_responses.{len(told.patterns)}.pattern" not in found
    assert found["weighting"] == asked.points
    assert found["result"] == ("correct" if right else WRONG[standard])
    assert re.fullmatch(LATENCY[standard], found["latency"])
    element, pattern = TIME[standard]
    assert re.fullmatch(pattern, found[element])


@BOTH
@LANGUAGES
@pytest.mark.parametrize("page", ["notice", "together"])
def test_each_type_of_question_is_reported_right_and_wrong(
    desk: Desk, enrol: Enrol, standard: str, language: str, page: str
) -> None:
    attempt = enrol(standard)
    learner = begin(desk, attempt, language, page)
    here = {name: asked for name, asked in QUESTIONS.items() if asked.page == page}
    for name, asked in here.items():
        with attempt.saving():
            form = learner.do(name, asked.wrong[language])
        hold(attempt, name, asked, language, right=False)
        assert form.get_attribute("data-result") == "incorrect"
        if name == "ask-first":  # a statement has one try
            assert form.evaluate("form => form.classList.contains('locked')")
            continue
        with attempt.saving():
            form = learner.do(name, asked.right[language])
        hold(attempt, name, asked, language, right=True)
        assert form.get_attribute("data-result") == "correct"
        assert form.evaluate("form => form.classList.contains('locked')")
    assert len(attempt.interactions) == len(here), "one entry for each question, with its latest answer"


@BOTH
def test_a_right_statement_is_reported(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    learner = begin(desk, attempt, "lt", "notice")
    with attempt.saving():
        learner.do("ask-first", "true")
    hold(attempt, "ask-first", QUESTIONS["ask-first"], "lt", right=True)


@BOTH
def test_a_partly_right_answer_is_reported_as_a_number(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    learner = begin(desk, attempt, "en", "together")
    with attempt.saving():
        form = learner.do("roles", {"doctor": "doctor", "driver": "driver", "librarian": "judge"})
    assert float(attempt.interaction("roles")["result"]) == pytest.approx(2 / 3, abs=0.01)
    assert form.get_attribute("data-result") == "partial"


@BOTH
@LANGUAGES
def test_opinions_and_long_answers_are_neither_right_nor_wrong(
    desk: Desk, enrol: Enrol, standard: str, language: str
) -> None:
    attempt = enrol(standard)
    learner = begin(desk, attempt, language, "together")
    with attempt.saving():
        learner.do("sure", "yes")
    opinion = attempt.interaction("sure")
    assert (opinion["type"], opinion["result"], opinion["weighting"]) == ("likert", "neutral", "0")
    assert opinion[attempt.names.response] == {"scorm12": "c", "scorm2004-3": "yes"}[standard]
    with attempt.saving():
        form = learner.do("story", "Kaimynė atnešė sriubos.\nAčiū!")
    story = attempt.interaction("story")
    text = "Kaimynė atnešė sriubos. Ačiū!"
    kind = {"scorm12": "fill-in", "scorm2004-3": "long-fill-in"}[standard]
    assert (story["type"], story["result"]) == (kind, "neutral")
    assert story[attempt.names.response] == {"scorm12": text, "scorm2004-3": f"{{lang={language}}}{text}"}[standard]
    assert form.get_attribute("data-result") == "kept"
    assert form.locator("[data-when=sample]").is_visible(), "the model answer shows after writing"
    assert not any("correct_responses" in name for name in opinion | story)


@BOTH
@pytest.mark.parametrize(
    ("walk", "old", "new", "share"),
    [
        (BEST_WALK, "knock,ask,tomorrow", "knock[.]ask[,]ask[.]tomorrow", 1.0),
        (MIDDLE_WALK, "knock,ask,leave", "knock[.]ask[,]ask[.]leave", 0.5),
        (WORST_WALK, "knock,tidy", "knock[.]tidy", 0.0),
    ],
    ids=["best", "middle", "worst"],
)
def test_a_scenario_is_reported_with_its_way(
    desk: Desk, enrol: Enrol, standard: str, walk: list[str], old: str, new: str, share: float
) -> None:
    attempt = enrol(standard)
    learner = begin(desk, attempt, "lt", "visit")
    learner.walk(SCENARIO, walk)
    attempt.until(lambda attempt: len(attempt.interactions) == 1)
    found = attempt.interaction(SCENARIO)
    assert (found["type"], found["weighting"]) == ("performance", "2")
    assert found[attempt.names.response] == {"scorm12": old, "scorm2004-3": new}[standard]
    result = found["result"]
    assert result == {1.0: "correct", 0.0: WRONG[standard]}.get(share, result)
    if share == 0.5:
        assert float(result) == share


def test_reports_show_what_was_asked(desk: Desk, enrol: Enrol) -> None:
    """SCORM 2004 has a place for the question's text: a teacher's report need not show identifiers only."""
    attempt = enrol("scorm2004-3")
    learner = begin(desk, attempt, "en", "notice")
    with attempt.saving():
        learner.do("first-sign", "knock")
    wanted = "{lang=en}The letter box of Petras has been full for a week. What do you do first?"
    assert attempt.interaction("first-sign")["description"] == wanted


def test_an_empty_answer_costs_no_try(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm12")
    learner = begin(desk, attempt, "lt", "notice")
    for name in ("first-sign", "signs", "tool", "days"):
        form = learner.form(name)
        form.locator("button[type=submit]").click()
        assert form.locator(".result").inner_text() == "Pirmiausia atsakykite."
        described = "document.activeElement.closest('[aria-describedby]').getAttribute('aria-describedby')"
        told = learner.frame.evaluate(described)
        assert learner.find(f"#{told}").inner_text() == "Pirmiausia atsakykite."
    form = learner.fill("days", "daug")
    form.locator("button[type=submit]").click()
    assert "skaičių" in form.locator(".result").inner_text()
    assert attempt.interactions == []


def test_hints_and_feedback_show_when_they_should(desk: Desk, enrol: Enrol) -> None:
    learner = begin(desk, enrol("scorm12"), "en", "notice")
    form = learner.form("first-sign")
    hint = form.locator(".hint")
    assert not hint.is_visible()
    form.locator("[data-action=hint]").click()
    assert hint.inner_text().strip() == "Begin with the smallest step."
    learner.do("first-sign", "police")
    assert "Not yet." in form.locator(".result").inner_text()
    assert "1 more try." in form.locator(".result").inner_text()
    assert form.locator(".option-feedback:visible").all_inner_texts() == ["It is too early for that."]
    assert form.locator(".feedback:visible").all_inner_texts() == ["Think again."]
    learner.do("first-sign", "nothing")
    assert "No tries left." in form.locator(".result").inner_text()
    marks = {name: form.locator(f"[data-option={name}][data-mark]") for name in ("knock", "nothing")}
    assert marks["knock"].first.get_attribute("data-mark") == "missed"
    assert marks["nothing"].first.get_attribute("data-mark") == "wrong"
    typed = learner.do("tool", "By  LETTER")
    assert typed.locator(".option-feedback:visible").all_inner_texts() == ["A letter takes several days."]
