"""Courses opened by a double click, from file://, where a browser refuses modules and fetch."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from sclt import build
from tests.browser.learner import Learner
from tests.browser.lms import PATIENCE
from tests.places import COURSES, GALLERY, GARDEN, TESTS

pytestmark = pytest.mark.slow
CUES = """async video => {
  const [track] = video.textTracks;
  track.mode = 'showing';
  const element = video.querySelector('track');
  if (element.readyState < 2) await new Promise(then => { element.onload = element.onerror = then; });
  return track.cues?.length ?? 0;
}"""


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files as they were built, and web packages unpacked."""
    folder = tmp_path_factory.mktemp("disk")
    for source in (COURSES, GARDEN):
        for package in build(source, folder, ["html", "web"]).value:
            if package.path.suffix == ".zip":
                with zipfile.ZipFile(package.path) as archive:
                    archive.extractall(folder / package.path.stem)
    return folder


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that knows nothing yet; what a course logs as an error is one."""
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE * 1000)
    problems: list[str] = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    yield context
    context.close()
    assert problems == []


PLACES = ["neighbours_first-steps_html.html", "neighbours_first-steps_web/first-steps/index.html"]


@pytest.mark.parametrize("name", PLACES)
def test_a_course_runs_from_a_disk_and_keeps_what_was_done(context: BrowserContext, disk: Path, name: str) -> None:
    address = (disk / name).as_uri()
    learner = Learner.visit(context, address)
    assert learner.text("h1") == "Welcome, neighbours"
    assert "without a learning system" in learner.text("#notice")
    learner.show("notice").answer("first-sign", "knock")
    learner.speak("lt")
    expect(learner.form("first-sign")).to_have_attribute("data-result", "correct")
    again = Learner.visit(context, address).resume()
    expect(again.form("first-sign")).to_have_attribute("data-result", "correct")


def test_the_cover_names_who_made_the_course(context: BrowserContext, tmp_path: Path) -> None:
    shutil.copytree(TESTS / "unit" / "source" / "base", tmp_path / "course")
    named = "authors: [Ona Oak]\nreviewers: [Jonas Ash, Rasa Elm]\n"
    (tmp_path / "course" / "makers.yaml").write_text(named, encoding="utf-8")
    (made,) = build(tmp_path / "course", tmp_path / "out", "html").value
    page = context.new_page()
    page.goto(made.path.as_uri())
    lines = page.locator("[data-fill=makers] p")
    expect(lines.nth(1)).to_have_text("Ona Oak")
    expect(lines.nth(2)).to_have_text("Reviewed by Jonas Ash, Rasa Elm")


@pytest.mark.parametrize("name", PLACES)
def test_films_have_their_captions_from_a_disk(context: BrowserContext, disk: Path, name: str) -> None:
    learner = Learner.visit(context, (disk / name).as_uri()).show("visit")
    video = learner.find("video").first
    video.wait_for(state="attached")
    assert video.evaluate(CUES) == 1


@pytest.mark.parametrize("name", PLACES)
def test_a_worksheet_is_saved_from_a_disk(context: BrowserContext, disk: Path, name: str) -> None:
    learner = Learner.visit(context, (disk / name).as_uri()).show("visit")
    learner.find("[data-field=f2]").fill("Tomorrow")
    with learner.page.expect_download() as download:
        learner.find("[data-action=download]").click()
    document = docx.Document(str(download.value.path()))
    assert "When will you drop in? Tomorrow" in [each.text for each in document.paragraphs]


def test_the_sign_of_a_download_is_not_above_pictures(context: BrowserContext, tmp_path: Path) -> None:
    (made,) = build(GALLERY, tmp_path, "html").value
    learner = Learner.visit(context, made.path.as_uri()).show("people")
    assert learner.find("a.enlarge[download]").count() == 4, "each has its file's name, where it is saved"
    sign = "each => getComputedStyle(each, '::before').content"
    assert {each.evaluate(sign) for each in learner.find("a.enlarge").all()} == {"none"}
    assert learner.find(".download a").evaluate(sign) != "none"


def test_one_file_asks_for_no_other(context: BrowserContext, disk: Path) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    address = (disk / "garden_kinds_html.html").as_uri()
    learner = Learner.visit(context, address)
    pictures = learner.find("#content img")
    assert pictures.count() == 4
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("each => each.naturalWidth") > 0
    learner.show("boxes").answer("waste", {"shells": "shells", "jar": "jar", "peel": "shells", "vase": "jar"})
    expect(learner.form("waste")).to_have_attribute("data-result", "correct")
    assert {url for url in asked if not url.startswith(("data:", "blob:"))} == {address}


def test_a_landing_page_leads_to_modules_from_a_disk(context: BrowserContext, disk: Path) -> None:
    page = context.new_page()
    page.goto((disk / "garden_web" / "index.html").as_uri())
    page.locator("section[lang=en] a").first.click()
    assert Learner(page, page.main_frame).ready().begin().text("h1") == "What you see"
