"""Blocks of pages, as learners use them: by keyboard and pointer, without a script, on paper, and in their records."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from sclt.lrs.server import running
from sclt.xapi.judging.judge import judge as judge_statements
from sclt.xapi.profiles.profile import read
from tests.browser.conftest import Desk, unpack
from tests.browser.learner import Learner
from tests.browser.lms import Attempt, Lms
from tests.browser.test_access import FOCUS, VIEWS, judge
from tests.browser.test_lrs import OWNER, Study, verb
from tests.conftest import Turns, in_turn
from tests.places import GALLERY, table
from tests.unit.lrs.http import Client

pytestmark = pytest.mark.slow
PAGES = ("house", "borrowing", "people", "listening")
VIDEO = "https://w3id.org/xapi/video"
HURRY = "film => { film.muted = true; film.playbackRate = 16; }"
END = "film => { film.currentTime = 40; film.play(); }"
IN_LMS = Turns("standard", ["scorm12", "scorm2004-4"])


@pytest.fixture(scope="module")
def gallery(lms: Lms, tmp_path_factory: pytest.TempPathFactory) -> Lms:
    """The learning system with the course of all blocks as well."""
    unpack(GALLERY, tmp_path_factory.mktemp("gallery"), lms.packages, "web", "scorm12", "scorm2004-4", "cmi5")
    return lms


@pytest.fixture
def visit(desk: Desk, gallery: Lms) -> Callable[..., Learner]:
    """Open the course without a learning system, in English."""

    def open_it(page: str, language: str = "en", **options: Any) -> Learner:
        address = gallery.url(f"/packages/gallery_blocks_web/blocks/index.html?language={language}")
        return Learner.visit(desk.sit_down(**options), address).show(page)

    return open_it


@pytest.fixture
def enrol(gallery: Lms) -> Callable[[str], Attempt]:
    return lambda standard: gallery.enrol(f"gallery_blocks_{standard}", "blocks")


def use(learner: Learner, page: str) -> None:
    """Bring the blocks of a page into their other state: turned, unfolded, opened."""
    for folded in learner.find("main details > summary").all():
        folded.click()
    for card in learner.find(".turn-card button").all():
        card.click()
    if page == "borrowing":
        learner.find(".pin").nth(2).click()


LOOKS = in_turn([("lt", "light"), ("en", "dark"), ("lt", "narrow"), ("en", "narrow"), ("lt", "dark")], 5, 2)


@pytest.mark.parametrize(("language", "view"), LOOKS)
def test_blocks_are_accessible(visit: Callable[..., Learner], language: str, view: str) -> None:
    learner = visit("house", language, **VIEWS[view])
    found = {}
    for page in PAGES:
        learner.show(page)
        found[page] = judge(learner, view)
        use(learner, page)
        found[f"{page}, used"] = judge(learner, view)
    learner.show("people").find(".enlarge").first.click()
    found["viewer"] = judge(learner, view)
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_all_is_reached_by_keyboard_and_shows_its_focus(visit: Callable[..., Learner]) -> None:
    learner = visit("borrowing")
    learner.find("h1").focus()
    reached = []
    for _ in range(14):
        learner.page.keyboard.press("Tab")
        assert learner.frame.evaluate(FOCUS) == ""
        reached.append(learner.frame.evaluate("document.activeElement.closest('.turn-card, .pins, #steps')?.className"))
    cards = [each for each in reached if each and each.startswith("turn-card")]
    assert len(cards) == 3
    assert reached.count("pins broad live") == 4 + 4, "four pins and the headings of four places"


def test_cards_turn_by_a_button_that_says_so(visit: Callable[..., Learner]) -> None:
    learner = visit("borrowing")
    card = learner.find(".turn-card").first
    button = card.get_by_role("button", name="How long may I keep a book?", exact=True)
    back = card.locator(".back")
    expect(back).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.press("Enter")
    expect(back).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_have_attribute("aria-controls", str(back.get_attribute("id")))
    button.press("Space")
    expect(back).to_be_hidden()


def told_places(learner: Learner) -> list[str]:
    return [each.inner_text() for each in learner.find(".pins-text li h3").all() if is_told(each)]


def is_told(heading: Locator) -> bool:
    return heading.locator("xpath=following-sibling::div").is_visible()


def test_a_pin_tells_its_place_and_no_other(visit: Callable[..., Learner]) -> None:
    learner = visit("borrowing")
    assert told_places(learner) == ["The counter"]
    learner.find(".pins").get_by_role("link", name="3. The local shelf").press("Enter")
    assert told_places(learner) == ["The local shelf"]
    assert learner.frame.evaluate("document.activeElement.innerText") == "The local shelf"
    assert learner.find(".pin.chosen").inner_text() == "3"
    learner.find(".pins-text button").filter(has_text="The newspapers").press("Enter")
    assert told_places(learner) == ["The newspapers"]
    assert learner.find(".pin.chosen").inner_text() == "4"
    learner.find(".pins-text button").filter(has_text="The newspapers").press("Enter")
    assert told_places(learner) == []


def test_pictures_open_over_the_window_one_by_one(visit: Callable[..., Learner]) -> None:
    learner = visit("people")
    link = learner.find(".gallery .enlarge").nth(1)
    link.press("Enter")
    viewer = learner.find("#viewer[open]")
    picture = viewer.locator("img")
    assert learner.frame.evaluate("document.activeElement.textContent") == "Close"
    assert picture.get_attribute("alt") == "A librarian reads to two children on a round carpet"
    expect(viewer.locator(".viewer-place")).to_have_text("2 / 4")
    learner.page.keyboard.press("ArrowRight")
    expect(viewer.locator(".viewer-caption")).to_have_text("The van comes to nine villages, every second week")
    for _ in range(2):
        learner.page.keyboard.press("ArrowRight")
    expect(viewer.locator(".viewer-place")).to_have_text("1 / 4")
    room = viewer.locator(".viewer-room").bounding_box()
    fitted = picture.bounding_box()
    assert room
    assert fitted
    assert fitted["height"] <= room["height"] + 1, "all of it shows"
    viewer.get_by_role("button", name="Enlarge").click()
    grown = picture.bounding_box()
    assert grown
    assert grown["width"] > 1.2 * learner.frame.evaluate(
        "img => img.parentElement.clientHeight * img.naturalWidth / img.naturalHeight", picture.element_handle()
    )
    learner.page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    assert learner.frame.evaluate("document.activeElement.matches('.enlarge')")


def test_a_wide_figure_has_nothing_to_page_through(visit: Callable[..., Learner]) -> None:
    learner = visit("house")
    learner.find(".wide .enlarge").click()
    viewer = learner.find("#viewer[open]")
    assert [each.inner_text() for each in viewer.locator("button:visible").all()] == ["−", "+", "Close"]
    assert not viewer.locator("[data-view=larger]").is_disabled()
    assert viewer.locator("[data-view=smaller]").is_disabled()


def test_without_a_script_and_on_paper_everything_is_there(
    desk: Desk, gallery: Lms, visit: Callable[..., Learner]
) -> None:
    page = desk.sit_down(java_script_enabled=False).new_page()
    page.goto(gallery.url("/packages/gallery_blocks_web/blocks/borrowing.en.html"))
    for text in ("Twenty-eight days.", "Nobody has to pay", "Bring another copy", "Books, maps and photographs"):
        expect(page.get_by_text(text)).to_be_visible()
    page.locator(".pin").nth(3).click()
    assert page.url.endswith("#part-the-newspapers")
    printed = visit("borrowing")
    printed.page.emulate_media(media="print")
    for text in ("Twenty-eight days.", "Nobody has to pay", "Bring another copy", "Books, maps and photographs"):
        expect(printed.find("main").get_by_text(text)).to_be_visible()


@IN_LMS
def test_a_note_is_kept_for_the_learner(
    desk: Desk, gallery: Lms, enrol: Callable[[str], Attempt], standard: str
) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt).show("people")
    note = learner.find("form.think textarea")
    with attempt.saving():
        note.fill("Paklausti apie krašto lentyną; ne vėliau kaip iki spalio.")
        note.blur()
    expect(learner.find(".think-noted")).to_have_text("Išsaugota.")
    again = desk.launch(attempt).resume().show("people")
    expect(again.find("form.think textarea")).to_have_value("Paklausti apie krašto lentyną; ne vėliau kaip iki spalio.")
    again.speak("en")
    expect(again.find("form.think textarea")).to_have_value("Paklausti apie krašto lentyną; ne vėliau kaip iki spalio.")
    assert attempt.interactions == [], "a note is no answer"


def watch_the_end(learner: Learner) -> None:
    """Watch the last four of the film's 44 seconds."""
    film = learner.show("listening").find("video")
    film.evaluate("film => film.readyState || new Promise(ready => { film.onloadeddata = ready; })")
    film.evaluate(HURRY)
    film.evaluate(END)
    learner.frame.wait_for_function("document.querySelector('video').ended")


