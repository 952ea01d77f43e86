"""An assistant's writes are checked and can be taken back, and nothing that it asks for leads out of its folder."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sclt.assistant.changes import JOURNAL, KEPT, Refused
from sclt.assistant.inside import LARGEST
from sclt.assistant.playing import Step, View, opened
from sclt.assistant.tools import Tools
from sclt.errors import ScltError, UsageError
from tests.unit.assistant.conftest import PLANTING, contents

PAGE = f"{PLANTING}/en/place.md"
OUTSIDE = [
    "../secret.md", f"{PLANTING}/../../../../secret.md", "/etc/passwd", "~/secret.md/../../x", "C:\\secret.md",
    "\\\\host\\share.md", "a\0b.md", ".git/config", f"{JOURNAL}/1.json", f"{PLANTING}/media/out.md",
    f"{PLANTING}/media/outside/secret.md", "source_modules/.hidden/secret.md",
]  # fmt: skip
"""Names that lead out of the folder, or to what is hidden."""


@pytest.fixture
def tools(folder: Path) -> Tools:
    return Tools(folder)


def test_it_lists_what_there_is_by_names_that_can_be_read(tools: Tools) -> None:
    told = tools.sources()
    module = told["programmes"][0]["modules"][0]
    assert (module["folder"], list(module["objectives"])) == (PLANTING, ["choose-place"])
    assert [page["id"] for page in module["pages"]] == ["place", "test"]
    assert {"id": "light", "type": "single-choice"} in module["pages"][1]["questions"]
    for file in module["pages"][0]["files"].values():
        assert file in told["texts"]
        assert tools.read(file)["text"].startswith("---\n")


def test_a_long_text_is_read_in_pieces(folder: Path, tools: Tools) -> None:
    (folder / "long.md").write_text("a" * 40_000 + "b", encoding="utf-8")
    assert tools.read("long.md")["next_offset"] == 40_000
    assert tools.read("long.md", 40_000) == {"file": "long.md", "text": "b", "next_offset": None}
    (folder / "long.md").write_text("a" * (LARGEST + 1), encoding="utf-8")
    with pytest.raises(UsageError, match="larger than"):
        tools.read("long.md")
    (folder / "long.md").unlink()


@pytest.mark.parametrize("top", ["source_modules", "source_modules/garden"])
def test_it_may_begin_at_the_sources_or_at_a_programme(folder: Path, top: str) -> None:
    told = Tools(folder / top).sources()
    file = told["programmes"][0]["modules"][0]["pages"][0]["files"]["en"]
    assert (folder / top / file).is_file()


def test_what_is_added_is_there_and_goes_again(folder: Path, tools: Tools) -> None:
    before = contents(folder)
    programme, kinds = "source_modules/garden", ["hotspot", "scenario", "pool"]
    made = [
        tools.add_module(programme, "watering", ["Laistymas", "Watering"]),
        tools.add_page(PLANTING, "autumn", ["Ruduo"]),
        *(tools.add_question(PLANTING, "autumn", f"new-{kind}", kind) for kind in kinds),
        *(tools.add_block(PLANTING, "autumn", kind, f"my-{kind}") for kind in ("worksheet", "think")),
        tools.add_block(PLANTING, "autumn", "beside"),
    ]
    page = tools.sources()["programmes"][0]["modules"][0]["pages"][2]
    assert [question["type"] for question in page["questions"]] == [
        "single-choice", "hotspot", "scenario", "true-false", "true-false",
    ]  # fmt: skip
    assert f"{PLANTING}/media/new-hotspot.svg" in made[2]["files"]
    assert {finding["rule"] for each in made for finding in each["findings"]} == {"text.todo"}
    for each in reversed(made):
        assert tools.undo()["number"] == each["change"]
    assert contents(folder) == before
    with pytest.raises(UsageError, match="nothing to take back"):
        tools.undo()


def test_a_write_that_brings_an_error_leaves_nothing(folder: Path, tools: Tools) -> None:
    before = contents(folder)
    with pytest.raises(Refused) as refused:
        tools.write({PAGE: "---\ntitle: Place\n---\n\n<b>no</b>\n", f"{PLANTING}/en/more.md": "---\ntitle: M\n---\n"})
    assert {finding.rule.id for finding in refused.value.findings} >= {"markdown.html"}
    assert contents(folder) == before
    assert tools.changes() == {"changes": []}
    with pytest.raises(ScltError):
        tools.add_question(PLANTING, "place", "light", "likert")  # the identifier is taken
    assert contents(folder) == before


def test_an_error_that_was_there_holds_nothing_up(folder: Path, tools: Tools) -> None:
    page = folder / PLANTING / "lt" / "test.md"
    sound = page.read_text(encoding="utf-8")
    page.write_text(f"{sound}\n<b>ne</b>\n", encoding="utf-8")
    text = (folder / PAGE).read_text(encoding="utf-8")
    assert tools.write({PAGE: text.replace("matters", "matters much")})["files"] == [PAGE]
    assert tools.undo()["files"] == [PAGE]
    page.write_text(sound, encoding="utf-8")


def test_what_somebody_else_has_changed_since_is_left(folder: Path, tools: Tools) -> None:
    text = (folder / PAGE).read_text(encoding="utf-8")
    tools.write({PAGE: text.replace("matters", "matters much")})
    (folder / PAGE).write_text(text.replace("Good", "Very good"), encoding="utf-8")
    with pytest.raises(UsageError, match="changed since by somebody else"):
        tools.undo()
    assert "Very good" in (folder / PAGE).read_text(encoding="utf-8")
    (folder / PAGE).write_text(text.replace("matters", "matters much"), encoding="utf-8")
    assert Tools(folder).undo()["files"] == [PAGE], "another process takes back what one before it did"
    assert (folder / PAGE).read_text(encoding="utf-8") == text


def test_the_journal_is_bounded(folder: Path, tools: Tools) -> None:
    text = (folder / PAGE).read_text(encoding="utf-8")
    (folder / JOURNAL).mkdir(exist_ok=True)
    for number in range(1, KEPT + 1):
        (folder / JOURNAL / f"{number}.json").write_text('{"what":"old","before":{},"after":{}}', encoding="utf-8")
    tools.write({PAGE: f"{text}\nMore.\n"})
    numbers = [change["number"] for change in tools.changes()["changes"]]
    assert numbers == list(range(KEPT + 1, 1, -1))
    tools.undo()
    for path in (folder / JOURNAL).glob("*.json"):
        path.unlink()


@pytest.fixture
def trap(folder: Path) -> Path:
    """Something outside of the folder, and links in it that lead there."""
    secret = folder.parent / "secret.md"
    secret.write_text("secret", encoding="utf-8")
    (folder / "source_modules" / ".hidden").mkdir(exist_ok=True)
    (folder / "source_modules" / ".hidden" / "secret.md").write_text("secret", encoding="utf-8")
    media = folder / PLANTING / "media"
    for name, target in (("out.md", secret), ("outside", folder.parent), ("circle", media / "circle")):
        if not (media / name).is_symlink():
            (media / name).symlink_to(target, target_is_directory=target.is_dir())
    return secret


ASKING: list[Callable[[Tools, str], object]] = [
    lambda tools, name: tools.read(name),
    lambda tools, name: tools.write({name: "changed"}),
    lambda tools, name: tools.check(name),
    lambda tools, name: tools.add_page(name, "more"),
    lambda tools, name: tools.add_question(PLANTING, name, "more", "likert"),
    lambda tools, name: tools.add_page(PLANTING, name),
    lambda tools, name: tools.build(name),
    lambda tools, name: tools.validate(name),
    lambda tools, name: tools.records_report(name),
    lambda tools, name: tools.look(name),
    lambda tools, name: tools.translations(folder=name),
]


def test_no_name_leads_out_of_the_folder(folder: Path, tools: Tools, trap: Path) -> None:
    around = sorted(folder.parent.iterdir())
    for name in (*OUTSIDE, f"{PLANTING}/media/circle"):
        for ask in ASKING:
            with pytest.raises(ScltError):
                ask(tools, name)
    assert trap.read_text(encoding="utf-8") == "secret"
    assert sorted(folder.parent.iterdir()) == around
    assert "secret" not in json.dumps(tools.sources()["texts"])


@pytest.mark.parametrize("name", ["script.py", "packages/x.md", f"{PLANTING}/page.html", f"{PLANTING}/en/x.exe"])
def test_what_is_no_text_of_the_sources_is_not_written(folder: Path, tools: Tools, name: str) -> None:
    with pytest.raises(UsageError, match="no text of the sources"):
        tools.write({name: "x"})
    assert not (folder / name).exists()


def test_half_of_a_letter_is_no_text(folder: Path, tools: Tools) -> None:
    before = contents(folder)
    with pytest.raises(UsageError, match="no Unicode"):
        tools.write({PAGE: "\ud800"})
    assert contents(folder) == before


def test_a_journal_of_a_stranger_writes_nothing_outside(folder: Path, tools: Tools, trap: Path) -> None:
    journal = folder / JOURNAL
    journal.mkdir(exist_ok=True)
    for name in ("../secret.md", f"{PLANTING}/media/out.md", ".git/config", "script.py"):
        change = {"what": "x", "before": {name: "stolen"}, "after": {}}
        (journal / "1.json").write_text(json.dumps(change), encoding="utf-8")
        with pytest.raises(ScltError):
            tools.undo()
    (journal / "1.json").write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be read"):
        tools.undo()
    (journal / "1.json").unlink()
    assert trap.read_text(encoding="utf-8") == "secret"
    assert not (folder / "script.py").exists()


def test_groups_of_few_people_stay_hidden(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("sclt.records.keeping.report", lambda *_, smallest, **__: (asked.append(smallest) or [], []))
    tools.records_report("source_modules", smallest=1)
    tools.records_report("source_modules", smallest=9)
    assert asked == [5, 9]


HOSTILE = """<!DOCTYPE html><title>x</title><div id=app><div id=page><main data-page=p>
<img src="{address}/img"><iframe src="{address}/frame"></iframe>
<form class=question data-question=q data-result=right><button>{long}</button></form></main></div></div>
<script>fetch("{address}/fetch").catch(() => 0); new WebSocket("ws{socket}/ws"); open("{address}/open");
navigator.sendBeacon("{address}/beacon"); fetch("file:///etc/passwd").catch(() => 0);</script>"""


@pytest.mark.slow
def test_a_hostile_page_reaches_nothing() -> None:
    """Not even a server on loopback is spoken to: what plays has no network."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        page = HOSTILE.format(address=address, socket=address.removeprefix("http"), long="x" * 100_000)
        with ThreadPoolExecutor(1) as apart:  # Playwright runs once in a thread
            told = apart.submit(played, {"m/index.html": page.encode()}).result()
        with pytest.raises(TimeoutError):
            server.accept()
    assert told == ({"q": "right"}, "there is no question 'gone' on this page.")


def played(files: dict[str, bytes]) -> tuple[object, str]:
    with opened(files, "m", View("en")) as player:
        with pytest.raises(UsageError) as refused:
            player.do(Step("press", "x", "gone"))
        assert player.picture().startswith(b"\x89PNG")
        return player.told()["results"], str(refused.value)
