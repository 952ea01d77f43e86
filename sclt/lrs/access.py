"""Who may do what: the owner's key and secret open everything, the token of a launch its own session only."""

from __future__ import annotations

import hmac
from base64 import b64decode
from collections.abc import Iterable
from typing import NamedTuple

from sclt.lrs import sessions
from sclt.lrs.documents import Place
from sclt.lrs.refusal import Refusal
from sclt.lrs.sessions import Session
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import Json, agent_key
from sclt.xapi.statements.vocabulary import Verb

LAUNCH_DATA = "LMS.LaunchData"


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
        key, secret = _basic(header)
        right_key = hmac.compare_digest(key.encode(), self.key.encode())
        right_secret = hmac.compare_digest(secret.encode(), self.secret.encode())
        return right_key and right_secret


def who(store: Store, owner: Owner, header: str) -> Who:
    """Return who sent an Authorization header; Refusal 401 where nobody known did (HTTP Basic, RFC 7617)."""
    if owner.sent(header):
        return Who(owner.key)
    if session := sessions.find(store, *_basic(header)):
        return Who("launch", session)
    raise Refusal(401, "The key or the secret is wrong." if header else "Send credentials by HTTP Basic.")


def _basic(header: str) -> tuple[str, str]:
    scheme, _, value = header.partition(" ")
    try:
        text = b64decode(value.strip(), validate=True).decode() if scheme.lower() == "basic" else ""
    except ValueError:
        text = ""
    key, _, secret = text.partition(":")
    return key, secret


def check_voiding(asking: Who, statements: Iterable[Json]) -> None:
    """Refuse with 403 a voiding by a launched activity: it would take away what others told (cmi5, 6.3)."""
    if asking.session and any(statement["verb"]["id"] == Verb.VOIDED for statement in statements):
        raise Refusal(403, "A launched activity may not void statements.")


def check_document(asking: Who, where: Place, writes: bool) -> None:
    """Refuse with 403 a session that reaches for another learner's documents, or writes what is not its own."""
    if (session := asking.session) is None:
        return
    if where.agent and where.agent != agent_key(session.actor):
        raise Refusal(403, "This session may only reach the documents of its own learner.")
    if where.resource == "state" and (where.any or where.registration != session.registration) and session.cmi5:
        raise Refusal(403, "This session may only reach the state of its own registration.")
    if writes and where.activity and where.activity != session.activity:
        raise Refusal(403, "This session may only write to its own activity.")
    if writes and where.resource == "state" and where.id in (LAUNCH_DATA, "") and session.cmi5:
        raise Refusal(403, f"{LAUNCH_DATA} is the LMS's: an AU must not change or delete it (cmi5, 10).")