@IN_LMS
def test_how_much_of_a_film_was_watched_is_kept(
    desk: Desk, gallery: Lms, enrol: Callable[[str], Attempt], standard: str
) -> None:
    attempt = enrol(standard)
    learner = desk.launch(attempt)
    with attempt.saving():
        watch_the_end(learner)
    share = learner.find(".video .watched").inner_text()
    percent = int(re.findall(r"\d+", share)[0])
    assert 5 <= percent <= 10, "four of 44 seconds"
    again = desk.launch(attempt).resume().show("listening")
    expect(again.find(".video .watched")).to_have_text(share)


def test_chapters_lead_into_the_film(visit: Callable[..., Learner]) -> None:
    learner = visit("listening")
    film = learner.find("video")
    film.evaluate("film => film.readyState || new Promise(ready => { film.onloadeddata = ready; })")
    film.evaluate("film => { film.muted = true; film.playbackRate = 0.1; }")  # it would not come there by itself
    chapter = learner.find(".chapters a").filter(has_text="With the children")
    chapter.press("Enter")
    learner.frame.wait_for_function("document.querySelector('video').currentTime >= 23")
    expect(chapter).to_have_attribute("aria-current", "")
    film.evaluate("film => film.pause()")


def test_a_film_stops_for_a_question_and_goes_on(visit: Callable[..., Learner]) -> None:
    learner = visit("listening")
    film, prompt = learner.find("video"), learner.find("[data-stops=walk] .prompt")
    film.evaluate("film => film.readyState || new Promise(ready => { film.onloadeddata = ready; })")
    onward = learner.find("[data-onward]")
    expect(onward).to_be_hidden()
    film.evaluate("film => { film.muted = true; film.currentTime = 19.5; film.play(); }")
    expect(prompt).to_be_focused()
    assert film.evaluate("film => film.paused && film.currentTime >= 20")
    learner.answer("counter", ["left"])
    onward.click()
    expect(film).to_be_focused()
    film.evaluate("film => { film.currentTime = 19.5; }")
    learner.frame.wait_for_function("document.querySelector('video').currentTime > 20.5")
    assert not film.evaluate("film => film.paused"), "the question is answered"
    film.evaluate("film => film.pause()")


