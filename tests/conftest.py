"""One browser for each worker: Playwright runs once in a process."""

from __future__ import annotations

import itertools
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "chromium-headless-shell"  # Chromium without windows, which takes a fifth less time
SLOW = re.compile(r"^pytestmark = .*\bpytest\.mark\.slow\b", re.MULTILINE)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

# Each Java program of the tests is over before thorough compiling pays (EPUBCheck, Xerces, Spark).
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="play everything, in Firefox and WebKit too (make test-full)")


def pytest_configure(config: pytest.Config) -> None:
    """Give each run of `make test` the same examples, so that it judges a change alone; --full takes others."""
    settings.register_profile("same", derandomize=True)
    if not config.getoption("--full"):
        settings.load_profile("same")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The other browsers are asked for by `make test-full` alone; `make quick` reads no slow file."""
    if collection_path.name == "engines" and not config.getoption("--full"):
        return True
    is_quick = config.getoption("markexpr") == "not slow" and collection_path.suffix == ".py"
    return True if is_quick and SLOW.search(collection_path.read_text(encoding="utf-8")) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of many alike, `make test` takes some, in turns."""
    if not config.getoption("--full"):
        apart = [item for item in items if item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=apart)
        items[:] = [item for item in items if not item.get_closest_marker("full")]


def in_turn(cases: Sequence[Any], every: int, first: int = 0) -> list[Any]:
    """Return parameters of which `make test` plays one in ``every``, from ``first`` on, and `make test-full` all.

    A case is a tuple of several parameters or the one parameter itself.
    """
    each = [case if isinstance(case, tuple) else (case,) for case in cases]
    return [pytest.param(*case, marks=() if n % every == first else pytest.mark.full) for n, case in enumerate(each)]


def name_of(value: object) -> str | None:
    """Name a case by the folder that it is about; pytest names others."""
    return value.name if isinstance(value, Path) else None


class Turns:
    """A parameter that many tests have, as a decorator: `make test` gives each test the next value, `--full` all."""

    def __init__(self, name: str, values: Sequence[Any]) -> None:
        self._name, self._values = name, values
        self._next = itertools.cycle(range(len(values)))

    def __call__(self, test: Callable[..., None]) -> Callable[..., None]:
        values = in_turn(self._values, len(self._values), next(self._next))
        return pytest.mark.parametrize(self._name, values)(test)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()
