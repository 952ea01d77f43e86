"""Clocks that are wrong, days that end, statements that come twice: each counts once, when it happened."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sclt.records.ingest import ingest
from sclt.records.store import Store
from tests.unit.records.conftest import KEY, Filled, lines, told

pytestmark = pytest.mark.slow

MANY = [told(n, f"p{n % 3}", "passed", stored=f"2026-03-0{1 + n % 4}T23:59:59.999Z") for n in range(12)]


def records(store: Store, columns: str) -> list[tuple[Any, ...]]:
    files = [str(path) for path in store.paths()]
    return duckdb.execute(f"SELECT {columns} FROM read_parquet(?) ORDER BY id", [files]).fetchall()


CLOCKS = {
    "right": ("2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z", "2026-03-02 08:00:00"),
    "a little fast": ("2026-03-02T09:04:00Z", "2026-03-02T09:00:00Z", "2026-03-02 09:04:00"),
    "fast": ("2027-03-02T08:00:00Z", "2026-03-02T09:00:00Z", "2026-03-02 09:00:00"),
    "reset": ("1970-01-01T00:00:09Z", "2026-03-02T09:00:00Z", "2026-03-02 09:00:00"),
    "sent weeks later": ("2026-02-02T08:00:00Z", "2026-03-02T09:00:00Z", "2026-02-02 08:00:00"),
    "of another zone": ("2026-03-02T01:00:00+02:00", "2026-03-02T09:00:00Z", "2026-03-01 23:00:00"),
}


@pytest.mark.parametrize("name", CLOCKS)
def test_an_event_is_when_its_clock_says_unless_that_cannot_be(filled: Filled, name: str) -> None:
    stamped, stored, moment = CLOCKS[name]
    store = filled([told(1, "ana", "passed", timestamp=stamped, stored=stored)])
    assert records(store, "make_timestamp(moment * 1000)::VARCHAR, day") == [(moment, "2026-03-02")]


def test_days_and_weeks_end_at_midnight_in_utc(filled: Filled) -> None:
    stored = ["2026-03-01T23:59:59.999Z", "2026-03-02T00:00:00Z", "2026-03-03T01:59:59+02:00"]
    store = filled([told(n, "ana", "passed", timestamp=time, stored=time) for n, time in enumerate(stored)])
    assert records(store, "day, week") == [
        ("2026-03-01", "2026-02-23"),
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02", "2026-03-02"),
    ]


def test_of_statements_with_one_id_the_first_stored_stands(filled: Filled) -> None:
    late = told(1, "ana", "failed", stored="2026-03-03T10:00:00Z")
    early = told(1, "ben", "passed", stored="2026-03-02T10:00:00Z", id=late["id"].upper())
    store = filled([late, early])
    ingest(store, lines([told(1, "cid", "completed", stored="2026-03-01T10:00:00Z")]), KEY, "again")
    assert records(store, "id, verb, day") == [(late["id"], early["verb"]["id"], "2026-03-02")]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(st.sampled_from(MANY), max_size=12), min_size=1, max_size=4))
def test_whatever_comes_in_whatever_order_is_there_once(batches: list[list[dict[str, Any]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "records", create=True)
        added = sum(ingest(store, lines(batch), KEY, "batch").added for batch in batches)
        wanted = sorted({each["id"] for batch in batches for each in batch})
        assert [row[0] for row in records(store, "id")] == wanted
        assert added == len(wanted) == sum(part.statements for part in store.parts())
        store.close()
