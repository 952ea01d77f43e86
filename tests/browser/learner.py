"""The course as a learner uses it: opening pages, answering, leaving."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Frame, Locator, Page, Request, Response, expect

from tests.browser.lms import Attempt, Lms

Answer = str | list[str] | dict[str, str]
ABORTED = "net::ERR_ABORTED"  # of what was still loading when the page was left


class Watch:
    """Everything that went wrong in a browser context: errors, failed requests, requests to somewhere else."""

    def __init__(self, context: BrowserContext, hosts: list[str]) -> None:
        self.problems: list[str] = []
        self._known = ("data:", "chrome:", *(f"{kind}http://{host}/" for host in hosts for kind in ("", "blob:")))
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text} {message.location}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self._known):
            self.problems.append(f"request elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != ABORTED:
            self.problems.append(f"request failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.url.endswith("/favicon.ico"):
            self.problems.append(f"response {response.status}: {response.url}")


class Learner:
    """A learner with a course open in front of them."""

    def __init__(self, page: Page, frame: Frame) -> None:
        self.page = page
        self.frame = frame

    @classmethod
    def launch(cls, context: BrowserContext, lms: Lms, attempt: Attempt, begin: bool = True) -> Learner:
        """Open the course from the learning system, wait until it runs, and begin where nothing was done before."""
        page = context.new_page()
        page.goto(lms.page_of(attempt))
        if attempt.window:
            with page.expect_popup() as popup:
                page.click("#open")
            learner = cls(popup.value, popup.value.main_frame)
        else:
            learner = cls(page, cls._sco(page))
        learner.ready()
        return learner.begin() if begin else learner

    @classmethod
    def visit(cls, context: BrowserContext, address: str) -> Learner:
        """Open a course without a learning system."""
        page = context.new_page()
        page.goto(address)
        return cls(page, page.main_frame).ready().begin()

    @staticmethod
    def _sco(page: Page) -> Frame:
        page.wait_for_selector("iframe[name=sco]", state="attached")
        frame = page.frame(name="sco")
        assert frame
        return frame

    def ready(self) -> Learner:
        self.find("#app:not([hidden]) #page:not([aria-busy]) main").wait_for(state="attached")
        return self

    def begin(self) -> Learner:
        """Leave the cover for the first page, unless it offers to go on elsewhere or a question stands before it."""
        if self.find("body:not(:has(dialog[open])) main.cover").count() and self.find("[data-action=anew]").is_hidden():
            self.find("[data-action=begin]").click()
            self.find("#page:not([aria-busy]) main[data-page]").wait_for(state="attached")
        return self

    def reload(self) -> Learner:
        """Load everything anew, the learning system's page too."""
        self.page.reload()
        self.frame = self._sco(self.page)
        return self.ready().begin()

    def find(self, selector: str) -> Locator:
        return self.frame.locator(selector)

    def show(self, place: str) -> Learner:
        """Go to a page, the ``cover``, ``results`` or ``glossary``."""
        self.frame.evaluate("place => { location.hash = `#/${place}` }", "" if place == "cover" else place)
        kind = f"[data-page={place}]" if place not in ("cover", "results", "glossary") else f".{place}"
        self.find(f"#page:not([aria-busy]) main{kind}").wait_for(state="attached")
        return self

    def form(self, question: str) -> Locator:
        return self.find(f"[data-question={question}]")

    def answer(self, question: str, answer: Answer) -> Locator:
        """Answer a question by script, on the way to what is tested; it must say at once what came of it."""
        self.answer_all({question: answer})
        return self.form(question)

    def answer_all(self, answers: Mapping[str, Answer]) -> None:
        """Answer several questions of the page by script, in their order."""
        told = self.frame.evaluate(ANSWERED, answers)
        assert all(told.values()), told

    def fill(self, question: str, answer: Answer) -> Locator:
        """Put an answer in by mouse and keyboard, without sending it."""
        form = self.form(question)
        if (again := form.locator("[data-action=retry]")).is_visible():
            again.click()
        kind = form.get_attribute("data-type") or ""
        _FILL.get(kind, _choose)(form, answer)
        return form

    def do(self, question: str, answer: Answer) -> Locator:
        """Answer a question by mouse and keyboard and wait until it says what came of it."""
        form = self.fill(question, answer)
        self.submit(form)
        return self._told(form)

    @staticmethod
    def _told(form: Locator) -> Locator:
        expect(form).to_have_attribute("data-result", _ANY)
        return form

    @staticmethod
    def submit(form: Locator) -> None:
        """Send an answer, also one that the course asks to be sure of: parts are empty, or nothing was moved."""
        button = form.locator("button[type=submit]")
        button.click()
        if not form.get_attribute("data-result"):
            button.click()

    def walk(self, scenario: str, steps: list[str]) -> Locator:
        """Choose these steps of a scenario one after the other."""
        section = self.form(scenario)
        for step in steps:
            section.locator(f".step:not([hidden]) [data-goto={step}]").click()
            expect(section.locator(f".step[data-step={step}]")).to_be_visible()
        return section

    def resume(self, choice: str = "begin") -> Learner:
        """Go on from the cover: where the learner left off (``begin``) or from the first page (``anew``)."""
        self.find(f"main.cover [data-action={choice}]").click()
        self.find("#page:not([aria-busy]) main[data-page]").wait_for(state="attached")
        return self

    def resume_if_asked(self) -> Learner:
        """Go on where the learner left off, if the cover offers it."""
        return self.resume() if self.find("main.cover").count() else self

    def speak(self, language: str) -> Learner:
        button = self.find(f"#languages [data-language={language}]")
        if button.get_attribute("aria-pressed") != "true":
            button.click()
        self.find(f"#page:not([aria-busy]) main[lang={language}]").wait_for(state="attached")
        return self

    def again(self) -> Learner:
        """Begin another attempt from the page of results."""
        self.page.once("dialog", lambda dialog: dialog.accept())
        self.show("results").find("[data-action=again]").click()
        return self

    def text(self, selector: str) -> str:
        return " ".join(self.find(selector).inner_text().split())

    def focused(self) -> str:
        """Return what has the focus, as far as tests need to know it."""
        element = "document.activeElement"
        return str(self.frame.evaluate(f"{element}.id || {element}.className || {element}.tagName"))

    def fault(self, attempt: Attempt, **faults: Any) -> None:
        """Let the learning system fail from now on, also after a reload."""
        attempt.faults = faults
        self.page.evaluate("faults => { (window.opener ?? window).lms.faults = faults }", faults)

    def crash(self) -> None:
        """Let the tab crash."""
        with contextlib.suppress(Error), self.page.expect_event("crash"):
            self.page.goto("chrome://crash")


