"""A desk in a real browser: the course in its frame, the panel beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from sclt.preview.server import Preview, running
from tests.browser.conftest import ARGUMENTS, COURSES
from tests.browser.learner import Learner, Watch
from tests.browser.lms import PATIENCE

# what a browser says of a dialog's button in a frame of another origin, and of documents that are not there yet
EXPECTED = ("Blocked autofocusing", "404", "cmi5LearnerPreferences", "stateId=sclt-")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


class AtDesk:
    """Somebody who sits at the desk. Nothing may go wrong in the browser, and nothing leave this computer."""

    def __init__(self, browser: Browser, preview: Preview, **options: Any) -> None:
        self.preview = preview
        self.context = browser.new_context(**({"locale": "en", "reduced_motion": "reduce"} | options))
        self.context.set_default_timeout(PATIENCE * 1000)
        self.watch = Watch(self.context, ["127.0.0.1"])
        self.watch._known = ("data:", "chrome:", "http://127.0.0.1:", "blob:http://127.0.0.1:")
        self.expected = EXPECTED
        self.page = self.context.new_page()
        self.page.goto(preview.url)

    @property
    def course(self) -> Learner:
        """The course as it is launched now, once it runs."""
        self.page.frame_locator("#player").locator("iframe[name=course]").wait_for(state="attached")
        frame = next(f for f in reversed(self.page.frames) if f.name == "course" and not f.is_detached())
        return Learner(self.page, frame).ready()

    def choose(self, standard: str) -> Learner:
        self.anew(lambda: self.page.get_by_label("Standard").select_option(standard))
        return self.course

    def press(self, name: str) -> Learner:
        self.anew(lambda: self.page.get_by_role("button", name=name, exact=True).click())
        return self.course

    def set(self, name: str, value: str) -> Learner:
        """Set what is told at the next launch; the course is launched at once."""
        field = self.page.get_by_label(name)
        if field.evaluate("each => each.tagName") == "SELECT":
            self.anew(lambda: field.select_option(value))
        else:
            self.anew(lambda: (field.fill(value), field.press("Tab")))
        return self.course

    def anew(self, act: Callable[[], object]) -> None:
        """Do something, and wait until the course has been launched anew."""
        player = self.page.frame_locator("#player").locator("iframe[name=course]")
        player.evaluate("frame => { frame.dataset.old = 1 }")
        act()
        self.page.frame_locator("#player").locator("iframe[name=course]:not([data-old])").wait_for(state="attached")

    def tab(self, name: str) -> Locator:
        """Choose a tab of the panel and return what it shows."""
        tab = self.page.get_by_role("tab", name=name)
        tab.click()
        return self.page.locator(f"#{tab.get_attribute('aria-controls')}")

    def value(self, element: str) -> Locator:
        """Return the value of an element of the data model, as the panel shows it."""
        self.tab("Data")
        return self.page.locator(f"#data dt:has(code:text-is('{element}')) + dd")

    @property
    def problems(self) -> list[str]:
        return [each for each in self.watch.problems if not any(part in each for part in self.expected)]


@pytest.fixture
def sit_down(browser: Browser) -> Iterator[Callable[..., AtDesk]]:
    """Open the desk of a preview."""
    all_of: list[AtDesk] = []

    def sit(preview: Preview, **options: Any) -> AtDesk:
        all_of.append(AtDesk(browser, preview, **options))
        return all_of[-1]

    yield sit
    for each in all_of:
        each.context.close()
    assert [problem for each in all_of for problem in each.problems] == []


@pytest.fixture(scope="package")
def preview() -> Iterator[Preview]:
    with running(COURSES) as served:
        yield served


@pytest.fixture
def desk(sit_down: Callable[..., AtDesk], preview: Preview) -> AtDesk:
    return sit_down(preview)


def copy_of_courses(target: Path) -> Path:
    """Return a copy of the test courses that may be changed."""
    return Path(shutil.copytree(COURSES, target / "courses"))


def shows(locator: Locator, text: str) -> None:
    expect(locator).to_contain_text(text)
