"""Records of small data, and one Spark session for all tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from sclt.records.ingest import ingest
from sclt.records.people import Key
from sclt.records.store import Store

KEY = Key(b"\x01" * 32)
MODULE = "https://example.org/courses/office/first-day"
Filled: TypeAlias = Callable[[list[dict[str, Any]]], Store]


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    def fill(statements: list[dict[str, Any]]) -> Store:
        store = Store(tmp_path / "records", create=True)
        ingest(store, lines(statements), KEY, "test")
        return store

    return fill


FOR_FEW_ROWS = {  # where compiling a query takes longer than answering it; a third of the processor time is left
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.files.openCostInBytes": "0",  # a task for many small files, not for each
    "spark.sql.shuffle.partitions": "1",
    "spark.ui.enabled": "false",
}


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[1]").config(map=FOR_FEW_ROWS).getOrCreate()
    yield session
    session.stop()


def lines(statements: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in statements)


def told(number: int, person: str, verb: str, thing: str = "", minute: int = 0, **more: Any) -> dict[str, Any]:
    """Return a statement of our courses; ``thing`` is what follows the module's IRI."""
    language = more.pop("language", "lt")
    return {
        "id": f"{number:08x}-0000-4000-8000-000000000000",
        "actor": {"mbox": f"mailto:{person}@example.org"},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {"id": f"{MODULE}{thing}", "definition": {"interactionType": "choice"}},
        "context": {"language": language, "contextActivities": {"grouping": [{"id": MODULE}]}},
        "timestamp": f"2026-03-02T{8 + minute // 60:02}:{minute % 60:02}:00Z",
        **more,
    }
