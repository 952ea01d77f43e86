"""Stores that an earlier sclt made, brought to what this one keeps."""

from __future__ import annotations

import sqlite3

import msgspec

from sclt.lrs import lookup
from sclt.lrs.mentions import mentions
from sclt.lrs.settled import settled
from sclt.storage.sqlite import transaction
from sclt.xapi.statements.identity import encode

CURRENT = 1
"""What a store is marked with (PRAGMA user_version): 0 had no numbers for keys, and activities of a context as sent."""
_BATCH = 1000


def upgrade(db: sqlite3.Connection, schema: str) -> None:
    """Make the tables of a new store, or those that an older one lacks; sqlite3.DatabaseError for a newer store."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > CURRENT:
        raise sqlite3.DatabaseError(f"a newer sclt wrote it (form {version}, this sclt knows {CURRENT})")
    old = version == 0 and bool(db.execute("SELECT 1 FROM sqlite_master WHERE name = 'mentions'").fetchone())
    if not old:
        db.executescript(schema)
        db.execute(f"PRAGMA user_version = {CURRENT}")
        return
    with transaction(db):
        _from_first(db, schema)


def _from_first(db: sqlite3.Connection, schema: str) -> None:
    db.execute("DROP TABLE mentions")
    db.execute("DROP INDEX IF EXISTS statements_verb")
    for order in _orders(schema):
        db.execute(order)
    seq = 0
    while rows := db.execute(
        "SELECT seq, id, verb, target, body FROM statements WHERE seq > ? ORDER BY seq LIMIT ?", (seq, _BATCH)
    ).fetchall():
        _anew(db, rows)
        seq = rows[-1][0]
    db.execute(f"PRAGMA user_version = {CURRENT}")


def _orders(schema: str) -> list[str]:
    """Divide a script: executescript would end the transaction."""
    orders, order = [], ""
    for line in schema.splitlines():
        order += line + "\n"
        if sqlite3.complete_statement(order):
            orders.append(order)
            order = ""
    return orders


def _anew(db: sqlite3.Connection, rows: list[tuple[int, str, str, str | None, bytes]]) -> None:
    found = []
    for seq, identifier, verb, target, body in rows:
        statement = settled(msgspec.json.decode(body))
        db.execute("UPDATE statements SET body = ? WHERE seq = ?", (encode(statement), seq))
        found.append(lookup.Row(seq, identifier, verb, target, mentions(statement)))
    lookup.note(db, found)
