"""SCORM courses in the preview: what the panel's controls do to them, with the real run-time in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from sclt import build
from tests.browser.conftest import HERE
from tests.browser.preview.conftest import Panel, Preview, write_package
from tests.conftest import Turns, in_turn
from tests.places import COURSES

pytestmark = pytest.mark.slow
Opened = Callable[..., Panel]
Serve = Callable[..., Preview]
BOTH = Turns("standard", ["scorm12", "scorm2004-4"])
VIDEO = HERE / "courses/neighbours/first-steps/media/talk.webm"


@pytest.fixture
def panel(opened: Opened, courses: str) -> Panel:
    panel = opened(courses)
    panel.begins()
    return panel


@BOTH
def test_a_course_plays_resumes_and_begins_anew(panel: Panel, standard: str) -> None:
    panel.choose("Standard", standard)
    panel.see("#calls", "Initialize()")
    panel.answer()
    panel.see("#calls", "cmi.interactions.0.id")
    panel.press("Leave and resume")
    panel.see("#data", "resume")
    expect(panel.course.locator("#q-first-sign")).to_have_attribute("data-result", "correct")
    panel.press("New attempt")
    panel.begins()
    panel.see("#data", "ab-initio")
    panel.answer()
    learner = panel.page.locator("#data tr", has_text="learner-").first.inner_text()
    panel.press("Reset the learner")
    panel.begins()
    panel.see("#data", "ab-initio")
    expect(panel.page.locator("#data")).not_to_contain_text(learner.split()[-1])


@BOTH
def test_mode_credit_language_and_mastery_reach_the_course(panel: Panel, standard: str) -> None:
    panel.choose("Standard", standard)
    panel.begins()
    panel.choose("Mode", "browse")
    panel.see("#data", "browse")
    expect(panel.course.locator("#notice")).not_to_be_empty()
    panel.choose("Mode", "normal")
    panel.choose("Credit", "no-credit")
    panel.see("#data", "no-credit")
    panel.say("Language", "en")
    panel.begins("Welcome, neighbours")
    panel.say("Mastery", "85")
    panel.see("#data", "85" if standard == "scorm12" else "0.85")
    panel.choose("Mode", "review")
    panel.see("#data", "review")
    panel.course.locator("#next").click()
    expect(panel.course.locator("#q-first-sign input:enabled")).to_have_count(0)


@pytest.mark.parametrize(
    ("fault", "answer"), in_turn([("Break the connection", "throws NetworkError"), ("Refuse commits", "false")], 2, 1)
)
def test_a_fault_is_seen_and_mended(panel: Panel, fault: str, answer: str) -> None:
    panel.page.get_by_label(fault).check()
    panel.course.locator("#next").click()
    expect(panel.course.locator("#alarm")).to_be_visible()
    panel.see("#calls tr.failed", answer)
    panel.page.get_by_label(fault).uncheck()
    panel.course.locator("#retry").click()
    expect(panel.course.locator("#alarm")).to_be_hidden()


def test_it_behaves_like_a_learning_system(panel: Panel) -> None:
    panel.choose("Behave like", "open-edx")
    panel.begins()
    panel.answer()
    panel.see("#data", "cmi.interactions.0.id")
    panel.press("Leave and resume")
    expect(panel.course.locator("#q-first-sign")).to_have_attribute("data-result", "correct")
    status = panel.page.locator("#calls tr", has_text="GetValue(cmi.core.lesson_status)").locator("td").nth(2)
    expect(status).to_have_text("undefined")  # the XBlock has no answer to it, not even an empty one
    panel.choose("Standard", "scorm2004-4")
    panel.begins()
    expect(panel.page.get_by_role("option", name="wagtail-lms")).to_be_disabled()
    expect(panel.page.get_by_role("combobox", name="Behave like")).to_have_value("open-edx")


def test_suspend_data_is_measured_against_the_limit(panel: Panel) -> None:
    panel.course.locator("#next").click()
    panel.see("#size", "of 4096 characters")
    size = panel.page.locator("#size meter").evaluate("meter => meter.value")
    shown = panel.page.locator("#data tr", has_text="cmi.suspend_data").locator("td").last.inner_text()
    assert 0 < size == len(shown)


def test_a_package_plays_and_reaches_nobody(serve: Serve, opened: Opened, tmp_path: Path) -> None:
    (package, *_), _ = build(COURSES, tmp_path, ["scorm2004-3"])
    panel = opened(serve("preview", package.path).address)
    panel.begins()
    expect(panel.page.get_by_label("Mastery")).to_have_attribute("placeholder", "0.6")
    with panel.page.expect_console_message(lambda m: "Content Security Policy" in m.text):
        panel.course.locator("h1").evaluate("() => fetch('http://127.0.0.1:9/').catch(e => String(e))")


FINDS_API = """<!DOCTYPE html><title>SCO</title><h1></h1><script>
function up(w) { while (w && !w.API && w.parent !== w) w = w.parent; return w && w.API }
const api = up(window) || up(opener);
api.LMSInitialize('');
document.querySelector('h1').textContent = api.LMSGetValue('cmi.core.student_name');
api.LMSSetValue('cmi.core.lesson_status', 'completed'); api.LMSCommit('');
</script>"""


def test_a_course_plays_in_a_window_of_its_own(serve: Serve, opened: Opened, tmp_path: Path) -> None:
    start = "<!DOCTYPE html><h1>Start</h1><button onclick=\"window.open('sco.html')\">Open</button>"
    panel = opened(
        serve("preview", write_package(tmp_path / "w.zip", {"start.html": start, "sco.html": FINDS_API})).address
    )
    panel.begins("Start")
    panel.page.get_by_label("Allow windows of its own").check()
    expect(panel.page.locator("#player[sandbox~=allow-popups]")).to_be_attached()
    panel.begins("Start")
    with panel.page.expect_popup() as popup:
        panel.course.get_by_role("button").click()
    expect(popup.value.locator("h1")).to_have_text("Learner, Trial")
    panel.see("#calls", "LMSSetValue(cmi.core.lesson_status, completed)")
    panel.see("#data", "completed")


def test_a_film_can_be_wound_on(serve: Serve, opened: Opened, tmp_path: Path) -> None:
    page = "<!DOCTYPE html><h1>Film</h1><video src='film.webm' preload='auto' muted></video>"
    package = write_package(tmp_path / "film.zip", {"start.html": page, "film.webm": VIDEO.read_bytes()})
    panel = opened(serve("preview", package).address)
    panel.begins("Film")
    answers = panel.course.locator("video").evaluate(
        "v => fetch(v.src, {headers: {Range: 'bytes=2-5'}}).then(async a => [a.status, (await a.blob()).size])"
    )
    assert answers == [206, 4]
    reached = panel.course.locator("video").evaluate(
        """async v => {
             while (!(v.duration > 0)) await new Promise(done => setTimeout(done, 20));
             const wanted = v.duration / 2;
             await new Promise(done => { v.onseeked = done; v.currentTime = wanted; });
             return v.seekable.end(0) > 0 && Math.abs(v.currentTime - wanted) < .1;
           }"""
    )
    assert reached
