"""Each learning system is started once, when the first test asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sclt import build
from tests.judges.lms.runtimes import Imported, RealLms, ScormHost, WagtailLms, XBlock
from tests.places import COURSES

STANDARDS = ("scorm12", "scorm2004-4")
MODULE = "neighbours_first-steps_"


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The module of the test course in each standard."""
    built, findings = build(COURSES, tmp_path_factory.mktemp("built"), STANDARDS)
    assert built, findings
    return {standard: each.path for standard in STANDARDS for each in built if each.path.stem == MODULE + standard}


@pytest.fixture(scope="session")
def real(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], RealLms]]:
    """Return the learning system of a name, started if it is not running."""
    running: dict[str, RealLms] = {}
    with ExitStack() as stack:

        def start(name: str) -> RealLms:
            if name not in running:
                folder = tmp_path_factory.mktemp(name)
                running[name] = _begin(name, folder, browser)
                stack.callback(running[name].close)
            return running[name]

        yield start


def _begin(name: str, folder: Path, browser: Browser) -> RealLms:
    if name == "scormhost":
        return ScormHost(name, "scormhost_server.py", folder, browser)
    if name == "wagtail":
        return WagtailLms(name, "wagtail_server.py", folder, browser)
    return XBlock(name, "xblock_server.py", folder, browser, *STANDARDS)


@pytest.fixture(scope="session")
def imported(real: Callable[[str], RealLms], packages: dict[str, Path]) -> Callable[[str, str], Imported]:
    """Import the module's package into a learning system, once."""
    taken: dict[tuple[str, str], Imported] = {}

    def take(name: str, standard: str) -> Imported:
        if (name, standard) not in taken:
            taken[name, standard] = real(name).take(packages[standard])
        return taken[name, standard]

    return take
