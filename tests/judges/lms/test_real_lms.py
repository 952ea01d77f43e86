"""The test course's module in learning systems of others, from import to reopening; what they keep must be right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.expected import BEST_WALK, PAGES, POOL, QUESTIONS, SCENARIO
from tests.browser.learner import Answer, Learner
from tests.browser.lms import PATIENCE, SCORM12, eventually, names_of
from tests.browser.test_leaving import STORY
from tests.conftest import in_turn
from tests.judges.lms.runtimes import Imported, RealLms

pytestmark = pytest.mark.slow


class Case(NamedTuple):
    """What a learning system must say of a course that was passed with everything right, by its own words."""

    lms: str
    standard: str
    status: str
    score: float


CASES = [  # `make test` takes every third, from the second on
    Case("xblock18", "scorm2004-4", "completed", 1),
    Case("xblock19", "scorm2004-4", "completed", 1),
    # Up to 19.0.2 the block takes "passed" of SCORM 1.2 for a success only and keeps "incomplete" as completion.
    Case("xblock18", "scorm12", "incomplete", 100),
    Case("xblock19", "scorm12", "completed", 100),
    Case("scormhost", "scorm2004-4", "completed", 1),
    Case("scormhost", "scorm12", "passed", 100),
    Case("wagtail", "scorm12", "passed", 100),
]


class Seat:
    """A learner's browser in front of one learning system."""

    def __init__(self, lms: RealLms, imported: Imported, context: BrowserContext, standard: str) -> None:
        self.lms, self.imported, self.context = lms, imported, context
        self.names = names_of(standard)
        lms.seat(context)

    def launch(self) -> Learner:
        """Open the course and wait until it runs."""
        page = self.context.new_page()
        page.goto(self.imported.address)
        handle = page.wait_for_selector(self.lms.frame).content_frame()
        assert handle
        return Learner(page, handle).ready()

    def get(self, element: str) -> str:
        return self.lms.get(self.context, self.imported, element)

    def until(self, element: str, wanted: str | float) -> None:
        """Wait until the learning system keeps what it should: what was sent while a page closed comes late."""
        eventually(
            lambda: self.get(element),
            lambda value: self._is(value, wanted),
            lambda value: f"{element}: {value!r}, not {wanted!r}",
        )

    @staticmethod
    def _is(value: str, wanted: str | float) -> bool:
        return value == wanted if isinstance(wanted, str) else value != "" and float(value) == pytest.approx(wanted)

    def interactions(self) -> list[str]:
        """Return the questions that the learning system keeps an answer of, in its order."""
        kept: list[str] = []
        while name := self.get(f"cmi.interactions.{len(kept)}.id"):
            kept.append(name.rpartition("/")[2])
        return kept


@pytest.fixture(params=in_turn([(case,) for case in CASES], 3, 1), ids=lambda case: f"{case.lms}-{case.standard}")
def case(request: pytest.FixtureRequest) -> Case:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def seat(
    case: Case, browser: Browser, real: Callable[[str], RealLms], imported: Callable[[str, str], Imported]
) -> Iterator[Seat]:
    context = browser.new_context(locale="lt-LT", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE * 1000)
    yield Seat(real(case.lms), imported(case.lms, case.standard), context, case.standard)
    context.close()


def right(learner: Learner, *names: str) -> dict[str, Answer]:
    """Return right answers in the language that the course took from the learning system's page."""
    language = learner.frame.evaluate("document.documentElement.lang")
    return {name: QUESTIONS[name].right[language] for name in names}


def begin(learner: Learner) -> None:
    """Answer the first page's questions and write a story that is not sent."""
    learner.show("notice")
    learner.answer_all(right(learner, "first-sign", "signs", "ask-first", "tool", "days"))
    learner.show("together")
    learner.answer("story", STORY)
    learner.answer("roles", QUESTIONS["roles"].wrong["lt"])


def finish(learner: Learner) -> list[str]:
    """Answer all that is left, rightly; return the questions of the whole course in the order of their answers."""
    learner.show("together")
    learner.answer_all(right(learner, "roles", "steps-order", "sentence"))
    learner.show("visit").walk(SCENARIO, BEST_WALK)
    learner.show("final")
    drawn = [name for name in POOL if learner.form(name).is_visible()]
    learner.answer_all({name: POOL[name] for name in drawn})
    learner.show("welcome")
    learner.show("results")
    return drawn


def check_half(learner: Learner) -> None:
    """The course stands at the page where it was left, and has every answer."""
    assert learner.find("main").get_attribute("data-page") == "together"
    expect(learner.form("story").locator(".answer")).to_have_value(STORY)
    expect(learner.form("roles")).to_have_attribute("data-result", "incorrect")
    learner.show("notice")
    for name in ("first-sign", "signs", "ask-first", "tool", "days"):
        expect(learner.form(name)).to_have_attribute("data-result", "correct")


def test_what_was_done_comes_back_however_it_was_left(seat: Seat, case: Case) -> None:
    """Left half-way by navigation and by closing; done and left by Exit; then reopened."""
    learner = seat.launch()
    begin(learner)
    learner.page.goto("about:blank")
    learner = seat.launch().resume_if_asked()
    check_half(learner)
    learner.show("together")
    learner.page.close(run_before_unload=False)
    learner = seat.launch().resume_if_asked()
    check_half(learner)
    drawn = finish(learner)
    seat.until(seat.names.status, case.status)
    seat.until(seat.names.score, case.score)
    learner.find("#exit").click()
    again = seat.launch().resume_if_asked()
    assert again.show("results").text(".verdict") in {"Išlaikyta", "Passed"}
    for page in PAGES:
        again.show(page)
        for name in (n for n, asked in QUESTIONS.items() if asked.page == page):
            expect(again.form(name)).to_have_attribute("data-result", "correct")
    seat.until(seat.names.status, case.status)
    seat.until(seat.names.score, case.score)
    kept = seat.interactions()
    assert len(kept) == len(set(kept)), "one index a question"
    assert {*QUESTIONS, "story", *drawn} <= set(kept)
    if seat.names is not SCORM12:
        assert seat.get("cmi.success_status") == "passed"


def test_wagtail_lms_takes_a_2004_package_and_cannot_launch_it(
    browser: Browser, real: Callable[[str], RealLms], imported: Callable[[str, str], Imported]
) -> None:
    """It looks for the launch file in SCORM 1.2's namespace alone, so the guide and the profile must say no."""
    taken = imported("wagtail", "scorm2004-4")
    with browser.new_context() as context:
        real("wagtail").seat(context)
        page = context.new_page()
        page.goto(taken.address)
        expect(page.get_by_text("SCORM package is not properly extracted or has no launch URL")).to_be_visible()
        assert not page.locator(real("wagtail").frame).count()
