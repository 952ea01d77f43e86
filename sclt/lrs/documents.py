"""Documents of the State, Activity Profile and Agent Profile resources (xAPI 1.0.3 part 3, 2.2 to 2.7 and 3.1)."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from sclt.lrs import clock
from sclt.lrs.decoding import decoded
from sclt.lrs.query import agent, identifier, iri
from sclt.lrs.refusal import Refusal
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import encode

_READERS = {"activityId": iri, "agent": agent, "registration": identifier}
_COLUMNS = {"activityId": "activity", "agent": "agent", "registration": "registration"}


class Resource(NamedTuple):
    """A kind of documents: the parameters that say whose they are, and the one that names a document.

    ``guarded`` documents are not replaced by a PUT that says nothing of the one it replaces (3.1).
    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    id: str
    guarded: bool


STATE = Resource("state", ("activityId", "agent"), ("registration",), "stateId", False)
ACTIVITY_PROFILE = Resource("activity profile", ("activityId",), (), "profileId", True)
AGENT_PROFILE = Resource("agent profile", ("agent",), (), "profileId", True)


class Document(NamedTuple):
    """What a client left here."""

    body: bytes
    type: str
    updated: int

    @property
    def etag(self) -> str:
        """Return the entity tag of the content."""
        return etag(self.body)


def etag(content: bytes) -> str:
    """Return an entity tag: the SHA-1 of a content in quotes (3.1.s4.b2)."""
    return f'"{hashlib.sha1(content, usedforsecurity=False).hexdigest()}"'


Check: TypeAlias = Callable[[Document | None], None]
"""Looks at the document that is there, and raises Refusal where it may not be changed."""


class Place(NamedTuple):
    """Whose documents are meant, and which; an empty ``id`` means all of them. ``any`` takes any registration."""

    resource: str
    activity: str
    agent: str
    registration: str
    id: str
    any: bool = False


def place(resource: Resource, parameters: Mapping[str, str], others: tuple[str, ...] = ()) -> Place:
    """Read the parameters of a request; Refusal 400 for one that is missing, unknown or of another form."""
    allowed = {*resource.required, *resource.optional, resource.id, *others}
    if strange := sorted(set(parameters) - allowed):
        raise Refusal(400, f"There is no parameter '{strange[0]}' here. Parameters are case sensitive.")
    if missing := [name for name in resource.required if name not in parameters]:
        raise Refusal(400, f"The parameter {missing[0]} is missing.")
    read = {_COLUMNS[name]: reader(name, parameters[name]) for name, reader in _READERS.items() if name in parameters}
    whose = {"activity": "", "agent": "", "registration": "", **read}
    everyone = bool(resource.optional) and "registration" not in parameters
    return Place(resource.name, id=parameters.get(resource.id, ""), any=everyone, **whose)


_ONE = "resource = ? AND activity = ? AND agent = ? AND registration = ? AND id = ?"


def get(store: Store, where: Place) -> Document | None:
    """Return a document."""
    with store.reading() as db:
        row = db.execute(f"SELECT body, type, updated FROM documents WHERE {_ONE}", where[:5]).fetchone()  # noqa: S608
    return Document(*row) if row else None


def listed(store: Store, where: Place, since: int = 0) -> list[tuple[str, int]]:
    """Return the ids of documents and when each was updated, those since a moment."""
    with store.reading() as db:
        return db.execute(
            f"SELECT id, max(updated) FROM documents WHERE {_all(where)} AND updated > ? GROUP BY id ORDER BY id",  # noqa: S608
            (*_values(where), since),
        ).fetchall()


def of_learner(store: Store, agent: str) -> list[tuple[Place, Document]]:
    """Return the documents of a learner and those of activities, which are everybody's, the latest first."""
    with store.reading() as db:
        rows = db.execute(
            "SELECT resource, activity, agent, registration, id, body, type, updated FROM documents"
            " WHERE agent IN (?, '') ORDER BY updated DESC, id",
            (agent,),
        ).fetchall()
    return [(Place(*row[:5]), Document(*row[5:])) for row in rows]


def _all(where: Place) -> str:
    return "resource = ? AND activity = ? AND agent = ?" + ("" if where.any else " AND registration = ?")


def _values(where: Place) -> tuple[str, ...]:
    return where[:3] if where.any else where[:4]


def put(store: Store, where: Place, body: bytes, kind: str, check: Check = lambda known: None) -> None:
    """Keep a document in the place of an earlier one; Refusal 400 for JSON that is none.

    ``check`` looks at what is there, and may refuse, within the same change.
    """
    if _is_json(kind):
        decoded(body, "The document")
    with store.writing() as db:
        check(get(store, where))
        _keep(db, where, body, kind)


def _keep(db: sqlite3.Connection, where: Place, body: bytes, kind: str) -> None:
    row = (*where[:5], body, kind, clock.now())
    db.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def merge(store: Store, where: Place, body: bytes, kind: str, check: Check = lambda known: None) -> None:
    """Set the members of a JSON document that a POST names (2.2.s7); Refusal 400 where either is no JSON object."""
    posted = _object(body, "The document that was sent") if _is_json(kind) else {}
    with store.writing() as db:
        known = get(store, where)
        check(known)
        if not _is_json(kind) or (known and not _is_json(known.type)):
            raise Refusal(400, "Only a document of type application/json can be merged into another; use PUT.")
        merged = {**_object(known.body, "The document that is kept"), **posted} if known else posted
        _keep(db, where, encode(merged) if known else body, kind)


def delete(store: Store, where: Place, check: Check = lambda known: None) -> None:
    """Forget a document, or all of the place."""
    with store.writing() as db:
        if where.id:
            check(get(store, where))
            db.execute(f"DELETE FROM documents WHERE {_ONE}", where[:5])  # noqa: S608
        else:
            db.execute(f"DELETE FROM documents WHERE {_all(where)}", _values(where))  # noqa: S608


def check_conditions(known: Document | None, match: str, none_match: str) -> None:
    """Refuse with 412 where If-Match or If-None-Match does not hold (RFC 9110, 13.1)."""
    if match and not (known and _among(known.etag, match)):
        raise Refusal(412, "The document is not the one that If-Match names.")
    if none_match and known and _among(known.etag, none_match):
        raise Refusal(412, "There is such a document already.")


def check_overwriting(known: Document | None, match: str, none_match: str) -> None:
    """Refuse with 409 to replace a profile where the client says nothing of the one that is there (3.1)."""
    if known and not match and not none_match:
        raise Refusal(
            409,
            "There is a document already. Look at it, then send its ETag in the header If-Match to replace it.",
        )


def _among(etag: str, header: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or etag in tags


def _is_json(kind: str) -> bool:
    return kind.partition(";")[0].strip().lower() == "application/json"


def _object(body: bytes, what: str) -> dict[str, object]:
    read = decoded(body, what)
    if not isinstance(read, dict):
        raise Refusal(400, f"{what} is not a JSON object.")
    return read
