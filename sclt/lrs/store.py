"""The one SQLite file of the LRS, its tables, and who reads and writes it at the same time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sclt.errors import EnvironmentFault
from sclt.lrs import clock, upgrades
from sclt.storage.sqlite import connect, snapshot, transaction

_SCHEMA = """
CREATE TABLE IF NOT EXISTS statements (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stored INTEGER NOT NULL, verb TEXT NOT NULL, registration TEXT,
    target TEXT, voided INTEGER NOT NULL DEFAULT 0, body BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS statements_registration ON statements (registration, seq) WHERE registration IS NOT NULL;
CREATE INDEX IF NOT EXISTS statements_target ON statements (target) WHERE target IS NOT NULL;
CREATE INDEX IF NOT EXISTS statements_shown ON statements (seq) WHERE voided = 0;
CREATE TABLE IF NOT EXISTS keys (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS mentions (
    kind INTEGER NOT NULL, key INTEGER NOT NULL, seq INTEGER NOT NULL, origin INTEGER NOT NULL,
    PRIMARY KEY (kind, key, seq, origin)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attachments (sha2 TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS attached (
    seq INTEGER NOT NULL, sha2 TEXT NOT NULL, PRIMARY KEY (seq, sha2)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS attached_sha2 ON attached (sha2);
CREATE TRIGGER IF NOT EXISTS statement_deleted AFTER DELETE ON statements BEGIN
    DELETE FROM attached WHERE seq = OLD.seq;
END;
CREATE TRIGGER IF NOT EXISTS attached_deleted AFTER DELETE ON attached BEGIN
    DELETE FROM attachments WHERE sha2 = OLD.sha2 AND NOT EXISTS (SELECT 1 FROM attached WHERE sha2 = OLD.sha2);
END;
CREATE TABLE IF NOT EXISTS activities (id TEXT PRIMARY KEY, definition BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS names (agent TEXT, name TEXT, PRIMARY KEY (agent, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    resource TEXT, activity TEXT, agent TEXT, registration TEXT, id TEXT, body BLOB NOT NULL, type TEXT NOT NULL,
    updated INTEGER NOT NULL, PRIMARY KEY (resource, activity, agent, registration, id));
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, ticket TEXT NOT NULL UNIQUE, token TEXT, actor BLOB NOT NULL, registration TEXT NOT NULL,
    activity TEXT NOT NULL, data BLOB NOT NULL, launched INTEGER NOT NULL, ended INTEGER, cmi5 INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS prepared (session TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_registration ON sessions (registration);
"""
_MEMORY = ":memory:"


class Store:
    """A store that several threads may use: one writes at a time, and nobody who reads waits for it.

    ``path`` may be ":memory:"; then all take turns, since no other connection could see what is in memory.
    """

    def __init__(self, path: Path | str) -> None:
        self._path, self._idle = path, list[sqlite3.Connection]()
        self._lock, self._writer, self._since, self._closed = threading.RLock(), 0, 0, False
        try:
            if path != _MEMORY:
                Path(path).touch(0o600)  # what people learn is theirs
            self._connection = _opened(path)
        except (sqlite3.Error, OSError) as error:
            raise EnvironmentFault(f"cannot be used as a store: {error}.", str(path)) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state of the store: within `writing` that of the change."""
        if self._path == _MEMORY or self._writer == threading.get_ident():
            with self._lock:
                yield self._connection
            return
        connection = self._idle.pop() if self._idle else _reader(self._path)
        try:
            with snapshot(connection):
                yield connection
        finally:
            self._idle.append(connection)
            if self._closed:
                self._close_idle()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for changes that are kept together or not at all."""
        with self._lock:
            if self._connection.in_transaction:
                yield self._connection
                return
            self._writer, self._since = threading.get_ident(), clock.now()
            try:
                with transaction(self._connection):
                    yield self._connection
            finally:
                self._writer, self._since = 0, 0

    def consistent_through(self) -> int:
        """Return a moment, in microseconds: whatever was or will be stored before it can be read now."""
        moment = clock.now()  # before the look: a change that begins later is stored later
        return self._since or moment

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._closed = True
            self._close_idle()
            self._connection.close()

    def _close_idle(self) -> None:
        while self._idle:
            self._idle.pop().close()


def _opened(path: Path | str) -> sqlite3.Connection:
    connection = connect(path, threads=True)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # what was answered survives a power cut
        connection.execute("PRAGMA cache_size = -65536")  # KiB
        upgrades.upgrade(connection, _SCHEMA)
    except BaseException:
        connection.close()
        raise
    return connection


def _reader(path: Path | str) -> sqlite3.Connection:
    connection = connect(path, threads=True)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cache_size = -16384")
    return connection
