"""Takes the authors' replies to an LRS: into a document that the course reads, and as a statement.

The document lies in the state of whoever asked, under the activity and registration of their course, where
runtime/ask-heard.js looks for it; the statement says that the authors responded to the statement that asked. Both are
the same however often they are sent, so that a run that was cut off can be run again.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid5

import msgspec
import urllib3

from sclt.consulting.asked import derived_id
from sclt.consulting.store import Kept, Reply
from sclt.errors import EnvironmentFault, UsageError
from sclt.records.tracks import NAMESPACE
from sclt.xapi.sending.client import Lrs
from sclt.xapi.statements.identity import Json
from sclt.xapi.statements.vocabulary import Extension, Verb

STATE = "sclt-replies"
_TRIES = 5


def send(lrs: Lrs, kept: Kept, reply: Reply) -> None:
    """Take a reply to whoever asked. Raises UsageError where the LRS does not know the question, EnvironmentFault."""
    statement = lrs.statement(kept.asked.id)
    if statement is None:
        raise UsageError(
            "the LRS does not have this question.", kept.asked.id, "It answers only what was pulled from it."
        )
    _keep_document(lrs, _place(statement), kept, reply)
    answer = lrs.post(msgspec.json.encode([_statement(statement, kept, reply)]))
    if answer.status not in (200, 204, 409):  # 409: it has the statement from an earlier run
        raise EnvironmentFault(f"does not take the reply (status {answer.status}): {answer.text}", lrs.endpoint)


def _place(statement: Json) -> dict[str, str]:
    """Return whose document it is: of the actor, by the activity and registration that the course was launched with."""
    context = statement.get("context") or {}
    activities = context.get("contextActivities") or {}
    # cmi5 launches by the LMS's own activity, which is the parent; a Tin Can launch names its activity as grouping
    is_cmi5 = Extension.SESSION_ID in (context.get("extensions") or {})
    around = activities.get("parent" if is_cmi5 else "grouping") or activities.get("parent") or [statement["object"]]
    place = {"activityId": around[0]["id"], "agent": msgspec.json.encode(statement["actor"]).decode(), "stateId": STATE}
    return place | ({"registration": context["registration"]} if "registration" in context else {})


def _keep_document(lrs: Lrs, place: dict[str, str], kept: Kept, reply: Reply) -> None:
    """Add a reply to the document; nothing is overwritten that was not read (xAPI 1.0.3 part 3, 3.1)."""
    for _ in range(_TRIES):
        read = lrs.ask("GET", "activities/state", place)
        replies = _replies(read)
        if kept.asked.id in replies:
            return
        body = msgspec.json.encode({"replies": {**replies, kept.asked.id: _entry(kept, reply)}})
        tag = read.headers.get("ETag", "") if read.status == 200 else ""
        match = {"If_Match": tag} if tag else {} if read.status == 200 else {"If_None_Match": "*"}
        written = lrs.ask("PUT", "activities/state", place, body, **match)
        if written.status == 204:
            return
        if written.status not in (409, 412):  # another wrote meanwhile: read again
            raise EnvironmentFault(f"does not take the reply's document (status {written.status}).", lrs.endpoint)
    raise EnvironmentFault("has its document changed all the time.", lrs.endpoint, "Try again.")


def _replies(read: urllib3.BaseHTTPResponse) -> dict[str, Any]:
    if read.status not in (200, 404):
        raise EnvironmentFault(f"does not show documents (status {read.status}).", "activities/state")
    try:
        found = msgspec.json.decode(read.data).get("replies") if read.status == 200 else {}
    except (ValueError, AttributeError):
        found = {}
    return found if isinstance(found, dict) else {}


def _entry(kept: Kept, reply: Reply) -> dict[str, str]:
    asked = kept.asked
    told = {
        "text": reply.text,
        "author": reply.author,
        "date": reply.at[:10],
        "question": asked.text,
        "page": asked.page,
    }
    return {name: value for name, value in (told | {"passage": asked.passage}).items() if value}


def _statement(question: Json, kept: Kept, reply: Reply) -> Json:
    context = question.get("context") or {}
    return {
        "id": str(uuid5(NAMESPACE, derived_id("reply", kept.asked.id))),
        "actor": {
            "objectType": "Agent",
            **({"name": reply.author} if reply.author else {}),
            "account": {"homePage": kept.asked.module, "name": "authors"},
        },
        "verb": {"id": Verb.RESPONDED.value, "display": Verb.RESPONDED.display},
        "object": {"objectType": "StatementRef", "id": kept.asked.id},
        "result": {"response": reply.text},
        "timestamp": reply.at,
        **({"context": {"registration": context["registration"]}} if "registration" in context else {}),
    }
