"""One module of each standard in Chromium, Firefox and WebKit, from the first page to the last and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from sclt.lrs.server import running
from tests.browser.engines.course import Course
from tests.browser.engines.places import QUESTION, InLms, OnTheWeb, Place, WithLrs
from tests.browser.engines.window import Window
from tests.browser.expected import BEST_WALK, PAGES, POOL, QUESTIONS, SCENARIO
from tests.browser.lms import Lms
from tests.browser.test_lrs import OWNER, Study
from tests.unit.lrs.http import Client

pytestmark = pytest.mark.slow
WIDE, NARROW, IN_A_FRAME = "1280x800", "390x800", "666x462"
PLAYS = {
    "scorm12": IN_A_FRAME,
    "scorm2004-2": NARROW,
    "scorm2004-3": WIDE,
    "scorm2004-4": IN_A_FRAME,
    "cmi5": NARROW,
    "xapi": WIDE,
    "web": NARROW,
}
EVERY = {name: asked.right["lt"] for name, asked in QUESTIONS.items()} | {"sure": "yes"}
PAGE_OF = {name: asked.page for name, asked in QUESTIONS.items()} | {"sure": "together"}
STORY = "Kai susirgau, kaimynė Žydrūnė tris dienas vedžiojo mano šunį; ačiū!"
NOTE = "Rytoj, 17.30 – „Petras“"
FIELD = "[data-field=f2]"
ASK = "main form.ask"
Begin = Callable[..., Place]


@pytest.fixture
def begin(lms: Lms, folder_of: Callable[[str], str]) -> Iterator[Begin]:
    """Begin at a place: ``begin("cmi5")``."""
    with running(OWNER) as served:

        def place(standard: str, frame: str = "") -> Place:
            folder = folder_of(standard)
            if standard == "web":
                return OnTheWeb(lms, folder)
            if standard in ("cmi5", "xapi"):
                study = Study(SimpleNamespace(lms=lms), Client(served, OWNER), standard, "first-steps")
                study.page = lms.url(f"/packages/{folder}/first-steps/index.html")
                return WithLrs(study)
            return InLms(lms, lms.enrol(folder, "first-steps"), frame or PLAYS[standard])

        yield place


def sized(window: Window, size: str) -> Window:
    width, height = map(int, size.split("x"))
    window.resize(width, height)
    return window


def around(place: Place, size: str) -> str:
    """Return the size of the window: a frame has the learning system around it."""
    return WIDE if place.frame else size


def answer_all(course: Course, page: str) -> None:
    """Answer everything on the page that is open."""
    for name, answer in EVERY.items():
        if PAGE_OF[name] == page:
            course.answer(name, answer)
            assert course.result(name) == ("kept" if name == "sure" else "correct"), name
    if page == "together":
        course.answer("story", STORY)
    if page == "visit":
        course.walk(SCENARIO, BEST_WALK)
        course.window.type(FIELD, NOTE)
        course.window.type(f"{ASK} textarea", QUESTION)
        course.window.click(f"{ASK} button[type=submit]")
        course.window.wait("s => document.querySelector(s).textContent", f"{ASK} .result")
    for name in course.drawn():
        course.answer(name, POOL[name])


def find_all(course: Course, page: str) -> None:
    """Find on the page that is open what ``answer_all`` did."""
    for name, answer in EVERY.items():
        if PAGE_OF[name] == page:
            found = course.answered(name)
            chosen = [answer] if isinstance(answer, str) and isinstance(found, list) else answer
            same = sorted if name == "signs" else lambda value: value  # boxes stand in an order of their own
            assert same(found) == same(chosen), name
            assert course.result(name) == ("kept" if name == "sure" else "correct"), name
    if page == "together":
        assert course.answered("story") == STORY
    if page == "visit":
        assert course.has(f"[data-question={SCENARIO}] .step[data-step={BEST_WALK[-1]}]:not([hidden])")
        assert course.field(FIELD) == NOTE
    for name in course.drawn():
        assert (course.answered(name), course.result(name)) == ([POOL[name]], "correct")


def go_through(course: Course, do: Callable[[Course, str], None]) -> None:
    """Do something on each page, from the first to the results, going on by the button."""
    course.at(PAGES[0])
    for page, following in zip(PAGES, [*PAGES[1:], "results"], strict=True):
        do(course, page)
        assert course.wider() == []
        course.next(following)
    assert course.wider() == []


@pytest.mark.parametrize("standard", PLAYS)
def test_from_the_first_page_to_the_last_and_again(sit_down: Callable[[], Window], begin: Begin, standard: str) -> None:
    place, window = begin(standard), sit_down()
    course = place.open(sized(window, around(place, PLAYS[standard]))).speak("lt")
    go_through(course, answer_all)
    assert course.has(".verdict.passed")
    if standard != "web":
        window.click("#exit")
        place.left()
        place.check()
        window.close()
        window = sit_down()  # another computer: what counts is what was recorded
    else:
        window.open("about:blank")
    again = place.open(sized(window, around(place, PLAYS[standard]))).resume("anew")
    go_through(again, find_all)
    assert again.has(".verdict.passed")


def by_navigation(window: Window) -> None:
    window.open("about:blank")


def by_closing(window: Window) -> None:
    window.close()


@pytest.mark.parametrize("leave", [by_navigation, by_closing])
@pytest.mark.parametrize("standard", ["scorm12", "scorm2004-3", "cmi5"])
def test_the_last_word_typed_outlives_leaving(
    sit_down: Callable[[], Window], begin: Begin, standard: str, leave: Callable[[Window], None]
) -> None:
    """The field has the focus still: nobody sent the text, and nothing but leaving tells that it is whole."""
    place, window = begin(standard), sit_down()
    course = place.open(sized(window, WIDE)).speak("lt")
    for page in PAGES[1 : PAGES.index("together") + 1]:
        course.next(page)
    course.fill("story", NOTE)
    leave(window)
    place.keeps(NOTE.rpartition(" ")[2])  # the state escapes points
    if leave is by_closing and window.hears_the_end:
        place.left()  # a page that was only gone from may come back: its session lives
    again = place.open(sized(sit_down(), WIDE)).resume("begin").at("together")
    assert again.answered("story") == NOTE


@pytest.mark.parametrize("size", [WIDE, NARROW, IN_A_FRAME])
def test_no_page_is_wider_than_its_frame(sit_down: Callable[[], Window], begin: Begin, size: str) -> None:
    course = begin("scorm12", size).open(sized(sit_down(), WIDE)).speak("en")
    inner = course.window.call("() => `${innerWidth}x${innerHeight}`")
    assert inner == size
    go_through(course, lambda course, page: None)
