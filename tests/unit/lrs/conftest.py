"""A real LRS on loopback, empty for each test, and a plain HTTP client that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sclt.lrs.access import Owner
from sclt.lrs.server import Running, running
from tests.unit.lrs.http import Client

OWNER = Owner("owner", "s3crét:with colon")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """An LRS with a file, as `sclt lrs` has one: other threads read than write."""
    with running(OWNER, tmp_path_factory.mktemp("lrs") / "lrs.sqlite", limit=100_000) as lrs:
        yield lrs


@pytest.fixture
def lrs(served: Running) -> Client:
    """A client of the LRS, which is empty."""
    with served.store.writing() as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            db.execute(f"DELETE FROM {table}")
    return Client(served, OWNER)


@pytest.fixture
def statement() -> dict[str, Any]:
    return {
        "actor": {"mbox": "mailto:ona@example.org"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
        "object": {"id": "https://example.org/page"},
    }
