"""What a play needs of a browser, whichever it is and however it is driven."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from tests.browser.lms import PATIENCE

FRAME = "sco"  # how lms.html calls the frame of the course
TO_THE_MIDDLE = """async selector => {
  const element = document.querySelector(selector), frame = () => new Promise(then => requestAnimationFrame(then));
  const middle = ({ top, height }) => top + height / 2, place = () => middle(element.getBoundingClientRect());
  for (let before = NaN, now = NaN, end = Date.now() + 10000; Date.now() < end; before = now) {
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    await frame();   // the pointer is put where the last frame was drawn
    await frame();
    now = place();   // what loads late moves what is below it
    if (now === before && now >= 0 && now <= innerHeight) break;
  }
  return element;
}"""
AS_JSON = "async text => JSON.stringify(await (%s)(...JSON.parse(text)) ?? null)"
WAITING = """async (...values) => {
  const end = Date.now() + %d, true_ = %s;
  for (;;) {
    const found = await true_(...values);
    if (found) return found;
    if (Date.now() > end) throw new Error('waited in vain: ' + true_ + ' ' + JSON.stringify(values));
    await new Promise(then => setTimeout(then, 10));
  }
}"""


class Window(ABC):
    """A window of a browser that knows nothing of earlier ones. What is done, is done in the document that is entered.

    ``problems`` are the errors that pages told of, in words.
    """

    problems: list[str]
    closed = False
    hears_the_end = True
    """Whether what a page sends while its window closes always arrives."""

    @abstractmethod
    def open(self, address: str) -> None:
        """Load a page, enter its document and wait for its load event."""

    @abstractmethod
    def enter_frame(self) -> None:
        """Enter the document of the course's frame."""

    @abstractmethod
    def run(self, function: str, text: str) -> str:
        """Call a function of JavaScript with one text; it promises another."""

    @abstractmethod
    def click(self, selector: str) -> None:
        """Press the pointer on the first element that matches, scrolled to if needed."""

    @abstractmethod
    def type(self, selector: str, text: str) -> None:
        """Type a text into a field, key by key; the field keeps the focus."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the window's content this size in CSS pixels, or as near to it as the browser gets."""

    @abstractmethod
    def picture(self, path: Path) -> None:
        """Save a PNG of what the window shows."""

    @abstractmethod
    def _close(self) -> None: ...

    def close(self) -> None:
        """Close the window as a learner does, if it is open: without a question, but pages hear that they are left."""
        if not self.closed:
            self.closed = True
            self._close()

    def call(self, function: str, *values: Any) -> Any:
        """Call a function of JavaScript with values of JSON and return what it returns or promises."""
        return json.loads(self.run(AS_JSON % function, json.dumps(values)))

    def wait(self, function: str, *values: Any) -> Any:
        """Call a function in the page again and again until what it returns is true."""
        return self.call(WAITING % (PATIENCE * 1000, function), *values)


class Engine(ABC):
    """A browser that runs."""

    @abstractmethod
    def window(self) -> Window:
        """Open a window with a profile of its own."""

    @abstractmethod
    def quit(self) -> None:
        """End the browser and all that was started for it."""
