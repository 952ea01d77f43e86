"""Launching what a package holds against this LRS, as a cmi5 LMS (cmi5, 8 to 10) or a Tin Can LMS does."""

from __future__ import annotations

import uuid
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit, urlunsplit

from sclt.errors import UsageError
from sclt.lrs import clock, documents, sessions
from sclt.lrs.cmi5.rules.documents import LAUNCH_DATA
from sclt.lrs.cmi5.structure import Au as Au
from sclt.lrs.cmi5.structure import is_web
from sclt.lrs.cmi5.telling import About, Teller, context_of, tell
from sclt.lrs.cmi5.told import last_word
from sclt.lrs.sessions import Session
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import Json, agent_key, encode
from sclt.xapi.statements.vocabulary import Extension, Verb

MODES = ("Normal", "Browse", "Review")
LMS = "lms"
"""The name of the LMS's account, which vouches for its statements."""


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
    """Begin a cmi5 session: abandon what is open of this registration, keep LMS.LaunchData, tell "launched".

    ``actor`` is an Agent with an account (cmi5, 9.2). Without ``registration`` the learner is enrolled anew, in nothing
    but this AU: `sclt.lrs.lms` knows whole courses. Raises UsageError for an actor without account, an unknown mode, an
    activity id that is the publisher's, and for addresses that are none of the web.
    """
    check_actor(actor)
    if mode not in MODES:
        raise UsageError(f"'{mode}' is not a launch mode.", hint=f"Modes are: {', '.join(MODES)}.")
    if au.activity == au.publisher_id:
        raise UsageError("The LMS's activity id must not be the publisher's id.")
    _check_web(au.url, *filter(None, [return_url]))
    registration = registration.lower() or str(uuid.uuid4())
    session_id = str(uuid.uuid4())
    data = _launch_data(au, session_id, mode, return_url)
    actor = {"objectType": "Agent", **actor}
    session = Session(session_id, actor, registration, au.activity, data, clock.now(), None, True)
    with store.writing():
        for earlier in sessions.open_sessions(store, registration):
            abandon(store, address, earlier)
        ticket = sessions.begin(store, session)
        where = documents.Place(documents.STATE.name, au.activity, agent_key(actor), registration, LAUNCH_DATA)
        documents.put(store, where, encode(data), "application/json")
        tell(teller(store, address), about(session), Verb.LAUNCHED, extensions=_launched(au, mode))
    return Launch(_cmi5_url(address, au, session, ticket), session_id, registration)


def check_actor(actor: Json) -> None:
    """Raise UsageError for an actor that cmi5 cannot launch (9.2)."""
    account = actor.get("account")
    named = isinstance(account, dict) and account.get("homePage") and account.get("name")
    if not named or actor.get("objectType", "Agent") != "Agent":
        raise UsageError("cmi5 launches an Agent with an account.", hint="Give it a homePage and a name.")


def _check_web(*urls: str) -> None:
    """Raise UsageError for an address that a browser must not be sent to."""
    for url in urls:
        if not is_web(url):
            raise UsageError(f"'{url}' is no address of the web.", hint="It begins with http:// or https://.")


def _launch_data(au: Au, session_id: str, mode: str, return_url: str) -> Json:
    """Return LMS.LaunchData (cmi5, 10)."""
    data = {
        "contextTemplate": context_of(au.publisher_id, session_id),
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
        endpoint=address.endpoint.rstrip("/"),  # older AUs put a slash before every resource
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


def about(session: Session) -> About:
    """Return what a statement of the LMS about the AU of a session holds."""
    return About(session.actor, session.registration, activity_of(session.activity), session.template)


def activity_of(identifier: str) -> Json:
    """Return an Activity of which nothing but its id is told."""
    return {"objectType": "Activity", "id": identifier}


def abandon(store: Store, address: Address, session: Session) -> None:
    """End a session that never said it terminated (cmi5, 9.3.6); it took until its last statement (9.5.4.2)."""
    with store.writing() as db:
        seconds = max(0, last_word(store, session) - session.launched) / 1_000_000
        result = {"duration": f"PT{seconds:.2f}S"}
        tell(teller(store, address), about(session), Verb.ABANDONED, result)
        sessions.end(db, session.id, 0)


def teller(store: Store, address: Address) -> Teller:
    """Return the LMS in its LRS."""
    return Teller(store, authority(address, LMS))


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
