"""A preview as people start it, and a page of a browser that has opened it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.lms import PATIENCE
from tests.places import COURSES

expect.set_options(timeout=PATIENCE * 1000)
SCLT = Path(sys.executable).parent / "sclt"


class Preview:
    """A process of sclt that serves a preview at ``address``; ``said`` is what the terminal shows."""

    def __init__(self, *words: object) -> None:
        order = [str(word) for word in (SCLT, *words, "--no-open")]
        self._process = subprocess.Popen(order, stderr=subprocess.PIPE, text=True)
        self.said: list[str] = []
        assert self._process.stderr
        for line in self._process.stderr:
            self.said.append(line)
            if line.startswith("http://"):
                break
        self.address = self.said[-1].split()[0]
        self._reader = threading.Thread(target=self.said.extend, args=(self._process.stderr,))
        self._reader.start()

    def stop(self) -> None:
        """Stop it as Ctrl+C does."""
        self._process.send_signal(signal.SIGINT)
        assert self._process.wait(PATIENCE) == 0
        self._reader.join()


@pytest.fixture
def serve() -> Iterator[Callable[..., Preview]]:
    """Start a preview with these words of the command line."""
    running: list[Preview] = []

    def begin(*words: object) -> Preview:
        running.append(Preview(*words))
        return running[-1]

    yield begin
    for each in running:
        each.stop()


@pytest.fixture(scope="session")
def courses() -> Iterator[str]:
    """The address of a preview of the test courses, for all tests that change none of its sources."""
    preview = Preview("preview", COURSES)
    yield preview.address
    preview.stop()


class Panel:
    """An open preview: the panel, and the course beside it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.add_locator_handler(self.course.locator("main.cover [data-action=begin]"), lambda button: button.click())
        page.goto(address)

    @property
    def course(self) -> FrameLocator:
        return self.page.frame_locator("#player").frame_locator("iframe")

    @contextmanager
    def launching(self) -> Iterator[None]:
        """Wait until what the body does has launched the course anew."""
        with self.page.expect_request(lambda request: request.is_navigation_request() and "/files/" in request.url):
            yield

    def choose(self, name: str, value: str) -> None:
        """Choose among what a control of a launch offers."""
        with self.launching():
            self.page.get_by_role("combobox", name=name, exact=True).select_option(value)

    def say(self, name: str, value: str) -> None:
        """Write into a control of a launch and leave it."""
        field = self.page.get_by_role("textbox", name=name, exact=True)
        field.fill(value)
        with self.launching():
            field.press("Tab")

    def refusals(self) -> list[str]:
        """Return what the LMS refused since the launch, and why."""
        return self.page.locator("#refusals li").all_inner_texts()

    def press(self, name: str) -> None:
        with self.launching():
            self.page.get_by_role("button", name=name).click()

    def see(self, place: str, text: str) -> None:
        """Wait until a part of the panel holds a text."""
        expect(self.page.locator(place)).to_contain_text(text)

    def begins(self, heading: str = "Sveiki, kaimynai") -> None:
        """Wait until the course shows a page."""
        expect(self.course.locator("h1")).to_have_text(heading)

    def answer(self) -> None:
        """Answer the first question rightly."""
        self.course.locator("#next").click()
        self.course.locator("#q-first-sign input[value=knock]").check()
        self.course.locator("#q-first-sign [type=submit]").click()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Panel]]:
    """Open an address in a browser that knows nothing yet; the panel may raise no error."""
    contexts, errors = [], []

    def begin(address: str, **options: Any) -> Panel:
        context = browser.new_context(locale="lt-LT", viewport={"width": 1440, "height": 900}, **options)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return Panel(page, address)

    yield begin
    for context in contexts:
        context.close()
    assert errors == []


MANIFEST = """<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
    xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>Theirs</title>
    <item identifier="i" identifierref="r"><title>Theirs</title></item></organization></organizations>
  <resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="start.html">
    <file href="start.html"/></resource></resources></manifest>"""


def write_package(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a SCORM 1.2 package of another maker, which begins with start.html."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {"imsmanifest.xml": MANIFEST, **files}.items():
            archive.writestr(name, content)
    return path
