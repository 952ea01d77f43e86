"""Chromium, driven by Playwright."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage

from tests.browser.engines.window import FRAME, Engine, Window
from tests.browser.lms import PATIENCE


class ChromiumWindow(Window):
    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(reduced_motion="reduce")
        self._context.set_default_timeout(PATIENCE * 1000)
        self.problems = []
        self._context.on("console", self._hear)
        self._context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))
        self._page = self._context.new_page()
        self._frame = self._page.main_frame

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text} {message.location}")

    def open(self, address: str) -> None:
        self._page.goto(address)
        self._frame = self._page.main_frame

    def enter_frame(self) -> None:
        frame = self._page.frame(name=FRAME)
        assert frame
        self._frame = frame

    def run(self, function: str, text: str) -> str:
        return str(self._frame.evaluate(function, text))

    def click(self, selector: str) -> None:
        self._frame.locator(selector).first.click()

    def type(self, selector: str, text: str) -> None:
        self._frame.locator(selector).first.press_sequentially(text)

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def picture(self, path: Path) -> None:
        self._page.screenshot(path=path)

    def _close(self) -> None:
        self._page.close()


class Chromium(Engine):
    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def window(self) -> Window:
        return ChromiumWindow(self._browser)

    def quit(self) -> None:
        """Leave it running: the other tests of this worker go on with it."""
