"""Judges what a launched AU sends, by what cmi5 demands: the first breach is refused with 403 (cmi5, 6.3)."""

from __future__ import annotations

from collections.abc import Sequence

from sclt.lrs import sessions
from sclt.lrs.cmi5.rules import documents, frame, order, results, session, verbs
from sclt.lrs.cmi5.rules.demand import Said, refuse_breach
from sclt.lrs.cmi5.told import Told, is_defined, latest_of, moment_of, told_before
from sclt.lrs.documents import Place
from sclt.lrs.sessions import Session
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import Json
from sclt.xapi.statements.vocabulary import Verb

_ALONE = (*frame.DEMANDS, *verbs.DEMANDS, *results.DEMANDS)


def check_request(asking: Session) -> None:
    """Refuse any request of a session that is over."""
    refuse_breach(session.DEMANDS, asking, "The request")


def check_statements(asking: Session, statements: Sequence[Json]) -> None:
    """Refuse statements, valid by xAPI and as they came, that the session may not tell whatever it told before."""
    for statement in statements:
        refuse_breach(_ALONE, Said(statement, asking), _named(statement))


def check_order(store: Store, asking: Session, statements: Sequence[Json]) -> None:
    """Refuse statements, not in the store yet, that the session may not tell after what was told before."""
    told = told_before(store, asking, {each["verb"]["id"] for each in statements if is_defined(each)})
    ends = any(each["verb"]["id"] == Verb.TERMINATED for each in statements)
    latest = latest_of(store, asking) if ends else 0
    prepared = sessions.is_prepared(store, asking.id)
    for statement in sorted(statements, key=moment_of):
        moment = moment_of(statement)
        refuse_breach(order.DEMANDS, Said(statement, asking, told, moment, latest, prepared), _named(statement))
        if is_defined(statement):
            told.append(Told(statement["verb"]["id"], asking.id, moment))


def _named(statement: Json) -> str:
    return f"The statement {statement['verb']['id'].rstrip('/').rpartition('/')[2]}"


def check_place(asking: Session, where: Place, writes: bool) -> None:
    """Refuse a document that is not the session's to read or to write."""
    refuse_breach(documents.REACHING, documents.Reach(asking, where, writes), "The document")


def note_reading(store: Store, asking: Session, where: Place) -> None:
    """Remember that a session has read what it must read before it begins."""
    if documents.is_preferences(where) and not sessions.is_prepared(store, asking.id):
        sessions.prepare(store, asking.id)


def check_content(where: Place, body: bytes, kind: str) -> None:
    """Refuse a document that does not hold what cmi5 has in its place; ``kind`` is its Content-Type."""
    refuse_breach(documents.KEEPING, documents.Content(where, body, kind), "The document")
