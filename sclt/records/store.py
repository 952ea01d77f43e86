"""The records on disk: Parquet, and a manifest (SQLite) that alone says which files count.

A file is written whole and synced before the manifest names it, in the transaction that also moves the cursor of its
source. Killed at any moment, the store is as it was or as it should be; what the manifest does not name is swept away.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sclt.errors import EnvironmentFault, UsageError
from sclt.storage.sqlite import connect, is_busy, transaction

_FORMAT = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS part (name TEXT PRIMARY KEY, statements INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS source (name TEXT PRIMARY KEY, stored TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS aside (place TEXT, content TEXT, id TEXT, reason TEXT NOT NULL, UNIQUE (place, content));
CREATE TABLE IF NOT EXISTS forgotten (pseudonym TEXT PRIMARY KEY);
"""


class Part(NamedTuple):
    """A Parquet file: its path below the store, and how many statements it has."""

    name: str
    statements: int


class Aside(NamedTuple):
    """What could not become a record: where it stands, its hash, its id if any, and why. Never its content."""

    place: str
    content: str
    id: str
    reason: str


class Store:
    """A folder of records. Raises UsageError where a folder is none, EnvironmentFault for faults of the disk."""

    def __init__(self, folder: Path, create: bool = False) -> None:
        self.folder = folder
        if not create and not (folder / "manifest.sqlite").is_file():
            raise UsageError("holds no records.", str(folder), "Fill it with sclt records pull or import.")
        with _faults(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # the records of people
            self._db = connect(folder / "manifest.sqlite", wait=0)
            self._db.execute("PRAGMA secure_delete = ON")
            if create:
                self._db.executescript(_TABLES)
                self._db.execute("INSERT OR IGNORE INTO about VALUES ('format', ?)", (str(_FORMAT),))
            if self._about("format") != str(_FORMAT):
                raise UsageError("was made by another version of sclt.", str(folder))

    def close(self) -> None:
        """Let go of the manifest."""
        self._db.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the store for one change: all that happens inside counts together or not at all."""
        with _faults(self.folder):
            try:
                with transaction(self._db), self._swept():
                    yield
            except sqlite3.OperationalError as error:
                if not is_busy(error):
                    raise
                raise EnvironmentFault("another command is writing to these records.", str(self.folder)) from None

    @property
    def draft(self) -> Path:
        """Return the folder where a change writes before it counts."""
        return self.folder / "draft"

    def check_key(self, mark: str) -> None:
        """Keep which key the pseudonyms are made with; raises UsageError for another one."""
        self._db.execute("INSERT OR IGNORE INTO about VALUES ('key', ?)", (mark,))
        if self._about("key") != mark:
            hint = "Name the right one with --key; with another the same person would be two."
            raise UsageError("these records were made with another key.", str(self.folder), hint)

    def parts(self) -> list[Part]:
        """Return the files that count, by their names."""
        return [Part(*row) for row in self._db.execute("SELECT name, statements FROM part ORDER BY name")]

    def paths(self) -> list[Path]:
        """Return the files that count, first the one without a row that tells the columns of an empty store."""
        return [self.folder / "columns.parquet", *(self.folder / part.name for part in self.parts())]

    def add(self, parts: Iterable[Part]) -> None:
        """Let files count."""
        self._db.executemany("INSERT INTO part VALUES (?, ?)", parts)

    def drop(self, part: Part) -> None:
        """Let a file count no more; it goes at the next `sweep`."""
        self._db.execute("DELETE FROM part WHERE name = ?", (part.name,))

    def cursor(self, source: str) -> str:
        """Return up to which time of storage a source has been read, nothing at first."""
        found = self._db.execute("SELECT stored FROM source WHERE name = ?", (source,)).fetchone()
        return str(found[0]) if found else ""

    def move(self, source: str, stored: str) -> None:
        """Remember up to where a source has been read."""
        self._db.execute("INSERT OR REPLACE INTO source VALUES (?, ?)", (source, stored))

    def set_aside(self, aside: Iterable[Aside]) -> int:
        """Keep what could not become a record, each once; returns how many are new."""
        before = self._db.total_changes
        self._db.executemany("INSERT OR IGNORE INTO aside VALUES (?, ?, ?, ?)", aside)
        return self._db.total_changes - before

    def aside(self) -> list[Aside]:
        """Return what was set aside."""
        return [Aside(*row) for row in self._db.execute("SELECT place, content, id, reason FROM aside ORDER BY rowid")]

    def forget(self, pseudonyms: Iterable[str]) -> None:
        """Remember whom no later pull or import may bring back."""
        self._db.executemany("INSERT OR IGNORE INTO forgotten VALUES (?)", [(each,) for each in pseudonyms])

    def forgotten(self) -> list[str]:
        """Return the pseudonyms of those who were removed."""
        return [row[0] for row in self._db.execute("SELECT pseudonym FROM forgotten")]

    def expire(self, before: str) -> None:
        """Remember that nothing before a day (ISO 8601) is kept; the latest such day counts."""
        self._db.execute("INSERT OR REPLACE INTO about VALUES ('expired', ?)", (max(before, self.expired()),))

    def expired(self) -> str:
        """Return the day (ISO 8601) before which nothing is kept, nothing where all is."""
        return self._about("expired")

    def sweep(self) -> None:
        """Remove files that do not count: of a killed command, or replaced by others."""
        with self.changing():
            pass

    def _about(self, name: str) -> str:
        found = self._db.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    @contextmanager
    def _swept(self) -> Iterator[None]:
        """Begin and end without a draft: it is one's own only while one holds the store."""
        try:
            self._sweep()
            yield
        finally:
            shutil.rmtree(self.draft, ignore_errors=True)

    def _sweep(self) -> None:
        shutil.rmtree(self.draft, ignore_errors=True)
        counting = {part.name for part in self.parts()}
        for file in (*self.folder.glob("parts/*.parquet"), *self.folder.glob("days/*/*.parquet")):  # as sclt wrote once
            if file.relative_to(self.folder).as_posix() not in counting:
                file.unlink()


@contextmanager
def _faults(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror}.", str(error.filename or folder)) from error
    except sqlite3.Error as error:
        raise EnvironmentFault(f"the manifest cannot be used: {error}.", str(folder)) from error
