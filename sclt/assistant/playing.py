"""A course in a browser that reaches nothing else: pages to look at, and to answer as a learner does."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote, urlsplit

from sclt.errors import EnvironmentFault, UsageError
from sclt.model.site import Content
from sclt.render.embedded import content_bytes, media_type
from sclt.storage import browsers
from sclt.storage.extras import missing

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

_ORIGIN = "http://course.invalid"
"""Where the course is thought to lie: a name that no network has (RFC 6761)."""
_ARGUMENTS = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
_NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND"
_PATIENCE = 5_000
"""Milliseconds that a step may take."""
_STARTS = 30_000
"""Milliseconds that a course may take until it shows a page: a slow machine needs some."""
_TALLEST = 6_000
"""Pixels of a picture's height: what is below is cut off."""
_LONGEST = 20_000
"""Characters of what a page shows, as it is told."""


@dataclass
class Step:
    """What a learner does.

    ``go`` to the page called ``what``; ``press`` the button or link with that name; ``choose`` the option or tick the
    box with that label; ``write`` ``value`` into the field, or ``select`` it in the list, with that label.
    ``question`` is the identifier of the question in which it is done; without it, anywhere on the page.
    """

    do: Literal["go", "press", "choose", "write", "select"]
    what: str
    question: str = ""
    value: str = ""


@dataclass
class View:
    """How a page is looked at: its language, the width of the window in pixels, on a dark device or not."""

    language: str
    width: int = 1000
    dark: bool = False


class Player:
    """A module of a web package, open at a page in a browser."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def show(self, name: str) -> None:
        """Go to a page, to ``results`` or to the ``glossary``; raises UsageError where there is none."""
        self._page.evaluate("name => { location.hash = `#/${name}` }", name)
        kind = f".{name}" if name in ("results", "glossary") else f'[data-page="{name}"]'
        with _told(lambda: f"there is no page '{name}'."):
            self._page.locator(f"#page:not([aria-busy]) main{kind}").wait_for(timeout=_PATIENCE)

    def do(self, step: Step) -> None:
        """Do what a learner does; raises UsageError, with what there is instead, where that cannot be done."""
        if step.do == "go":
            self.show(_plain(step.what))
            return
        around = self._page.locator(f'[data-question="{_plain(step.question)}"]' if step.question else "body")
        if not around.count():
            raise UsageError(f"there is no question '{step.question}' on this page.")
        with _told(lambda: f"'{step.what}' cannot be found to {step.do}. There is: {_names(around)}."):
            _DOES[step.do](around, step)

    def told(self) -> dict[str, Any]:
        """Return the page that shows: its name, what a screen reader gets of it, and what came of each question."""
        main = self._page.locator("#page main")
        shown = main.aria_snapshot()
        return {
            "page": main.get_attribute("data-page") or main.get_attribute("class") or "",
            "shown": shown[:_LONGEST],
            "cut": len(shown) > _LONGEST,
            "results": self._page.evaluate(_RESULTS),
        }

    def picture(self) -> bytes:
        """Return the page as a PNG, from the top to its end or as far as pictures go."""
        size = self._page.viewport_size or {"width": 1000, "height": 800}
        height = min(int(self._page.evaluate("document.documentElement.scrollHeight")), _TALLEST)
        clip = {"x": 0, "y": 0, "width": size["width"], "height": max(height, 1)}
        return self._page.screenshot(full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]


_RESULTS = """() => Object.fromEntries([...document.querySelectorAll('[data-question][data-result]')].map(each =>
  [each.dataset.question, each.dataset.result]))"""


@contextmanager
def opened(files: Mapping[str, Content], module: str, view: View) -> Iterator[Player]:
    """Yield a module of a web package, begun as a new learner; the package's ``files`` are all that there is.

    Raises EnvironmentFault where there is no browser.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise missing("playwright", "browser") from error
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not work for root; what then plays is the package alone, without a network.
        unconfined = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        try:
            browser = playwright.chromium.launch(
                executable_path=browsers.on_path() or None, args=[*_ARGUMENTS, _NO_NETWORK, *unconfined]
            )
        except Error as error:
            hint = "Install Chromium (Debian: chromium), or: playwright install chromium"
            raise EnvironmentFault("no browser can be started.", hint=hint) from error
        context = browser.new_context(
            viewport={"width": view.width, "height": 900},
            color_scheme="dark" if view.dark else "light",
            service_workers="block",
            accept_downloads=False,
        )
        context.route("**/*", lambda route: _serve(route, files))
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        page.goto(f"{_ORIGIN}/{module}/index.html?language={view.language}")
        with _told(lambda: "the course does not start."):
            page.locator("#app:not([hidden]) #page:not([aria-busy]) main").wait_for(timeout=_STARTS)
        yield Player(page)
        browser.close()


def _serve(route: Route, files: Mapping[str, Content]) -> None:
    """Answer a request from the package; whatever else is asked for is refused."""
    address = urlsplit(route.request.url)
    name = unquote(address.path).lstrip("/")
    if f"{address.scheme}://{address.netloc}" != _ORIGIN:
        route.abort()
    elif name in files:
        route.fulfill(body=content_bytes(files[name]), content_type=media_type(name))
    else:
        route.fulfill(status=404, body="")


def _press(around: Locator, step: Step) -> None:
    found = around.get_by_role("button", name=step.what).or_(around.get_by_role("link", name=step.what))
    found.first.click(timeout=_PATIENCE)


def _choose(around: Locator, step: Step) -> None:
    box = around.get_by_role("radio", name=step.what).or_(around.get_by_role("checkbox", name=step.what))
    box.first.check(timeout=_PATIENCE, force=True)  # what is drawn lies over the box itself


def _write(around: Locator, step: Step) -> None:
    around.get_by_label(step.what).first.fill(step.value, timeout=_PATIENCE)


def _select(around: Locator, step: Step) -> None:
    around.get_by_label(step.what).first.select_option(label=step.value, timeout=_PATIENCE)


_DOES = {"press": _press, "choose": _choose, "write": _write, "select": _select}


def _names(around: Locator) -> str:
    """Return what can be pressed, chosen and written into, by their names."""
    names: Iterable[str] = around.first.evaluate(_NAMES)
    return ", ".join(dict.fromkeys(name for name in names if name)) or "nothing"


_NAMES = """around => {
const words = ids => ids.split(' ').map(id => document.getElementById(id)?.innerText).join(' ');
return [...around.querySelectorAll('button, a[href], input, textarea, select')]
  .filter(each => each.checkVisibility()).slice(0, 60)
  .map(each => (each.getAttribute('aria-label') || each.labels?.[0]?.innerText || each.innerText
    || words(each.getAttribute('aria-labelledby') ?? '')).trim().replace(/\\s+/g, ' ').slice(0, 80));
}"""


def _plain(name: str) -> str:
    """Return an identifier as it can stand in a selector; raises UsageError for what is none."""
    if not name.replace("-", "").isalnum() or not name.isascii():
        raise UsageError(f"'{name}' is no identifier.")
    return name


@contextmanager
def _told(message: Callable[[], str]) -> Iterator[None]:
    """Turn what the browser says of a step into a sentence."""
    from playwright.sync_api import Error

    try:
        yield
    except Error as error:
        raise UsageError(message(), hint=str(error).partition("\n")[0]) from error
