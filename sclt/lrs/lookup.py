"""Finding statements by what they mention, themselves or through the statements that they refer to.

A row of ``mentions`` says that the statement ``seq`` is found by ``key``. Where ``origin`` is 0 it mentions that
itself; else a statement does to which its references lead, and whose number ``origin`` is: what refers to a match
matches too (xAPI 1.0.3 part 3, 2.1.3.s3). All filters must hold for one origin. A voided statement has no rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from sclt.lrs.mentions import Mention, mentions
from sclt.xapi.statements.identity import encode
from sclt.xapi.statements.vocabulary import Verb

STEPS = 20
"""How many references are followed one after another; a longer chain would let a sender fill the disk."""
_COUNTED = (1_000, 30_000)
"""How far the mentions of filters are counted to find the rarest: little, and more where all have as many."""


class Row(NamedTuple):
    """A statement that has just been stored: its number, id, verb, the id it refers to, and what it mentions."""

    seq: int
    id: str
    verb: str
    target: str | None
    mentions: set[Mention]


def note(db: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Make statements that were stored findable, void what they void, and follow references in both directions."""
    targets = _targets(db, [row.id for row in rows])
    voided = _voided(db, [row for row in rows if row.id in targets])
    _void(db, voided | {row.target for row in rows if row.verb == Verb.VOIDED and row.target})
    numbers = _numbers(db, {text for row in rows for _, text in row.mentions})
    own = [(kind, numbers[text], row.seq, 0) for row in rows if row.id not in voided for kind, text in row.mentions]
    own.sort()  # neighbours lie on one page of the file
    db.executemany("INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?)", own)
    _link(db, [row for row in rows if row.target or row.id in targets])


