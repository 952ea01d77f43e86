"""Keeps what is costly to make again, by a key that names everything it depends on. It may be deleted at any time."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing, suppress
from pathlib import Path

from sclt.storage.sqlite import connect, transaction

_LIMIT = 256 * 1024 * 1024
_SMALL = 16 * 1024 * 1024  # read at once: asking for a thousand entries one by one takes longer


class Cache:
    """Bytes by key, in one SQLite file; without a file nothing is kept.

    ``salt`` names the program that made the entries: entries of another program are dropped. A file that cannot be
    used is replaced; a cache never makes a build fail.
    """

    def __init__(self, path: Path | None = None, salt: str = "") -> None:
        self._path, self._salt = path, salt
        self._used: set[str] = set()
        self._new: dict[str, bytes] = {}
        self._rows: dict[str, object] = {}  # read ahead, not checked yet
        self._read: dict[str, bytes | None] = {}  # the zips of a programme and of its modules ask for the same
        self._known: set[str] = set()
        self._base = self._open(path) if path else None

    @property
    def folder(self) -> Path | None:
        """The folder of the file, where it can be used."""
        return self._path.parent if self._path and self._base else None

    def _open(self, path: Path) -> sqlite3.Connection | None:
        for _ in range(2):
            with suppress(sqlite3.Error, OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                return self._prepared(connect(path))
            with suppress(OSError):
                path.unlink(missing_ok=True)
        return None

    def _prepared(self, base: sqlite3.Connection) -> sqlite3.Connection:
        base.execute("pragma synchronous = off")
        base.execute(f"pragma mmap_size = {_LIMIT}")
        base.execute("create table if not exists entry (key text primary key, value blob)")
        base.execute("create table if not exists salt (value text)")
        base.execute("select key, value from entry limit 0")  # fails where the table has another shape
        row = base.execute("select value from salt").fetchone()
        if row is None or row[0] != self._salt:
            with transaction(base):
                base.execute("delete from entry")
                base.execute("delete from salt")
                base.execute("insert into salt values (?)", (self._salt,))
        small = self._path is not None and self._path.stat().st_size < _SMALL
        self._rows = dict(base.execute("select key, value from entry")) if small else {}
        self._known = {key for (key,) in base.execute("select key from entry")}
        return base

    def get(self, key: str) -> bytes | None:
        """Return what was put under ``key``, or None."""
        self._used.add(key)
        if key in self._new:
            return self._new[key]
        if self._base is None or key not in self._known:
            return None
        if key not in self._read:
            kept = self._rows.pop(key, None) or self._select(self._base, key)
            self._read[key] = _sound(key, kept)
        return self._read[key]

    def _select(self, base: sqlite3.Connection, key: str) -> object:
        with suppress(sqlite3.Error):
            row = base.execute("select value from entry where key = ?", (key,)).fetchone()
            return row[0] if row else None
        return None

    def put(self, key: str, value: bytes) -> None:
        """Keep ``value`` under ``key``."""
        self._used.add(key)
        self._new[key] = value

    def flush(self) -> None:
        """Write what is new, so that other processes see it."""
        if self._base is None or self._path is None:
            return
        try:
            with transaction(self._base):
                rows = ((key, _checksum(key, value) + value) for key, value in self._new.items())
                self._base.executemany("insert or replace into entry values (?, ?)", rows)
            self._known |= self._new.keys()
            self._new.clear()
        except sqlite3.OperationalError:
            pass  # locked, or no room: the next run does the work again
        except sqlite3.DatabaseError:
            with suppress(OSError):
                self._path.unlink()  # damaged: the next run begins a new one

    def close(self) -> None:
        """Write what is new; when the file has grown large, drop what this run did not use."""
        self.flush()
        if self._base is None or self._path is None:
            return
        with closing(self._base) as base, suppress(sqlite3.Error, OSError):
            if self._path.stat().st_size > _LIMIT:
                self._shrink(base)
        self._base = None

    def _shrink(self, base: sqlite3.Connection) -> None:
        base.execute("create temp table used (key text primary key)")
        with transaction(base):
            base.executemany("insert into used values (?)", ((key,) for key in self._used))
            base.execute("delete from entry where key not in (select key from used)")
        base.execute("vacuum")


def _checksum(key: str, value: bytes) -> bytes:
    return zlib.crc32(value, zlib.crc32(key.encode())).to_bytes(4)


def _sound(key: str, kept: object) -> bytes | None:
    """Return the value behind its checksum, or None where a bit has changed since: SQLite does not look."""
    return kept[4:] if isinstance(kept, bytes) and _checksum(key, kept[4:]) == kept[:4] else None
