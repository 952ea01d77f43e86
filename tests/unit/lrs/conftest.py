"""A real LRS on loopback for each test, and a plain HTTP client that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sclt.lrs.access import Owner
from sclt.lrs.server import running
from tests.unit.lrs.http import Client

OWNER = Owner("owner", "s3crét:with colon")


@pytest.fixture
def lrs() -> Iterator[Client]:
    with running(OWNER, limit=100_000) as served:
        yield Client(served, OWNER)


@pytest.fixture
def statement() -> dict[str, Any]:
    return {
        "actor": {"mbox": "mailto:ona@example.org"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
        "object": {"id": "https://example.org/page"},
    }
