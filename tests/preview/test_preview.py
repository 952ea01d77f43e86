"""The preview in a real browser, with the real run-time."""

import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sclt.workflow import build
from tests.browser.conftest import COURSES, PATIENCE

pytestmark = pytest.mark.slow
SCLT = Path(sys.executable).parent / "sclt"


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    running: list[subprocess.Popen[str]] = []

    def begin(*words: object) -> str:
        process = subprocess.Popen([str(w) for w in (SCLT, *words, "--no-open")], stderr=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stderr
        return next(line.split()[0] for line in process.stderr if line.startswith("http://"))

    yield begin
    for process in running:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="lt-LT", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE * 1000)
    yield context.new_page()
    context.close()


def sco(page: Page):  # type: ignore[no-untyped-def]
    return page.frame_locator("#player").frame_locator("iframe")


@pytest.mark.parametrize(("standard", "call"), [("scorm12", "LMSInitialize()"), ("scorm2004-4", "Initialize()")])
def test_a_course_plays_and_resumes(serve: Callable[..., str], page: Page, standard: str, call: str) -> None:
    page.goto(serve("preview", COURSES, "--standard", standard))
    expect(sco(page).locator("h1")).to_have_text("Sveiki, kaimynai")
    expect(page.locator("#calls")).to_contain_text(call)
    sco(page).locator("#next").click()
    page.locator("#resume").click()
    expect(sco(page).locator("dialog#resume")).to_be_visible()
    expect(page.locator("#data")).to_contain_text("resume")


def test_a_lost_connection_is_seen_and_mended(serve: Callable[..., str], page: Page) -> None:
    page.goto(serve("preview", COURSES))
    expect(sco(page).locator("h1")).to_be_visible()
    page.get_by_label("Break the connection").check()
    sco(page).locator("#next").click()
    expect(sco(page).locator("#alarm")).to_be_visible()
    page.get_by_label("Break the connection").uncheck()
    sco(page).locator("#retry").click()
    expect(sco(page).locator("#alarm")).to_be_hidden()


def test_a_package_of_any_maker_plays_and_reaches_nobody(serve: Callable[..., str], page: Page, tmp_path: Path) -> None:
    (package, *_), _ = build(COURSES, tmp_path, ["scorm12"])
    page.goto(serve("preview", package.path))
    expect(sco(page).locator("h1")).to_have_text("Sveiki, kaimynai")
    blocked = "() => fetch('http://127.0.0.1:9/').catch(e => String(e))"
    with page.expect_console_message(lambda m: "Content Security Policy" in m.text):
        sco(page).locator("h1").evaluate(blocked)


def test_a_saved_page_appears_in_its_place_and_a_fault_as_an_overlay(
    serve: Callable[..., str], page: Page, tmp_path: Path
) -> None:
    course = shutil.copytree(COURSES, tmp_path / "course")
    source = course / "neighbours/first-steps/lt/notice.md"
    sound = source.read_text(encoding="utf-8")
    page.goto(serve("watch", course))
    sco(page).locator("#next").click()
    sco(page).locator("#q-first-sign input[value=knock]").check()
    sco(page).locator("#q-first-sign [type=submit]").click()
    source.write_text(f"{sound}\nVisai naujas sakinys.\n", encoding="utf-8")
    expect(sco(page).locator("#content")).to_contain_text("Visai naujas sakinys.")
    expect(sco(page).locator("#q-first-sign")).to_have_attribute("data-result", "correct")
    source.write_text(f"{sound}\n[x](nowhere.md)\n", encoding="utf-8")
    expect(page.locator("#faults")).to_contain_text("lt/notice.md:")
    source.write_text(sound, encoding="utf-8")
    expect(page.locator("#faults")).to_be_hidden()


def status(url: str, host: str = "") -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Host": host} if host else {})) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_other_hosts_and_paths_are_refused(serve: Callable[..., str]) -> None:
    address = serve("preview", COURSES)
    assert status(address) == 200
    assert status(address, "evil.example") == 421
    assert status(address.rsplit("/", 2)[0] + "/") == 404
    assert status(f"{address}../../etc/passwd") == 404
    assert status(f"{address}%2e%2e/server.py") == 404
