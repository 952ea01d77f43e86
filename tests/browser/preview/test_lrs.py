"""cmi5 and Tin Can in the preview: launches, statements as they go, documents, and an LRS that fails on wish."""

import asyncio
import zipfile
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import expect

from sclt import build
from sclt.lrs import clock, sessions
from sclt.preview.lms import Lms, Wishes
from sclt.preview.units import Unit
from tests.browser.preview.conftest import Panel, Preview
from tests.conftest import in_turn
from tests.places import COURSES, NODE

pytestmark = pytest.mark.slow
Opened = Callable[..., Panel]
VERBS = "#statements b"
TEXT = '<langstring lang="en">Theirs</langstring>'
CMI5 = f"""<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id="https://example.org/theirs"><title>{TEXT}</title><description>{TEXT}</description></course>
  <au id="https://example.org/theirs/one" moveOn="Completed" launchMethod="OwnWindow">
    <title>{TEXT}</title><description>{TEXT}</description><url>go.html</url></au></courseStructure>"""


def enrolled(opened: Opened, address: str, standard: str) -> Panel:
    """Open a preview as a learner of whom nothing is known."""
    panel = opened(address)
    panel.begins()
    panel.choose("Standard", standard)
    panel.begins()
    return panel


def test_a_new_launch_waits_for_the_last_words_of_the_one_before() -> None:
    lms = Lms("http://127.0.0.1:1", lambda event: None)
    unit = Unit(title="A", href="a/index.html", protocol="cmi5", activity="https://example.org/a")

    async def launches() -> None:
        one = await lms.launch(unit, Wishes(0, "cmi5", 1), "http://127.0.0.1:2/a", "")
        again = Wishes(0, "cmi5", 1, one.registration)
        other = asyncio.create_task(lms.launch(unit, again, "http://127.0.0.1:2/a", ""))
        await asyncio.sleep(0.05)
        assert not other.done()
        with lms.store.writing() as db:
            sessions.end(db, one.session, clock.now())
        await other

    assert launched(lms, launches) == ["launched", "launched"]


def launched(lms: Lms, launches: Callable[[], Coroutine[None, None, None]]) -> list[str]:
    """Launch, and return the verbs that a learner's record has then, the earliest first."""
    with ThreadPoolExecutor(1) as pool:  # the browser of other tests has a loop in this thread
        pool.submit(asyncio.run, launches()).result()
    told = [msgspec.json.decode(each)["verb"]["id"] for each in lms.told(1)["statements"]]
    lms.close()
    return [each.rpartition("/")[2] for each in reversed(told)]


