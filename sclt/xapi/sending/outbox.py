"""What is still to be sent, kept in a file so that nothing is lost or doubled when the program or the network dies."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple, Self
from uuid import UUID, uuid5

from sclt.errors import EnvironmentFault, UsageError
from sclt.storage.sqlite import connect, is_busy, transaction
from sclt.xapi.sending.reading import Read
from sclt.xapi.statements.identity import encode

_OURS = UUID("3f0f7b52-3d9e-5c1b-9d3f-6f3f4b7c9a10")
"""The namespace of ids that we give."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS lrs (endpoint TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS statements (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL, digest BLOB NOT NULL, source TEXT NOT NULL,
    state INTEGER NOT NULL, reason TEXT NOT NULL, body BLOB NOT NULL, run INTEGER NOT NULL, UNIQUE (id, digest));
CREATE INDEX IF NOT EXISTS statements_state ON statements (state, position);
"""
_QUEUE = """
INSERT INTO statements (id, digest, source, state, reason, body, run) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id, digest) DO UPDATE SET run = excluded.run, source = excluded.source
"""


class State(IntEnum):
    """What has become of a statement; PROVED is one that was sent and then seen where it was sent to."""

    WAITING = 0
    SENT = 1
    INVALID = 2
    REFUSED = 3
    PROVED = 4


class Queued(NamedTuple):
    """A statement on its way. ``source`` says where it came from."""

    position: int
    id: str
    source: str
    body: bytes


class Aside(NamedTuple):
    """A statement that the LRS, or our own rules, did not take, and why."""

    id: str
    source: str
    reason: str


class Outbox:
    """A file with the statements for one LRS; one process at a time works with it."""

    def __init__(self, path: Path, endpoint: str) -> None:
        """Open or begin the file; raises UsageError where it is another LRS's, EnvironmentFault for its own faults."""
        self.path = path
        try:
            self._db = connect(path, wait=1)
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.executescript(_SCHEMA)
            self._belong_to(endpoint)
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def _fault(self, error: sqlite3.Error) -> EnvironmentFault:
        hint = "Another sclt is sending from it." if is_busy(error) else ""
        return EnvironmentFault(f"cannot be used as an outbox: {error}.", str(self.path), hint)

    def _belong_to(self, endpoint: str) -> None:
        known = self._db.execute("SELECT endpoint FROM lrs").fetchone()
        if known is None:
            self._db.execute("INSERT INTO lrs VALUES (?)", (endpoint,))
        elif known[0] != endpoint:
            raise UsageError(f"this outbox is for {known[0]}.", str(self.path), "Name another with --outbox.")

    def queue(self, statements: Iterable[tuple[Read, str]]) -> None:
        """Take statements in that are not here yet, all or none.

        A statement comes with the fault that sets it aside, or none. One without an id gets one made of its file's
        name, its content, and how often the same stood before it, so that queueing a file again adds nothing. What was
        set aside and is not among the statements any more, because it was mended, is forgotten.
        """
        run = self._db.execute("SELECT ifnull(max(run), 0) + 1 FROM statements").fetchone()
        seen = Counter[bytes]()
        with transaction(self._db):
            self._db.execute("DELETE FROM statements WHERE state = ?", (State.INVALID,))
            self._db.executemany(_QUEUE, (self._row(*each, seen) + run for each in statements))
            self._db.execute("DELETE FROM statements WHERE state = ? AND run < ?", (State.REFUSED, *run))

    @staticmethod
    def _row(read: Read, fault: str, seen: Counter[bytes]) -> tuple[str, bytes, str, State, str, bytes]:
        digest = hashlib.sha256(read.raw).digest()
        body, identifier = read.raw, read.statement.get("id")
        if not isinstance(identifier, str):
            identifier = str(uuid5(_OURS, f"{read.file.name} {digest.hex()} {seen[digest]}"))
            seen[digest] += 1
            body = encode({"id": identifier, **read.statement})
            digest = hashlib.sha256(body).digest()
        return (
            identifier.lower(),
            digest,
            f"{read.file}:{read.line}",
            State.INVALID if fault else State.WAITING,
            fault,
            body,
        )

    def waiting(self, count: int, size: int) -> Iterator[list[Queued]]:
        """Yield the next statements to send, at most so many and so many bytes, until none waits.

        A statement that is larger alone comes alone. What has been yielded must have become sent or set aside.
        """
        while rows := self._db.execute(
            "SELECT position, id, source, body FROM statements WHERE state = ? ORDER BY position LIMIT ?",
            (State.WAITING, count),
        ).fetchall():
            yield _within([Queued(*row) for row in rows], size)

    def sent(self, batch: Iterable[Queued]) -> None:
        """Note that the LRS has statements."""
        self._set((State.SENT, "", queued.position) for queued in batch)

    def set_aside(self, queued: Queued, reason: str) -> None:
        """Note that the LRS does not take a statement."""
        self._set([(State.REFUSED, reason, queued.position)])

    def _set(self, changes: Iterable[tuple[State, str, int]]) -> None:
        with transaction(self._db):
            self._db.executemany("UPDATE statements SET state = ?, reason = ? WHERE position = ?", changes)

    def count(self, state: State) -> int:
        """Return how many statements are in a state."""
        row = self._db.execute("SELECT count(*) FROM statements WHERE state = ?", (state,)).fetchone()
        return int(row[0])

    def aside(self) -> list[Aside]:
        """Return what was set aside, in order."""
        rows = self._db.execute(
            "SELECT id, source, reason FROM statements WHERE state IN (?, ?) ORDER BY position",
            (State.INVALID, State.REFUSED),
        )
        return [Aside(*row) for row in rows]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()


def _within(batch: list[Queued], size: int) -> list[Queued]:
    total = 0
    for number, queued in enumerate(batch):
        total += len(queued.body) + 1
        if total > size and number:
            return batch[:number]
    return batch