_ANY = re.compile(".")
ANSWERED = (Path(__file__).parent / "answered.js").read_text(encoding="utf-8")


def _choose(form: Locator, answer: Answer) -> None:
    chosen = [answer] if isinstance(answer, str) else list(answer)
    for box in form.locator(".options input").all():
        value = box.get_attribute("value")
        if value in chosen or box.get_attribute("type") == "checkbox":
            box.set_checked(value in chosen)


def _write(form: Locator, answer: Answer) -> None:
    assert isinstance(answer, str)
    form.locator(".answer").fill(answer)


def _match(form: Locator, answer: Answer) -> None:
    assert isinstance(answer, dict)
    for left, right in answer.items():
        form.locator(f"[data-left={left}] select").select_option(right)


def _gaps(form: Locator, answer: Answer) -> None:
    assert isinstance(answer, dict)
    for gap, value in answer.items():
        field = form.locator(f"[data-gap={gap}]")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def _order(form: Locator, answer: Answer) -> None:
    for place, option in enumerate(answer):
        while form.locator(".order > li").nth(place).get_attribute("data-option") != option:
            form.locator(f".order > [data-option={option}] [data-move=up]").click()


_FILL = {
    "short-answer": _write,
    "numeric": _write,
    "long-answer": _write,
    "matching": _match,
    "sorting": _match,
    "picture-labels": _match,
    "gaps": _gaps,
    "ordering": _order,
}