def test_a_session_without_last_words_is_abandoned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the learner begins a new attempt."""
    monkeypatch.setattr("sclt.preview.lms._GOODBYE", 0)
    lms = Lms("http://127.0.0.1:1", lambda event: None)
    unit = Unit(title="A", href="a/index.html", protocol="cmi5", activity="https://example.org/a")

    async def launches() -> None:
        for _ in range(2):
            await lms.launch(unit, Wishes(0, "cmi5", 1), "http://127.0.0.1:2/a", "")

    assert launched(lms, launches) == ["launched", "abandoned", "launched"]


def test_late_and_broken_off_words_are_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """The panel shows what a package breaks, not that the preview lost patience or that the page was closed."""
    monkeypatch.setattr("sclt.preview.lms._GOODBYE", 0)
    events: list[dict[str, Any]] = []
    lms = Lms("http://127.0.0.1:1", events.append)
    unit = Unit(title="A", href="a/index.html", protocol="cmi5", activity="https://example.org/a")

    async def told(token: str, whole: bool = True) -> str:
        """Send something unfit and return why it is said to be refused."""
        headers = {b"authorization": f"Basic {token}".encode(), b"x-experience-api-version": b"1.0.3"}
        scope = {"type": "http", "method": "POST", "path": "/xapi/statements", "query_string": b""}

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"{}"} if whole else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            assert message.get("status", 403) in (400, 403)

        await lms({**scope, "headers": list(headers.items())}, receive, send)
        return str(events[-1]["reason"])

    async def reasons() -> list[str]:
        url = "http://127.0.0.1:2/a"
        launched = [(await lms.launch(unit, Wishes(0, "cmi5", 1), url, "")).session for _ in range(2)]
        late, live = (sessions.new_token(lms.store, session) for session in launched)
        return [await told(late), await told(live), await told(live, whole=False)]

    with ThreadPoolExecutor(1) as pool:  # the browser of other tests has a loop in this thread
        assert [bool(each) for each in pool.submit(asyncio.run, reasons()).result()] == [False, True, False]
    lms.close()


def test_units_of_a_course_share_a_registration() -> None:
    lms = Lms("http://127.0.0.1:1", lambda event: None)
    structure = CMI5.replace(
        "<au ", f"<au id='https://example.org/theirs/two'><title>{TEXT}</title><url>2</url></au><au "
    )
    one, two = (
        Unit(title=name, href=f"a/{name}", protocol="cmi5", activity=f"https://example.org/theirs/{name}", **more)
        for name, more in (("one", {"launch_method": "OwnWindow"}), ("two", {}))
    )
    data = []

    async def launches() -> None:
        first = await lms.launch(one, Wishes(0, "cmi5", 1), "http://127.0.0.1:2/a/one", "", structure.encode())
        wishes = Wishes(1, "cmi5", 1, first.registration, mastery="70")
        await lms.launch(two, wishes, "http://127.0.0.1:2/a/two", "", structure.encode())
        data.extend(msgspec.json.decode(each["text"]) for each in lms.told(1)["documents"])

    assert launched(lms, launches) == ["launched", "abandoned", "launched"]
    assert [each["launchMethod"] for each in data] == ["AnyWindow", "OwnWindow"]
    assert [each.get("masteryScore") for each in data] == [0.7, None]


def registration(panel: Panel) -> str:
    text = panel.page.locator("#statements pre").first.text_content() or ""
    return text.partition('"registration": "')[2][:36]


def test_a_cmi5_course_tells_statements_as_they_go_and_resumes(opened: Opened, courses: str) -> None:
    panel = enrolled(opened, courses, "cmi5")
    panel.see(VERBS + " >> nth=-1", "launched")
    panel.answer()
    panel.see("#statements li:has(b:text-is('answered'))", "100 % · success · “knock”")
    panel.see("#documents", "LMS.LaunchData")
    before = registration(panel)
    assert len(before) == 36
    panel.press("Leave and resume")
    expect(panel.page.locator(VERBS, has_text="launched")).to_have_count(2)
    expect(panel.page.locator(VERBS, has_text="terminated")).to_have_count(1)
    expect(panel.page.locator(VERBS, has_text="abandoned")).to_have_count(0)
    expect(panel.course.locator("#q-first-sign")).to_have_attribute("data-result", "correct")
    assert registration(panel) == before
    expect(panel.page.locator("#refusals")).to_be_hidden()
    panel.press("New attempt")
    panel.begins()
    expect(panel.page.locator(VERBS, has_text="launched")).to_have_count(3)
    assert registration(panel) != before
    panel.press("Reset the learner")
    panel.begins()
    expect(panel.page.locator(VERBS, has_text="launched")).to_have_count(1)


@pytest.mark.full
def test_mode_mastery_and_language_reach_a_cmi5_package(
    serve: Callable[..., Preview], opened: Opened, tmp_path: Path
) -> None:
    (package, *_), _ = build(COURSES, tmp_path, ["cmi5"])
    panel = opened(serve("preview", package.path).address)
    panel.begins()
    panel.say("Language", "en")
    panel.begins("Welcome, neighbours")
    panel.see("#documents", "cmi5LearnerPreferences")
    panel.say("Mastery", "85")
    panel.see("#documents", '"masteryScore": 0.85')
    panel.choose("Mode", "review")
    panel.see("#documents", '"launchMode": "Review"')
    panel.course.locator("#exit").click()
    panel.begins("Back at the LMS")
    assert panel.refusals() == []


def test_a_tincan_course_plays_and_resumes(opened: Opened, courses: str) -> None:
    panel = enrolled(opened, courses, "xapi")
    panel.answer()
    panel.see(VERBS + " >> nth=0", "answered")
    panel.press("Leave and resume")
    expect(panel.course.locator("#q-first-sign")).to_have_attribute("data-result", "correct")
    expect(panel.page.get_by_role("combobox", name="Mode")).to_be_hidden()


@pytest.mark.parametrize("fault", in_turn(["Break the connection", "Refuse what is sent"], 2))
def test_a_failing_lrs_is_seen_and_mended(opened: Opened, courses: str, fault: str) -> None:
    panel = enrolled(opened, courses, "cmi5")
    panel.page.get_by_role("combobox", name="Refuse with").select_option("503")
    with panel.page.expect_response("**/faults"):
        panel.page.get_by_label(fault).check()
    panel.course.locator("#next").click()
    expect(panel.course.locator("#alarm")).to_be_visible()
    panel.page.locator("summary", has_text="Requests").click()
    panel.see("#requests tr.failed >> nth=0", "503" if fault.startswith("Refuse") else "broken")
    with panel.page.expect_response("**/faults"):
        panel.page.get_by_label(fault).uncheck()
    panel.course.locator("#retry").click()
    expect(panel.course.locator("#alarm")).to_be_hidden()
    panel.see("#statements", "experienced")


THEIRS = """<!DOCTYPE html><title>Theirs</title><h1></h1><script type="module">
const query = new URLSearchParams(location.search);
const answer = await fetch(query.get('endpoint') + 'activities/state?' + new URLSearchParams({
  stateId: 'mark', activityId: query.get('activity_id'), agent: query.get('actor'),
  registration: query.get('registration'),
}), { method: 'PUT', body: 'page 3', headers: {
  Authorization: query.get('auth'), 'X-Experience-API-Version': '1.0.3', 'Content-Type': 'text/plain' } });