def _targets(db: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Return those of the ids that statements refer to, which are few, in one question."""
    asked = "SELECT DISTINCT target FROM statements WHERE target IN (SELECT value FROM json_each(?))"
    return {target for (target,) in db.execute(asked, (encode(ids).decode(),))}


def _void(db: sqlite3.Connection, ids: set[str]) -> None:
    """Void the statements that have an id and are no voiding themselves (xAPI 1.0.3 part 2, 2.3.2)."""
    asked = "SELECT seq FROM statements WHERE id = ? AND verb <> ? AND NOT voided"
    for identifier in ids:
        if found := db.execute(asked, (identifier, Verb.VOIDED)).fetchone():
            db.execute("UPDATE statements SET voided = 1 WHERE seq = ?", found)
            _forget(db, found[0])


def _voided(db: sqlite3.Connection, rows: Sequence[Row]) -> set[str]:
    """Return the ids of those statements that a voiding refers to, of which a voiding itself is none."""
    asked = "SELECT 1 FROM statements WHERE target = ? AND verb = ?"
    rows = [row for row in rows if row.verb != Verb.VOIDED]
    return {row.id for row in rows if db.execute(asked, (row.id, Verb.VOIDED)).fetchone()}


def _forget(db: sqlite3.Connection, seq: int) -> None:
    """Take away what a statement is found by; what refers to it keeps its own."""
    for _, mentioned in _origins(db, seq):
        for kind, text in mentioned:
            key = number(db, text)
            db.execute("DELETE FROM mentions WHERE kind = ? AND key = ? AND seq = ?", (kind, key, seq))


def _link(db: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Let statements be found by what their references lead to, those of the rows and those that waited for one."""
    waiting = {row.seq for row in rows if row.target}
    for row in rows:
        waiting |= set(_referrers(db, row.id))
    for seq in sorted(waiting):
        if not db.execute("SELECT voided FROM statements WHERE seq = ?", (seq,)).fetchone()[0]:
            _inherit(db, seq)


def _inherit(db: sqlite3.Connection, seq: int) -> None:
    for origin, mentioned in _origins(db, seq):
        if origin != seq:
            numbers = _numbers(db, {text for _, text in mentioned})
            found = ((kind, numbers[text], seq, origin) for kind, text in mentioned)
            db.executemany("INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?)", found)


def _origins(db: sqlite3.Connection, seq: int) -> Iterator[tuple[int, set[Mention]]]:
    """Yield a statement and those that its references lead to one after another, each with what it mentions."""
    row = db.execute("SELECT seq, target, body FROM statements WHERE seq = ?", (seq,)).fetchone()
    seen: set[int] = set()
    while row and row[0] not in seen and len(seen) <= STEPS:
        seen.add(row[0])
        yield row[0], mentions(msgspec.json.decode(row[2]))
        row = db.execute("SELECT seq, target, body FROM statements WHERE id = ?", (row[1],)).fetchone()


def _referrers(db: sqlite3.Connection, identifier: str) -> Iterator[int]:
    """Yield the statements that refer to an id, and those that refer to these."""
    seen: set[int] = set()
    ids = [identifier]
    for _ in range(STEPS):
        found = [row for one in ids for row in db.execute("SELECT seq, id FROM statements WHERE target = ?", (one,))]
        ids = [id_ for seq, id_ in found if seq not in seen]
        yield from (seq for seq, _ in found if seq not in seen)
        seen |= {seq for seq, _ in found}
        if not ids:
            return


def _numbers(db: sqlite3.Connection, texts: Iterable[str]) -> dict[str, int]:
    """Return the numbers of keys, which are given where there is none yet."""
    found = {}
    for text in texts:
        found[text] = number(db, text) or db.execute("INSERT INTO keys (text) VALUES (?)", (text,)).lastrowid or 0
    return found


def number(db: sqlite3.Connection, text: str) -> int | None:
    """Return the number of a key, None for what no statement has mentioned."""
    row = db.execute("SELECT id FROM keys WHERE text = ?", (text,)).fetchone()
    return row[0] if row else None


class Window(NamedTuple):
    """Which numbers of statements are wanted, both ends included, how many, and from which end."""

    first: int
    last: int
    limit: int
    ascending: bool

    @property
    def order(self) -> str:
        """Return the order in SQL."""
        return "ASC" if self.ascending else "DESC"


_COLUMNS = "s.body, s.stored, s.seq"


def everything(db: sqlite3.Connection, window: Window) -> list[tuple[Any, ...]]:
    """Return body, moment and number of statements."""
    return db.execute(
        f"SELECT {_COLUMNS} FROM statements AS s INDEXED BY statements_shown"  # noqa: S608
        f" WHERE s.voided = 0 AND s.seq BETWEEN ? AND ? ORDER BY s.seq {window.order} LIMIT ?",
        window[:3],
    ).fetchall()


def matching(db: sqlite3.Connection, filters: Sequence[Mention], window: Window) -> list[tuple[Any, ...]]:
    """Return body, moment and number of the statements for which all filters hold, read no further than the limit."""
    found = [(kind, number(db, text)) for kind, text in filters]
    if any(key is None for _, key in found):
        return []
    rarest, *others = _rarest_first(db, found)
    also = "".join(
        " AND EXISTS (SELECT 1 FROM mentions AS o WHERE o.kind = ? AND o.key = ? AND o.seq = m.seq"
        " AND o.origin = m.origin)"
        for _ in others
    )
    return db.execute(
        f"SELECT {_COLUMNS} FROM (SELECT DISTINCT m.seq FROM mentions AS m WHERE m.kind = ? AND m.key = ?"  # noqa: S608
        f" AND m.seq BETWEEN ? AND ?{also} ORDER BY m.seq {window.order} LIMIT ?) AS found"
        f" CROSS JOIN statements AS s ON s.seq = found.seq ORDER BY found.seq {window.order}",
        (*rarest, window.first, window.last, *(value for other in others for value in other), window.limit),
    ).fetchall()


def _rarest_first(
    db: sqlite3.Connection, filters: Sequence[tuple[int, int | None]]
) -> Sequence[tuple[int, int | None]]:
    """Return filters with the one first that finds least: it leads the search."""
    if len(filters) < 2:
        return filters
    asked = "SELECT count(*) FROM (SELECT 1 FROM mentions WHERE kind = ? AND key = ? LIMIT ?)"
    counts = [0] * len(filters)
    for most in _COUNTED:
        counts = [db.execute(asked, (*each, most)).fetchone()[0] for each in filters]
        if min(counts) < most:
            break
    order = sorted(range(len(filters)), key=counts.__getitem__)
    return [filters[each] for each in order]


def first_after(db: sqlite3.Connection, moment: int) -> int:
    """Return the lowest number of the statements stored after a moment: numbers rise with time, so it is halved."""
    low, high = 1, last(db) + 1
    while low < high:
        middle = (low + high) // 2
        stored = db.execute("SELECT stored FROM statements WHERE seq >= ? ORDER BY seq LIMIT 1", (middle,)).fetchone()
        low, high = (low, middle) if stored[0] > moment else (middle + 1, high)
    return low


def last(db: sqlite3.Connection) -> int:
    """Return the number of the latest statement, 0 where there is none."""
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM statements").fetchone()[0])
