"""Courses on the desk: they play as in an LMS, everything is shown, and an LMS's moods can be tried."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.preview.conftest import AtDesk, shows

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("preview")]


@pytest.mark.parametrize(
    ("standard", "initialize", "location", "limit"),
    [
        ("SCORM 1.2", "LMSInitialize", "cmi.core.lesson_location", "of 4,096 characters"),
        ("SCORM 2004 2nd Edition", "Initialize", "cmi.location", "of 4,000 characters"),
        ("SCORM 2004 4th Edition", "Initialize", "cmi.location", "of 64,000 characters"),
    ],
)
def test_a_course_plays_and_every_call_is_shown(
    desk: AtDesk, standard: str, initialize: str, location: str, limit: str
) -> None:
    course = desk.course if standard == "SCORM 1.2" else desk.choose(standard)
    assert not course.find("#notice").is_visible()
    course.show("notice").answer("first-sign", "knock")
    first = desk.page.locator("#calls li").last
    shows(first.locator(".name"), initialize)
    shows(first.locator(".result"), "true")
    shows(desk.page.locator("#calls li").filter(has_text="interactions.0.id").first, "first-sign")
    shows(desk.page.locator("#suspend"), limit)
    state = desk.value("cmi.suspend_data").inner_text()
    shows(desk.page.locator("#suspend"), f"{len(state)} of")
    shows(desk.value(location), "notice")


@pytest.mark.parametrize("standard", ["SCORM 1.2", "SCORM 2004 3rd Edition"])
def test_what_was_saved_is_there_after_resume_and_gone_after_reset(desk: AtDesk, standard: str) -> None:
    course = desk.course if standard == "SCORM 1.2" else desk.choose(standard)
    core = "cmi.core." if standard == "SCORM 1.2" else "cmi."
    shows(desk.value(f"{core}entry"), "ab-initio")
    course.show("notice").answer("first-sign", "knock")
    again = desk.press("Resume").resume()
    shows(desk.value(f"{core}entry"), "resume")
    assert again.text("main") == again.show("notice").text("main")
    assert again.form("first-sign").get_attribute("data-result") == "correct"
    desk.page.reload()
    assert desk.course.resume().show("notice").form("first-sign").get_attribute("data-result") == "correct"
    anew = desk.press("Reset learner").show("notice")
    assert anew.form("first-sign").get_attribute("data-result") is None
    shows(desk.value("cmi.core.student_id" if core == "cmi.core." else "cmi.learner_id"), "learner-2")
    assert desk.page.frame_locator("#player").locator("body").evaluate("() => localStorage.length") <= 1


def test_a_broken_connection_is_told_to_the_learner_and_work_survives_it(desk: AtDesk) -> None:
    course = desk.course.show("notice")
    desk.page.get_by_label("Break the connection").check()
    course.answer("first-sign", "knock")
    expect(course.find("#alarm")).to_be_visible()
    failed = desk.page.locator("#calls li.failed").filter(has_text="LMSSetValue").first
    shows(failed, "101 General")
    desk.page.get_by_label("Break the connection").uncheck()
    course.find("#retry").click()
    expect(course.find("#alarm")).to_be_hidden()
    assert desk.press("Resume").resume().form("first-sign").get_attribute("data-result") == "correct"


def test_refused_commits_are_told_to_the_learner(desk: AtDesk) -> None:
    course = desk.choose("SCORM 2004 4th Edition").show("notice")
    desk.page.get_by_label("Refuse what is to be saved").check()
    course.answer("first-sign", "knock")
    expect(course.find("#alarm")).to_be_visible()
    shows(desk.page.locator("#calls li.failed").filter(has_text="Commit").first, "391 ")
    assert desk.page.locator("#calls li.failed").filter(has_text="SetValue").count() == 0
    desk.page.get_by_label("Refuse what is to be saved").uncheck()
    course.find("#retry").click()
    expect(course.find("#alarm")).to_be_hidden()


def test_modes_language_credit_and_mastery_are_told_to_the_course(desk: AtDesk) -> None:
    desk.course.show("notice").answer("first-sign", "knock")
    review = desk.set("Mode", "review").resume().show("notice")
    assert "Review" in review.text("#notice")
    assert review.form("first-sign").locator("input:enabled").count() == 0
    shows(desk.value("cmi.core.credit"), "no-credit")
    assert "Preview" in desk.set("Mode", "browse").resume_if_asked().text("#notice")
    desk.set("Mode", "normal")
    assert "doesn't count" in desk.set("Credit", "no-credit").resume_if_asked().text("#notice")
    desk.set("Credit", "credit")
    desk.set("Mastery, %", "85")
    shows(desk.value("cmi.student_data.mastery_score"), "85")
    assert desk.set("Language", "lt").resume_if_asked().find("main").get_attribute("lang") == "lt"


def test_a_new_attempt_begins_with_nothing_for_the_same_learner(desk: AtDesk) -> None:
    desk.course.show("notice").answer("first-sign", "knock")
    anew = desk.press("New attempt").show("notice")
    assert anew.form("first-sign").get_attribute("data-result") is None
    shows(desk.value("cmi.core.entry"), "ab-initio")
    shows(desk.value("cmi.core.student_id"), "learner-1")


def test_cmi5_is_launched_and_its_statements_are_shown(desk: AtDesk) -> None:
    course = desk.choose("cmi5")
    assert not course.find("#notice").is_visible()
    course.show("notice").answer("first-sign", "knock")
    statements = desk.tab("Statements")
    shows(statements, "answered")
    verbs = [each.inner_text() for each in statements.locator(".name").all()]
    assert verbs[-2:] == ["initialized", "launched"]
    assert "answered" in verbs
    statements.locator("summary").filter(has_text="answered").first.click()
    shows(statements.locator("pre:visible"), '"success": true')
    shows(desk.value("LMS.LaunchData"), '"launchMode": "Normal"')
    calls = desk.tab("Calls")
    shows(calls.locator("li").last, "/fetch/…")
    again = desk.press("Resume").resume()
    assert again.show("notice").form("first-sign").get_attribute("data-result") == "correct"
    shows(desk.tab("Statements"), "terminated")
    review = desk.set("Mode", "review").resume()
    assert "Review" in review.text("#notice")


def test_a_tin_can_launch_whose_lrs_fails(desk: AtDesk) -> None:
    desk.expected = (*desk.expected, "ERR_", "503", "CORS")
    course = desk.choose("xAPI (Tin Can)").show("notice")
    desk.page.get_by_label("Break the connection").check()
    course.answer("first-sign", "knock")
    expect(course.find("#alarm")).to_be_visible()
    shows(desk.page.locator("#calls li.failed").first, "no answer")
    desk.page.get_by_label("Break the connection").uncheck()
    course.find("#retry").click()
    expect(course.find("#alarm")).to_be_hidden()
    shows(desk.tab("Statements"), "answered")
    desk.page.get_by_label("Refuse what is to be saved").check()
    course.answer("tool", "telefonu")
    shows(desk.tab("Calls").locator("li.failed").first, "503")


def test_modules_can_be_chosen(desk: AtDesk) -> None:
    module = desk.page.get_by_label("Module")
    titles = module.locator("option").all_inner_texts()
    assert len(titles) == 2
    desk.course.show("notice")
    desk.anew(lambda: module.select_option(label=titles[1]))
    assert desk.course.find("main").get_attribute("data-page") != "notice"


def test_the_panel_is_used_by_keyboard(desk: AtDesk) -> None:
    desk.course  # noqa: B018
    tabs = desk.page.get_by_role("tab")
    tabs.first.focus()
    desk.page.keyboard.press("ArrowRight")
    assert desk.page.evaluate("document.activeElement.id") == "tab-data"
    expect(desk.page.locator("#data")).to_be_visible()
    expect(desk.page.locator("#calls")).to_be_hidden()
    desk.page.keyboard.press("Tab")
    assert desk.page.evaluate("document.activeElement.id") == "data"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_desk_is_accessible_and_fits(desk: AtDesk, width: int) -> None:
    from tests.browser.test_access import violations

    desk.course  # noqa: B018
    desk.page.set_viewport_size({"width": width, "height": 800})
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(desk.page.main_frame) == []
