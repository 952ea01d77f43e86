"""The studio as its three users walk through it: an administrator, an author, a translator; by mouse and by keyboard.

docs/studio.md tells each of these walks.
"""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from sclt.locale import studio_words
from tests.axe import violations
from tests.browser.lms import PATIENCE
from tests.conftest import in_turn
from tests.places import COURSES
from tests.unit.consulting.test_questions import Desk, statement
from tests.unit.studio.running import Studio
from tests.unit.validation.packages import write_package

pytestmark = pytest.mark.slow
expect.set_options(timeout=PATIENCE * 1000)
LOOKS = [("lt", 1280, "light"), ("en", 390, "dark")]
PAGE = "neighbours/first-steps/lt/notice.md"
IRI = "https://example.org/courses/neighbours/first-steps"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    place = tmp_path_factory.mktemp("studio")
    shutil.copytree(COURSES, place / "courses")
    kept = Desk(place)
    asked = (
        ("Kada kviesti kaimyną?", "notice"),
        ("Ar galima paskambinti?", "notice"),
        ("Kas yra kaimynija?", "together"),
    )
    kept.statements(
        *(
            {**statement(text, number), "object": {"id": f"{IRI}/pages/{page}"}}
            for number, (text, page) in enumerate(asked, 1)
        )
    )
    running = Studio(place / "courses", place / "packages", kept.records)
    yield running
    running.close()


