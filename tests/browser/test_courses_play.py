"""Every module of the real courses, played from the first to the last page, in an LMS and against an LRS."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import sclt
from sclt.lrs.launch import Au, launch_cmi5
from sclt.lrs.server import running
from tests.browser.conftest import Desk, unpack
from tests.browser.learner import Answer, Learner
from tests.browser.lms import Lms, eventually
from tests.browser.test_lrs import ACTIVITY, ACTOR, OWNER, verb
from tests.conftest import in_turn, name_of
from tests.places import REAL
from tests.unit.lrs.http import Client

pytestmark = pytest.mark.slow
MODULES = sorted(path for path in REAL.glob("*/*/") if (path / "module.yaml").is_file())
OPINIONS = {"likert", "long-answer"}


def right(question: dict[str, Any], language: str) -> Answer:
    """Return a right answer by the data that the course itself has; any answer where none is right."""
    kind = question["type"]
    if kind == "long-answer":
        return "Ačiū."
    if kind == "likert":
        return str(question["options"][-1]["id"])
    if kind == "short-answer":
        return str(next(each["text"] for each in question["accepted"][language] if each["correct"]))
    if kind == "numeric":
        return str(next(each["low"] for each in question["ranges"] if each["correct"]))
    if kind in ("matching", "sorting", "picture-labels"):
        return dict(question["pairs"])
    if kind == "gaps":
        return {gap["id"]: filled(gap, language) for gap in question["gaps"]}
    if kind == "ordering":
        return [each["id"] for each in question["options"]]
    chosen = [each["id"] for each in question["options"] if each["correct"]]
    return chosen if kind == "multiple-choice" else str(chosen[0])


def filled(gap: dict[str, Any], language: str) -> str:
    if gap["choose"]:
        return str(next(each["id"] for each in gap["options"] if each["correct"]))
    return str(gap["accepted"][language][0])


def best_walk(scenario: dict[str, Any]) -> list[str]:
    """Return the shortest way from the first step to the ending with the highest score."""
    steps = {step["id"]: step for step in scenario["steps"]}
    ways, best = [[scenario["steps"][0]["id"]]], {}
    for way in ways:
        step = steps[way[-1]]
        if not step["choices"]:
            best.setdefault(step["score"], way)
        ways += [[*way, goto] for goto in step["choices"] if goto not in way]
    return best[max(best)][1:]


def play(learner: Learner, language: str, give: Callable[[Learner, str, Answer], object]) -> dict[str, Any]:
    """Go from page to page by the button, answering rightly; then look at each page in the other language."""
    course: dict[str, Any] = json.loads(learner.find("script#course").inner_text())
    learner.speak(language)
    for n, page in enumerate(course["pages"]):
        learner.find(f"#page:not([aria-busy]) main[data-page={page['id']}]").wait_for(state="attached")
        for name in page["questions"]:
            question, form = course["questions"][name], learner.form(name)
            if question["type"] == "scenario":
                learner.walk(name, best_walk(question))
            elif form.is_visible():
                give(learner, name, right(question, language))
                assert form.get_attribute("data-result") == ("kept" if question["type"] in OPINIONS else "correct"), (
                    name
                )
        for worksheet in learner.find("form.worksheet").all():
            worksheet.locator(".field").first.fill("Pirmas žingsnis")
        if n + 1 < len(course["pages"]):
            learner.find("#next").click()
    other = next(each for each in course["languages"] if each != language)
    learner.speak(other)
    for page in course["pages"]:
        learner.show(page["id"])
        assert learner.find("main").get_attribute("lang") == other
        shown = [learner.form(name) for name in page["questions"] if learner.form(name).is_visible()]
        assert all(form.get_attribute("data-result") for form in shown), page["id"]
    learner.show("results")
    return course


@pytest.mark.parametrize("module", in_turn(MODULES, 15), ids=name_of)
def test_an_lms_records_the_whole_module(desk: Desk, lms: Lms, tmp_path: Path, module: Path) -> None:
    """SCORM 1.2 begins in Lithuanian and 2004 in English, and each goes through both; modules take turns."""
    standard, language = (("scorm12", "lt"), ("scorm2004-4", "en"))[MODULES.index(module) % 2]
    (package,) = unpack(module, tmp_path, lms.packages, standard)
    attempt = lms.enrol(package, module.name)
    learner = desk.launch(attempt)
    course = play(learner, language, Learner.do)
    success = "passed" if course["mastery"] is not None else "completed" if standard == "scorm12" else "unknown"
    done = (success, "") if standard == "scorm12" else ("completed", success)
    attempt.until(
        lambda attempt: (attempt.status[0], attempt.status[1] or "unknown") == (done[0], done[1] or "unknown")
    )
    assert attempt.percent == 100
    learner.find("#exit").click()
    attempt.until(lambda attempt: attempt.finished)
    again = desk.relaunch(attempt, learner).resume_if_asked()
    assert again.show("results").text(".verdict") in {"Išlaikyta", "Passed", "Baigta", "Completed"}


@pytest.fixture
def lrs(desk: Desk) -> Iterator[Client]:
    with running(OWNER) as served:
        desk.hosts.append(served.address.root.removeprefix("http://"))
        desk.expected = ("cmi5LearnerPreferences", "stateId=sclt-")  # 404 until there is one
        yield Client(served, OWNER)
        desk.leave()


@pytest.mark.parametrize("module", in_turn(MODULES, 9, 3), ids=name_of)
def test_an_lrs_records_the_whole_module(desk: Desk, lms: Lms, lrs: Client, tmp_path: Path, module: Path) -> None:
    (package,) = unpack(module, tmp_path, lms.packages, "cmi5")
    page = lms.url(f"/packages/{package}/{module.name}/index.html")
    mastery = None if module.name in ("introduction", "pre-test") else 0.7
    own = f"{sclt.check_sources(module)[0].programmes[0].iri}/{module.name}"
    au = Au(url=page, publisher_id=own, activity=ACTIVITY, mastery_score=mastery, move_on="Completed")
    launched = launch_cmi5(lrs.store, lrs.address, au, ACTOR)
    learner = Learner.visit(desk.sit_down(), launched.url)
    course = play(learner, ("en", "lt")[MODULES.index(module) % 2], Learner.answer)
    learner.find("#exit").click()
    wanted = {"initialized", "completed", "terminated"} | ({"passed"} if mastery else set())
    told = until(lrs, launched.registration, lambda verbs: wanted <= set(verbs))
    verbs = [verb(each) for each in told]
    assert "failed" not in verbs
    asked = {name for name, q in course["questions"].items() if "pool" not in q}
    answered = {str(each["object"]["id"]).rpartition("/")[2] for each in told if verb(each) == "answered"}
    assert asked <= answered
    if mastery:
        assert next(each for each in told if verb(each) == "passed")["result"]["score"]["scaled"] == 1


def until(lrs: Client, registration: str, true: Callable[[list[str]], bool]) -> list[dict[str, Any]]:
    """Wait until the LRS has the statements."""
    told = eventually(
        lambda: lrs.find(registration=registration, ascending=True, limit=500),
        lambda found: true([verb(each) for each in found]),
        lambda found: [verb(each) for each in found],
    )
    return list(told)
