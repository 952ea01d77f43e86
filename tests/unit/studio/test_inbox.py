"""Questions in the studio: fetched, answered both ways, sent, put together and closed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sclt.consulting.store import Questions, State
from sclt.lrs.server import running
from tests.unit.consulting.test_questions import CONSULTED, HOSTILE, MODULE, MOODLE, Desk, Told, statement
from tests.unit.lrs.conftest import OWNER
from tests.unit.lrs.http import Client
from tests.unit.studio.running import Studio

FIRST, SECOND = (f"00000000-0000-4000-8000-{number:012}" for number in (1, 2))
OWN = {"key": OWNER.key, "secret": OWNER.secret}


@pytest.fixture
def lrs() -> Iterator[Client]:
    with running(OWNER) as served:
        yield Client(served, OWNER)


@pytest.fixture
def inbox(tmp_path: Path, lrs: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    """A studio of the course, with two questions in an LRS that it has not fetched."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    lrs.post(statement(), statement(f"Kas antras? {HOSTILE[:60]}", 2, "mailto:jonas@example.org"))
    shutil.copytree(CONSULTED, tmp_path / "courses")
    studio = Studio(tmp_path / "courses", tmp_path / "packages", tmp_path / "records")
    yield studio
    studio.close()


def fetch(inbox: Studio, lrs: Client) -> Questions:
    assert inbox.post("en/questions/fetch", lrs=lrs.address.endpoint, **OWN).status == 303
    return Questions(inbox.records)


def test_they_are_fetched_and_shown_without_who_asked(inbox: Studio, lrs: Client) -> None:
    assert "There are none." in inbox.ask("en/questions").text
    fetch(inbox, lrs)
    shown = inbox.ask("lt/questions").text
    assert re.search(r"<h2><bdi>Mediena</bdi></h2>\s*<p class=\"kicker\"><bdi>Suoliukai</bdi>", shown)
    assert "Ar tinka ąžuolas?" in shown and "Maumedis" in shown
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown
    assert "@example.org" not in shown


def test_an_answer_goes_to_whoever_asked_and_into_the_sources(inbox: Studio, lrs: Client) -> None:
    store = fetch(inbox, lrs)
    told = {"id": FIRST, "answer": "Taip.\r\n\r\nTinka.", "author": "Staliai", "way": "both", "question": "Ar tinka?"}
    assert inbox.post("en/questions/answer", **told).status == 303
    published = (inbox.records.parent / "courses/square/benches/answers/wood.yaml").read_text("utf-8")
    assert "lt: Ar tinka?" in published and "TODO Ar tinka?" in published
    assert "Replies wait to be sent" in inbox.ask("en/questions").text
    assert inbox.post("en/questions/send", lrs=lrs.address.endpoint, **OWN).status == 303
    assert store.find(FIRST).state is State.ANSWERED
    assert "Replies wait to be sent" not in inbox.ask("en/questions").text
    (reply,) = lrs.find(verb="http://adlnet.gov/expapi/verbs/responded")
    assert reply["result"]["response"] == "Taip.\n\nTinka."
    assert inbox.post("en/questions/answer", **{**told, "answer": "Ne."}).status == 400


def test_equal_ones_are_put_together_and_others_closed(inbox: Studio, lrs: Client) -> None:
    store = fetch(inbox, lrs)
    assert inbox.post("en/questions/merge", id=SECOND, into=FIRST).status == 303
    assert "asked 2 times" in inbox.ask("en/questions").text
    assert inbox.post("en/questions/close", id=FIRST).status == 303
    assert [each.state for each in store.all()] == [State.CLOSED, State.MERGED]
    assert "answer: none needed" in inbox.ask("en/questions").text


def test_a_reply_for_an_lms_is_shown_as_a_teacher_writes_it(tmp_path: Path) -> None:
    kept = Desk(tmp_path)
    kept.take("moodle.csv", MOODLE, Told("7", MODULE))
    studio = Studio(None, tmp_path / "packages", kept.records)
    try:
        shown = studio.ask("en/questions").text
        assert "Asks the same as" in shown and 'name="way" value="reply"' in shown and "questions_as" not in shown
        studio.post("en/questions/answer", id="1kt0j50", answer="Taip.", way="reply")
        assert "#1kt0j50: Taip." in studio.ask("en/questions").text
        assert studio.post("en/questions/answer", id="2abc", answer="Taip.", way="published").status == 400
    finally:
        studio.close()


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("answer", {"id": "none", "answer": "x", "way": "reply"}),
        ("answer", {"id": FIRST, "answer": " ", "way": "reply"}),
        ("answer", {"id": FIRST, "answer": "x", "way": "../x"}),
        ("merge", {"id": FIRST, "into": FIRST}),
        ("close", {}),
        ("fetch", {"lrs": "file:///etc/passwd", **OWN}),
        ("fetch", {"lrs": "http://lrs.example/xapi/", **OWN}),
        ("send", {"lrs": "http://127.0.0.1:9/"}),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    inbox: Studio, lrs: Client, act: str, fields: dict[str, str]
) -> None:
    store = fetch(inbox, lrs)
    before = store.all()
    answer = inbox.post(f"en/questions/{act}", **fields)
    assert answer.status == (303 if act == "send" else 400)  # nothing waits: nothing is sent
    assert store.all() == before


def test_without_records_it_says_how_to_begin(studio: Studio) -> None:
    assert "sclt studio --records FOLDER" in studio.ask("en/questions").text
    assert studio.post("en/questions/close", id=FIRST).status == 400
