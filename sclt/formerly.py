"""Names that the library had before 0.2: each works as it did, and says what it is called now."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sclt.model.result import AnyPath

if TYPE_CHECKING:
    from sclt.model.finding import Finding
    from sclt.records.answers import Answer
    from sclt.records.exported import Export
    from sclt.records.ingest import Told


def _warn(old: str, new: str) -> None:
    warnings.warn(f"sclt.{old} is called sclt.{new} now", DeprecationWarning, stacklevel=3)


def bring(file: AnyPath, into: AnyPath, language: str) -> list[Finding]:
    """Do as `sclt.import_course` does, and return its findings."""
    from sclt.exchange.bring import import_course

    _warn("bring", "import_course")
    return import_course(file, into, language).findings


def give(path: AnyPath, form: str, out: AnyPath, language: str = "") -> list[Finding]:
    """Do as `sclt.export_course` does, and return its findings."""
    from sclt.exchange.give import export_course

    _warn("give", "export_course")
    return export_course(path, form, out, language).findings


def keep_statements(
    files: Iterable[AnyPath], records: AnyPath, key: AnyPath | None = None, export: Export | None = None
) -> Told:
    """Do as `sclt.import_statements` does, and return its value."""
    from sclt.records.keeping import import_statements

    _warn("keep_statements", "import_statements")
    return import_statements(files, records, key, export).value


def answer_records(
    records: AnyPath,
    engine: str = "duckdb",
    groups: AnyPath | None = None,
    key: AnyPath | None = None,
    smallest: int = 5,
) -> Iterator[Answer]:
    """Yield the answers of `sclt.report`, computed when the first is asked for."""
    from sclt.records.answers import answers
    from sclt.records.keeping import open_records

    _warn("answer_records", "report")
    yield from answers(open_records(records, engine, groups, key), smallest)
