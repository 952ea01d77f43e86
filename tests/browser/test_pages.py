"""What pages hold besides questions: draws, scenarios, worksheets, terms, questions to the authors."""

from __future__ import annotations

import re
from collections.abc import Callable

import docx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Desk
from tests.browser.lms import Attempt
from tests.browser.test_reached import drawn
from tests.conftest import Turns

pytestmark = pytest.mark.slow
Enrol = Callable[..., Attempt]
BOTH = Turns("standard", ["scorm12", "scorm2004-3"])


@BOTH
def test_a_question_to_the_authors_reaches_the_learning_system(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt).show("visit")
    form = learner.find("main form.ask")
    form.locator("textarea").fill("Ar galiu ateiti vakare?")
    with attempt.saving():
        form.locator("button[type=submit]").click()
    assert form.locator(".result").inner_text() == "Išsiųsta."
    assert form.locator("textarea").input_value() == ""
    learner.find("#ask-open").click()
    panel = learner.find("#ask-panel")
    assert "autoriai@example.org" in panel.inner_text()
    assert "Ar galiu ateiti vakare? Išsiųsta." in " ".join(panel.locator("#asked").inner_text().split())
    panel.locator("textarea").fill("Ir rytą?")
    with attempt.saving():
        panel.locator("[data-ask] button").click()
    if standard == "scorm12":
        comments = attempt["cmi.comments"]
        assert comments.index("Ar galiu ateiti vakare?") < comments.index("Ir rytą?")
        assert "visit" in comments, "the authors see where it was asked"
    else:
        first, second = attempt.entries("cmi.comments_from_learner")
        assert first["comment"] == "{lang=lt}Ar galiu ateiti vakare?"
        assert first["location"] == "visit"
        assert first["timestamp"]
        assert second["comment"] == "{lang=lt}Ir rytą?"
    panel.get_by_text("Užverti").click()
    assert learner.focused() == "ask-open"


@BOTH
def test_a_question_that_was_not_taken_is_sent_later(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt).show("visit")
    learner.fault(attempt, refuse=["cmi.comments"])
    form = learner.find("main form.ask")
    form.locator("textarea").fill("Ar kas nors girdi?")
    form.locator("button[type=submit]").click()
    expect(form.locator(".result")).to_contain_text(re.compile("neišsiųsta", re.IGNORECASE))
    assert form.locator("textarea").input_value() == "Ar kas nors girdi?", "the text is still there"
    learner.fault(attempt)
    with attempt.saving():
        form.locator("button[type=submit]").click()
    expect(form.locator(".result")).to_have_text("Išsiųsta.")
    assert "".join(attempt.values.values()).count("Ar kas nors girdi?") == 1


@BOTH
def test_the_draw_of_a_pool_stays(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    first = desk.launch(attempt).show("final")
    mine = drawn(first)
    assert len(mine) == 2
    with attempt.saving():
        first.answer(mine[0], "true")
    second = desk.launch(attempt).resume().show("final")
    assert drawn(second) == mine
    second.speak("en")
    assert drawn(second) == mine
    states = second.find("#toc-pages li").last
    assert "1 question open" in states.inner_text(), "only what was drawn counts"


def test_draws_differ_between_learners(desk: Desk, enrol: Enrol) -> None:
    """Six draws of two out of four: all the same once in 7,776 runs at most, so ten may be tried."""
    draws = set()
    for _ in range(10):
        learner = desk.launch(enrol("scorm12")).show("final")
        draws.add(tuple(drawn(learner)))
        learner.page.close()
        if len(draws) > 1:
            return
    raise AssertionError(draws)


@BOTH
def test_a_scenario_leads_by_choices_and_keeps_the_best_end(desk: Desk, enrol: Enrol, standard: str) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt).show("visit")
    scenario = learner.form("at-the-door")
    assert scenario.locator(".step:visible").get_attribute("data-step") == "knock"
    learner.walk("at-the-door", ["ask"])
    assert scenario.locator(".path-feedback:visible").inner_text() == "Klausimas nieko neįpareigoja."
    assert learner.focused() == "step", "a screen reader goes on reading there"
    learner.walk("at-the-door", ["leave"])
    expect(scenario.locator(".ending")).to_have_text("Pabaiga. Rezultatas – 50 %. Geriausias iki šiol – 50 %.")
    assert scenario.get_attribute("data-result") == "partial"
    scenario.locator(".restart").click()
    assert scenario.locator(".step:visible").get_attribute("data-step") == "knock"
    learner.walk("at-the-door", ["tidy"])
    expect(scenario.locator(".ending")).to_have_text("Pabaiga. Rezultatas – 0 %. Geriausias iki šiol – 50 %.")
    way = {"scorm12": "knock,tidy", "scorm2004-3": "knock[.]tidy"}[standard]
    attempt.until(lambda attempt: [told.get(attempt.names.response) for told in attempt.interactions] == [way])
    again = desk.launch(attempt).resume().form("at-the-door")
    assert again.locator(".step:visible").get_attribute("data-step") == "tidy"
    assert again.get_attribute("data-result") == "partial"


