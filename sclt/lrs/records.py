"""Statements in the store: each is kept once, as it came, and never changed."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from sclt.lrs import clock
from sclt.lrs.mentions import activities, actors, mentions
from sclt.lrs.refusal import Refusal
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import Json, agent_key, encode, members, same_statement
from sclt.xapi.statements.vocabulary import Verb


class Stored(NamedTuple):
    """A statement's JSON and when it was stored."""

    body: bytes
    stored: int


def unknown(store: Store, statements: Sequence[Json]) -> list[Json]:
    """Give each statement an id where it has none, and return those that the store has not got yet.

    Raises Refusal 400 for an id that stands twice in a batch, 409 for one that tells another event here.
    """
    fresh = []
    for statement in statements:
        statement["id"] = str(statement.get("id") or uuid.uuid4()).lower()
        known = by_id(store, statement["id"])
        if known is None:
            fresh.append(statement)
        elif not same_statement(statement, msgspec.json.decode(known.body)):
            raise Refusal(409, f"A statement with another content has the id {statement['id']} already.")
    if len({statement["id"] for statement in statements}) < len(statements):
        raise Refusal(400, "Two statements of a batch have the same id.")
    return fresh


def add(store: Store, statements: Sequence[Json], authority: Json, version: str) -> None:
    """Store statements together or not at all; the LRS's own members are set (xAPI 1.0.3 part 2, 2.4)."""
    with store.writing() as db:
        last = db.execute("SELECT stored FROM statements ORDER BY seq DESC LIMIT 1").fetchone()
        stored = max(clock.now(), last[0] if last else 0)
        for statement in statements:
            _insert(db, _completed(statement, authority, version, clock.shown(stored)), stored)


def _completed(statement: Json, authority: Json, version: str, stored: str) -> Json:
    return {"version": version, "timestamp": stored, **statement, "authority": authority, "stored": stored}


def _insert(db: sqlite3.Connection, statement: Json, stored: int) -> None:
    thing, verb = statement["object"], statement["verb"]["id"]
    target = thing["id"].lower() if thing.get("objectType") == "StatementRef" else None
    registration = statement.get("context", {}).get("registration", "").lower() or None
    voided = db.execute(
        "SELECT 1 FROM statements WHERE target = ? AND verb = ?", (statement["id"], Verb.VOIDED)
    ).fetchone()
    seq = db.execute(
        "INSERT INTO statements (id, stored, verb, registration, target, voided, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (statement["id"], stored, verb, registration, target, bool(voided) and verb != Verb.VOIDED, encode(statement)),
    ).lastrowid
    if verb == Verb.VOIDED:
        db.execute("UPDATE statements SET voided = 1 WHERE id = ? AND verb <> ?", (target, Verb.VOIDED))
    rows = ((kind, key, seq) for kind, key in mentions(statement))
    db.executemany("INSERT INTO mentions VALUES (?, ?, ?)", rows)
    _learn(db, statement)


def _learn(db: sqlite3.Connection, statement: Json) -> None:
    """Keep what the statement tells of activities and people."""
    for activity in activities(statement):
        if definition := activity.get("definition"):
            known = definition_of(db, activity["id"])
            merged = known | {name: _joined(known.get(name), value) for name, value in definition.items()}
            if merged != known:
                db.execute("INSERT OR REPLACE INTO activities VALUES (?, ?)", (activity["id"], encode(merged)))
    people = (person for actor in actors(statement) for person in (actor, *members(actor)))
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
    with store.reading() as db:
        row = db.execute("SELECT body, stored, voided FROM statements WHERE id = ?", (statement_id.lower(),)).fetchone()
    return Stored(*row[:2]) if row and voided in (None, bool(row[2])) else None
