"""Who is forgotten has no reply of the authors in an LRS any more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sclt.cli import main
from sclt.consulting import desk, replies
from sclt.errors import EnvironmentFault
from sclt.lrs.server import running
from sclt.xapi.sending.client import Lrs
from sclt.xapi.sending.credentials import Credentials
from sclt.xapi.sending.source import Source
from tests.unit.consulting.test_questions import MODULE, NOON, Desk, statement
from tests.unit.lrs.conftest import OWNER
from tests.unit.lrs.http import Client

ONA, JONAS = "mailto:ona@example.org", "mailto:jonas@example.org"
OWN = Credentials(OWNER.key, OWNER.secret)


@pytest.fixture
def lrs() -> Iterator[Client]:
    with running(OWNER) as served:
        yield Client(served, OWNER)


@pytest.fixture
def answered(lrs: Client, tmp_path: Path) -> Desk:
    """Two questions of Ona and one of Jonas, pulled from the LRS; each has its reply there."""
    told = (statement(), statement("Kas antras?", 2), statement("Kas trečias?", 3, JONAS))
    lrs.post(*told)
    kept = Desk(tmp_path)
    desk.pull(Source(lrs.address.endpoint, OWN), kept.records, kept.key)
    for each in kept.all().all():
        desk.answer(kept.records, each.asked.id, desk.Answer("Taip.", author="Staliai"), now=NOON)
    assert desk.send_waiting(kept.records, client) == 3
    return kept


def client(endpoint: str) -> Lrs:
    return Lrs(endpoint, OWN, retries=0)


def documents(lrs: Client, mbox: str) -> list[Any]:
    """Return the texts of a person's replies in the LRS."""
    place: dict[str, Any] = {"activityId": f"{MODULE}/pages/wood", "agent": {"mbox": mbox}, "stateId": "sclt-replies"}
    read = lrs.ask("GET", "activities/state", **place)
    return [each["question"] for each in read.json()["replies"].values()] if read.status == 200 else []


def test_the_document_goes_and_the_statements_are_voided(lrs: Client, answered: Desk) -> None:
    assert len(documents(lrs, ONA)) == 2
    gone = desk.forget(answered.records, "ona@example.org", answered.file, client)
    assert (gone.questions, len(gone.voided), gone.left) == (2, 2, ())
    assert documents(lrs, ONA) == []
    assert documents(lrs, JONAS) == ["Kas trečias?"]
    (left,) = [each for each in lrs.find() if each["verb"]["id"].endswith("/responded")]
    assert left["object"]["id"].endswith("3")
    assert [lrs.ask("GET", "statements", voidedStatementId=each).status for each in gone.voided] == [200, 200]


def test_a_fault_of_the_network_leaves_all_to_be_done_again(lrs: Client, answered: Desk) -> None:
    def silent(_: str) -> Lrs:
        return Lrs("http://127.0.0.1:9/xapi/", OWN, retries=0)

    with pytest.raises(EnvironmentFault, match="cannot be reached"):
        desk.forget(answered.records, "ona@example.org", answered.file, silent)
    assert len(answered.all().all()) == 3
    assert desk.forget(answered.records, "ona@example.org", answered.file, client).questions == 2
    assert documents(lrs, ONA) == []


def test_a_reply_that_was_taken_back_before_a_cut_is_no_hindrance(lrs: Client, answered: Desk) -> None:
    ona = next(each.asked for each in answered.all().all())
    first = replies.take_back(client(ona.source), ona.id)
    assert replies.take_back(client(ona.source), ona.id) == first
    assert len(documents(lrs, ONA)) == 1
    assert first in desk.forget(answered.records, "ona@example.org", answered.file, client).voided


def test_a_question_that_the_lrs_removed_hinders_nothing(answered: Desk) -> None:
    with running(OWNER) as empty:
        gone = desk.forget(answered.records, "ona@example.org", answered.file, lambda _: client(empty.address.endpoint))
    assert gone == desk.Gone(2)


@pytest.mark.parametrize("local", [False, True])
def test_the_command_tells_what_is_left(
    lrs: Client, answered: Desk, monkeypatch: pytest.MonkeyPatch, local: bool
) -> None:
    monkeypatch.setenv("SCLT_LRS_KEY", OWNER.key)
    monkeypatch.setenv("SCLT_LRS_SECRET", OWNER.secret)
    told = answered.folder / "told.jsonl"
    told.write_text(json.dumps(statement()) + "\n", encoding="utf-8")
    key = ["--key", str(answered.file)]
    CliRunner().invoke(main, ["records", "import", str(told), "--out", str(answered.records), *key])
    command = ["records", "forget", "ona@example.org", "--records", str(answered.records), *key]
    done = CliRunner().invoke(main, [*command, *(["--local"] if local else [])])
    assert done.exit_code == 0, done.output
    assert "2 questions to the authors removed" in done.output
    assert (f"{lrs.address.endpoint} has replies still" in done.output) == local
    assert done.output.count("keeps the voided statement") == (0 if local else 2)
    assert len(documents(lrs, ONA)) == (2 if local else 0)
