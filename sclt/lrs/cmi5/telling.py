"""The statements that the LMS makes itself (cmi5, 9.3)."""

from __future__ import annotations

import uuid
from typing import Any, NamedTuple

from sclt.lrs import clock, records
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import Json
from sclt.xapi.statements.vocabulary import Category, Extension, Verb

_VERSION = "1.0.0"  # what statements of all 1.0.x say (xAPI 1.0.3 Data 2.4.10)


class Teller(NamedTuple):
    """The LMS in its LRS: ``authority`` is the Agent that vouches for its statements."""

    store: Store
    authority: Json


class About(NamedTuple):
    """Whom and what a statement of the LMS is about.

    ``thing`` is an Activity under the LMS's own id; ``context`` has the publisher's id as grouping and the session id.
    """

    actor: Json
    registration: str
    thing: Json
    context: Json


def context_of(publisher_id: str, session_id: str) -> Json:
    """Return the context that all statements about something in a session carry (cmi5, 9.6.2.3, 9.6.3.1)."""
    return {
        "contextActivities": {"grouping": [{"objectType": "Activity", "id": publisher_id}]},
        "extensions": {Extension.SESSION_ID: session_id},
    }


def tell(teller: Teller, about: About, verb: Verb, result: Json | None = None, extensions: Json | None = None) -> None:
    """Store a statement of the LMS, which is cmi5 defined."""
    categories = [Category.CMI5, *([Category.MOVE_ON] if {"success", "completion"} & set(result or ()) else [])]
    template = about.context
    statement: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "actor": about.actor,
        "verb": {"id": verb, "display": verb.display},
        "object": about.thing,
        "timestamp": clock.shown(clock.now()),
        "context": {
            **template,
            "registration": about.registration,
            "contextActivities": {
                **template["contextActivities"],
                "category": [{"objectType": "Activity", "id": category} for category in categories],
            },
            "extensions": {**template["extensions"], **(extensions or {})},
        },
    }
    if result:
        statement["result"] = result
    records.add(teller.store, [statement], teller.authority, _VERSION)
