"""The package without a learning system: a folder for any web server."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Desk
from tests.browser.expected import BEST_WALK, PAGES, POOL, QUESTIONS
from tests.browser.learner import Learner
from tests.browser.test_pages import drawn

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("language", "title"), [("lt", "Pirmieji žingsniai"), ("en", "First steps")])
def test_a_landing_page_leads_to_each_module(desk: Desk, language: str, title: str) -> None:
    page = desk.sit_down(locale="fr-FR").new_page()
    page.goto(desk.lms.url("/packages/neighbours_web/index.html"))
    page.locator(f".tongues [hreflang={language}]").click()
    page.locator(f"section[lang={language}]").get_by_role("link", name=title).click()
    learner = Learner(page, page.main_frame).ready()
    assert learner.text("#course-title") == title
    assert learner.frame.evaluate("document.documentElement.lang") == language
    assert not learner.find("#exit").is_visible()


def test_a_learner_can_finish_and_come_back(desk: Desk) -> None:
    address = desk.lms.url("/packages/neighbours_first-steps_web/first-steps/index.html")
    learner = Learner.visit(desk.sit_down(), address)
    assert "be mokymosi sistemos" in learner.text("#notice")
    for page in PAGES:
        learner.show(page)
        learner.answer_all({name: asked.right["lt"] for name, asked in QUESTIONS.items() if asked.page == page})
    learner.answer_all({name: POOL[name] for name in drawn(learner)})
    learner.show("visit").walk("at-the-door", BEST_WALK)
    learner.show("results")
    assert learner.find(".verdict.passed").is_visible()
    again = Learner.visit(learner.page.context, address).resume()
    assert again.text("#progress p") == "Puslapiai: 5 iš 5, klausimai: 11 iš 13"
    assert again.show("results").find(".verdict.passed").is_visible()
    another = Learner.visit(desk.sit_down(), address)
    assert another.text("#progress p") == "Puslapiai: 1 iš 5, klausimai: 0 iš 13", "another browser, another learner"


def test_a_question_to_the_authors_is_copied(desk: Desk) -> None:
    address = desk.lms.url("/packages/neighbours_first-steps_web/first-steps/index.html#/visit")
    context = desk.sit_down(permissions=["clipboard-read", "clipboard-write"])
    learner = Learner.visit(context, address)
    form = learner.find("main form.ask")
    form.locator("textarea").fill("Ar galiu ateiti?")
    form.locator("button").click()
    form.get_by_text("Jis nukopijuotas").wait_for()
    assert learner.frame.evaluate("navigator.clipboard.readText()") == "Ar galiu ateiti?"
    assert form.locator("textarea").input_value() == "Ar galiu ateiti?"
