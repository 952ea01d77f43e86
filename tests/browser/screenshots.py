"""Pictures of the real courses, so that people can look at them.

    python -m tests.browser.screenshots FOLDER [PAGE …]

Each page is taken at 390 and 1280 px, light and dark, in both languages. Without pages: everything.
A page is MODULE/PAGE, for instance social-partnership/partners or social-partnership/results; MODULE alone is all.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import unpack
from tests.browser.learner import Learner
from tests.browser.lms import Lms
from tests.conftest import ARGUMENTS, CHROMIUM
from tests.places import COURSES, REAL

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
LANGUAGES = ("lt", "en")


def modules(lms: Lms) -> dict[str, str]:
    """Return the address of each module by its name."""
    shells = sorted(lms.packages.glob("*_web/*/index.html"))
    return {each.parent.name: lms.url(f"/packages/{each.relative_to(lms.packages)}") for each in shells}


def pages(learner: Learner) -> list[str]:
    """Return every place of a module."""
    course = json.loads(learner.find("script#course").inner_text())
    return [*(page["id"] for page in course["pages"]), "results", *(["glossary"] if course.get("glossary") else [])]


def wanted(arguments: list[str], places: list[str]) -> list[str]:
    """Return the places that were asked for; all of them for a module's name alone."""
    asked = [each.partition("/")[2] for each in arguments]
    return places if "" in asked else [place for place in places if place in asked]


def take(browser: Browser, address: str, name: str, asked: list[str], out: Path) -> None:
    """Take the pictures of one module."""
    for width, scheme, language in itertools.product(WIDTHS, SCHEMES, LANGUAGES):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        learner = Learner.visit(context, f"{address}?language={language}")
        for place in wanted(asked, pages(learner)):
            learner.show(place)
            target = out / f"{name}.{place}.{language}.{width}.{scheme}.png"
            learner.page.screenshot(path=target, full_page=True)
            print(target)
        context.close()


def main(arguments: list[str]) -> None:
    out, asked = Path(arguments[0]), arguments[1:]
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        packages = Path(folder) / "packages"
        for n, source in enumerate((COURSES, REAL)):
            unpack(source, Path(folder) / f"built{n}", packages, "web")
        lms = Lms(packages)
        browser = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=ARGUMENTS)
        for name, address in modules(lms).items():
            mine = [each for each in asked if each.partition("/")[0] == name] if asked else [f"{name}/"]
            if mine:
                take(browser, address, name, mine, out)
        browser.close()
        lms.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
