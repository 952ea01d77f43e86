"""The questions on disk, beside the records: SQLite, pseudonyms alone, each change whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from sclt.consulting.asked import Asked
from sclt.errors import EnvironmentFault, UsageError
from sclt.records.people import Key
from sclt.storage.sqlite import connect, is_busy, transaction

FILE = "questions.sqlite"
_FORMAT = "1"
_SHORTEST = 4
_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS question (
    id TEXT PRIMARY KEY, person TEXT, module TEXT, page TEXT, text TEXT, question TEXT, passage TEXT, version TEXT,
    language TEXT, asked TEXT, source TEXT, mark TEXT,
    into_id TEXT NOT NULL DEFAULT '', closed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS reply (
    id TEXT PRIMARY KEY, text TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, sent INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS published (id TEXT PRIMARY KEY, place TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS source (name TEXT PRIMARY KEY, stored TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS forgotten (person TEXT PRIMARY KEY);
"""
_COLUMNS = ", ".join(Asked._fields)


class State(StrEnum):
    """What has become of a question."""

    OPEN = "open"
    WAITING = "reply waits"
    ANSWERED = "answered"
    PUBLISHED = "published"
    MERGED = "merged"
    CLOSED = "closed"


class Reply(NamedTuple):
    """What the authors answer whoever asked: ``at`` is a time of ISO 8601, ``sent`` whether the LRS has it."""

    text: str
    author: str
    at: str
    sent: bool


class Kept(NamedTuple):
    """A question in the store: ``into`` is the one that it was merged into, ``place`` where its answer is published."""

    asked: Asked
    into: str
    closed: bool
    reply: Reply | None
    place: str

    @property
    def state(self) -> State:
        """Tell what has become of it."""
        if self.reply:
            return State.ANSWERED if self.reply.sent else State.WAITING
        if self.place:
            return State.PUBLISHED
        if self.into:
            return State.MERGED
        return State.CLOSED if self.closed else State.OPEN


