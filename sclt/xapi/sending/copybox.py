"""What a copy from one LRS to another remembers: an outbox, how far the source has come, and where documents are."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sclt.storage.sqlite import transaction
from sclt.xapi.sending.outbox import Outbox, State
from sclt.xapi.statements.identity import Json, encode, same_statement

_SCHEMA = """
CREATE TABLE IF NOT EXISTS source (endpoint TEXT PRIMARY KEY, reached TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS places (place TEXT PRIMARY KEY, done INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS documents (
    place TEXT NOT NULL, id TEXT NOT NULL, digest BLOB NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (place, id));
"""
_QUEUE = """
INSERT INTO statements (id, digest, source, state, reason, body, run) VALUES (?, ?, ?, ?, '', ?, 0)
ON CONFLICT (id, digest) DO NOTHING
"""


_BEST = (State.PROVED, State.SENT, State.WAITING, State.REFUSED, State.INVALID)


class Place(NamedTuple):
    """Where documents may be: a resource, such as activities/state, and the parameters that lead there."""

    resource: str
    parameters: dict[str, str]

    @property
    def key(self) -> str:
        """Return it as one text."""
        return encode([self.resource, dict(sorted(self.parameters.items()))]).decode()


class CopyBox(Outbox):
    """The file of a copy, to one LRS from another; one process at a time works with it. Raises as `Outbox` does."""

    def __init__(self, path: Path, target: str, source: str) -> None:
        super().__init__(path, target)
        self._source = source
        try:
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def reached(self) -> str:
        """Return the time of storage up to which all of the source has come."""
        row = self._db.execute("SELECT reached FROM source WHERE endpoint = ?", (self._source,)).fetchone()
        return str(row[0]) if row else ""

    def take(self, statements: Iterable[tuple[bytes, Json]], places: Iterable[Place], reached: str) -> None:
        """Queue statements that are not here yet, each with its own JSON, and note places and how far the source came.

        All of that is kept, or nothing.
        """
        rows = ((each["id"].lower(), digest(raw), self._source, State.WAITING, raw) for raw, each in statements)
        with transaction(self._db):
            self._db.executemany(_QUEUE, rows)
            self._db.executemany("INSERT OR IGNORE INTO places (place) VALUES (?)", ((each.key,) for each in places))
            if reached:
                self._db.execute("INSERT OR REPLACE INTO source VALUES (?, ?)", (self._source, reached))

    def prove(self, seen: Iterable[Json]) -> None:
        """Note which of the statements that were sent are seen at the target, telling the same."""
        proved = [position for each in seen for position in self._as_sent(each)]
        self._set((State.PROVED, "", position) for position in proved)

    def _as_sent(self, seen: Json) -> Iterator[int]:
        asked = (str(seen.get("id", "")).lower(), State.SENT)
        for position, body in self._db.execute(
            "SELECT position, body FROM statements WHERE id = ? AND state = ?", asked
        ):
            if same_statement(seen, msgspec.json.decode(body)):
                yield position

    def tally(self) -> dict[State, int]:
        """Return how many ids have a state as their best: the same statement may have come in several forms."""
        best = f"CASE state {' '.join(f'WHEN {state.value} THEN {rank}' for rank, state in enumerate(_BEST))} END"
        rows = self._db.execute(
            f"SELECT best, count(*) FROM (SELECT min({best}) AS best FROM statements GROUP BY id) GROUP BY best"  # noqa: S608
        ).fetchall()
        return dict.fromkeys(State, 0) | {_BEST[rank]: int(count) for rank, count in rows}

    def ids(self, state: State) -> list[str]:
        """Return the ids of the statements in a state."""
        rows = self._db.execute("SELECT DISTINCT id FROM statements WHERE state = ? ORDER BY position", (state,))
        return [str(row[0]) for row in rows]

    def with_attachments(self) -> list[str]:
        """Return the ids of waiting statements with attachments."""
        asked = "SELECT id, body FROM statements WHERE state = ? AND instr(body, CAST('\"attachments\"' AS BLOB))"
        rows = self._db.execute(asked, (State.WAITING,)).fetchall()
        return [str(name) for name, body in rows if msgspec.json.decode(body).get("attachments")]

    def without(self, identifier: str) -> None:
        """Note that a statement goes without the contents of its attachments."""
        self._db.execute("INSERT OR IGNORE INTO bare VALUES (?)", (identifier,))

    def bare(self) -> int:
        """Return how many statements went without the contents of their attachments."""
        return int(self._db.execute("SELECT count(*) FROM bare").fetchone()[0])

    def settle(self, identifier: str) -> None:
        """Note that the target has a statement."""
        changed = (State.SENT, identifier, State.WAITING)
        self._db.execute("UPDATE statements SET state = ? WHERE id = ? AND state = ?", changed)

    def places(self) -> Iterator[Place]:
        """Yield where documents have not been looked for since all places were looked at."""
        while row := self._db.execute("SELECT place FROM places WHERE NOT done ORDER BY place").fetchone():
            yield Place(*msgspec.json.decode(row[0], type=tuple[str, dict[str, str]]))
            self._db.execute("UPDATE places SET done = 1 WHERE place = ?", row)
        self._db.execute("UPDATE places SET done = 0")

    def noted(self, place: Place, identifier: str) -> bytes:
        """Return the sum of the document that was put at a place, nothing where none was."""
        asked = "SELECT digest FROM documents WHERE place = ? AND id = ?"
        row = self._db.execute(asked, (place.key, identifier)).fetchone()
        return bytes(row[0]) if row else b""

    def note(self, place: Place, identifier: str, body: bytes, reason: str = "") -> None:
        """Note that a document was put at a place, or why it was not."""
        row = (place.key, identifier, b"" if reason else digest(body), reason)
        self._db.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)", row)

    def documents(self) -> tuple[int, list[str]]:
        """Return how many documents the target has, and why others were not put there."""
        rows: list[Any] = self._db.execute("SELECT place, id, reason FROM documents ORDER BY place, id").fetchall()
        return sum(not reason for *_, reason in rows), [f"{place} {name}: {why}" for place, name, why in rows if why]


def digest(body: bytes) -> bytes:
    """Return the sum by which a statement or a document is known again."""
    return hashlib.sha256(body).digest()
