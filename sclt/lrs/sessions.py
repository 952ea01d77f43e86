"""Launch sessions: a fetch URL that works once, a token for one session (cmi5, 8.2)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from base64 import b64encode
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from sclt.lrs.refusal import Refusal
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import Json, agent_key, encode
from sclt.xapi.statements.vocabulary import Verb

GRACE = 60_000_000
"""Microseconds after Terminated in which what was on its way is still taken (cmi5, 9.3.8)."""


class Session(NamedTuple):
    """A launch: who learns what, and what the activity was told. ``ended`` is a moment once it is over."""

    id: str
    actor: Json
    registration: str
    activity: str
    data: Json
    launched: int
    ended: int | None
    cmi5: bool

    @property
    def template(self) -> Json:
        """Return the context that every statement of the session carries."""
        return self.data.get("contextTemplate") or {}


_COLUMNS = "id, actor, registration, activity, data, launched, ended, cmi5"


def _session(row: Sequence[Any]) -> Session:
    decode = msgspec.json.decode
    return Session(*row)._replace(actor=decode(row[1]), data=decode(row[4]), cmi5=bool(row[7]))


def begin(store: Store, session: Session) -> str:
    """Keep a session and return the ticket of its fetch URL."""
    ticket = secrets.token_urlsafe(24)
    id_, actor, *middle, data, launched, ended, cmi5 = session
    values = (id_, encode(actor), *middle, encode(data), launched, ended, cmi5)
    with store.writing() as db:
        row = (_hashed(ticket), *values)
        db.execute(f"INSERT INTO sessions (ticket, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608
    return ticket


def fetch(store: Store, ticket: str) -> dict[str, str]:
    """Return the answer to a POST to the fetch URL: a token the first time, then an error (cmi5, 8.2.3)."""
    with store.writing() as db:
        row = db.execute("SELECT id, token, ended FROM sessions WHERE ticket = ?", (_hashed(ticket),)).fetchone()
        if row is None:
            return {"error-code": "2", "error-text": "There is no such launch."}
        if row[1] is not None or row[2] is not None:
            return {"error-code": "1", "error-text": "The authorization token has already been returned."}
        return {"auth-token": new_token(store, row[0])}


def new_token(store: Store, session_id: str) -> str:
    """Return a token for a session, as it stands after "Basic " in an Authorization header."""
    secret = secrets.token_urlsafe(24)
    with store.writing() as db:
        db.execute("UPDATE sessions SET token = ? WHERE id = ?", (_hashed(secret), session_id))
    return b64encode(f"{session_id}:{secret}".encode()).decode()


def find(store: Store, session_id: str, secret: str) -> Session | None:
    """Return the session that a token belongs to."""
    with store.reading() as db:
        row = db.execute(f"SELECT token, {_COLUMNS} FROM sessions WHERE id = ?", (session_id,)).fetchone()  # noqa: S608
    known = row[0] if row and row[0] else _hashed("")
    return _session(row[1:]) if hmac.compare_digest(known, _hashed(secret)) and row and row[0] else None


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def open_sessions(store: Store, registration: str) -> list[Session]:
    """Return the cmi5 sessions of a registration that have not ended."""
    with store.reading() as db:
        rows = db.execute(
            f"SELECT {_COLUMNS} FROM sessions WHERE registration = ? AND ended IS NULL AND cmi5",  # noqa: S608
            (registration,),
        ).fetchall()
    return [_session(row) for row in rows]


def by_id(store: Store, session_id: str) -> Session | None:
    """Return a session, None where there is no such."""
    with store.reading() as db:
        row = db.execute(f"SELECT {_COLUMNS} FROM sessions WHERE id = ?", (session_id,)).fetchone()  # noqa: S608
    return _session(row) if row else None


def end(db: sqlite3.Connection, session_id: str, moment: int) -> None:
    """Take nothing more of a session from a moment on."""
    db.execute("UPDATE sessions SET ended = ? WHERE id = ?", (moment, session_id))


def prepare(store: Store, session_id: str) -> None:
    """Remember that a session has read the learner's preferences (cmi5, 11)."""
    with store.writing() as db:
        db.execute("INSERT OR IGNORE INTO prepared VALUES (?)", (session_id,))


def is_prepared(store: Store, session_id: str) -> bool:
    """Tell whether a session has read the learner's preferences."""
    with store.reading() as db:
        return bool(db.execute("SELECT 1 FROM prepared WHERE session = ?", (session_id,)).fetchone())


def check_tincan(session: Session, statements: Sequence[Json]) -> None:
    """Refuse with 403 statements of a Tin Can activity that tell of somebody or something else, or take others away."""
    for statement in statements:
        if statement["verb"]["id"] == Verb.VOIDED:
            raise Refusal(403, "A launched activity may not void statements.")
        if agent_key(statement["actor"]) != agent_key(session.actor):
            raise Refusal(403, "The actor is another one than this session was launched for.")
        told = str(statement.get("context", {}).get("registration") or session.registration)
        if told.lower() != session.registration:  # an early Tin Can activity may leave it out
            raise Refusal(403, "The registration is another one than this session was launched with.")
