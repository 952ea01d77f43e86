"""A programme is one package of several modules, and courses are built anew while learners learn."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Desk, unpack
from tests.browser.expected import BEST_WALK
from tests.browser.lms import Lms
from tests.browser.test_leaving import find_all, work
from tests.browser.test_reached import EVERYTHING, drawn, go_through
from tests.conftest import Turns
from tests.places import COURSES

pytestmark = pytest.mark.slow
BOTH = Turns("standard", ["scorm12", "scorm2004-3"])
FOUR = Turns("standard", ["scorm12", "scorm2004-2", "scorm2004-3", "scorm2004-4"])


@FOUR
def test_each_module_of_a_programme_records_by_itself(desk: Desk, standard: str) -> None:
    first, second = (desk.lms.enrol(f"neighbours_{standard}", name) for name in ("first-steps", "second-visit"))
    desk.launch(first)
    learner = desk.launch(second)
    assert learner.text("#course-title") == "Antras apsilankymas"
    learner.show("promise").answer("keep", "call")
    with second.saving():
        learner.show("goodbye")
    assert second.status[0] == "completed"
    assert second.percent is None, "a module that is not assessed would give the whole programme its score"
    assert first.status[0] == "incomplete"
    assert first.percent is None
    assert not learner.find("#toc-glossary").is_visible(), "a module without glossary shows none"


def test_two_modules_in_one_browser_keep_apart(desk: Desk) -> None:
    first, second = (desk.lms.enrol("neighbours_scorm12", name) for name in ("first-steps", "second-visit"))
    one = desk.launch(first).show("notice")
    one.answer("first-sign", "knock")
    other = desk.relaunch(second, one).show("promise")
    assert other.form("keep").get_attribute("data-result") is None
    other.answer("keep", "call")
    assert len(first.interactions) == len(second.interactions) == 1


@pytest.mark.full
@BOTH
def test_a_module_counts_the_same_in_its_own_package_and_in_the_programme(desk: Desk, standard: str) -> None:
    """An administrator may change from one to the other: the state of one is understood by the other."""
    alone = desk.lms.enrol(f"neighbours_first-steps_{standard}", "first-steps")
    work(desk.launch(alone), alone)
    within = desk.lms.enrol(f"neighbours_{standard}", "first-steps")
    within.cmi = alone.cmi
    find_all(desk.launch(within).resume())


def changed(folder: Path) -> Path:
    """Return the course as its author has it a year later: another page, other titles, options moved and inserted."""
    shutil.copytree(COURSES, folder)
    module = folder / "neighbours" / "first-steps"
    edit(module / "module.yaml", "[welcome, notice, together", "[notice, harvest, welcome, together")
    edit(module / "module.yaml", "Pirmieji žingsniai", "Žingsniai")
    for language, title in (("lt", "Derlius"), ("en", "Harvest")):
        (module / language / "harvest.md").write_text(f"---\ntitle: {title}\n---\n\n{title}.\n", encoding="utf-8")
    for language, title, option in (("lt", "Kaip pastebėti", "Palaukiu"), ("en", "How to notice", "I wait")):
        page = module / language / "notice.md"
        edit(page, f"title: {title}", f"title: {title} (2)")
        edit(page, "- [x] {#knock}", f"- [ ] {{#wait}} {option}\n- [x] {{#knock}}")
        edit(page, "type=numeric", "type=numeric points=3")
    for language, text in (("lt", "Rytas."), ("en", "Morning.")):
        pool = module / language / "final.md"
        edit(
            pool,
            ":::question {#f-one",
            f":::question {{#f-zero type=true-false answer=true retries=1}}\n{text}\n:::\n:::question {{#f-one",
        )
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory, lms: Lms) -> Callable[[str], str]:
    """Build the changed course and return its package's name for a standard."""
    folder = tmp_path_factory.mktemp("later")
    target = lms.packages / "later"
    unpack(changed(folder / "courses"), folder / "out", target, "scorm12", "scorm2004-3")
    return lambda standard: f"later/neighbours_first-steps_{standard}"


@BOTH
def test_a_rebuilt_course_keeps_the_learners_work(desk: Desk, standard: str, later: Callable[[str], str]) -> None:
    before = desk.lms.enrol(f"neighbours_first-steps_{standard}", "first-steps")
    learner = desk.launch(before)
    work(learner, before)
    mine = drawn(learner.show("final"))
    with before.saving():
        learner.answer(mine[1], "true")
        learner.show("visit")
    after = desk.lms.enrol(later(standard), "first-steps")
    after.cmi = before.cmi
    again = desk.launch(after)
    assert "Apsilankymas" in again.text("main.cover [data-action=begin]")
    find_all(again.resume())
    assert drawn(again.show("final")) == mine, "the draw stays when a question is added"
    states = again.find("#toc-pages li").evaluate_all("items => items.map((item) => item.dataset.state)")
    assert states == ["open", "new", "visited", "done", "done", "open"]
    assert len(after.interactions) == 11


@pytest.mark.full
@BOTH
def test_a_passed_learner_stays_passed_in_a_rebuilt_course(
    desk: Desk, standard: str, later: Callable[[str], str]
) -> None:
    before = desk.lms.enrol(f"neighbours_first-steps_{standard}", "first-steps")
    go_through(desk.launch(before), before, EVERYTHING, BEST_WALK)
    after = desk.lms.enrol(later(standard), "first-steps")
    after.cmi = before.cmi
    learner = desk.launch(after).resume()
    with after.saving():
        learner.show("harvest")
    assert after.status == before.status
    assert after.percent == 100


@BOTH
def test_the_state_stays_within_its_limit(desk: Desk, standard: str) -> None:
    """Whatever a learner writes, no learning system gets more than the standard lets it keep."""
    attempt = desk.lms.enrol(f"neighbours_first-steps_{standard}", "first-steps")
    learner = desk.launch(attempt)
    long = "Žąsų pulkelis čiulba. " * 48
    work(learner, attempt)
    learner.show("together").answer("story", long[:1000])
    learner.show("visit")
    for n in (1, 2, 3, 4):
        learner.find(f"[data-field=f{n}]").fill(long)
        learner.find(f"[data-field=f{n}]").blur()
    with attempt.saving():
        learner.show("welcome")
    limit = {"scorm12": 4096, "scorm2004-3": 64000}[standard]
    assert len(attempt.state.encode()) <= limit
    if standard == "scorm12":
        assert "tik šioje naršyklėje" in learner.text("#saved")
    same_browser = desk.relaunch(attempt, learner)
    same_browser.resume_if_asked()
    assert same_browser.show("visit").find("[data-field=f4]").input_value() == long.strip() + " "
    other = desk.launch(attempt)
    form = other.show("notice").form("tool")
    assert form.locator("input").input_value() == "telefonu", "short answers have room before long ones"
