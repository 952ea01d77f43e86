"""The one SQLite file of the LRS, and its tables."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sclt.errors import EnvironmentFault
from sclt.storage.sqlite import connect, transaction

_SCHEMA = """
CREATE TABLE IF NOT EXISTS statements (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stored INTEGER NOT NULL, verb TEXT NOT NULL, registration TEXT,
    target TEXT, voided INTEGER NOT NULL DEFAULT 0, body BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS statements_verb ON statements (verb, seq);
CREATE INDEX IF NOT EXISTS statements_registration ON statements (registration, seq) WHERE registration IS NOT NULL;
CREATE INDEX IF NOT EXISTS statements_target ON statements (target) WHERE target IS NOT NULL;
CREATE TABLE IF NOT EXISTS mentions (
    kind TEXT NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (kind, key, seq)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS activities (id TEXT PRIMARY KEY, definition BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS names (agent TEXT, name TEXT, PRIMARY KEY (agent, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    resource TEXT, activity TEXT, agent TEXT, registration TEXT, id TEXT, body BLOB NOT NULL, type TEXT NOT NULL,
    updated INTEGER NOT NULL, PRIMARY KEY (resource, activity, agent, registration, id));
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, ticket TEXT NOT NULL UNIQUE, token TEXT, actor BLOB NOT NULL, registration TEXT NOT NULL,
    activity TEXT NOT NULL, data BLOB NOT NULL, launched INTEGER NOT NULL, ended INTEGER, cmi5 INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS sessions_registration ON sessions (registration);
"""


class Store:
    """A connection that several threads may use, one at a time. ``path`` may be ":memory:"."""

    def __init__(self, path: Path | str) -> None:
        try:
            if path != ":memory:":
                Path(path).touch(0o600)  # what people learn is theirs
            self._connection = connect(path, threads=True)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(_SCHEMA)
        except (sqlite3.Error, OSError) as error:
            raise EnvironmentFault(f"cannot be used as a store: {error}.", str(path)) from error
        self._lock = threading.RLock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection."""
        with self._lock:
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for changes that are kept together or not at all."""
        with self._lock:
            if self._connection.in_transaction:
                yield self._connection
                return
            with transaction(self._connection):
                yield self._connection

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()
