"""How long a learner on a slow line waits for the first page, against one static page with the same content."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from benchmarks.measure import Row
from benchmarks.watch import serving
from sclt import compiling
from sclt.storage.cache import Cache
from tests.conftest import ARGUMENTS, CHROMIUM
from tests.coursemaker import Plan, write_course

PLAN = Plan(pages=20, questions=10)
PAGE = "page-1"
THIRD_GENERATION = {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
"""A 3G line: milliseconds of a round trip, bytes a second."""
SLOWER = 4
"""So many times as slow as this machine a phone works."""
TIMES = 5
_READY = "() => document.querySelector('main[data-page]') && !document.querySelector('[aria-busy]')"
_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


class Visit(NamedTuple):
    """Seconds until something is seen, until the page is there, and what was asked for."""

    paint: float
    ready: float
    requests: int


def first_page(folder: Path) -> Iterator[Row]:
    """The first page of a web package on a slow line and a slow processor, and its text as one static file."""
    course, out = write_course(folder / "course", PLAN), folder / "out"
    static = write_static(course, out)
    with _browser() as browser, serving(out) as host:
        ours, least = visits(browser, f"{host}/module-1/index.html?language=en#/{PAGE}", f"{host}/{static}")
    yield Row("first page on 3G, first paint : one static page", ours.paint, least.paint, 1.3)
    yield Row("first page on 3G, ready : one static page", ours.ready, least.ready, 1.6)
    yield Row(f"its requests, {ours.requests} in all : a thousand", ours.requests / 1000, 1 / 1000, 6)


def visits(browser: Browser, *addresses: str) -> list[Visit]:
    """Visit each address in turns, each time with a browser that has nothing of it; return the medians."""
    rounds = [[_visit(browser, address) for address in addresses] for _ in range(TIMES)]
    return [Visit(*(median(values) for values in zip(*column, strict=True))) for column in zip(*rounds, strict=True)]


def _visit(browser: Browser, address: str) -> Visit:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", THIRD_GENERATION)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="commit")
    page.wait_for_function(_READY, polling=10)
    ready = float(page.evaluate("() => performance.now()"))
    requests = len(asked)
    page.wait_for_function(f"() => ({_PAINT})() > 0", polling=10)
    paint = float(page.evaluate(_PAINT))
    context.close()
    return Visit(paint / 1000, ready / 1000, requests)


def write_static(course: Path, out: Path) -> str:
    """Write the web package to ``out``, and its first page with the style in it; return that page's name."""
    (package, *_), _ = compiling.assemble(course, "web", Cache())
    for name, content in package.files.items():
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
    page = (out / f"module-1/{PAGE}.en.html").read_text(encoding="utf-8")
    style = (out / "runtime/theme.css").read_text(encoding="utf-8")
    link = '<link rel="stylesheet" href="../runtime/theme.css">'
    assert link in page
    (out / "module-1/static.html").write_text(page.replace(link, f"<style>{style}</style>"), encoding="utf-8")
    return "module-1/static.html"


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()
