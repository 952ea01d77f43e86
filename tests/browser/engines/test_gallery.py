"""Every kind of block, and the types of questions about pictures, in Chromium, Firefox and WebKit."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import docx
import pytest

from tests.browser.engines.course import Course
from tests.browser.engines.window import Window
from tests.browser.lms import Lms

pytestmark = pytest.mark.slow
NOTE = "Paklausti apie krašto lentyną – ne vėliau kaip spalį"
SEEN = """selector => {
  const element = document.querySelector(selector), { width, height } = element?.getBoundingClientRect() ?? {};
  return Boolean(width && height && getComputedStyle(element).visibility === 'visible');
}"""
HAS_FOCUS = "selector => Boolean(document.activeElement.matches(selector))"
BROKEN = """async () => {
  const pictures = [...document.querySelectorAll('main img')];
  for (const each of pictures) each.loading = 'eager';
  const fails = await Promise.all(pictures.map(each => each.decode().then(() => '', () => each.src)));
  return fails.filter(Boolean);
}"""
WIDTH = "selector => document.querySelector(selector).getBoundingClientRect().width"
CAUGHT = """async selector => {
  const made = new Promise(then => { URL.createObjectURL = blob => { then(blob); return '#'; }; });
  document.querySelector(selector).click();
  const reader = new FileReader();
  reader.readAsDataURL(await made);
  await new Promise(then => { reader.onload = then; });
  return reader.result;
}"""


@pytest.fixture
def visit(sit_down: Callable[[], Window], galleries: Callable[[str], str]) -> Callable[..., Course]:
    """Open a module of these courses at a page, in a window of a phone or a desk."""

    def open_it(module: str, page: str, size: tuple[int, int] = (1280, 800)) -> Course:
        window = sit_down()
        window.resize(*size)
        return to(Course(window).alone(galleries(module)), page)

    return open_it


def to(course: Course, page: str) -> Course:
    course.window.call("page => { location.hash = `#/${page}`; }", page)
    course.at(page)
    assert course.window.call(BROKEN) == []
    assert course.wider() == []
    return course


def seen(course: Course, selector: str) -> bool:
    return bool(course.window.call(SEEN, selector))


@pytest.mark.parametrize("size", [(1280, 800), (390, 800)])
def test_pictures_open_over_the_window(visit: Callable[..., Course], size: tuple[int, int]) -> None:
    course = visit("blocks", "house", size)
    window = course.window
    before = window.call(WIDTH, ".wide img")
    window.click(".wide .enlarge")
    course.until("#viewer[open] img[style]")
    assert window.call(HAS_FOCUS, "[data-view=close]")
    if size[0] < 600:
        assert window.call(WIDTH, "#viewer img") > 1.5 * before
    window.click("[data-view=larger]")
    assert window.call(WIDTH, "#viewer img") > 1.2 * before
    window.click("[data-view=close]")
    assert not seen(course, "#viewer")
    assert window.call(HAS_FOCUS, ".wide .enlarge")
    to(course, "people")
    window.click(".gallery li:nth-child(2) .enlarge")
    window.click("[data-view=next]")
    assert course.text(".viewer-place") == "3 / 4"
    window.click("[data-view=close]")


def test_cards_turn_and_pins_tell(visit: Callable[..., Course]) -> None:
    course = visit("blocks", "borrowing")
    card = ".cards li:nth-child(2)"
    assert not seen(course, f"{card} .back")
    course.window.click(f"{card} button")
    assert seen(course, f"{card} .back")
    third = ".pins-text > ol > li:nth-child(3)"
    assert not seen(course, f"{third} .pinned")
    course.window.click(".pins .pin:nth-of-type(3)")
    assert seen(course, f"{third} .pinned")
    assert course.window.call(HAS_FOCUS, f"{third} button")
    assert not seen(course, ".pins-text > ol > li:nth-child(1) .pinned")


def test_a_note_is_kept(visit: Callable[..., Course]) -> None:
    course = visit("blocks", "people", (390, 800))
    course.window.type(".think textarea", NOTE)
    to(course, "house")
    to(course, "people")
    assert course.field(".think textarea") == NOTE
    course.speak("lt")
    assert course.field(".think textarea") == NOTE


def test_films_have_chapters_and_questions(visit: Callable[..., Course]) -> None:
    course = visit("blocks", "listening")
    window = course.window
    window.wait("() => document.querySelector('video').readyState >= 1")
    window.call("() => { const film = document.querySelector('video'); film.muted = true; film.playbackRate = 0.1; }")
    window.click(".chapters li:nth-child(3) a")
    window.wait("() => document.querySelector('video').currentTime >= 23")
    window.wait("() => document.querySelector('.chapters li:nth-child(3) [aria-current]')")
    window.call("() => document.querySelector('video').pause()")
    course.answer("counter", "left")
    assert course.result("counter") == "correct"


def test_questions_about_pictures(visit: Callable[..., Course]) -> None:
    course = visit("kinds", "pictures")
    course.answer("compost", "core")
    assert course.result("compost") == "correct"
    course.window.click("[data-question=way-out] .spot[data-option=door]")
    assert course.answered("way-out") == ["door"]
    assert course.has("[data-question=way-out] .spot.chosen[data-option=door]")
    course.window.click("[data-question=way-out] li[data-option=roof] label")
    assert course.answered("way-out") == ["roof"], "the whole card chooses"
    course.answer("way-out", "door")
    assert course.result("way-out") == "correct"


def test_things_are_sorted_and_labelled(visit: Callable[..., Course]) -> None:
    course = visit("kinds", "boxes", (390, 800))
    answers: dict[str, Any] = {
        "waste": {"shells": "shells", "peel": "shells", "jar": "jar", "vase": "jar"},
        "parts": {"top": "top", "low": "low", "right": "right"},
    }
    for name, answer in answers.items():
        for left, right in answer.items():
            course.window.call(PICK, f"[data-question={name}] [data-left={left}] select", right)
        course.window.click(f"[data-question={name}] button[type=submit]")
        course.until(f"[data-question={name}][data-result]")
        assert course.result(name) == "correct"
        assert course.answered(name) == answer


PICK = """(selector, value) => {
  const field = document.querySelector(selector);
  field.value = value;
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
}"""


def test_a_worksheet_becomes_a_word_document(
    sit_down: Callable[[], Window], lms: Lms, folder_of: Callable[[str], str]
) -> None:
    course = Course(sit_down()).alone(lms.url(f"/packages/{folder_of('web')}/first-steps/index.html?language=en"))
    to(course, "visit")
    course.window.type("[data-field=f2]", NOTE)
    saved = course.window.call(CAUGHT, ".worksheet [data-action=download]")
    kind, _, content = saved.partition(";base64,")
    assert kind == "data:application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    document = docx.Document(io.BytesIO(base64.b64decode(content)))
    assert f"When will you drop in? {NOTE}" in [each.text for each in document.paragraphs]
