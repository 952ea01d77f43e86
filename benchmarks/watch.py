"""How long a saved page takes to be seen in the open browser, against the least that any tool must do."""

from __future__ import annotations

import functools
import itertools
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Frame, Page, sync_playwright

from benchmarks.measure import Row, Timed, side_by_side
from sclt import compiling
from sclt.storage.cache import Cache
from tests.conftest import ARGUMENTS, CHROMIUM
from tests.coursemaker import Plan, write_course

PLAN = Plan(pages=200, questions=40)
MODULE = "trial/module-1"
PAGE = "page-100"
_SEEN = "text => Boolean(document.body?.textContent.includes(text))"


def watch(folder: Path) -> Iterator[Row]:
    """From saving a page of 200 until the browser shows it: `sclt watch`, and a static course that is reloaded."""
    course = write_course(folder / "course", PLAN)
    source = course / MODULE / f"en/{PAGE}.md"
    pages = _static(course, folder / "static")
    for standard in ("scorm12", "cmi5"):
        with _browser() as page, _watching(course, standard) as address, serving(folder / "static") as static:
            page.goto(address)
            frame = _course_in(page)
            frame.evaluate(f"location.hash = '#/{PAGE}'")
            plain = page.context.new_page()
            plain.goto(f"{static}/module-1/index.html?language=en#/{PAGE}")
            ours, least = side_by_side(
                Timed(_saving(source, functools.partial(_shown, frame))),
                Timed(_saving(pages, functools.partial(_reloaded, plain))),
                times=15,
            )
        yield Row(f"{standard}: saved page seen in the browser : static files reloaded at once", ours, least, 2)


def _saving(path: Path, seen: Callable[[str], object]) -> Callable[[], None]:
    """Return the work of adding a sentence to a file and waiting for it."""
    before = path.read_text(encoding="utf-8")
    numbers = itertools.count()

    def work() -> None:
        text = f"Sentence number {next(numbers)} of many."
        ending = "</main>"
        path.write_text(
            before.replace(ending, f"<p>{text}</p>{ending}") if ending in before else f"{before}\n{text}\n",
            encoding="utf-8",
        )
        seen(text)

    return work


def _shown(frame: Frame, text: str) -> None:
    frame.wait_for_function(_SEEN, arg=text)


def _reloaded(page: Page, text: str) -> None:
    page.reload()
    page.wait_for_function(_SEEN, arg=text)


def _course_in(page: Page) -> Frame:
    """Return the course's own frame, once it has begun."""
    inner = page.frame_locator("#player").frame_locator("iframe")
    inner.locator("#content").wait_for()
    return next(frame for frame in page.frames if "/files/" in frame.url)


def _static(course: Path, out: Path) -> Path:
    """Write the course as plain files and return the page that will change."""
    (package, *_), _ = compiling.assemble(course, "web", Cache())
    for name, content in package.files.items():
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
    return out / f"module-1/{PAGE}.en.html"


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """Let the browser ask for what may have changed."""
        self.send_header("Cache-Control", "max-age=3600" if "/runtime/" in self.path else "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _watching(course: Path, standard: str) -> Iterator[str]:
    order = [Path(sys.executable).parent / "sclt", "watch", course, "--standard", standard, "--no-open"]
    process = subprocess.Popen([str(word) for word in order], stderr=subprocess.PIPE, text=True)
    lines = process.stderr or iter(())
    address = next(line.split()[0] for line in lines if line.startswith("http://"))
    threading.Thread(target=lambda: list(lines), daemon=True).start()
    try:
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


@contextmanager
def _browser() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=ARGUMENTS)
        yield browser.new_context(locale="en-GB").new_page()
        browser.close()