def test_a_worksheet_can_be_taken_home(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm12")
    learner = desk.launch(attempt).show("visit")
    sheet = learner.find("form.worksheet")
    texts = {"f1": "Petrui <iš antro>\nir Onai & Jonui", "f2": "Rytoj", "f3": "Ona", "f4": "kepa"}
    for name, text in texts.items():
        sheet.locator(f"[data-field={name}]").fill(text)
    with learner.page.expect_download() as download:
        sheet.locator("[data-action=download]").click()
    assert download.value.suggested_filename == "my-circle.docx"
    document = docx.Document(str(download.value.path()))
    lines = [each.text for each in document.paragraphs if each.text]
    assert lines[0] == "Mano pagalbos ratas"
    assert [line.partition("? ")[2] for line in lines if "? " in line] == [texts["f1"], texts["f2"]]
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [texts["f3"], texts["f4"]]


def test_a_worksheet_prints_alone(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12")).show("visit")
    learner.find("[data-field=f2]").fill("Rytoj")
    learner.frame.evaluate("window.print = () => { window.printed = document.querySelectorAll('.printing').length }")
    learner.find("[data-action=print]").click()
    assert learner.frame.evaluate("window.printed") == 1
    learner.page.emulate_media(media="print")
    assert learner.find("form.worksheet").is_visible()
    assert learner.find("[data-field=f2]").is_visible()
    for other in (".scenario", "form.ask", "header", "#toc", "main > p"):
        assert not learner.find(f"#app {other}").first.is_visible(), other
    learner.frame.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert learner.find(".scenario").is_visible(), "the next print shows everything"


def test_a_worksheet_can_be_cleared(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm12")
    learner = desk.launch(attempt).show("visit")
    with attempt.saving():
        learner.find("[data-field=f2]").fill("Rytoj")
        learner.find("[data-field=f2]").blur()
    learner.page.once("dialog", lambda dialog: dialog.accept())
    with attempt.saving():
        learner.find("[data-action=clear]").click()
    assert desk.launch(attempt).resume().find("[data-field=f2]").input_value() == ""


def test_a_term_opens_beside_the_text(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12"))
    learner.find("a[data-term=neighbour]").click()
    dialog = learner.find("dialog#term[open]")
    assert dialog.locator("h2").inner_text() == "kaimynas"
    assert dialog.locator("strong").inner_text() == "netoli"
    learner.page.keyboard.press("Escape")
    expect(learner.find("dialog#term")).to_be_hidden()
    assert learner.frame.evaluate("document.activeElement.dataset.term") == "neighbour"
    assert learner.text("h1") == "Sveiki, kaimynai"


def test_the_glossary_is_sorted_in_each_language(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12")).show("glossary")
    assert learner.find("dt").all_inner_texts() == ["kaimynas", "pagalbos ratas"]
    learner.find("[data-language=en]").click()
    expect(learner.find("dt")).to_have_text(["circle of help", "neighbour"])


def test_links_lead_to_pages_and_parts(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12"))
    learner.find("main a[data-page-link=together]").click()
    learner.find("main[data-page=together]").wait_for()
    assert learner.focused().endswith("kas-ka-daro")
    learner.frame.evaluate("history.back()")
    learner.find("main[data-page=welcome]").wait_for()


def test_tabs_are_one_at_a_time_and_print_all(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12"))
    tabs, panels = learner.find("[role=tab]"), learner.find("[role=tabpanel]")
    assert tabs.all_inner_texts() == ["Mieste", "Kaime"]
    shown = "panels => panels.map((each) => each.checkVisibility())"
    assert panels.evaluate_all(shown) == [True, False]
    tabs.first.press("ArrowRight")
    assert panels.evaluate_all(shown) == [False, True]
    assert tabs.nth(1).get_attribute("aria-selected") == "true"
    learner.page.emulate_media(media="print")
    assert panels.evaluate_all(shown) == [True, True]


def test_details_print_open(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12"))
    text = learner.find("details.details p")
    assert not text.is_visible()
    learner.page.emulate_media(media="print")
    assert text.is_visible()


def test_film_and_sound_play(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12")).show("visit")
    for kind in ("video", "audio"):
        media = learner.find(kind)
        assert media.evaluate("media => new Promise((done) => { media.onended = () => done(true); media.play(); })")
    cues = """video => new Promise((done) => {
      const read = () => [...video.textTracks[0].cues].map((cue) => cue.text);
      if (video.textTracks[0].cues?.length) done(read());
      else video.querySelector('track').onload = () => done(read());
      video.textTracks[0].mode = 'showing';
    })"""
    assert learner.find("video").evaluate(cues) == ["Labas. Kaip sekasi?"]


def test_without_a_script_a_page_can_be_read(desk: Desk) -> None:
    """Each page is a document of its own, with everything on it."""
    page = desk.sit_down(java_script_enabled=False).new_page()
    page.goto(desk.lms.url("/packages/neighbours_first-steps_scorm12/first-steps/visit.lt.html"))
    assert page.locator("h1").inner_text() == "Apsilankymas"
    assert page.locator(".step:visible").count() == 5
    page.goto(desk.lms.url("/packages/neighbours_first-steps_scorm12/first-steps/index.html"))
    page.get_by_text("Veikti kartu").click()
    assert page.locator("h1").inner_text() == "Veikti kartu"