class Questions:
    """The questions in a folder of records. Raises UsageError where there are none, EnvironmentFault for the disk."""

    def __init__(self, folder: Path, create: bool = False) -> None:
        self.file = folder / FILE
        if not create and not self.file.is_file():
            raise UsageError("holds no questions.", str(folder), "Fill it with sclt questions pull or import.")
        with _faults(self.file):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._db = connect(self.file)
            self._db.execute("PRAGMA secure_delete = ON")
            self._db.executescript(_TABLES)
            self._db.execute("INSERT OR IGNORE INTO about VALUES ('format', ?)", (_FORMAT,))
        if self._about("format") != _FORMAT:
            raise UsageError("was made by another version of sclt.", str(self.file))

    def check_key(self, key: Key) -> None:
        """Raise UsageError for another key than the one that the pseudonyms were made with."""
        with _faults(self.file):
            self._db.execute("INSERT OR IGNORE INTO about VALUES ('key', ?)", (key.mark,))
        if self._about("key") != key.mark:
            raise UsageError("this is not the key of these questions.", str(self.file), "Name it by --key.")

    def _about(self, name: str) -> str:
        found = self._db.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def take(self, found: Iterable[Asked], source: str = "", reached: str = "") -> tuple[int, int]:
        """Keep questions, and how far their source has come; returns how many were new, and known or forgotten."""
        added, known, expired = 0, 0, self._about("expired")
        with _faults(self.file), transaction(self._db):
            for asked in found:
                gone = self._is_forgotten(asked.person) or "" < asked.asked < expired
                is_new = not gone and self._insert(asked)
                added, known = added + is_new, known + (not is_new)
            if reached:
                self._db.execute("INSERT OR REPLACE INTO source VALUES (?, ?)", (source, reached))
        return added, known

    def _is_forgotten(self, person: str) -> bool:
        return self._db.execute("SELECT 1 FROM forgotten WHERE person = ?", (person,)).fetchone() is not None

    def _insert(self, asked: Asked) -> bool:
        marks = ", ".join("?" * len(asked))
        done = self._db.execute(f"INSERT OR IGNORE INTO question ({_COLUMNS}) VALUES ({marks})", asked)  # noqa: S608
        return done.rowcount == 1

    def cursor(self, source: str) -> str:
        """Return up to which time of storage a source was read, empty for a new one."""
        found = self._db.execute("SELECT stored FROM source WHERE name = ?", (source,)).fetchone()
        return str(found[0]) if found else ""

    def all(self) -> list[Kept]:
        """Return every question, the oldest first."""
        rows = self._db.execute(
            f"SELECT {', '.join(f'q.{name}' for name in Asked._fields)}, into_id, closed, "  # noqa: S608
            "r.text, r.author, r.at, r.sent, p.place FROM question q LEFT JOIN reply r ON r.id = q.id "
            "LEFT JOIN published p ON p.id = q.id ORDER BY q.asked, q.id"
        )
        return [_kept(row) for row in rows]

    def find(self, start: str) -> Kept:
        """Return the question whose id begins so; raises UsageError where it is none, or not one alone."""
        every = self.all() if len(start) >= _SHORTEST else []
        found = [each for each in every if each.asked.id.startswith(start.lower()) or each.asked.mark == start]
        if len(found) != 1:
            hint = "sclt questions list shows the ids; four letters of one are enough."
            raise UsageError(f"{len(found) or 'no'} questions are called '{start}'.", hint=hint)
        return found[0]

    def with_merged(self, kept: Kept) -> list[Kept]:
        """Return a question with all that were merged into it."""
        return [kept, *(each for each in self.all() if each.into == kept.asked.id)]

    def merge(self, kept: Kept, others: Iterable[Kept]) -> None:
        """Let one answer serve several questions: ``others`` stand behind ``kept`` from now on."""
        with _faults(self.file), transaction(self._db):
            for other in others:
                change = (kept.asked.id, other.asked.id, other.asked.id)
                self._db.execute("UPDATE question SET into_id = ? WHERE id = ? OR into_id = ?", change)

    def close(self, kept: Kept) -> None:
        """Let a question be without an answer."""
        with _faults(self.file):
            self._db.execute("UPDATE question SET closed = 1 WHERE id = ?", (kept.asked.id,))

    def reply(self, kept: Iterable[Kept], reply: Reply) -> None:
        """Keep a reply to questions before it is sent; one that is there stays."""
        rows = [(each.asked.id, reply.text, reply.author, reply.at, reply.sent) for each in kept]
        with _faults(self.file), transaction(self._db):
            self._db.executemany("INSERT OR IGNORE INTO reply VALUES (?, ?, ?, ?, ?)", rows)

    def was_sent(self, kept: Kept) -> None:
        """Note that the LRS has a reply."""
        with _faults(self.file):
            self._db.execute("UPDATE reply SET sent = 1 WHERE id = ?", (kept.asked.id,))

    def was_published(self, kept: Iterable[Kept], place: str) -> None:
        """Note where an answer is published."""
        with _faults(self.file), transaction(self._db):
            rows = [(each.asked.id, place) for each in kept]
            self._db.executemany("INSERT OR REPLACE INTO published VALUES (?, ?)", rows)

    def expire(self, day: str) -> int:
        """Remove what was asked before a day of ISO 8601, with its replies, for good; returns how many questions.

        A question without a time stays.
        """
        old = "SELECT id FROM question WHERE asked <> '' AND asked < ?"
        with _faults(self.file):
            with transaction(self._db):
                for table in ("reply", "published"):
                    self._db.execute(f"DELETE FROM {table} WHERE id IN ({old})", (day,))  # noqa: S608
                removed = self._db.execute(f"DELETE FROM question WHERE id IN ({old})", (day,)).rowcount  # noqa: S608
                self._part()
                self._db.execute(
                    "INSERT OR REPLACE INTO about VALUES ('expired', max(?, ?))", (day, self._about("expired"))
                )
            self._db.execute("VACUUM")
        return removed

    def _part(self) -> None:
        """Let what was merged into a question that is gone stand by itself again."""
        self._db.execute("UPDATE question SET into_id = '' WHERE into_id NOT IN (SELECT id FROM question)")

    def forget(self, people: Iterable[str]) -> int:
        """Remove the questions of pseudonyms and the replies to them, for good; returns how many questions."""
        removed = 0
        with _faults(self.file):
            with transaction(self._db):
                for person in people:
                    whose = "SELECT id FROM question WHERE person = ?"
                    for table in ("reply", "published"):
                        self._db.execute(f"DELETE FROM {table} WHERE id IN ({whose})", (person,))  # noqa: S608
                    removed += self._db.execute("DELETE FROM question WHERE person = ?", (person,)).rowcount
                    self._db.execute("INSERT OR IGNORE INTO forgotten VALUES (?)", (person,))
                self._part()
            self._db.execute("VACUUM")
        return removed


def _kept(row: tuple[object, ...]) -> Kept:
    own = len(Asked._fields)
    into, closed, text, author, at, sent, place = row[own:]
    reply = Reply(str(text), str(author), str(at), bool(sent)) if text is not None else None
    return Kept(Asked(*(str(value or "") for value in row[:own])), str(into), bool(closed), reply, str(place or ""))


@contextmanager
def _faults(file: Path) -> Iterator[None]:
    """Raise what SQLite and the disk say as EnvironmentFault."""
    try:
        yield
    except sqlite3.Error as error:
        hint = "Another command holds them; try again." if is_busy(error) else ""
        raise EnvironmentFault(f"the questions cannot be read or written: {error}.", str(file), hint) from error
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror}.", str(file)) from error
