"""`sclt mcp` as an assistant meets it: the SDK's own client over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters, stdio_client
from mcp_types import CallToolResult, ImageContent, TextContent, Tool

from sclt.assistant.tools import ALL, WRITING
from tests.unit.assistant.conftest import PLANTING, contents

pytestmark = pytest.mark.slow


class Assistant(Protocol):
    """What an assistant has of the server."""

    tools: list[Tool]

    def __call__(self, tool: str, **arguments: Any) -> CallToolResult: ...


class _Connected:
    def __init__(self, portal: Any, client: Client) -> None:
        self._portal, self._client = portal, client
        self.tools = portal.call(client.list_tools).tools

    def __call__(self, tool: str, **arguments: Any) -> CallToolResult:
        result: CallToolResult = self._portal.call(self._client.call_tool, tool, arguments)
        return result


@pytest.fixture(scope="module")
def assistant(folder: Path) -> Iterator[Assistant]:
    server = StdioServerParameters(command=sys.executable, args=["-m", "sclt", "mcp", str(folder)])
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(stdio_client(server))) as client:
        yield _Connected(portal, client)


def text_of(result: CallToolResult) -> str:
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


def told(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, text_of(result)
    value: dict[str, Any] = json.loads(text_of(result))
    return value


def test_it_offers_its_tools_with_what_they_do(assistant: Assistant) -> None:
    assert [tool.name for tool in assistant.tools] == list(ALL)
    for tool in assistant.tools:
        assert tool.annotations
        assert tool.annotations.read_only_hint == (tool.name not in WRITING)
        assert tool.annotations.open_world_hint is False
        assert tool.description


def test_a_question_is_written_looked_at_and_answered(assistant: Assistant, folder: Path) -> None:
    before = contents(folder)
    told(assistant("add_question", module=PLANTING, page="place", identifier="new-one", type="single-choice"))
    pages = {language: f"{PLANTING}/{language}/place.md" for language in ("lt", "en")}
    texts = {name: told(assistant("read", file=name))["text"] for name in pages.values()}
    words = {"TODO: the right answer": "In the sun", "TODO: teisingas atsakymas": "Saulėje"}
    for old, new in words.items():
        texts = {name: text.replace(old, new) for name, text in texts.items()}
    assert told(assistant("write", files=texts, why="the right answer"))["files"] == sorted(texts)

    seen = assistant("look", module=PLANTING, page="place", language="en", width=390)
    assert [type(part) for part in seen.content] == [ImageContent, TextContent]
    assert 'radio "In the sun"' in told(seen)["shown"]
    steps = [
        {"do": "go", "what": "place"},
        {"do": "choose", "what": "In the sun", "question": "new-one"},
        {"do": "press", "what": "Check", "question": "new-one"},
    ]
    assert told(assistant("play", module=PLANTING, steps=steps, language="en"))["results"] == {"new-one": "correct"}
    wrong = assistant("play", module=PLANTING, steps=[*steps[:1], steps[1] | {"what": "In the cellar"}], language="en")
    assert wrong.is_error
    assert "In the sun" in text_of(wrong), "it says what there is"

    changes = told(assistant("changes"))["changes"]
    assert [change["what"] for change in changes] == ["the right answer", "added the question new-one"]
    told(assistant("undo"))
    told(assistant("undo"))
    assert contents(folder) == before


def test_what_it_builds_it_judges(assistant: Assistant) -> None:
    built = told(assistant("build", standards=["scorm12"]))["packages"]
    assert [package["file"] for package in built] == [
        "packages/garden_planting_scorm12.zip", "packages/garden_scorm12.zip",
    ]  # fmt: skip
    judged = told(assistant("validate", package=built[0]["file"], lms="moodle"))
    assert (judged["plays"], judged["conforms"], judged["counted"]) == (True, True, "nothing found")


def test_it_describes_checks_explains_and_tells_of_translations(assistant: Assistant) -> None:
    assert "matching" in [each["name"] for each in told(assistant("describe"))["known"]]
    assert told(assistant("describe", name="gaps"))["options"]["max"]["usual"] == "40"
    assert told(assistant("check"))["counted"] == "nothing found"
    assert told(assistant("explain", rule="zip.manifest"))["severity"] == "error"
    assert [each["missing"] for each in told(assistant("translations"))["modules"]] == [[], []]


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("read", {"file": "../secret.md"}, "no place in the folder"),
        ("write", {"files": {f"{PLANTING}/en/place.md": {"text": "x"}}}, ""),
        ("write", {"files": {f"{PLANTING}/en/place.md": "x" * 1_000_001}}, "larger than"),
        ("explain", {"rule": "'; drop table rules; --"}, "there is no rule"),
        ("describe", {"name": "../module.yaml"}, "no file, container"),
        ("look", {"module": PLANTING, "page": "x'] script"}, ""),
        ("look", {"module": PLANTING, "language": "de"}, "not in 'de'"),
        ("play", {"module": PLANTING, "steps": [{"do": "evaluate", "what": "1"}]}, ""),
        ("records_report", {"records": "source_modules"}, ""),
    ],
)
def test_what_cannot_be_done_is_said_and_ends_nothing(
    assistant: Assistant, folder: Path, tool: str, arguments: dict[str, Any], said: str
) -> None:
    before = contents(folder)
    result = assistant(tool, **arguments)
    assert result.is_error
    assert said in text_of(result)
    assert "Traceback" not in text_of(result)
    assert contents(folder) == before
    assert told(assistant("check"))["counted"] == "nothing found"


def test_lines_that_no_client_would_send_end_nothing(folder: Path) -> None:
    """What is no message is passed over; half of a letter is refused; the course stays as it is."""
    half = {"files": {f"{PLANTING}/en/place.md": "\ud800"}}
    begin = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
    lines = [
        "not JSON", "[]", "null", '{"jsonrpc": "2.0"}', "[" * 5_000, '{"jsonrpc": "2.0", "id": 7, "method": "../../x"}',
        json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": begin}),
        json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        json.dumps({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "write", "arguments": half}}),
        json.dumps({"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "check", "arguments": {}}}),
    ]  # fmt: skip
    before = contents(folder)
    command = [sys.executable, "-m", "sclt", "mcp", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdin
        assert server.stdout
        server.stdin.write("\n".join(lines) + "\n")
        server.stdin.flush()
        answers: dict[object, Any] = {}
        while 3 not in answers:
            answer = json.loads(server.stdout.readline())
            answers[answer.get("id")] = answer
        server.stdin.close()
    assert server.returncode == 0
    assert answers[1]["result"]["serverInfo"]["name"] == "sclt"
    assert 2 not in answers or "error" in answers[2] or answers[2]["result"]["isError"]
    assert "nothing found" in answers[3]["result"]["content"][0]["text"]
    assert contents(folder) == before
