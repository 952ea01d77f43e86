"""Statements in the store: each is kept once, as it came, and never changed."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from sclt.lrs import clock, lookup
from sclt.lrs.mentions import Mention, Parts, mentions, parts
from sclt.lrs.refusal import Refusal
from sclt.lrs.settled import settled
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import Json, agent_key, encode, members, same_statement

_AT_ONCE = 1000
"""Of how many statements mentions are noted in one go: other threads wait while they are sorted."""


class Stored(NamedTuple):
    """A statement's JSON, when it was stored, and its number in the store."""

    body: bytes
    stored: int
    seq: int


class Prepared(NamedTuple):
    """A statement that is ready to be stored: all work is done that needs no look into the store."""

    statement: Json
    body: bytes
    parts: Parts
    mentions: set[Mention]


def identified(statements: Sequence[Json]) -> None:
    """Give each statement an id where it has none; Refusal 400 for an id that stands twice in a batch."""
    for statement in statements:
        statement["id"] = str(statement.get("id") or uuid.uuid4()).lower()
    if len({statement["id"] for statement in statements}) < len(statements):
        raise Refusal(400, "Two statements of a batch have the same id.")


def prepared(statements: Iterable[Json], authority: Json, version: str) -> list[Prepared]:
    """Return statements as they are stored, but for the moment; their authority is set (xAPI 1.0.3 part 2, 2.4.9)."""
    made = []
    for statement in statements:
        whole = {"version": version, **settled(statement), "authority": authority}
        whole.pop("stored", None)
        found = parts(whole)
        made.append(Prepared(whole, encode(whole), found, mentions(whole, found)))
    return made


def unknown(store: Store, statements: Sequence[Prepared]) -> list[Prepared]:
    """Return the statements that the store has not got yet; Refusal 409 for an id that tells another event here."""
    fresh = []
    for one in statements:
        known = by_id(store, one.statement["id"])
        if known is None:
            fresh.append(one)
        elif not same_statement(one.statement, msgspec.json.decode(known.body)):
            raise Refusal(409, f"A statement with another content has the id {one.statement['id']} already.")
    return fresh


def add(store: Store, statements: Sequence[Json], authority: Json, version: str) -> None:
    """Store statements together or not at all, as `prepared` and `keep` do."""
    keep(store, prepared(statements, authority, version))


def keep(store: Store, statements: Sequence[Prepared]) -> list[int]:
    """Store statements together or not at all, and return their numbers."""
    with store.writing() as db:
        first = lookup.last(db) + 1
        before = db.execute("SELECT stored FROM statements WHERE seq = ?", (first - 1,)).fetchone()
        stored = max(clock.now(), before[0] if before else 0)
        shown = clock.shown(stored).encode()
        rows = [_row(one, seq) for seq, one in enumerate(statements, first)]
        db.executemany(
            "INSERT INTO statements (seq, id, stored, verb, registration, target, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (row.seq, row.id, stored, row.verb, _registration(one.statement), row.target, _timed(one, shown))
                for row, one in zip(rows, statements, strict=True)
            ),
        )
        for start in range(0, len(rows), _AT_ONCE):
            lookup.note(db, rows[start : start + _AT_ONCE])
        _learn(db, [one.parts for one in statements])
    return [row.seq for row in rows]


def _row(one: Prepared, seq: int) -> lookup.Row:
    thing = one.statement["object"]
    target = thing["id"].lower() if thing.get("objectType") == "StatementRef" else None
    return lookup.Row(seq, one.statement["id"], one.statement["verb"]["id"], target, one.mentions)


def _registration(statement: Json) -> str | None:
    return statement.get("context", {}).get("registration", "").lower() or None


def _timed(one: Prepared, shown: bytes) -> bytes:
    """Return the JSON of a statement with the moment at which it is stored, which is its time where it has none."""
    timestamp = b"" if "timestamp" in one.statement else b'"timestamp":"%b",' % shown
    return b'%b,%b"stored":"%b"}' % (one.body[:-1], timestamp, shown)


def _learn(db: sqlite3.Connection, told: Sequence[Parts]) -> None:
    """Keep what statements tell of activities and people."""
    known: dict[str, Json] = {}
    learnt: dict[str, Json] = {}
    for activity in (activity for found in told for activity in found.activities if "definition" in activity):
        identifier, definition = activity["id"], activity["definition"]
        if identifier not in learnt:
            known[identifier] = learnt[identifier] = definition_of(db, identifier)
        before = learnt[identifier]
        learnt[identifier] = before | {name: _joined(before.get(name), value) for name, value in definition.items()}
    changed = ((each, encode(definition)) for each, definition in learnt.items() if definition != known[each])
    db.executemany("INSERT OR REPLACE INTO activities VALUES (?, ?)", changed)
    people = (person for found in told for actor in found.actors for person in (actor, *members(actor)))
    named = {(agent_key(person), person["name"]) for person in people if "name" in person}
    db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", named)


def _joined(known: object, new: object) -> object:
    return {**known, **new} if isinstance(known, dict) and isinstance(new, dict) else new


def definition_of(db: sqlite3.Connection, activity: str) -> Json:
    """Return the definition that the LRS has of an activity, empty where it has none."""
    row = db.execute("SELECT definition FROM activities WHERE id = ?", (activity,)).fetchone()
    return msgspec.json.decode(row[0], type=Json) if row else {}


def names_of(db: sqlite3.Connection, agent: str) -> list[str]:
    """Return the names that statements gave a person."""
    return [name for (name,) in db.execute("SELECT name FROM names WHERE agent = ? ORDER BY name", (agent,))]


def by_id(store: Store, statement_id: str, voided: bool | None = None) -> Stored | None:
    """Return the statement with an id; ``voided`` takes it only if it is, or is not, voided."""
    asked = "SELECT body, stored, seq, voided FROM statements WHERE id = ?"
    with store.reading() as db:
        row = db.execute(asked, (statement_id.lower(),)).fetchone()
    return Stored(*row[:3]) if row and voided in (None, bool(row[3])) else None
