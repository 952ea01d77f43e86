"""One browser and one learning system for each worker; a new browser context for each test."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from sclt import build
from tests.browser.learner import Learner, Watch
from tests.browser.lms import PATIENCE, Attempt, Lms
from tests.places import COURSES, GARDEN

expect.set_options(timeout=PATIENCE * 1000)  # a busy machine is slow, not wrong

HERE = Path(__file__).parent


def unpack(source: Path, out: Path, target: Path, *standards: str) -> list[str]:
    """Build the courses at ``source`` and unpack the packages into folders of their names in ``target``."""
    built, findings = build(source, out, standards)
    assert built, findings
    for package in built:
        with zipfile.ZipFile(package.path) as archive:
            archive.extractall(target / package.path.stem)
    return [package.path.stem for package in built]


def unpack_with(markup: str, root: Path, target: Path) -> None:
    """Build the garden for the web in ``root``, with Markdown at the end of its page of pictures, and unpack it."""
    source = shutil.copytree(GARDEN, root / "source")
    for language in ("lt", "en"):
        with (source / "garden" / "kinds" / language / "pictures.md").open("a", encoding="utf-8") as page:
            page.write(markup)
    unpack(source, root / "built", target, "web")


@pytest.fixture(scope="session")
def lms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lms]:
    """A learning system that has the packages of the test course."""
    packages = tmp_path_factory.mktemp("packages")
    unpack(COURSES, tmp_path_factory.mktemp("built"), packages)
    lms = Lms(packages)
    yield lms
    lms.close()
    assert lms.missed == []


class Desk:
    """A computer to learn at: a browser profile with everything watched that happens in it."""

    def __init__(self, browser: Browser, lms: Lms) -> None:
        self._browser = browser
        self.lms = lms
        self.hosts = [lms.host]
        self.contexts: list[tuple[BrowserContext, Watch]] = []
        self._open: list[BrowserContext] = []
        self.expected: tuple[str, ...] = ()

    def sit_down(self, **options: Any) -> BrowserContext:
        """Begin with a browser that knows nothing yet."""
        context = self._browser.new_context(**({"locale": "lt-LT", "reduced_motion": "reduce"} | options))
        context.set_default_timeout(PATIENCE * 1000)
        self._open.append(context)
        self.contexts.append((context, Watch(context, self.hosts)))
        return context

    def launch(self, attempt: Attempt, begin: bool = True, **options: Any) -> Learner:
        """Launch the attempt in a browser that knows nothing of it."""
        return Learner.launch(self.sit_down(**options), self.lms, attempt, begin)

    def relaunch(self, attempt: Attempt, learner: Learner) -> Learner:
        """Launch the attempt again in the browser in which it was before."""
        return Learner.launch(learner.page.context, self.lms, attempt)

    def leave(self) -> None:
        """Close everything; what happens afterwards is nobody's fault."""
        while self._open:
            self._open.pop().close()

    @property
    def problems(self) -> list[str]:
        """What went wrong and was not expected to."""
        found = [problem for _, watch in self.contexts for problem in watch.problems]
        return [each for each in found if not any(part in each for part in self.expected)]


@pytest.fixture
def desk(browser: Browser, lms: Lms) -> Iterator[Desk]:
    """Whatever a test does, the course may raise no error, fail no request and ask no other host."""
    desk = Desk(browser, lms)
    yield desk
    desk.leave()
    assert desk.problems == []


@pytest.fixture
def enrol(lms: Lms) -> Callable[..., Attempt]:
    """Begin an attempt at a module of the test course: ``enrol("scorm12", "first-steps", mastery="80")``."""

    def begin(standard: str, module: str = "first-steps", **more: Any) -> Attempt:
        return lms.enrol(f"neighbours_{module}_{standard}", module, **more)

    return begin
