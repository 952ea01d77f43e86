"""The page that reviewers get, as a file from a disk: commented by keyboard and by pointer, saved, and brought back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from sclt.cli import main
from sclt.review.comments import read
from tests.axe import violations
from tests.conftest import in_turn
from tests.places import COURSES

pytestmark = pytest.mark.slow
WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    shutil.copytree(COURSES, tmp_path / "courses")
    return tmp_path / "courses"


@pytest.fixture
def page(browser: Browser, course: Path, tmp_path: Path) -> Iterator[Page]:
    result = CliRunner().invoke(main, ["review", "export", str(course), "--out", str(tmp_path / "review.html")])
    assert result.exit_code == 0, result.output
    context = browser.new_context(offline=True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto((tmp_path / "review.html").as_uri())
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def comment(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("dialog button.main").click()


def test_comments_go_out_and_come_back_to_their_lines(page: Page, course: Path, tmp_path: Path) -> None:
    page.locator("[data-language=en]").click()
    shown = page.locator("section.page:visible")
    expect(shown).to_have_attribute("lang", "en")
    first = shown.locator("p[data-place]").first
    first.focus()
    page.keyboard.press("Enter")
    comment(page, "One thought <b>too</b> many")
    expect(shown.locator(".said")).to_contain_text("One thought <b>too</b> many")
    expect(first).to_be_focused()
    page.get_by_role("link", name="Notice").first.click()
    option = page.locator("section.page:visible [data-question=first-sign] .option-text").first
    option.hover()
    page.locator("#tool").click()
    comment(page, "Is it the only one?")
    page.locator("section.page:visible").get_by_role("button", name="Comment on this page").click()
    comment(page, "A good page")
    page.locator("#who").fill("Ana")
    page.reload()
    expect(page.locator("#state")).to_have_text("Not saved yet: 3")
    with page.expect_download() as download:
        page.locator("#save").click()
    download.value.save_as(tmp_path / "ana.json")
    assert {each.who for each in read(tmp_path / "ana.json")} == {"Ana"}
    into = ["--in", str(course)]
    assert "3 new" in CliRunner().invoke(main, ["review", "import", str(tmp_path / "ana.json"), *into]).stdout
    listed = CliRunner().invoke(main, ["review", "list", str(course)]).stdout.splitlines()
    for said in ("too</b> many", "the only one", "A good page"):
        line = next(each for each in listed if said in each)
        assert "not there" not in line, line
        file, number, *_ = line.split(":")
        assert Path(file).read_text(encoding="utf-8").splitlines()[int(number) - 1]


def test_others_are_shown_and_answered(page: Page, tmp_path: Path) -> None:
    module, place = page.locator("section.page:visible").evaluate("e => [e.dataset.module, e.dataset.page]")
    theirs = {"module": module, "page": place, "language": "lt", "text": "Kodėl?", "kind": "question", "weight": "must"}
    identified = theirs | {"id": "00000001-0000-4000-8000-000000000000", "at": "2026-11-30T10:00:00Z", "who": "Jonas"}
    (tmp_path / "jonas.json").write_text(json.dumps({"comments": [identified]}), encoding="utf-8")
    page.locator("#file").set_input_files(tmp_path / "jonas.json")
    expect(page.locator(".said")).to_contain_text("Jonas")
    page.get_by_role("button", name="Atsakyti: Kodėl?").click()
    comment(page, "Todėl.")
    expect(page.locator(".said.answer")).to_contain_text("Todėl.")
    (tmp_path / "other.json").write_text("no", encoding="utf-8")
    page.locator("#file").set_input_files(tmp_path / "other.json")
    expect(page.locator("#state")).to_have_text("Tai ne komentarų rinkmena.")


@pytest.mark.parametrize(("width", "scheme"), in_turn([(320, "dark"), (1280, "light"), (1280, "dark")], 3))
def test_it_is_accessible(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert violations(page) == []
    assert not page.evaluate(WIDE)
    page.locator("section.page:visible [data-place]").first.focus()
    page.keyboard.press("Enter")
    assert violations(page) == []
