"""The store: references over several steps, stores of an earlier sclt, reading beside writing, the cost of a page."""

from __future__ import annotations

import gc
import json
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import urllib3

from sclt.errors import EnvironmentFault
from sclt.lrs import lookup, query, records
from sclt.lrs.lookup import Window
from sclt.lrs.mentions import Kind, Mention
from sclt.lrs.store import Store
from tests.unit.lrs.http import Client
from tests.unit.lrs.test_command import ask, served

UUID = "6ba7b810-9dad-41d1-80b4-{:012}"
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
AUTHORITY = {"account": {"homePage": "http://lrs", "name": "owner"}}


def told(number: int, verb: str, to: int | None = None, registration: int | None = None) -> dict[str, Any]:
    """Return a statement; ``to`` is the number of the one that it refers to."""
    thing = {"id": f"http://a/{number}"} if to is None else {"objectType": "StatementRef", "id": UUID.format(to)}
    statement = {"id": UUID.format(number), "actor": {"mbox": f"mailto:p{number}@example.org"}, "object": thing}
    if registration is not None:
        statement["context"] = {"registration": UUID.format(registration)}
    return {**statement, "verb": {"id": verb if ":" in verb else f"http://v/{verb}"}}


def found(lrs: Client, **parameters: Any) -> list[int]:
    return [int(s["id"][-12:]) for s in lrs.find(**parameters)]


def test_all_filters_hold_for_one_statement(lrs: Client) -> None:
    lrs.post(told(1, "saw", registration=91), told(2, "confirmed", to=1, registration=92))
    assert found(lrs, verb="http://v/saw") == [2, 1]
    assert found(lrs, verb="http://v/saw", registration=UUID.format(91)) == [2, 1]
    assert found(lrs, verb="http://v/confirmed", registration=UUID.format(92)) == [2]
    assert found(lrs, verb="http://v/saw", registration=UUID.format(92)) == []


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1), (3, 1, 2)])
def test_references_come_in_any_order(lrs: Client, order: tuple[int, ...]) -> None:
    made = {1: told(1, "saw"), 2: told(2, "confirmed", to=1), 3: told(3, "doubted", to=2)}
    for number in order:
        lrs.post(made[number])
    assert sorted(found(lrs, verb="http://v/saw")) == [1, 2, 3]
    assert sorted(found(lrs, verb="http://v/confirmed")) == [2, 3]
    assert found(lrs, verb="http://v/doubted") == [3]


def test_references_in_a_circle(lrs: Client) -> None:
    lrs.post(told(1, "saw", to=2), told(2, "confirmed", to=1), told(3, "doubted", to=3))
    assert sorted(found(lrs, verb="http://v/saw")) == [1, 2]
    assert found(lrs, verb="http://v/doubted") == [3]


def test_a_long_chain_is_followed_some_steps(lrs: Client) -> None:
    lrs.post(*[told(n, f"v{n}", to=n - 1 if n > 1 else None) for n in range(1, 31)])
    assert found(lrs, verb="http://v/v1") == list(range(lookup.STEPS + 1, 0, -1))


@pytest.mark.parametrize("late", [True, False])
def test_what_refers_to_a_voided_statement_stays(lrs: Client, late: bool) -> None:
    made = [told(1, "saw"), told(2, "confirmed", to=1), told(3, "doubted", to=2), told(4, VOIDED, to=2)]
    for statement in reversed(made) if late else made:
        lrs.post(statement)
    assert sorted(found(lrs, verb="http://v/saw")) == [1, 3, 4]
    assert sorted(found(lrs, verb="http://v/confirmed")) == [3, 4]
    assert sorted(found(lrs)) == [1, 3, 4]


# stores of an earlier sclt

_EARLIER = """
CREATE TABLE statements (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stored INTEGER NOT NULL, verb TEXT NOT NULL, registration TEXT,
    target TEXT, voided INTEGER NOT NULL DEFAULT 0, body BLOB NOT NULL);
CREATE INDEX statements_verb ON statements (verb, seq);
CREATE TABLE mentions (
    kind TEXT NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (kind, key, seq)) WITHOUT ROWID;
CREATE TABLE activities (id TEXT PRIMARY KEY, definition BLOB NOT NULL) WITHOUT ROWID;
INSERT INTO activities VALUES ('http://a/1', '{"name":{"en":"One"}}');
"""


def test_a_store_of_an_earlier_sclt(tmp_path: Path) -> None:
    path = tmp_path / "lrs.sqlite"
    made = [told(1, "saw", registration=91), told(2, "confirmed", to=1), told(3, VOIDED, to=4), told(4, "did")]
    made[0]["context"]["contextActivities"] = {"parent": {"id": "http://a/course"}}
    with sqlite3.connect(path) as db:
        db.executescript(_EARLIER)
        for seq, each in enumerate(made, 1):
            row = (seq, each["id"], seq * 1000, each["verb"]["id"], each["object"].get("id"), seq == 4)
            db.execute(
                "INSERT INTO statements (seq, id, stored, verb, target, voided, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*row[:4], row[4] if "objectType" in each["object"] else None, row[5], json.dumps(each)),
            )
    for _ in range(2):  # the second time it is one of ours
        store = Store(path)
        assert numbers(store, verb="http://v/saw", registration=UUID.format(91)) == [2, 1]
        assert numbers(store, activity="http://a/course", related_activities=True) == [2, 1]
        assert numbers(store) == [3, 2, 1]
        kept = records.by_id(store, UUID.format(1))
        assert kept and json.loads(kept.body)["context"]["contextActivities"]["parent"] == [{"id": "http://a/course"}]
        store.close()


