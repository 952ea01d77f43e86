"""What an AU has told already, as far as the rules of order and moveOn ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from sclt.lrs import clock
from sclt.lrs.sessions import Session
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import Json, listed
from sclt.xapi.statements.vocabulary import Category, Extension, Verb

VERDICTS = frozenset({Verb.PASSED, Verb.FAILED})
"""Verbs that judge: one of them at most in a session (cmi5, 9.3)."""
OF_LMS = frozenset({Verb.LAUNCHED, Verb.ABANDONED, Verb.WAIVED, Verb.SATISFIED})
"""Verbs that the LMS alone tells (cmi5, 9.3)."""
_OF_AU = (Verb.INITIALIZED, Verb.COMPLETED, *VERDICTS, Verb.TERMINATED)


class Told(NamedTuple):
    """A cmi5 defined statement of an AU; ``moment`` is its timestamp in microseconds since 1970."""

    verb: str
    session: str
    moment: int


def category_ids(statement: Json) -> set[str]:
    """Return the ids of the activities in a statement's category."""
    activities = (statement.get("context") or {}).get("contextActivities") or {}
    return {activity["id"] for activity in listed(activities["category"])} if "category" in activities else set()


def is_defined(statement: Json) -> bool:
    """Tell whether a statement is "cmi5 defined": it carries the category (cmi5, 7.1.3, 9.6.2.1)."""
    return Category.CMI5 in category_ids(statement)


def session_of(statement: Json) -> str:
    """Return the id of the session that a statement says it belongs to, nothing for none."""
    return str(((statement.get("context") or {}).get("extensions") or {}).get(Extension.SESSION_ID, ""))


def moment_of(statement: Json) -> int:
    """Return a statement's timestamp; Refusal 400 where it tells no moment."""
    return clock.read("timestamp", statement["timestamp"])


def told_before(store: Store, session: Session, verbs: Iterable[str]) -> list[Told]:
    """Return the defined statements of the session's AU in the registration, of cmi5's own verbs and of ``verbs``."""
    wanted = ({*_OF_AU} | {*verbs}) - OF_LMS
    return [
        Told(each["verb"]["id"], session_of(each), moment_of(each))
        for each in statements_in(store, session.registration, wanted)
        if is_defined(each) and each["object"].get("id") == session.activity
    ]


def latest_of(store: Store, session: Session) -> int:
    """Return the latest timestamp of what the AU has told in a session, 0 for nothing."""
    said = (each for each in statements_in(store, session.registration) if _is_of_au(each, session))
    return max(map(moment_of, said), default=0)


def last_word(store: Store, session: Session) -> int:
    """Return when the latest statement of an AU's session was stored, the moment of its launch where there is none."""
    said = (each for each in statements_in(store, session.registration) if _is_of_au(each, session))
    return max((clock.read("stored", each["stored"]) for each in said), default=session.launched)


def _is_of_au(statement: Json, session: Session) -> bool:
    by_lms = statement["verb"]["id"] in OF_LMS and is_defined(statement)
    return session_of(statement) == session.id and not by_lms


def defined_in(store: Store, registration: str, verbs: Iterable[str]) -> Iterator[Json]:
    """Yield the defined statements of a registration with one of these verbs, in the order in which they came."""
    return (each for each in statements_in(store, registration, {*verbs}) if is_defined(each))


def statements_in(store: Store, registration: str, verbs: set[str] | None = None) -> list[Json]:
    """Return the statements of a registration that are not voided, of all verbs or of some."""
    marks = "" if verbs is None else f" AND verb IN ({', '.join('?' * len(verbs))})"
    with store.reading() as db:
        rows = db.execute(
            f"SELECT body FROM statements WHERE registration = ? AND voided = 0{marks} ORDER BY seq",  # noqa: S608
            (registration, *(verbs or ())),
        ).fetchall()
    return [msgspec.json.decode(body, type=Json) for (body,) in rows]