def test_a_film_does_not_stop_for_who_leaps_over_a_question(visit: Callable[..., Learner]) -> None:
    learner = visit("listening")
    film = learner.find("video")
    film.evaluate("film => film.readyState || new Promise(ready => { film.onloadeddata = ready; })")
    film.evaluate("film => { film.muted = true; film.currentTime = 22; film.play(); }")
    learner.frame.wait_for_function("document.querySelector('video').currentTime > 22.5")
    assert not film.evaluate("film => film.paused")
    film.evaluate("film => film.pause()")


def test_a_film_with_audio_description_takes_the_place_of_the_other(desk: Desk, described: str) -> None:
    learner = Learner.visit(desk.sit_down(locale="en-GB"), described).show("listening")
    film, link = learner.find("video"), learner.find("[data-described]")
    plain = film.evaluate("film => film.src")
    film.evaluate("film => film.readyState || new Promise(ready => { film.onloadeddata = ready; })")
    film.evaluate("film => { film.muted = true; film.currentTime = 12; }")
    link.focus()
    link.press("Space")
    expect(link).to_have_attribute("aria-pressed", "true")
    assert (plain.endswith("walk.en.webm"), film.evaluate("film => film.src").endswith("walk.lt.webm")) == (True, True)
    learner.frame.wait_for_function("Math.abs(document.querySelector('video').currentTime - 12) < 0.5")
    assert film.evaluate("film => film.paused"), "it goes on as it was"
    link.press("Enter")
    expect(link).to_have_attribute("aria-pressed", "false")
    assert film.evaluate("film => film.src") == plain


