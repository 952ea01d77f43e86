"""Connections to SQLite files, their transactions, and what their errors mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def connect(path: Path | str, wait: float = 5, threads: bool = False) -> sqlite3.Connection:
    """Open a file, which is made where there is none; ":memory:" is none at all. Raises sqlite3.Error.

    Each change is kept at once, but for those within a `transaction`. ``wait`` is for how many seconds another
    connection may hold what this one wants; ``threads`` lets several threads use it, which must take turns.
    """
    return sqlite3.connect(path, timeout=wait, check_same_thread=not threads, isolation_level=None)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep the changes of a block together, or none of them; others may read meanwhile, not write."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Let a block see one state of the file, whatever others write meanwhile; it changes nothing."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether another connection holds what this one wanted, by the primary part of SQLite's result code.

    SQLite's words change with its releases.
    """
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
