"""Takes the authors' replies to an LRS: into a document that the course reads, and as a statement.

The document lies in the state of whoever asked, under the activity and registration of their course, where
runtime/ask-heard.js looks for it; the statement says that the authors responded to the statement that asked. Both are
the same however often they are sent, so that a run that was cut off can be run again.
"""

from __future__ import annotations

from collections.abc import Callable
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
    _change_document(lrs, _place(statement), lambda replies: _with(replies, kept, reply))
    _post(lrs, _statement(statement, kept, reply))


def _with(replies: dict[str, Any], kept: Kept, reply: Reply) -> dict[str, Any] | None:
    return None if kept.asked.id in replies else {**replies, kept.asked.id: _entry(kept, reply)}


def _post(lrs: Lrs, statement: Json) -> None:
    answer = lrs.post(msgspec.json.encode([statement]))
    if answer.status not in (200, 204, 409):  # 409: it has the statement from an earlier run
        raise EnvironmentFault(f"does not take the reply (status {answer.status}): {answer.text}", lrs.endpoint)


def take_back(lrs: Lrs, identifier: str) -> str:
    """Take the reply to a question out of the learner's document, and void the statement that told it.

    Returns the id of that statement, which an LRS keeps as a voided one; empty where the LRS has no such question.
    Raises EnvironmentFault where the LRS does not do it; done again, nothing changes.
    """
    statement = lrs.statement(identifier) or lrs.statement(identifier, voided=True)
    if statement is None:
        return ""
    _change_document(lrs, _place(statement), lambda replies: _without(replies, identifier))
    told = _told_by(identifier)
    reply = lrs.statement(told)
    if reply is not None:
        _post(lrs, _voiding(told, reply))
    return told


def _without(replies: dict[str, Any], identifier: str) -> dict[str, Any] | None:
    left = {name: reply for name, reply in replies.items() if name != identifier}
    return left if len(left) < len(replies) else None


def _place(statement: Json) -> dict[str, str]:
    """Return whose document it is: of the actor, by the activity and registration that the course was launched with."""
    context = statement.get("context") or {}
    activities = context.get("contextActivities") or {}
    # cmi5 launches by the LMS's own activity, which is the parent; a Tin Can launch names its activity as grouping
    is_cmi5 = Extension.SESSION_ID in (context.get("extensions") or {})
    around = activities.get("parent" if is_cmi5 else "grouping") or activities.get("parent") or [statement["object"]]
    place = {"activityId": around[0]["id"], "agent": msgspec.json.encode(statement["actor"]).decode(), "stateId": STATE}
    return place | ({"registration": context["registration"]} if "registration" in context else {})


def _change_document(
    lrs: Lrs, place: dict[str, str], change: Callable[[dict[str, Any]], dict[str, Any] | None]
) -> None:
    """Write the replies that ``change`` makes of those in the document; None leaves it, none at all removes it.

    Nothing is overwritten that was not read (xAPI 1.0.3 part 3, 3.1).
    """
    for _ in range(_TRIES):
        read = lrs.ask("GET", "activities/state", place)
        changed = change(_replies(read))
        if changed is None:
            return
        tag = read.headers.get("ETag", "") if read.status == 200 else ""
        match = {"If_Match": tag} if tag else {} if read.status == 200 else {"If_None_Match": "*"}
        method, body = ("PUT", msgspec.json.encode({"replies": changed})) if changed else ("DELETE", None)
        written = lrs.ask(method, "activities/state", place, body, **match)
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


def _told_by(identifier: str) -> str:
    """Return the id of the statement by which the authors answered a question."""
    return str(uuid5(NAMESPACE, derived_id("reply", identifier)))


def _voiding(told: str, reply: Json) -> Json:
    """Return the statement that voids a reply (xAPI 1.0.3 part 2, 2.3.2)."""
    return {
        "id": str(uuid5(NAMESPACE, derived_id("void", told))),
        "actor": reply["actor"],
        "verb": {"id": Verb.VOIDED.value, "display": Verb.VOIDED.display},
        "object": {"objectType": "StatementRef", "id": told},
    }


def _statement(question: Json, kept: Kept, reply: Reply) -> Json:
    context = question.get("context") or {}
    return {
        "id": _told_by(kept.asked.id),
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
