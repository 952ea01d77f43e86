"""Launching what a package holds against this LRS, as a cmi5 LMS (cmi5, 8 to 10) or a Tin Can LMS does."""

from __future__ import annotations

import uuid
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit, urlunsplit

import msgspec

from sclt.errors import UsageError
from sclt.lrs import clock, documents, records, sessions
from sclt.lrs.sessions import Session
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import Json, agent_key, encode
from sclt.xapi.statements.vocabulary import Category, Extension, Verb

_MODES = ("Normal", "Browse", "Review")


class Address(NamedTuple):
    """Where the LRS is reached, without a slash at the end: http://127.0.0.1:8080."""

    root: str

    @property
    def endpoint(self) -> str:
        """Return the base of all xAPI requests."""
        return f"{self.root}/xapi/"

    def fetch(self, ticket: str) -> str:
        """Return the fetch URL of a launch."""
        return f"{self.root}/fetch/{ticket}"


class Au(msgspec.Struct, frozen=True, kw_only=True):
    """An assignable unit as the course structure tells it. ``url`` is where it is served, absolute.

    ``activity`` is the LMS's own id of it and must differ from the publisher's (cmi5, 8.1).
    """

    url: str
    publisher_id: str
    activity: str
    move_on: str = "NotApplicable"
    mastery_score: float | None = None
    launch_method: str = "AnyWindow"
    launch_parameters: str | None = None
    entitlement_key: str | None = None


class Launch(NamedTuple):
    """Where to send the learner's browser, and what the launch is known by."""

    url: str
    session: str
    registration: str


def launch_cmi5(
    store: Store,
    address: Address,
    au: Au,
    actor: Json,
    mode: str = "Normal",
    registration: str = "",
    return_url: str = "",
) -> Launch:
    """Begin a cmi5 session: abandon earlier ones of this AU and registration, keep LMS.LaunchData, tell "launched".

    ``actor`` is an Agent with an account (cmi5, 9.2). Without ``registration`` the learner is enrolled anew. Raises
    UsageError for an actor without account, an unknown mode, or an activity id that is the publisher's.
    """
    if not isinstance(actor.get("account"), dict):
        raise UsageError("cmi5 launches an Agent with an account.", hint="Give it a homePage and a name.")
    if mode not in _MODES:
        raise UsageError(f"'{mode}' is not a launch mode.", hint=f"Modes are: {', '.join(_MODES)}.")
    if au.activity == au.publisher_id:
        raise UsageError("The LMS's activity id must not be the publisher's id.")
    registration = registration.lower() or str(uuid.uuid4())
    for earlier in sessions.open_sessions(store, registration, au.activity):
        _abandon(store, address, earlier)
    session_id = str(uuid.uuid4())
    data = _launch_data(au, session_id, mode, return_url)
    actor = {"objectType": "Agent", **actor}
    session = Session(session_id, actor, registration, au.activity, data, clock.now(), None, True)
    with store.writing():
        ticket = sessions.begin(store, session)
        where = documents.Place("state", au.activity, agent_key(actor), registration, "LMS.LaunchData")
        documents.put(store, where, encode(data), "application/json")
        _tell(store, address, session, Verb.LAUNCHED, _launched(au, mode), {})
    return Launch(_cmi5_url(address, au, session, ticket), session_id, registration)


def _launch_data(au: Au, session_id: str, mode: str, return_url: str) -> Json:
    """Return LMS.LaunchData (cmi5, 10)."""
    data = {
        "contextTemplate": {
            "contextActivities": {"grouping": [{"objectType": "Activity", "id": au.publisher_id}]},
            "extensions": {Extension.SESSION_ID: session_id},
        },
        "launchMode": mode,
        "launchMethod": au.launch_method,
        "moveOn": au.move_on,
        "masteryScore": au.mastery_score,
        "launchParameters": au.launch_parameters,
        "entitlementKey": {"courseStructure": au.entitlement_key} if au.entitlement_key else None,
        "returnURL": return_url or None,
    }
    return {name: value for name, value in data.items() if value is not None}


def _launched(au: Au, mode: str) -> Json:
    """Return the context extensions of the statement "launched" (cmi5, 9.6.3)."""
    told = {
        Extension.LAUNCH_MODE: mode,
        Extension.LAUNCH_URL: au.url,
        Extension.MOVE_ON: au.move_on,
        Extension.MASTERY_SCORE: au.mastery_score,
        Extension.LAUNCH_PARAMETERS: au.launch_parameters,
    }
    return {name: value for name, value in told.items() if value is not None}


def _cmi5_url(address: Address, au: Au, session: Session, ticket: str) -> str:
    return with_query(
        au.url,
        endpoint=address.endpoint,
        fetch=address.fetch(ticket),
        actor=encode(session.actor).decode(),
        registration=session.registration,
        activityId=session.activity,
    )


def with_query(url: str, **parameters: str) -> str:
    """Add parameters to whatever query a URL has."""
    parts = urlsplit(url)
    query = "&".join(part for part in (parts.query, urlencode(parameters)) if part)
    return urlunsplit(parts._replace(query=query))


def _tell(store: Store, address: Address, session: Session, verb: Verb, extensions: Json, result: Json) -> None:
    """Make a statement of the LMS in a session (cmi5, 9.3)."""
    template = session.template
    category = [{"objectType": "Activity", "id": Category.CMI5}]
    statement = {
        "id": str(uuid.uuid4()),
        "actor": session.actor,
        "verb": {"id": verb, "display": verb.display},
        "object": {"objectType": "Activity", "id": session.activity},
        "timestamp": clock.shown(clock.now()),
        "context": {
            "registration": session.registration,
            "contextActivities": {**template["contextActivities"], "category": category},
            "extensions": {**template["extensions"], **extensions},
        },
    }
    if result:
        statement["result"] = result
    records.add(store, [statement], authority(address, "lms"), "1.0.3")


def _abandon(store: Store, address: Address, session: Session) -> None:
    """End a session that never said it terminated (cmi5, 9.3.6); it took until its last statement (9.5.4.2)."""
    with store.writing() as db:
        same = (session.registration,)
        last = db.execute("SELECT max(stored) FROM statements WHERE registration = ?", same).fetchone()
        seconds = max(0, (last[0] or session.launched) - session.launched) / 1_000_000
        _tell(store, address, session, Verb.ABANDONED, {}, {"duration": f"PT{seconds:.2f}S"})
        sessions.end(db, session.id, 0)


def authority(address: Address, name: str) -> Json:
    """Return who vouches for a statement: an account at this LRS."""
    return {"objectType": "Agent", "account": {"homePage": address.root, "name": name}}


def launch_tincan(
    store: Store, address: Address, activity: str, url: str, actor: Json, registration: str = ""
) -> Launch:
    """Begin a Tin Can launch: the URL carries the credentials, which are good for this actor and registration only."""
    registration = registration.lower() or str(uuid.uuid4())
    session = Session(str(uuid.uuid4()), actor, registration, activity, {}, clock.now(), None, False)
    sessions.begin(store, session)
    launched = with_query(
        url,
        endpoint=address.endpoint,
        auth=f"Basic {sessions.new_token(store, session.id)}",
        actor=encode(actor).decode(),
        activity_id=activity,
        registration=registration,
    )
    return Launch(launched, session.id, registration)
