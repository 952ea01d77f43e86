"""A course in front of a learner, in whichever browser: going on, answering, and reading what is there."""

from __future__ import annotations

from typing import Any

from tests.browser.engines.window import FRAME, Window
from tests.browser.learner import Answer

READY = "#app:not([hidden]) #page:not([aria-busy]) main"
EXISTS = "selector => Boolean(document.querySelector(selector))"
IN_FRAME = f"selector => Boolean(frames.{FRAME}?.document.querySelector(selector))"
WIDER = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const out = each => each.getBoundingClientRect().right > clientWidth,
    wide = [...document.body.querySelectorAll('*')].filter(out).map(each => `${each.tagName}.${each.className}`);
  return [`${location.hash}: ${scrollWidth} > ${clientWidth}`, ...wide];
}"""
CHOOSE = """(selector, value) => {
  const field = document.querySelector(selector);
  field.value = value;
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
}"""
VALUE = """question => {
  const form = document.querySelector(`[data-question=${question}]`),
    all = selector => [...form.querySelectorAll(selector)];
  if (form.querySelector('.options')) return all('input').filter(each => each.checked).map(each => each.value);
  if (form.querySelector('.order')) return all('.order > li').map(each => each.dataset.option);
  if (form.querySelector('.answer')) return form.querySelector('.answer').value;
  const chosen = each => each.querySelector('select').value;
  return Object.fromEntries([...all('.pairs [data-left]').map(each => [each.dataset.left, chosen(each)]),
    ...all('[data-gap]').map(each => [each.dataset.gap, each.value])]);
}"""
TITLE_HAS_FOCUS = "() => document.activeElement === document.querySelector('#page h1')"


class Course:
    """What a learner does and sees; each method returns when the course has done its part."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def in_frame(self, address: str) -> Course:
        """Open the learning system's page and go into the frame of the course."""
        self.window.open(address)
        self.window.wait(IN_FRAME, READY)
        self.window.enter_frame()
        return self.begin()

    def alone(self, address: str) -> Course:
        """Open the course without a frame around it."""
        self.window.open(address)
        return self.until(READY).begin()

    def begin(self) -> Course:
        """Leave the cover for the first page, unless it offers to go on elsewhere."""
        if self.has("main.cover:has([data-action=anew][hidden])"):
            self.window.click("[data-action=begin]")
            self.until("#page:not([aria-busy]) main[data-page]")
        return self

    def until(self, selector: str) -> Course:
        """Wait until something is there."""
        self.window.wait(EXISTS, selector)
        return self

    def has(self, selector: str) -> bool:
        return bool(self.window.call(EXISTS, selector))

    def text(self, selector: str) -> str:
        return str(self.window.call("selector => document.querySelector(selector).innerText", selector))

    def field(self, selector: str) -> str:
        return str(self.window.call("selector => document.querySelector(selector).value", selector))

    def speak(self, language: str) -> Course:
        """Have the course in a language; the one that is shown has no button of its own."""
        if not self.has(f"main[lang={language}]"):
            self.window.click(f"#languages [data-language={language}]")
        return self.until(f"#page:not([aria-busy]) main[lang={language}]")

    def next(self, place: str) -> Course:
        """Go on by the button; the title of what comes gets the focus."""
        self.window.click("#next")
        self.at(place)
        self.window.wait(TITLE_HAS_FOCUS)
        return self

    def at(self, place: str) -> Course:
        kind = f".{place}" if place == "results" else f"[data-page={place}]"
        return self.until(f"#page:not([aria-busy]) main{kind}")

    def resume(self, value: str) -> Course:
        """Go on from the cover: where the learner left off (``begin``) or from the first page (``anew``)."""
        self.window.click(f"main.cover [data-action={value}]")
        return self.until("#page:not([aria-busy]) main[data-page]")

    def drawn(self) -> list[str]:
        """Return the questions that the pool gave this learner."""
        names = "selector => [...document.querySelectorAll(selector)].map(each => each.dataset.question)"
        return list(self.window.call(names, ".pool [data-question]:not([hidden])"))

    def fill(self, question: str, answer: Answer) -> str:
        """Put an answer in, and return the selector of the question."""
        form = f"[data-question={question}]"
        kind = self.window.call("selector => document.querySelector(selector).dataset.type", form)
        _FILL.get(kind, _choose)(self.window, form, answer)
        return form

    def answer(self, question: str, answer: Answer) -> Course:
        """Answer a question, and wait until it says what came of it."""
        form = self.fill(question, answer)
        self.window.click(f"{form} button[type=submit]")
        if not self.has(f"{form}[data-result]"):  # nothing was moved, or parts are empty: the course asks to be sure
            self.window.click(f"{form} button[type=submit]")
        return self.until(f"{form}[data-result]")

    def result(self, question: str) -> str:
        return str(self.window.call("s => document.querySelector(s).dataset.result", f"[data-question={question}]"))

    def answered(self, question: str) -> Any:
        """Return what stands in a question's fields, in the shape of an answer."""
        return self.window.call(VALUE, question)

    def walk(self, scenario: str, steps: list[str]) -> Course:
        for step in steps:
            self.window.click(f"[data-question={scenario}] .step:not([hidden]) [data-goto={step}]")
            self.until(f"[data-question={scenario}] .step[data-step={step}]:not([hidden])")
        return self

    def wider(self) -> list[str]:
        """Return what stands out of the page to the right: nothing, if no learner has to scroll sideways."""
        return list(self.window.call(WIDER))


def _choose(window: Window, form: str, answer: Answer) -> None:
    for value in [answer] if isinstance(answer, str) else answer:
        window.click(f"{form} input[value={value}]")


def _write(window: Window, form: str, answer: Answer) -> None:
    window.type(f"{form} .answer", str(answer))


def _match(window: Window, form: str, answer: Answer) -> None:
    assert isinstance(answer, dict)
    for left, right in answer.items():
        window.call(CHOOSE, f"{form} [data-left={left}] select", right)


def _gaps(window: Window, form: str, answer: Answer) -> None:
    assert isinstance(answer, dict)
    for gap, value in answer.items():
        field = f"{form} [data-gap={gap}]"
        if window.call("selector => document.querySelector(selector).tagName", field) == "SELECT":
            window.call(CHOOSE, field, value)
        else:
            window.type(field, value)


def _order(window: Window, form: str, answer: Answer) -> None:
    place = """(form, option) =>
      [...document.querySelectorAll(`${form} .order > li`)].findIndex(each => each.dataset.option === option)"""
    for wanted, option in enumerate(answer):
        while window.call(place, form, option) != wanted:
            window.click(f"{form} [data-option={option}] [data-move=up]")


_FILL = {
    "short-answer": _write,
    "numeric": _write,
    "long-answer": _write,
    "matching": _match,
    "gaps": _gaps,
    "ordering": _order,
}