document.querySelector('h1').textContent = `${query.get('own')} ${answer.status}`;
</script>"""
TINCAN = """<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>
  <activity id="https://example.org/theirs" type="http://adlnet.gov/expapi/activities/course"><name>Theirs</name>
  <launch lang="en">go.html?own=yes</launch></activity></activities></tincan>"""


def test_a_tincan_package_of_another_maker_plays(serve: Callable[..., Preview], opened: Opened, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "theirs.zip", "w") as archive:
        archive.writestr("tincan.xml", TINCAN)
        archive.writestr("go.html", THEIRS)
    panel = opened(serve("preview", tmp_path / "theirs.zip").address)
    panel.begins("yes 204")
    panel.see("#documents", "mark")
    panel.see("#documents", "6 B")


FAULTY = """<!DOCTYPE html><title>Theirs</title><h1></h1><script src="cmi5.js"></script><script type="module">
const au = new (Cmi5.default ?? Cmi5)(location.href);
await au.start();
const wrong = au.completedStatement();
delete wrong.result.duration;
const refused = await au.sendStatement(wrong).catch(error => error.message);
await au.completed();
await au.terminate();
document.querySelector('h1').textContent = refused.slice(-3);
</script>"""
LIBRARY = NODE / "node_modules/@rusticisoftware/cmi5/dist/cmi5.js"


def test_an_own_window_and_what_is_refused(serve: Callable[..., Preview], opened: Opened, tmp_path: Path) -> None:
    """A unit that wants a window gets one, and the panel says which rule it breaks, with the clause."""
    with zipfile.ZipFile(tmp_path / "theirs.zip", "w") as archive:
        archive.writestr("cmi5.xml", CMI5)
        archive.writestr("go.html", FAULTY)
        archive.write(LIBRARY, "cmi5.js")
    panel = opened(serve("preview", tmp_path / "theirs.zip").address)
    panel.see("#documents", '"launchMethod": "OwnWindow"')
    context = panel.page.context
    own = next((page for page in context.pages if page != panel.page), None) or context.wait_for_event("page")
    expect(own.locator("h1")).to_have_text("403")
    panel.see("#refusals li", "its result has no duration. Set duration in the result")
    panel.see("#refusals li", "cmi5 9.5.4.1; session.duration")
    panel.see("#statements", "satisfied")
    with panel.page.context.expect_page():
        panel.page.get_by_role("button", name="New attempt").click()
    assert own.is_closed()
    expect(panel.page.locator("#refusals li")).to_have_count(1)
    player = next(frame for frame in panel.page.frames if frame.url.endswith("player.html"))
    player.evaluate("[window.real, window.open] = [window.open, () => null]")  # as a browser that blocks windows
    panel.page.get_by_role("button", name="New attempt").click()
    expect(player.get_by_role("button", name="Open the window")).to_be_visible()
    player.evaluate("window.open = real")
    with panel.page.context.expect_page():
        player.get_by_role("button", name="Open the window").click()
    expect(player.locator("#own")).to_be_hidden()