def numbers(store: Store, **asked: Any) -> list[int]:
    return [int(json.loads(s.body)["id"][-12:]) for s in query.search(store, asked).statements]


def test_a_store_of_a_later_sclt_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "lrs.sqlite"
    Store(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(EnvironmentFault, match="newer sclt"):
        Store(path)


# many at once


def test_who_reads_does_not_wait_for_who_writes(lrs: Client) -> None:
    lrs.post(told(1, "did"))
    with lrs.store.writing():
        records.add(lrs.store, [told(2, "did")], AUTHORITY, "1.0.0")
        answer = lrs.ask("GET", "statements", verb="http://v/did")
        through = answer.headers["X-Experience-API-Consistent-Through"]
        assert [s["id"] for s in answer.json()["statements"]] == [UUID.format(1)]
    assert found(lrs) == [2, 1]
    (written, _) = lrs.find()
    assert through <= written["stored"]


@pytest.mark.slow
def test_a_batch_lets_nobody_wait_for_a_search_for_garbage(lrs: Client) -> None:
    """A full search stops every thread, and looks at all that the batch is made of."""
    wide: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"]:
            wide.append(info["generation"])

    batch = [told(number, "saw") for number in range(1000, 1400)]
    gc.collect()
    gc.callbacks.append(note)
    try:
        lrs.post(*batch)
    finally:
        gc.callbacks.remove(note)
    assert wide == []


@pytest.mark.slow
def test_two_hundred_clients_at_once(lrs: Client) -> None:
    start = threading.Barrier(200)

    def work(number: int) -> tuple[int, int]:
        start.wait(60)
        sent = lrs.ask("POST", "statements", told(number, "did")).status
        return sent, lrs.ask("GET", "statements", statementId=UUID.format(number)).status

    with ThreadPoolExecutor(200) as clients:
        assert set(clients.map(work, range(1, 201))) == {(200, 200)}
    assert sorted(found(lrs, limit=0)) == list(range(1, 201))


@pytest.mark.slow
def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    acknowledged: list[int] = []
    enough = threading.Event()

    def write(endpoint: str, first: int) -> None:
        number = first
        while True:
            try:
                answer = ask(endpoint, tmp_path, "POST", told(number, "did"))
            except urllib3.exceptions.HTTPError:
                return
            assert answer.status == 200
            acknowledged.append(number)
            number += 1
            if len(acknowledged) > 60:
                enough.set()

    with ThreadPoolExecutor(4) as clients:
        with served(tmp_path, end=signal.SIGKILL) as (endpoint, _):
            work = [clients.submit(write, endpoint, n * 1_000_000) for n in range(1, 5)]
            assert enough.wait(60)
        assert [each.exception() for each in work] == [None] * 4
    store = Store(tmp_path / "lrs.sqlite")
    with store.reading() as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = {int(row[0][-12:]) for row in db.execute("SELECT id FROM statements")}
    store.close()
    assert set(acknowledged) <= kept


# what a page costs

COUNT = 3000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store in which verb, course and teacher are the same everywhere, and one registration is rare."""
    store = Store(tmp_path_factory.mktemp("large") / "lrs.sqlite")
    made = [told(n, "did", registration=1 if n == 5 else 2) for n in range(1, COUNT + 1)]
    for each in made:
        each["context"]["contextActivities"] = {"grouping": [{"id": "http://a/course"}]}
        each["context"]["instructor"] = {"mbox": "mailto:teacher@example.org"}
    records.add(store, made, AUTHORITY, "1.0.0")
    yield store
    store.close()


VERB: Mention = (Kind.verb, "http://v/did")
RARE: Mention = (Kind.registration, UUID.format(1))
WINDOWS = (Window(1, COUNT, 10, False), Window(1, COUNT, 10, True), Window(1, COUNT // 2, 10, False))
PAGES: list[tuple[list[Mention], int]] = [
    ([], 10),
    ([VERB], 10),
    ([(Kind.related_activities, "http://a/course")], 10),
    ([(Kind.related_agents, "mbox mailto:teacher@example.org")], 10),
    ([VERB, RARE], 1),
    ([RARE, VERB], 1),
    ([(Kind.verb, "http://v/never")], 0),
]


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize(("filters", "shown"), PAGES)
def test_a_page_costs_what_it_shows(large: Store, filters: list[Mention], shown: int, window: Window) -> None:
    search = lookup.matching if filters else lambda db, _filters, window: lookup.everything(db, window)
    rows, steps = steps_of(large, lambda db: search(db, filters, window))
    assert len(rows) == shown
    assert steps < 1000 + 10_000 * (len(filters) > 1)  # where there are two, up to 1,000 mentions are counted


def steps_of(store: Store, work: Callable[[sqlite3.Connection], Any]) -> tuple[Any, int]:
    """Return what work gives, and how many steps SQLite made for it, in hundreds."""
    steps = []
    with store.reading() as db:
        db.set_progress_handler(lambda: steps.append(100), 100)
        given = work(db)
        db.set_progress_handler(None, 0)
    return given, sum(steps)


def test_since_when_nothing_is_new_costs_nothing(large: Store) -> None:
    for moment, first in ((1 << 60, COUNT + 1), (0, 1)):
        found, steps = steps_of(large, lambda db, moment=moment: lookup.first_after(db, moment))
        assert (found, steps < 1000) == (first, True)
