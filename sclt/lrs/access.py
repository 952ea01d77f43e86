"""Who may do what: the owner's key and secret open everything, the token of a launch its own session only."""

from __future__ import annotations

import hmac
from base64 import b64decode
from collections.abc import Sequence
from typing import NamedTuple

from sclt.lrs import sessions
from sclt.lrs.cmi5 import judge
from sclt.lrs.documents import Place
from sclt.lrs.refusal import Refusal
from sclt.lrs.sessions import Session
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import Json, agent_key


class Who(NamedTuple):
    """Who asks: a name to vouch for statements, and the session where it is a launched activity."""

    name: str
    session: Session | None = None


class Owner(NamedTuple):
    """The one key and secret of the LRS."""

    key: str
    secret: str

    def __repr__(self) -> str:
        return f"Owner({self.key!r}, …)"

    def sent(self, header: str) -> bool:
        """Tell whether an Authorization header holds key and secret; the time it takes tells nothing of them."""
        key, secret = basic(header)
        right_key = hmac.compare_digest(key.encode(), self.key.encode())
        right_secret = hmac.compare_digest(secret.encode(), self.secret.encode())
        return right_key and right_secret


def who(store: Store, owner: Owner, header: str) -> Who:
    """Return who sent an Authorization header; Refusal 401 where nobody known did (HTTP Basic, RFC 7617).

    Refusal 403 where a cmi5 session is over.
    """
    if owner.sent(header):
        return Who(owner.key)
    if session := sessions.find(store, *basic(header)):
        if session.cmi5:
            judge.check_request(session)
        return Who("launch", session)
    raise Refusal(401, "The key or the secret is wrong." if header else "Send credentials by HTTP Basic.")


def basic(header: str) -> tuple[str, str]:
    """Return key and secret of an Authorization header, or a session's id and token; empty texts where it has none."""
    scheme, _, value = header.partition(" ")
    try:
        text = b64decode(value.strip(), validate=True).decode() if scheme.lower() == "basic" else ""
    except ValueError:
        text = ""
    key, _, secret = text.partition(":")
    return key, secret


def check_document(asking: Who, where: Place, writes: bool) -> None:
    """Refuse with 403 a session that reaches for another learner's documents, or writes what is not its own."""
    if (session := asking.session) is None:
        return
    if session.cmi5:
        judge.check_place(session, where, writes)
    elif where.agent and where.agent != agent_key(session.actor):
        raise Refusal(403, "This session may only reach the documents of its own learner.")
    elif writes and where.activity and where.activity != session.activity:
        raise Refusal(403, "This session may only write to its own activity.")


def note_reading(store: Store, asking: Who, where: Place) -> None:
    """Remember of a session that it has read a document, where its standard asks for that."""
    if asking.session and asking.session.cmi5:
        judge.note_reading(store, asking.session, where)


def check_content(asking: Who, where: Place, body: bytes, kind: str) -> None:
    """Refuse with 403 a document of a session that does not hold what its standard has in that place."""
    if asking.session and asking.session.cmi5:
        judge.check_content(where, body, kind)


def check_statements(asking: Who, statements: Sequence[Json]) -> None:
    """Refuse with 403 statements, before the LRS gives them ids and times, that a session may not tell."""
    if asking.session and asking.session.cmi5:
        judge.check_statements(asking.session, statements)
    elif asking.session:
        sessions.check_tincan(asking.session, statements)


def check_order(store: Store, asking: Who, statements: Sequence[Json]) -> None:
    """Refuse with 403 statements, not in the store yet, that a session may not tell after what it has told."""
    if asking.session and asking.session.cmi5:
        judge.check_order(store, asking.session, statements)