@pytest.fixture
def opened(browser: Browser, studio: Studio) -> Iterator[Callable[..., Page]]:
    """Open a place of the studio in a language, at a width, light or dark; no page may raise an error."""
    contexts, errors = [], list[str]()

    def begin(place: str, language: str = "en", width: int = 1280, scheme: Any = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{studio.address}{language}/{place}")
        return page

    yield begin
    for context in contexts:
        context.close()
    assert errors == []


def sound(page: Page) -> None:
    """Prove that a page has no fault that axe-core finds, and nothing that stands out of its width."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_an_administrator_checks_mends_and_downloads(
    opened: Callable[..., Page], tmp_path: Path, language: str, width: int, scheme: str
) -> None:
    package = write_package(tmp_path / "bought.zip", {"base": "scorm12", "zip": {"folder": "a"}})
    page = opened("check", language, width, scheme)
    sound(page)
    page.locator("#lms").select_option("moodle")
    page.set_input_files("#file", package)
    expect(page.locator(".headline")).to_contain_text(
        {"lt": "Moodle jo nepriims", "en": "Moodle will refuse it"}[language]
    )
    expect(page.locator("html")).to_have_attribute("lang", language)
    sound(page)
    page.locator("form[action*='/mend'] button").click()
    expect(page.locator(".headline")).to_contain_text({"lt": "jį priims", "en": "will take it"}[language])
    sound(page)
    with page.expect_download() as download:
        page.locator("a[download]").click()
    assert download.value.suggested_filename == "bought-mended.zip"


def test_a_package_is_dropped_checked_and_played_without_a_mouse_on_its_buttons(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    package = write_package(tmp_path / "bought.zip", {"base": "scorm12"})
    page = opened("check")
    page.evaluate(
        """bytes => {
            const given = new DataTransfer();
            given.items.add(new File([new Uint8Array(bytes)], 'dropped.zip'));
            const dropped = new DragEvent('drop', { dataTransfer: given, bubbles: true, cancelable: true });
            document.querySelector('.drop').dispatchEvent(dropped);
        }""",
        list(package.read_bytes()),
    )
    expect(page.locator("h1")).to_have_text("dropped.zip")
    page.locator("form[action*='/play'] button").focus()
    with page.context.expect_page() as opening:
        page.keyboard.press("Enter")
    expect(opening.value.get_by_role("combobox", name="Standard")).to_be_visible()


@pytest.mark.parametrize(("language", "width", "scheme"), in_turn(LOOKS, 2, 1))
def test_an_author_finds_a_page_edits_it_by_keyboard_and_sees_it(
    opened: Callable[..., Page], studio: Studio, language: str, width: int, scheme: str
) -> None:
    assert studio.folder
    path = studio.folder / PAGE
    before = path.read_bytes()
    page = opened("courses", language, width, scheme)
    sound(page)
    page.locator(".stand a").first.click()
    sound(page)
    page.locator(f"a[href*='{PAGE.replace('/', '%2F')}'], a[href*='{PAGE}']").first.click()
    seen = page.frame_locator(".seen iframe").frame_locator("#player").frame_locator("iframe")
    expect(seen.locator("h1")).to_have_text("Kaip pastebėti")
    sound(page)
    text = page.get_by_role("button", name="Tyla nepadeda.")
    text.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#editing")).to_be_focused()
    sound(page)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Tyla kenkia.")
    page.keyboard.press("ControlOrMeta+Enter")
    written = page.get_by_role("button", name="Tyla kenkia.")
    expect(written).to_be_focused()
    assert path.read_bytes() == before.replace(b"Tyla nepadeda.", b"Tyla kenkia.")
    page.keyboard.press("Enter")
    page.locator("#editing").fill("[kur](no-such-page.md)")
    page.locator(".edit .main").click()
    expect(page.get_by_role("alert")).not_to_be_empty()
    page.keyboard.press("Escape")
    expect(written).to_be_focused()
    page.locator("#undo").click()
    expect(page.get_by_role("button", name="Tyla nepadeda.")).to_be_visible()
    assert path.read_bytes() == before


def test_a_module_is_seen_dark_in_another_language_and_built(opened: Callable[..., Page], studio: Studio) -> None:
    page = opened("courses/neighbours/first-steps/preview")
    course = page.frame_locator("#device").frame_locator("#player").frame_locator("iframe")
    expect(course.locator("h1")).to_have_text("First steps")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = course.locator("body").evaluate(f"() => {ground}")
    page.get_by_label("dark", exact=True).check()
    expect(course.locator("body")).not_to_have_css("background-color", light)
    page.get_by_label("lt", exact=True).check()
    expect(course.locator("h1")).to_have_text("Pirmieji žingsniai")
    page.get_by_label("Tablet").check()
    assert page.locator("#device").bounding_box()["width"] == pytest.approx(820, abs=3)  # type: ignore[index]
    sound(page)
    page.goto(page.url.partition("/en/")[0] + "/en/courses")
    page.get_by_role("button", name="Build", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Packages are built")
    assert (studio.out / "neighbours_scorm12.zip").is_file()
    sound(page)


def press(page: Page, role: Any, name: str, nth: int = 0) -> None:
    """Go to a control and press it by keyboard alone; what only screen readers hear of its name follows a blank."""
    named = re.compile(re.escape(name).replace(":", r"\s*:"))
    page.get_by_role(role, name=named).nth(nth).focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_an_author_edits_a_question_in_its_form_by_keyboard(
    opened: Callable[..., Page], studio: Studio, language: str, width: int, scheme: str
) -> None:
    assert studio.folder
    said = studio_words(language).__getitem__
    paths = [studio.folder / PAGE, studio.folder / PAGE.replace("/lt/", "/en/")]
    before = [path.read_bytes() for path in paths]
    page = opened(f"edit?file={PAGE}", language, width, scheme)
    press(page, "link", f"{said('question_form')}: first-sign")
    expect(page.get_by_role("heading", level=1)).to_have_text(said("question_edit"))
    sound(page)
    page.get_by_label(f"{said('the_text')} (en)").fill("What do you do first of all?")
    press(page, "button", f"{said('move_down')} – {said('line_n').replace('{n}', '1')}")
    expect(page.locator(":focus")).to_have_attribute("value", "down rows 0")
    sound(page)
    page.get_by_role("radio").nth(2).focus()
    page.keyboard.press("Space")
    assert [path.read_bytes() for path in paths] == before  # nothing is written before it is saved
    press(page, "button", said("save"))
    expect(page.locator("#q-first-sign")).to_be_visible()
    lt, en = (path.read_text("utf-8") for path in paths)
    assert "What do you do first of all?" in en
    assert lt.index("- [ ] {#police}") < lt.index("- [ ] {#knock}") < lt.index("- [x] {#nothing}")
    press(page, "link", f"{said('question_form')}: first-sign")
    page.get_by_label(f"{said('the_text')} (en)").fill("[where](no-such-page.md)")
    press(page, "button", said("save"))
    expect(page.get_by_role("alert")).to_contain_text(said("question_not_kept"))
    expect(page.locator("#fault")).to_be_focused()
    expect(page.get_by_label(f"{said('the_text')} (en)")).to_have_value("[where](no-such-page.md)")
    sound(page)
    page.get_by_role("link", name=said("cancel")).click()
    press(page, "button", said("undo"))
    expect(page.locator("#undo")).to_be_visible()
    assert [path.read_bytes() for path in paths] == before


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_an_author_adds_a_scenario_from_the_palette_by_keyboard(
    opened: Callable[..., Page], studio: Studio, language: str, width: int, scheme: str
) -> None:
    assert studio.folder
    said = studio_words(language).__getitem__
    path = studio.folder / PAGE
    before = path.read_bytes()
    page = opened(f"edit?file={PAGE}", language, width, scheme)
    page.locator("#kind").select_option(label=said("type_scenario"))
    page.locator("#new-id").fill("a-visit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(said("question_new"))
    sound(page)
    press(page, "button", said("add_step"))
    added = page.get_by_role("group", name=said("step_n").replace("{n}", "4"))
    added.locator("input[name$='.n1.id']").fill("later")
    added.get_by_label(f"{said('part_step')} (lt)").fill("Ateinate vėliau.")
    added.get_by_label(said("option_score")).fill("60")
    press(page, "button", said("add_line"))
    third = page.get_by_role("group", name=said("line_n").replace("{n}", "3")).first
    third.get_by_label(f"{said('part_choice')} (lt)").fill("Palaukti")
    third.get_by_label(said("line_goto")).fill("later")
    press(page, "button", said("save"))
    expect(page.locator("#q-a-visit")).to_be_visible()
    text = path.read_text("utf-8")
    assert text.startswith(before.decode().rstrip())
    assert ":::step {#later score=60}\nAteinate vėliau." in text and "- [Palaukti](#later)" in text
    press(page, "button", said("undo"))
    expect(page.locator("#q-a-visit")).to_have_count(0)
    assert path.read_bytes() == before


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_an_author_moves_blocks_and_pages_by_keyboard(
    opened: Callable[..., Page], studio: Studio, language: str, width: int, scheme: str
) -> None:
    assert studio.folder
    said = studio_words(language).__getitem__
    listing, file = studio.folder / "neighbours/first-steps/module.yaml", studio.folder / PAGE
    before = [path.read_bytes() for path in (listing, file)]
    page = opened(f"edit?file={PAGE}", language, width, scheme)
    press(page, "button", f"{said('move_down')}: Ženklai")
    expect(page.locator(":focus")).to_have_attribute("value", "down")
    expect(page.locator(".blocks > li").nth(1)).to_contain_text("Ženklai")
    press(page, "button", said("undo"))
    expect(page.locator(".blocks > li").first).to_contain_text("Ženklai")
    block = page.locator(".blocks > li").nth(1)
    block.locator("summary").focus()
    page.keyboard.press("Enter")
    sound(page)
    block.get_by_label(said("move_to")).select_option("visit")
    block.get_by_role("button", name=said("move_it")).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".blocks > li").nth(1)).not_to_contain_text("first-sign")
    press(page, "button", said("undo"))
    expect(page.locator(".blocks > li").nth(1)).to_contain_text("first-sign")
    page.goto(f"{studio.address}{language}/courses/neighbours/first-steps")
    press(page, "button", said("move_up"), 2)
    expect(page.locator(":focus")).to_have_attribute("value", "up")
    assert b"pages: [welcome, together, notice" in listing.read_bytes()
    sound(page)
    press(page, "button", said("move_down"), 1)
    expect(page.locator(":focus")).to_have_attribute("value", "down")
    assert [path.read_bytes() for path in (listing, file)] == before


@pytest.mark.parametrize(("language", "width", "scheme"), in_turn(LOOKS, 2))
def test_a_click_in_the_preview_leads_to_the_source_over_a_slow_network_too(
    opened: Callable[..., Page], language: str, width: int, scheme: str
) -> None:
    said = studio_words(language).__getitem__
    page = opened("courses/neighbours/first-steps/preview", language, width, scheme)
    seen = page.frame_locator("#device").frame_locator("#player").frame_locator("iframe")
    page.get_by_label("lt", exact=True).check()
    with page.expect_request(lambda request: "/slow/files/" in request.url):
        page.get_by_label(said("network_slow")).check()
    page.get_by_label(said("click_shows")).check()
    expect(seen.locator("h1")).to_be_visible()
    expect(seen.locator("html")).to_have_css("cursor", "crosshair")
    seen.locator("main h1").click()
    expect(page.locator("#pointed code")).to_have_text("neighbours/first-steps/module.yaml:1")
    expect(page.locator("#pointed")).to_contain_text(said("stands_at"))
    sound(page)
    seen.locator("[data-action=begin]").click()  # the way on works still
    expect(seen.locator("main h1")).to_have_text("Sveiki, kaimynai")
    seen.locator("main h1").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pointed code")).to_have_text("neighbours/first-steps/lt/welcome.md:2")
    page.get_by_role("link", name=said("edit_here")).click()
    expect(page.locator(":focus")).to_have_attribute("data-id", "welcome:title")


def test_a_translator_writes_beside_the_source(opened: Callable[..., Page], studio: Studio) -> None:
    assert studio.folder
    page = opened("translations", "lt", 390)
    sound(page)
    page.get_by_role("link", name="neighbours/first-steps").click()
    sound(page)
    field = page.locator("form[data-source='Tyla nepadeda.']")
    field.locator("textarea").fill("Silence helps nobody.")
    field.locator("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Įrašyta.")
    assert "Silence helps nobody." in (studio.folder / PAGE.replace("/lt/", "/en/")).read_text("utf-8")


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_an_author_answers_a_question_for_everybody_by_keyboard(
    opened: Callable[..., Page], studio: Studio, language: str, width: int, scheme: str
) -> None:
    said = functools.partial(studio_words(language).__getitem__)
    page = opened("questions", language, width, scheme)
    sound(page)
    expect(page.get_by_role("heading", name=said("questions_title"))).to_be_visible()
    asked = page.locator("main li").first
    text = asked.locator(".told").inner_text()
    asked.locator("summary").first.focus()
    page.keyboard.press("Enter")
    sound(page)
    asked.get_by_label(said("questions_text")).fill("Kai tik norisi.")
    asked.get_by_label(said("questions_as_published")).focus()
    page.keyboard.press("Space")
    asked.get_by_role("button", name=said("questions_give")).focus()
    page.keyboard.press("Enter")
    page.get_by_text(said("questions_done"), exact=True).click()
    expect(page.locator("details[open] .told").filter(has_text=text)).to_be_visible()
    sound(page)
    written = "".join(file.read_text("utf-8") for file in (studio.folder or Path()).rglob("answers/*.yaml"))
    assert text in written


def test_records_and_faults_are_sound_pages(opened: Callable[..., Page], tmp_path: Path) -> None:
    page = opened("records", "lt", 390, "dark")
    sound(page)
    (tmp_path / "odd.csv").write_bytes(b"=1+1,<script>alert(1)</script>\n")
    page.set_input_files("#file", tmp_path / "odd.csv")
    expect(page.locator(".drop [role=status]")).to_contain_text("csv")
    sound(page)
    page.goto(page.url.replace("records", "check/99"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Tokio puslapio nėra")
    sound(page)
