"""Reads the statements of a file one at a time, to be sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from sclt.errors import UsageError
from sclt.xapi.judging.stream import chunks, opened, records
from sclt.xapi.rules.text import is_deep
from sclt.xapi.statements.identity import Json


class Read(NamedTuple):
    """A statement, its own JSON, and the line where it begins."""

    file: Path
    line: int
    raw: bytes
    statement: Json


def read(file: Path) -> Iterator[Read]:
    """Yield the statements of a file: JSON Lines, a list, one statement or an LRS's answer, plain or gzipped.

    Raises UsageError with the line for what is no JSON object, and as `sclt.xapi.judging.stream.opened` does.
    """
    with opened(file) as source:
        for chunk in chunks(source):
            for record in records(chunk) if chunk.kind != "mark" else ():
                yield Read(file, record.line, record.raw, _object(record.raw, f"{file}:{record.line}"))


def _object(raw: bytes, where: str) -> Json:
    try:
        if is_deep(raw):
            raise ValueError("it is nested too deeply")
        return msgspec.json.decode(raw, type=Json)
    except ValueError as error:
        hint = "sclt statements validate finds all that is wrong with a file."
        raise UsageError(f"is not a statement in JSON: {error}.", where, hint) from None
