"""A slow network, and a place that was pointed at in a preview, which leads to file, line and editor."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from click.testing import CliRunner
from starlette.responses import Response
from starlette.types import Message

from sclt.authoring import openin
from sclt.cli import main
from sclt.errors import EnvironmentFault, UsageError
from sclt.preview.network import Line, Slowly
from tests.places import COURSES
from tests.unit.studio.running import Studio

PLACE = "en/courses/neighbours/first-steps/place"
WHERE = {"page": "notice", "language": "lt"}


class Clock:
    """A clock that goes on when somebody sleeps, and at no other time."""

    def __init__(self) -> None:
        self.now = 100.0

    async def sleep(self, seconds: float) -> None:
        self.now += max(seconds, 0)


def run(function: Callable[..., Awaitable[None]], *arguments: Any) -> None:
    """Run it to its end in a thread of its own: Playwright may have a loop that runs in this one."""
    with start_blocking_portal() as portal:
        portal.call(function, *arguments)


def passed(content: bytes, clock: Clock, line: Line) -> tuple[list[bytes], float]:
    """Return the pieces in which an answer came, and the seconds that it took."""
    pieces: list[bytes] = []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            pieces.append(message["body"])

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    began = clock.now
    scope = {"type": "http", "method": "GET", "headers": [], "extensions": {}}
    run(Slowly(Response(content), line), scope, receive, send)
    return pieces, clock.now - began


@pytest.mark.parametrize("size", [0, 1, 9_999, 10_000, 10_001, 45_000])
def test_what_comes_slowly_comes_whole_and_takes_as_long_as_its_bytes(size: int) -> None:
    clock = Clock()
    line = Line(1000, 0.5, lambda: clock.now, clock.sleep)
    content = bytes(n % 251 for n in range(size))
    pieces, took = passed(content, clock, line)
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 10_000
    assert took == pytest.approx(0.5 + size / 1000)


def test_all_files_share_the_line() -> None:
    clock = Clock()
    line = Line(1000, 0.0, lambda: clock.now, clock.sleep)
    run(line.carry, 5000)
    before = clock.now
    clock.now -= 5  # another request, sent at the same moment
    run(line.carry, 1000)
    assert clock.now == pytest.approx(before + 1)


@pytest.mark.parametrize(
    ("editor", "wanted"),
    [
        ("code", ["code", "-g", "/a b.md:7"]),
        ("code -g", ["code", "-g", "/a b.md:7"]),
        ("/usr/bin/code --wait", ["/usr/bin/code", "--wait", "-g", "/a b.md:7"]),
        ("Code.exe", ["Code.exe", "-g", "/a b.md:7"]),
        ("vim", ["vim", "+7", "/a b.md"]),
        ("kate", ["kate", "--line", "7", "/a b.md"]),
        ("own --at {line} {file}", ["own", "--at", "7", "/a b.md"]),
        ("'my editor' {file}:{line}", ["my editor", "/a b.md:7"]),
        ("unheard-of", ["unheard-of", "/a b.md"]),
    ],
)
def test_editors_are_told_the_line_as_they_want_it(editor: str, wanted: list[str]) -> None:
    assert openin.command(editor, Path("/a b.md"), 7) == wanted


@pytest.mark.parametrize(
    ("given", "environment", "terminal", "wanted"),
    [
        ("code", {"SCLT_EDITOR": "kate"}, True, "code"),
        ("", {"SCLT_EDITOR": "kate", "VISUAL": "code"}, True, "kate"),
        ("", {"VISUAL": "vim", "EDITOR": "code -g"}, True, "vim"),
        ("", {"VISUAL": "/usr/bin/vim", "EDITOR": "code -g"}, False, "code -g"),
        ("", {"EDITOR": "nano"}, False, ""),
        ("nano", {}, False, "nano"),
        ("", {}, True, ""),
    ],
)
def test_the_setting_goes_before_what_others_set(
    given: str, environment: dict[str, str], terminal: bool, wanted: str
) -> None:
    assert openin.setting(given, environment, terminal) == wanted


@pytest.mark.parametrize(
    ("editor", "fault"), [("", UsageError), ("'x", UsageError), ("no-such-editor", EnvironmentFault)]
)
def test_what_is_no_editor_is_said(editor: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        openin.open_at(editor, Path("a.md"), 1)


def test_the_command_line_opens_what_a_finding_names(tmp_path: Path) -> None:
    page = tmp_path / "welcome.md"
    page.write_text("x")
    told = tmp_path / "told"
    script = f"import sys; open({str(told)!r}, 'w').write(' '.join(sys.argv[1:]))"
    editor = f'"{sys.executable}" -c "{script}" {{line}} {{file}}'
    done = CliRunner().invoke(main, ["edit", f"{page}:12:3", "--editor", editor])
    assert (done.exit_code, told.read_text()) == (0, f"12 {page}"), done.output
    assert CliRunner().invoke(main, ["edit", str(tmp_path / "none.md:1"), "--editor", editor]).exit_code == 2


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    running = Studio(COURSES, tmp_path_factory.mktemp("packages"))
    yield running
    running.close()


@pytest.mark.parametrize(
    ("quote", "question", "says"),
    [
        ("Pasibeldžiu", "first-sign", "- [x] {#knock} Pasibeldžiu"),
        ("Petro pašto dėžutė pilna jau savaitę. Ką darote pirmiausia?", "first-sign", "Petro pašto dėžutė"),
        ("Kaip pastebėti", "", "title: Kaip pastebėti"),
        ("media/no-such.svg", "", "---"),
        ("<script>", "", "---"),
    ],
)
def test_a_text_that_was_pointed_at_leads_to_its_line(studio: Studio, quote: str, question: str, says: str) -> None:
    told = json.loads(studio.post(PLACE, **WHERE, quote=quote, question=question).body)
    assert told["file"] == "neighbours/first-steps/lt/notice.md" and not told["opened"]
    lines = (COURSES / told["file"]).read_text("utf-8").split("\n")
    assert lines[told["line"] - 1].startswith(says)


@pytest.mark.parametrize(("quote", "line"), [("First steps", 1), ("Act together with others.", 9), ("no such text", 1)])
def test_what_stands_on_no_page_stands_in_the_file_of_the_module(studio: Studio, quote: str, line: int) -> None:
    told = json.loads(studio.post(PLACE, quote=quote, language="en").body)
    assert (told["file"], told["line"]) == ("neighbours/first-steps/module.yaml", line)


@pytest.mark.parametrize("where", [{"page": "../x", "language": "lt"}, {"page": "notice", "language": "xx"}])
def test_what_is_no_page_leads_nowhere(studio: Studio, where: dict[str, str]) -> None:
    answer = studio.post(PLACE, **where, quote="x")
    assert answer.status == 400 and "fault" in json.loads(answer.body)


def test_an_editor_that_is_set_is_opened_there(tmp_path: Path) -> None:
    told = tmp_path / "told"
    script = f"import sys; open({str(told)!r}, 'w').write(sys.argv[1])"
    running = Studio(COURSES, tmp_path, editor=f'"{sys.executable}" -c "{script}" {{file}}:{{line}}')
    try:
        answer = json.loads(running.post(PLACE, **WHERE, quote="Pasibeldžiu", question="first-sign").body)
        assert answer["opened"] and not answer["fault"]
    finally:
        running.close()
    broken = Studio(COURSES, tmp_path, editor="no-such-editor")
    try:
        answer = json.loads(broken.post(PLACE, **WHERE, quote="Pasibeldžiu").body)
        assert not answer["opened"] and "no-such-editor" in answer["fault"] and answer["line"] > 1
    finally:
        broken.close()


@pytest.mark.parametrize("line", ["1", "9", "9999999", "x", "-1", "²"])
def test_a_line_of_a_file_is_shown_at_its_text(studio: Studio, line: str) -> None:
    shown = studio.ask(f"en/edit?file=neighbours/first-steps/lt/notice.md&line={line}".replace("²", "%C2%B2"))
    assert shown.status == 200
    assert shown.text.count("autofocus") == (line not in ("1", "x", "-1", "²"))
