"""Everybody can use the course: by keyboard, with a screen reader, in the dark, on a narrow screen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.axe import violations
from tests.browser.conftest import Desk, unpack
from tests.browser.expected import PAGES, QUESTIONS
from tests.browser.learner import Learner
from tests.browser.lms import Attempt, Lms
from tests.conftest import Turns, in_turn, name_of
from tests.places import COURSES, GARDEN, REAL

pytestmark = pytest.mark.slow
Enrol = Callable[..., Attempt]
WIDE = """() => {
  const { scrollWidth, clientWidth } = document.scrollingElement;
  if (scrollWidth <= clientWidth) return [];
  const sticksOut = (each) => each.getBoundingClientRect().right > clientWidth + 1;
  const wide = [...document.querySelectorAll('body *')].filter(sticksOut);
  return [`${scrollWidth} > ${clientWidth}`, ...wide.slice(0, 5).map((each) => each.outerHTML.slice(0, 120))];
}"""
FOCUS = """() => {
  const element = document.activeElement;
  if (element === document.body) return '';
  const marked = (each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
  };
  const around = ['.pick', '.choice', '.option'].map((each) => element.closest(each)),
    shown = (around[0] ? around : [element, ...around]).some((each) => each && marked(each));
  const { top, bottom } = element.getBoundingClientRect();
  if (shown && bottom > 0 && top < innerHeight) return '';
  return `${shown ? 'out of sight' : 'no outline'}: ${element.outerHTML.slice(0, 100)}`;
}"""
VIEWS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "narrow": {"color_scheme": "light", "viewport": {"width": 320, "height": 640}},
}
PICTURES = """() => Promise.all([...document.images].filter(each => each.getClientRects().length).map(each => {
  each.loading = 'eager';
  return each.decode().catch(() => {});
}))"""  # what stands on a picture has its place when that is there
LANGUAGES = ("lt", "en")
MODULES = sorted(path for root in (COURSES, GARDEN, REAL) for path in root.glob("*/*/"))


def judge(learner: Learner, view: str) -> list[str]:
    """Return the violations of accessibility rules, and at 320 px what makes the page scroll sideways."""
    learner.frame.evaluate(PICTURES)
    learner.frame.evaluate("scrollTo(0, 0)")  # what lies under the header half hidden would be too small a target
    found = violations(learner.frame, view)
    return found + (list(learner.frame.evaluate(WIDE)) if view == "narrow" else [])


# Colours are the same in both languages; Lithuanian has the longer words.
LOOKED_AT = [("lt", "light"), ("en", "light"), ("en", "dark"), ("lt", "narrow")]
LOOKS = in_turn([(module, *look) for module in MODULES for look in LOOKED_AT], 7 * len(LOOKED_AT) - 1)


@pytest.mark.parametrize(("module", "language", "view"), LOOKS, ids=name_of)
def test_every_page_is_accessible(desk: Desk, lms: Lms, tmp_path: Path, module: Path, language: str, view: str) -> None:
    (package,) = unpack(module, tmp_path, lms.packages, "web")
    address = lms.url(f"/packages/{package}/{module.name}/index.html?language={language}")
    learner = Learner.visit(desk.sit_down(**VIEWS[view]), address)
    course = json.loads(learner.find("script#course").inner_text() or "{}") or {}
    closed = next((n for n, page in enumerate(course["pages"], 1) if page.get("go_on")), None)
    pages = [page["id"] for page in course["pages"][:closed]]  # a condition to go on closes what stands behind it
    found = {}
    for place in ["cover", *pages, "results", *(["glossary"] if course.get("glossary") else [])]:
        learner.show(place)
        assert learner.find("main").get_attribute("lang") in (language, None)
        if faults := judge(learner, view):
            found[place] = faults
    assert found == {}


IN_VIEWS = Turns("view", list(VIEWS))


@pytest.fixture
def learner(desk: Desk, enrol: Enrol, view: str) -> Learner:
    return desk.launch(enrol("scorm12"), **VIEWS[view])


@IN_VIEWS
def test_answered_questions_are_accessible(learner: Learner, view: str) -> None:
    """Right, wrong, partly right and given up, with every mark and feedback there is."""
    found = {}
    for page in ("notice", "together"):
        learner.show(page)
        for hint in learner.find("[data-action=hint]").all():
            hint.click()
        here = [name for name, asked in QUESTIONS.items() if asked.page == page]
        learner.answer_all({name: QUESTIONS[name].wrong["lt"] for name in here})
        found[f"{page}, wrong once"] = judge(learner, view)
        for n, name in enumerate(here):
            if learner.form(name).locator("button[type=submit]").is_enabled():
                asked = QUESTIONS[name]
                learner.answer(name, asked.wrong["lt"] if n % 2 else asked.right["lt"])
        found[f"{page}, done"] = judge(learner, view)
    learner.answer("sure", "yes")
    learner.answer("story", "Padėjo.")
    found["opinions"] = judge(learner, view)
    learner.show("visit").walk("at-the-door", ["ask"])
    found["within a scenario"] = judge(learner, view)
    learner.walk("at-the-door", ["leave"])
    found["end of a scenario"] = judge(learner, view)
    learner.show("results")
    found["results"] = judge(learner, view)
    assert {place: faults for place, faults in found.items() if faults} == {}


@IN_VIEWS
def test_everything_that_opens_is_accessible(learner: Learner, view: str) -> None:
    found = {}
    learner.find("details.details summary").click()
    learner.find("[role=tab]").nth(1).click()
    found["details"] = judge(learner, view)
    learner.find("a[data-term]").click()
    found["term"] = judge(learner, view)
    learner.page.keyboard.press("Escape")
    learner.find("#ask-open").click()
    found["ask"] = judge(learner, view)
    learner.find("#ask-panel textarea").fill("Kada?")
    learner.find("#ask-panel [data-ask] button").click()
    found["asked"] = judge(learner, view)
    learner.page.keyboard.press("Escape")
    if learner.find("#menu").is_visible():
        learner.find("#menu").click()
        found["menu"] = judge(learner, view)
        learner.find("#menu").click()
    assert {place: faults for place, faults in found.items() if faults} == {}


@IN_VIEWS
def test_bad_news_is_accessible(desk: Desk, enrol: Enrol, view: str) -> None:
    attempt = enrol("scorm12")
    learner = desk.launch(attempt, **VIEWS[view]).show("notice")
    found = {}
    learner.fault(attempt, Commit=True)
    learner.answer("first-sign", "knock")
    expect(learner.find("#alarm")).to_be_visible()
    found["alarm"] = judge(learner, view)
    learner.fault(attempt)
    learner.find("#retry").click()
    expect(learner.find("#saved")).to_be_visible()
    found["saved"] = judge(learner, view)
    desk.expected = ("final.lt.html", "ERR_FAILED")
    learner.page.context.route("**/final.lt.html", lambda route: route.abort())
    learner.frame.evaluate("location.hash = '#/final'")
    learner.find("main.failed").wait_for()
    found["failed page"] = judge(learner, view)
    again = desk.relaunch(attempt, learner)
    found["resume"] = judge(again, view)
    again.resume()
    again.find("#exit").click()
    again.find("main.over").wait_for()
    found["over"] = judge(again, view)
    assert {place: faults for place, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("language", "view"), in_turn([(language, view) for language in LANGUAGES for view in VIEWS], 6)
)
def test_pages_without_the_runtime_are_accessible(desk: Desk, view: str, language: str) -> None:
    page = desk.sit_down(**VIEWS[view]).new_page()
    found = {}
    for name in [*(f"first-steps/{page}.{language}.html" for page in PAGES), "index.html"]:
        page.goto(desk.lms.url(f"/packages/neighbours_web/{name}"))
        found[name] = judge(Learner(page, page.main_frame), view)
    assert {place: faults for place, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", in_turn(LANGUAGES, 2))
def test_each_part_says_its_language(desk: Desk, language: str) -> None:
    page = desk.sit_down().new_page()
    for name in PAGES:
        page.goto(desk.lms.url(f"/packages/neighbours_web/first-steps/{name}.{language}.html"))
        assert page.locator("html").get_attribute("lang") == language


class Keys:
    """A learner with a keyboard and nothing else."""

    def __init__(self, learner: Learner) -> None:
        self.learner = learner
        self.press = learner.page.keyboard.press
        self.type = learner.page.keyboard.type
        self.blurred: list[str] = []

    def tab_to(self, target: Locator) -> None:
        """Go on by Tab until the target has the focus; each stop on the way must show that it has it."""
        for _ in range(120):
            self.press("Tab")
            self.note_focus()
            if target.evaluate("each => each === document.activeElement"):
                return
        raise AssertionError(f"no way by Tab to {target}")

    def note_focus(self) -> None:
        lost = self.learner.frame.evaluate(FOCUS)
        if lost:
            self.blurred.append(lost)

    def send(self, form: Locator) -> None:
        self.tab_to(form.locator("button[type=submit]"))
        self.press("Enter")
        expect(form).to_have_attribute("data-result", re.compile("."))

    def choose(self, form: Locator, value: str) -> None:
        """Choose one of several: Tab leads into the group, arrows from one to the next."""
        inputs = form.locator(".options input")
        self.tab_to(inputs.first)
        self.press("Space")
        for _ in range(inputs.count()):
            if form.locator("input:checked").get_attribute("value") == value:
                return
            self.press("ArrowDown")
        raise AssertionError(value)

    def tick(self, form: Locator, values: list[str]) -> None:
        for box in form.locator(".options input").all():
            self.tab_to(box)
            if box.get_attribute("value") in values:
                self.press("Space")

    def select(self, field: Locator, value: str) -> None:
        self.tab_to(field)
        for _ in range(field.locator("option").count()):
            if field.input_value() == value:
                return
            self.press("ArrowDown")
        assert field.input_value() == value

    def arrange(self, form: Locator, order: list[str]) -> None:
        rows = form.locator(".order > li")
        for place, option in enumerate(order):
            button = form.locator(f".order > [data-option={option}] [data-move=up]")
            if rows.nth(place).get_attribute("data-option") == option:
                continue
            self.tab_to(button)
            while rows.nth(place).get_attribute("data-option") != option:
                self.press("Space")
                assert button.evaluate("each => each === document.activeElement"), "the focus stays on the button"


@pytest.fixture
def keys(desk: Desk, enrol: Enrol) -> Iterator[Keys]:
    keys = Keys(desk.launch(enrol("scorm12")))
    yield keys
    assert keys.blurred == []


def test_the_first_tab_leads_to_the_content(desk: Desk, enrol: Enrol) -> None:
    keys = Keys(desk.launch(enrol("scorm12"), begin=False))
    keys.press("Tab")
    assert keys.learner.focused() == "skip"
    assert keys.learner.find("#skip").is_visible()
    keys.press("Enter")
    assert keys.learner.frame.evaluate("document.activeElement.closest('main')?.id") == "content"
    keys.tab_to(keys.learner.find("[data-action=begin]"))
    keys.press("Enter")
    keys.learner.find("main[data-page=welcome]").wait_for()
    keys.tab_to(keys.learner.find("a[data-term]"))
    keys.press("Enter")
    expect(keys.learner.find("dialog#term")).to_be_visible()
    keys.press("Escape")
    keys.tab_to(keys.learner.find("details.details summary"))
    keys.press("Enter")
    assert keys.learner.find("details.details p").is_visible()
    keys.tab_to(keys.learner.find("[role=tab]").first)
    keys.press("ArrowRight")
    assert keys.learner.find("[role=tab]").nth(1).get_attribute("aria-selected") == "true"
    keys.tab_to(keys.learner.find("#next"))
    keys.press("Enter")
    keys.learner.find("main[data-page=notice]").wait_for()
    assert keys.learner.focused() == "H1"
    assert keys.blurred == []


def test_choices_and_entries_by_keyboard(keys: Keys) -> None:
    learner = keys.learner.show("notice")
    form = learner.form("first-sign")
    keys.choose(form, "police")
    keys.send(form)
    form = learner.form("signs")
    keys.tick(form, ["mail", "curtain"])
    keys.send(form)
    assert form.get_attribute("data-result") == "correct"
    form = learner.form("ask-first")
    keys.choose(form, "true")
    keys.press("Enter")
    expect(form).to_have_attribute("data-result", "correct")
    form = learner.form("tool")
    keys.tab_to(form.locator("input"))
    keys.type("telefonu")
    keys.press("Enter")
    expect(form).to_have_attribute("data-result", "correct")
    form = learner.form("days")
    keys.tab_to(form.locator("input"))
    keys.type("14")
    keys.send(form)
    assert form.get_attribute("data-result") == "correct"


def test_pairs_orders_gaps_and_texts_by_keyboard(keys: Keys) -> None:
    learner = keys.learner.show("together")
    form = learner.form("roles")
    for side in ("doctor", "driver", "librarian"):
        keys.select(form.locator(f"[data-left={side}] select"), side)
    keys.send(form)
    assert form.get_attribute("data-result") == "correct"
    form = learner.form("steps-order")
    keys.arrange(form, ["see", "talk", "agree"])
    keys.send(form)
    assert form.get_attribute("data-result") == "correct"
    form = learner.form("sentence")
    keys.tab_to(form.locator("input.gap"))
    keys.type("paklausk")
    keys.select(form.locator("select.gap"), "b")
    keys.send(form)
    assert form.get_attribute("data-result") == "correct"
    form = learner.form("sure")
    keys.choose(form, "half")
    keys.send(form)
    form = learner.form("story")
    keys.tab_to(form.locator("textarea"))
    keys.type("Padėjo.")
    keys.send(form)
    assert form.get_attribute("data-result") == "kept"


def test_scenario_worksheet_and_questions_by_keyboard(keys: Keys) -> None:
    learner = keys.learner.show("visit")
    scenario = learner.form("at-the-door")
    for step in ("ask", "tomorrow"):
        keys.tab_to(scenario.locator(f"[data-goto={step}]:visible"))
        keys.press("Enter")
        expect(scenario.locator(f".step[data-step={step}]")).to_be_visible()
        assert learner.focused() == "step"
    assert scenario.get_attribute("data-result") == "correct"
    keys.tab_to(learner.find("[data-field=f2]"))
    keys.type("Rytoj")
    keys.tab_to(learner.find("main form.ask textarea"))
    keys.type("Kada?")
    keys.tab_to(learner.find("main form.ask button"))
    keys.press("Enter")
    expect(learner.find("main form.ask .result")).to_have_text("Išsiųsta.")


def test_what_happens_is_announced(desk: Desk, enrol: Enrol) -> None:
    """What changes without a new page stands in a live region, so a screen reader says it."""
    learner = desk.launch(enrol("scorm12")).show("notice")
    for name in ("first-sign", "tool"):
        assert learner.form(name).locator(".result").get_attribute("role") == "status"
    assert learner.find("#banner").get_attribute("role") == "status"
    learner.show("together")
    form = learner.form("steps-order")
    last = form.locator("li").last
    item = last.locator("span").first.inner_text()
    last.locator("[data-move=up]").click()
    expect(form.locator("[role=status]")).to_have_text(f"{item}: 2-a vieta iš 3")


@pytest.mark.parametrize("scheme", in_turn(["light", "dark"], 2, 1))
def test_forced_colours_keep_marks_and_outlines(browser: Browser, desk: Desk, enrol: Enrol, scheme: str) -> None:
    """Where the reader's own colours replace ours, words still say what is right."""
    learner = desk.launch(enrol("scorm12"), forced_colors="active", color_scheme=scheme).show("notice")
    learner.answer("ask-first", "false")
    marks = learner.form("ask-first").locator(".mark")
    assert marks.all_inner_texts() == ["teisinga, bet nepasirinkta", "neteisinga"]
    assert all(mark.is_visible() for mark in marks.all())
