"""What a launch asks for, and that the one script of the runtime hides nothing of the browser from its parts."""

from __future__ import annotations

import re

import pytest

from sclt.standards.bundle import modules
from tests.browser.conftest import Desk
from tests.browser.learner import Learner
from tests.unit.runtime.test_bundle import ADAPTERS, SCRIPTS, declared

pytestmark = pytest.mark.slow
REQUESTS = 6
OURS = {"find", "focus", "origin"}
"""Names of the browser by which all parts mean ours."""


def test_the_first_page_costs_few_requests(desk: Desk) -> None:
    """Up to the page behind the cover, without what stands on it; a favourite icon that a browser asks for counts."""
    context = desk.sit_down()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(re.sub(r".*_web/", "", request.url)))
    learner = Learner.visit(context, desk.lms.url("/packages/neighbours_first-steps_web/first-steps/index.html"))
    learner.find("main[data-page]").wait_for()
    own = [name for name in asked if "/media/" not in name]
    assert {"first-steps/index.html", "runtime/main.js", "runtime/theme.css"} <= set(own)
    assert len(own) <= REQUESTS, own


def test_no_part_of_the_runtime_hides_a_name_of_the_browser(desk: Desk) -> None:
    """In one scope, another part that means the browser's own would get ours instead."""
    names = {name for adapter in ADAPTERS for name in declared(modules((*SCRIPTS, "main.js"), adapter).values())}
    page = desk.sit_down().new_page()
    assert page.evaluate("names => names.filter(name => name in window)", sorted(names - OURS)) == []
