"""What follows from statements: a session ends, blocks and courses are satisfied (cmi5, 9.3.8, 9.3.9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sclt.lrs import clock, sessions
from sclt.lrs.cmi5.enrolments import Enrolment, enrolment
from sclt.lrs.cmi5.moveon import COUNTED, Done, satisfied
from sclt.lrs.cmi5.structure import Block, Course
from sclt.lrs.cmi5.telling import About, Teller, context_of, tell
from sclt.lrs.cmi5.told import defined_in, is_defined
from sclt.lrs.sessions import GRACE, Session
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import Json
from sclt.xapi.statements.vocabulary import ActivityType, Verb


def follow(store: Store, authority: Json, session: Session, statements: Sequence[Json]) -> None:
    """Do what follows from statements of a session that were stored; ``authority`` is the LMS."""
    verbs = {each["verb"]["id"] for each in statements if session.cmi5 and is_defined(each)}
    if verbs & set(COUNTED) and (enrolled := enrolment(store, session.registration)):
        tell_satisfied(Teller(store, authority), enrolled, session.id)
    if Verb.TERMINATED in verbs:
        with store.writing() as db:
            sessions.end(db, session.id, clock.now() + GRACE)


def tell_satisfied(teller: Teller, enrolled: Enrolment, session_id: str) -> None:
    """Tell "satisfied" of each block, and of the course, whose moveOn is met now: once in a registration."""
    known = {each["object"]["id"] for each in defined_in(teller.store, enrolled.registration, [Verb.SATISFIED])}
    for thing in satisfied(enrolled.course, done_in(teller.store, enrolled.registration)):
        if thing.activity not in known:
            context = context_of(thing.publisher_id, session_id)
            tell(teller, About(enrolled.actor, enrolled.registration, _activity(thing), context), Verb.SATISFIED)


def done_in(store: Store, registration: str) -> Done:
    """Return what was completed, passed and waived in a registration."""
    done: defaultdict[str, set[str]] = defaultdict(set)
    for statement in defined_in(store, registration, COUNTED):
        done[statement["object"]["id"]].add(statement["verb"]["id"])
    return done


def _activity(thing: Course | Block) -> Json:
    kind = ActivityType.CMI5_COURSE if isinstance(thing, Course) else ActivityType.CMI5_BLOCK
    definition = {"type": kind, **({"name": thing.titles} if thing.titles else {})}
    return {"objectType": "Activity", "id": thing.activity, "definition": definition}
