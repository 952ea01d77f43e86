"""Launch sessions: a fetch URL that works once, a token for one session, what it may write (cmi5, 8.2, 9.3)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from base64 import b64encode
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from sclt.lrs import clock
from sclt.lrs.refusal import Refusal
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import Json, agent_key, context_activities, encode
from sclt.xapi.statements.vocabulary import Category, Extension, Verb

_VERDICTS = {str(Verb.PASSED), str(Verb.FAILED)}
_ONCE = {str(Verb.COMPLETED), str(Verb.PASSED)}
GRACE = 60_000_000
"""Microseconds after Terminated in which statements that were on their way are still taken (9.3.8)."""


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


def open_sessions(store: Store, registration: str, activity: str) -> list[Session]:
    """Return the cmi5 sessions of an activity within a registration that have not ended."""
    with store.reading() as db:
        rows = db.execute(
            f"SELECT {_COLUMNS} FROM sessions WHERE registration = ? AND activity = ? AND ended IS NULL AND cmi5",  # noqa: S608
            (registration, activity),
        ).fetchall()
    return [_session(row) for row in rows]


def end(db: sqlite3.Connection, session_id: str, moment: int) -> None:
    """Take nothing more of a session from a moment on."""
    db.execute("UPDATE sessions SET ended = ? WHERE id = ?", (moment, session_id))


def check(store: Store, session: Session, statements: Sequence[Json]) -> None:
    """Refuse with 403 statements that a session may not make (cmi5, 6.2, 9.2 to 9.6, 10)."""
    if session.ended is not None and clock.now() > session.ended:
        raise Refusal(403, "This session is over.")
    for statement in statements:
        _check_frame(session, statement)
    if session.cmi5:
        _check_verbs(session, _defined_verbs(store, session), [s for s in statements if is_defined(s)])


def _check_frame(session: Session, statement: Json) -> None:
    context = statement.get("context", {})
    if agent_key(statement["actor"]) != agent_key(session.actor):
        raise Refusal(403, "The actor is another one than this session was launched for.")
    registration = str(context.get("registration") or ("" if session.cmi5 else session.registration)).lower()
    if registration != session.registration:  # an early Tin Can activity may leave it out
        raise Refusal(403, "The registration is another one than this session was launched with.")
    if not session.cmi5:
        return
    for name, value in session.template.get("extensions", {}).items():
        if context.get("extensions", {}).get(name) != value:
            raise Refusal(403, f"The context lacks the extension {name} of the contextTemplate, or changes it.")
    lacking = {a["id"] for a in context_activities(session.template)} - {a["id"] for a in context_activities(context)}
    if lacking:
        raise Refusal(403, f"The context lacks the activity {min(lacking)} of the contextTemplate.")
    if is_defined(statement) and statement["object"].get("id") != session.activity:
        raise Refusal(403, "The object is another one than the activityId of this launch.")


def is_defined(statement: Json) -> bool:
    """Tell whether a statement is "cmi5 defined": it carries the category (cmi5, 7.1.2)."""
    category = (statement.get("context", {}).get("contextActivities") or {}).get("category") or []
    return any(
        activity.get("id") == Category.CMI5 for activity in (category if isinstance(category, list) else [category])
    )


def _defined_verbs(store: Store, session: Session) -> list[tuple[str, str]]:
    """Return the verbs that the AU has used within the registration, each with its session."""
    with store.reading() as db:
        rows = db.execute(
            "SELECT body FROM statements WHERE registration = ? AND voided = 0 ORDER BY seq", (session.registration,)
        ).fetchall()
    statements = (msgspec.json.decode(row[0]) for row in rows)
    return [_verb(s) for s in statements if is_defined(s) and s["object"].get("id") == session.activity]


def _verb(statement: Json) -> tuple[str, str]:
    session_id = statement["context"].get("extensions", {}).get(Extension.SESSION_ID, "")
    return statement["verb"]["id"], session_id


def _check_verbs(session: Session, told: list[tuple[str, str]], statements: Sequence[Json]) -> None:
    """Apply the rules of order within a session and a registration (cmi5, 9.3)."""
    judged = session.data["launchMode"] == "Normal"
    for statement in statements:
        verb, _ = _verb(statement)
        here = {name for name, session_id in told if session_id == session.id}
        ever = {name for name, _ in told}
        if not judged and verb not in (Verb.INITIALIZED, Verb.TERMINATED):
            raise Refusal(403, f"In the mode {session.data['launchMode']} an AU does not tell {verb}.")
        if verb in here or (verb in _VERDICTS and here & _VERDICTS):
            raise Refusal(403, f"This session has told {verb}, or its contrary, already.")
        if verb in ever & _ONCE or (verb == Verb.FAILED and Verb.PASSED in ever):
            raise Refusal(403, f"Within this registration {verb} cannot be told any more.")
        told.append((verb, session.id))


def note(store: Store, session: Session, statements: Sequence[Json]) -> None:
    """End a session that says it has terminated, once what may be on its way has had time."""
    if any(is_defined(s) and s["verb"]["id"] == Verb.TERMINATED for s in statements):
        with store.writing() as db:
            end(db, session.id, clock.now() + GRACE)
