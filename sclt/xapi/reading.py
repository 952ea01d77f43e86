"""Reads statements from files one at a time: JSON Lines, JSON (a statement or a list of them), each perhaps gzipped."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

import msgspec

from sclt.errors import EnvironmentFault, UsageError
from sclt.xapi.identity import Json


class Read(NamedTuple):
    """A statement, and where it stands: a line, or in a list its place there. ``raw`` is its own JSON."""

    file: Path
    where: str
    raw: bytes
    statement: Json


def read(file: Path) -> Iterator[Read]:
    """Yield the statements of a file. JSON Lines need no memory; a list in JSON is read whole.

    Raises UsageError with the line for what is no JSON object, EnvironmentFault where the file cannot be read.
    """
    try:
        with _opened(file) as stream:
            lines = file.name.removesuffix(".gz").endswith((".jsonl", ".ndjson"))
            yield from _lines(stream, file) if lines else _document(stream.read(), file)
    except (OSError, EOFError) as error:
        raise EnvironmentFault(f"cannot be read: {getattr(error, 'strerror', None) or error}.", str(file)) from error


def _opened(file: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(file)) if file.name.endswith(".gz") else file.open("rb")


def _lines(stream: IO[bytes], file: Path) -> Iterator[Read]:
    for number, line in enumerate(stream, 1):
        if raw := line.strip():
            where = f"{file}:{number}"
            yield Read(file, where, raw, _object(raw, where))


def _document(content: bytes, file: Path) -> Iterator[Read]:
    if not content.lstrip().startswith(b"["):
        yield Read(file, str(file), content.strip(), _object(content, str(file)))
        return
    try:
        parts = msgspec.json.decode(content, type=list[msgspec.Raw])
    except msgspec.DecodeError as error:
        raise UsageError(f"is not JSON: {error}.", str(file)) from None
    for number, part in enumerate(parts):
        where = f"{file}/{number}"
        yield Read(file, where, bytes(part), _object(part, where))


def _object(raw: bytes | msgspec.Raw, where: str) -> Json:
    try:
        return msgspec.json.decode(raw, type=Json)
    except (msgspec.DecodeError, RecursionError) as error:
        hint = "A file of statements one a line is named .jsonl." if ":" not in where else ""
        raise UsageError(f"is not a statement in JSON: {error}.", where, hint) from None
