"""What a learner sees and is told: the cover, the header, the contents, verdicts on answers, pictures, the end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Desk
from tests.browser.learner import Learner
from tests.browser.lms import Attempt

pytestmark = pytest.mark.slow
Enrol = Callable[..., Attempt]
PHONE = {"width": 360, "height": 740}
WIDTHS = (320, 360, 768, 1280, 1440)
ROW = """() => {
  const header = document.querySelector('#app > header'), tops = new Set();
  for (const each of header.querySelectorAll('button, a')) if (each.checkVisibility()) {
    const { top, height } = each.getBoundingClientRect();
    tops.add(Math.round(top + height / 2));
  }
  return [header.getBoundingClientRect().height, tops.size, document.scrollingElement.scrollWidth - innerWidth];
}"""
SPOKEN = "form => form.querySelector('[role=status]').innerText"


def test_the_cover_says_what_awaits_and_begins(desk: Desk, enrol: Enrol) -> None:
    """20 minutes and five pages are what the sources say."""
    attempt = enrol("scorm12")
    learner = desk.launch(attempt, begin=False, viewport=PHONE)
    assert learner.text(".cover h1") == "Pirmieji žingsniai"
    assert learner.text(".facts").startswith("Apie 20 min · 5 puslapiai · ")
    assert learner.find(".goals li").all_inner_texts() == ["Pastebėti kaimyno rūpestį.", "Veikti kartu su kitais."]
    button = learner.find("[data-action=begin]")
    assert button.evaluate("each => each.getBoundingClientRect().bottom <= innerHeight"), "a thumb reaches it"
    assert learner.frame.evaluate("document.title") == "Pirmieji žingsniai"
    assert not learner.find("#steps").is_visible()
    learner.find("summary").first.click()
    assert "60 %" in learner.text("[data-fill=assessed]")
    assert attempt.percent is None
    learner.begin()
    assert re.fullmatch(r"1 puslapis iš 5 · \d+ min", learner.text(".kicker"))
    assert learner.focused() == "H1"


def test_who_comes_back_goes_on_or_from_the_first_page(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm12")
    with attempt.saving():
        desk.launch(attempt, locale="en-GB").show("together")
    learner = desk.launch(attempt, locale="en-GB")
    assert learner.text("[data-action=begin]") == "Continue at “Acting together”"
    assert learner.text("[data-action=anew]") == "Start from the first page"
    assert learner.resume().text("h1") == "Acting together"
    learner.find("#course-title").click()  # leads back to the cover
    expect(learner.find("main.cover")).to_be_visible()


def test_the_header_is_one_row_at_every_width(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12"))
    for width in WIDTHS:
        learner.page.set_viewport_size({"width": width, "height": 800})
        assert learner.frame.evaluate(ROW) == [56, 1, 0], width
    line = learner.find("#line")
    assert line.get_attribute("aria-label") == "Pažanga"
    before = float(line.evaluate("line => line.value"))
    learner.show("notice")
    assert float(line.evaluate("line => line.value")) > before


def test_the_contents_are_a_sheet_on_a_phone(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12"), viewport=PHONE)
    menu, sheet = learner.find("#menu"), learner.find("#toc")
    assert not sheet.is_visible()
    menu.click()
    assert menu.get_attribute("aria-expanded") == "true"
    assert learner.find("#page").evaluate("page => page.inert"), "nobody gets lost behind the sheet"
    assert learner.frame.evaluate("document.activeElement.matches('[aria-current=page]')")
    learner.page.keyboard.press("Escape")
    assert not sheet.is_visible()
    assert learner.focused() == "menu"
    assert not learner.find("#page").evaluate("page => page.inert")
    menu.click()
    sheet.locator("[aria-current=page]").click()
    assert not sheet.is_visible()
    assert learner.focused() == "H1", "also where the page is the present one"


def test_the_contents_can_be_folded_beside_the_page(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12"), viewport={"width": 1280, "height": 800})
    menu, column = learner.find("#menu"), learner.find("#toc")
    assert (column.bounding_box() or {})["width"] == 280
    assert menu.get_attribute("aria-expanded") == "true"
    menu.click()
    assert not column.is_visible()
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_a_verdict_is_spoken_with_its_reason_and_the_way_on(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12"), locale="en-GB").show("notice")
    form = learner.answer("first-sign", "police")
    said = form.evaluate(SPOKEN)
    assert [part in said for part in ("Not yet.", "It is too early for that.", "Think again.")] == [True] * 3
    buttons = [each for each in form.locator("button").all() if each.is_visible()]
    assert [each.inner_text() for each in buttons] == ["Try again", "Hint"]
    buttons[0].click()
    assert form.evaluate(SPOKEN).strip() == ""
    assert learner.frame.evaluate("document.activeElement.type") == "radio"
    learner.answer("first-sign", "knock")
    assert not form.locator("[type=submit]").is_visible(), "nothing is left to do"


def test_what_is_changed_loses_its_verdict(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12")).show("together")
    form = learner.answer("roles", {"doctor": "doctor", "driver": "driver", "librarian": "judge"})
    assert form.get_attribute("data-result") == "partial"
    form.locator("[data-left=librarian] select").select_option("librarian")
    assert form.get_attribute("data-result") is None
    assert form.evaluate(SPOKEN).strip() == ""


def test_what_is_untouched_costs_no_try_at_once(desk: Desk, enrol: Enrol) -> None:
    attempt = enrol("scorm12")
    learner = desk.launch(attempt, locale="en-GB").show("together")
    order = learner.form("steps-order")
    order.locator("[type=submit]").click()
    assert "not moved anything yet" in order.evaluate(SPOKEN)
    pairs = learner.fill("roles", {"doctor": "doctor"})
    pairs.locator("[type=submit]").click()
    assert pairs.evaluate(SPOKEN).startswith("2 places are still empty.")
    assert learner.frame.evaluate("document.activeElement.closest('[data-left]').dataset.left") == "driver"
    assert attempt.interactions == []
    with attempt.saving():
        pairs.locator("[type=submit]").click()
    assert pairs.get_attribute("data-result") == "partial", "who presses again means it"


def test_a_hint_opens_behind_its_button(desk: Desk, enrol: Enrol) -> None:
    form = desk.launch(enrol("scorm12")).show("notice").form("first-sign")
    button, hint = form.locator("[data-action=hint]"), form.locator(".hint")
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert button.get_attribute("aria-controls") == hint.get_attribute("id")
    assert hint.evaluate("hint => Boolean(hint.closest('[role=status]'))")
    behind = "(hint, button) => button.compareDocumentPosition(hint) === Node.DOCUMENT_POSITION_FOLLOWING"
    assert hint.evaluate(behind, button.element_handle())


def test_a_choice_is_never_cut(desk: Desk, enrol: Enrol) -> None:
    """A long text stands whole in the closed list, on the narrowest phone and when no more can be changed."""
    learner = desk.launch(enrol("scorm12"), viewport={"width": 320, "height": 640}).show("together")
    select = learner.find("[data-left=doctor] select")
    long = "Parduotuvės vedėja, kuri kas rytą mato visus gatvės gyventojus ir žino jų įpročius"
    select.evaluate("(select, text) => { select.options[1].textContent = text }", long)
    select.select_option(index=1)
    shown = learner.find("[data-left=doctor] .pick > span")
    assert shown.inner_text() == long
    assert shown.evaluate("each => each.scrollWidth <= each.clientWidth && each.scrollHeight <= each.clientHeight")


def test_a_picture_opens_large_and_closes(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12"), viewport=PHONE)
    figure = learner.find("figure.picture").first
    inside = "img => img.getBoundingClientRect().right <= innerWidth && img.getBoundingClientRect().left >= 0"
    assert figure.locator("img").evaluate(inside), "no edge is lost"
    link = figure.get_by_role("link", name="Atverti didelį")
    assert learner.find("figure.picture a").count() == 1, "what only decorates isn't enlarged"
    link.press("Enter")
    large = learner.find("#viewer[open] img")
    expect(learner.find(".viewer-caption")).to_have_text("Nuo pastebėjimo iki pagalbos")
    assert (large.bounding_box() or {})["width"] > PHONE["width"]
    learner.find("[data-view=close]").click()
    assert not learner.find("#viewer").is_visible()
    assert learner.focused() == "enlarge"
    figure.locator("img").click()
    assert large.is_visible(), "a tap on the picture does it too"
    learner.show("together")
    assert not learner.find("#viewer").is_visible(), "another page has no picture of this one"


def test_rows_of_a_table_are_cards_on_a_phone(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12"), viewport=PHONE)
    row = learner.find(".table tbody tr").first
    assert row.locator("th[scope=row]").inner_text() == "Kaip pastebėti"
    label = "cell => getComputedStyle(cell, '::before').content"
    assert row.locator("td").evaluate(label) == '"Apie ką"'
    assert row.evaluate("row => getComputedStyle(row).display") == "block"
    learner.page.set_viewport_size({"width": 900, "height": 700})
    assert row.evaluate("row => getComputedStyle(row).display") == "table-row"
    assert row.locator("td").evaluate(label) == "none"


def finish(learner: Learner) -> None:
    """Finish the short module."""
    learner.show("promise").answer("keep", "call")
    learner.show("goodbye")
    learner.show("results")


def test_who_has_finished_can_print_a_statement(desk: Desk, enrol: Enrol) -> None:
    learner = desk.launch(enrol("scorm12", "second-visit"))
    learner.show("results")
    assert not learner.find("[data-action=statement]").is_visible(), "not before"
    assert learner.text("[data-fill=means]").startswith("Dar neatsakytas 1 ")
    finish(learner)
    learner.frame.evaluate("window.print = () => { window.printed = true }")
    learner.find("[data-action=statement]").click()
    assert learner.frame.evaluate("window.printed")
    learner.page.emulate_media(media="print")
    paper = learner.text("main")
    for part in ("Dalyvavimo liudijimas", "Paukštienė, Rūta", "Antras apsilankymas", "5 min", "nėra kvalifikacijos"):
        assert part in paper
    assert not learner.find(".verdict").is_visible(), "nothing but the statement"


def test_the_results_lead_to_the_next_module_and_back(desk: Desk) -> None:
    base = desk.lms.url("/packages/neighbours_web")
    learner = Learner.visit(desk.sit_down(), f"{base}/first-steps/index.html")
    assert learner.show("results").text("[data-action=on]") == "Prie pirmo neatsakyto klausimo"
    learner.page.goto(f"{base}/second-visit/index.html")
    second = Learner(learner.page, learner.page.main_frame).ready().begin()
    finish(second)
    assert not second.find("[data-action=on]").is_visible(), "there is no module behind the last"
    second.find("[data-action=home]").click()
    cards = second.page.locator("section:not([hidden]) .modules li")
    expect(cards.nth(1).locator("[data-state=completed]")).to_be_visible()
    assert not cards.nth(1).locator("[data-state=open]").is_visible()
    assert second.page.locator("section:not([hidden])").count() == 1, "one language at a time"
    around = json.loads(
        learner.page.request.get(f"{base}/first-steps/index.html").text().split('id="around">')[1].split("<")[0]
    )
    assert around["next"]["href"] == "../second-visit/index.html"


def pixels(part: Locator) -> bytes:
    return part.screenshot(animations="disabled")


def test_the_focus_is_seen_in_forced_colours(desk: Desk, enrol: Enrol) -> None:
    """Also on what is chosen already: a chosen option, the present page, the selected tab."""
    learner = desk.launch(enrol("scorm12"), forced_colors="active", viewport={"width": 1280, "height": 800})
    tab = learner.find("[role=tab][aria-selected=true]")
    learner.show("notice").fill("first-sign", "police")
    learner.find("h1").first.focus()
    chosen, present = learner.form("first-sign").locator(".option:has(:checked)"), learner.find("#toc [aria-current]")
    for part, target in ((chosen, chosen.locator("input")), (present, present)):
        target.evaluate("each => each.blur()")
        without = pixels(part)
        learner.page.keyboard.press("Shift")  # the keyboard is in use
        target.focus()
        assert pixels(part) != without
    learner.show("welcome")
    tab.evaluate("each => each.blur()")
    without = pixels(tab)
    tab.focus()
    assert pixels(tab) != without