@pytest.fixture
def described(gallery: Lms, tmp_path: Path) -> str:
    """The address of the course, whose film has another one with audio description: here the Lithuanian one."""
    source = shutil.copytree(GALLERY, tmp_path / "gallery")
    page = source / "blocks" / "en" / "listening.md"
    film = 'src="../media/walk.en.webm"'
    assert film in page.read_text(encoding="utf-8")
    page.write_text(
        page.read_text(encoding="utf-8").replace(film, f'{film} described="../media/walk.lt.webm"'), encoding="utf-8"
    )
    unpack(source, tmp_path / "out", gallery.packages / "described", "web")
    return gallery.url("/packages/described/gallery_blocks_web/blocks/index.html")


@pytest.fixture
def lrs(desk: Desk) -> Iterator[Client]:
    with running(OWNER) as served:
        desk.hosts.append(served.address.root.removeprefix("http://"))
        desk.expected = ("cmi5LearnerPreferences", "stateId=sclt-")  # 404 until there is one
        yield Client(served, OWNER)


def of_film(statement: dict[str, Any]) -> bool:
    return bool(statement["object"]["id"].endswith("/films/walk"))


def test_an_lrs_is_told_by_the_video_profile(desk: Desk, gallery: Lms, lrs: Client, tmp_path: Path) -> None:
    study = Study(desk, lrs, "cmi5", "blocks")
    study.iri = "https://example.org/courses/gallery/blocks"
    study.page = gallery.url("/packages/gallery_blocks_cmi5/blocks/index.html")
    learner = study.launch()
    watch_the_end(learner)
    learner.answer("counter", ["left"])  # for which the film would stop
    learner.find("video").evaluate("film => { film.currentTime = 0; film.play(); }")
    told = study.until(lambda told: any(verb(each) == "completed" and of_film(each) for each in told))
    told = [each for each in told if of_film(each)]
    verbs = [verb(each) for each in told]
    assert verbs[:3] == ["initialized", "played", "paused"]
    assert verbs[-2:] == ["paused", "completed"]
    assert "seeked" in verbs
    segments = told[-1]["result"]["extensions"][f"{VIDEO}/extensions/played-segments"].split("[,]")
    assert float(segments[-1].split("[.]")[1]) == pytest.approx(44, abs=0.2)
    assert told[-1]["result"]["extensions"][f"{VIDEO}/extensions/progress"] >= 0.95
    assert len({each["context"]["extensions"][f"{VIDEO}/extensions/session-id"] for each in told}) == 1
    assert all({"id": VIDEO} in categories(each) for each in told)
    file = tmp_path / "told.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    profile = read(table(Path(__file__).with_name("video.yaml")))
    judged = judge_statements(file, profiles=(profile,))
    assert [str(finding) for finding in judged.findings] == []


def categories(statement: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": each["id"]} for each in statement["context"]["contextActivities"]["category"]]
