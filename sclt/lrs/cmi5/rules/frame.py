"""What every statement of an AU has: an id, a time in UTC, its learner, the launch's context (cmi5, 6.3, 9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sclt.lrs.cmi5.rules.demand import Said, demanded
from sclt.xapi.statements.identity import Json, agent_key, listed
from sclt.xapi.statements.vocabulary import Extension, Verb

_TEMPLATE = "cmi5 10 (contextTemplate)"


@demanded(
    "session.statement-id",
    "An AU gives every statement its id",
    why="a statement that is sent again after a lost answer would be stored twice",
    mend="Give the statement a UUID of its own as id.",
    clause="cmi5 9.1",
)
def statement_id(said: Said) -> str:
    """Ask for the id, before the LRS gives one."""
    return "" if said.statement.get("id") else "it has no id."


@demanded(
    "session.voiding",
    "An AU voids nothing",
    why="it could take back what decides about the learner's record",
    mend="Leave voiding to the LMS.",
    clause="cmi5 6.3",
)
def voiding(said: Said) -> str:
    """Ask for the verb "voided", in a statement of any kind."""
    return "it voids another statement." if said.verb == Verb.VOIDED else ""


@demanded(
    "session.timestamp",
    "Every statement has a timestamp",
    why="the order of statements is that of their timestamps",
    mend="Give the statement the time of the event as timestamp.",
    clause="cmi5 9.7",
)
def timestamp(said: Said) -> str:
    """Ask for a timestamp."""
    return "" if "timestamp" in said.statement else "it has no timestamp."


@demanded(
    "session.utc",
    "Timestamps are in UTC",
    why="reports read them as UTC, and the order of statements is that of their timestamps",
    mend="Write the timestamp in UTC, with Z at its end.",
    clause="cmi5 9.7",
)
def utc(said: Said) -> str:
    """Ask for the offset of the timestamp."""
    told = said.statement["timestamp"]
    return "" if _is_utc(told) else f"its timestamp {told} is not in UTC."


def _is_utc(text: str) -> bool:
    try:
        offset = datetime.fromisoformat(text).utcoffset()
    except ValueError:  # a leap second, which a datetime cannot hold
        return text.endswith("Z")
    return offset is not None and not offset


@demanded(
    "session.agent",
    "The actor is an Agent",
    why="a session has one learner",
    mend="Send the actor of the launch URL as it is.",
    clause="cmi5 9.2",
)
def agent(said: Said) -> str:
    """Ask for the actor's objectType: an identified Group may have the learner's account, too."""
    kind = said.statement["actor"].get("objectType", "Agent")
    return "" if kind == "Agent" else f"its actor is a {kind}."


@demanded(
    "session.actor",
    "The actor is the one that was launched, with that account",
    why="what it tells would go to another learner's record",
    mend="Send the actor of the launch URL as it is.",
    clause="cmi5 8.1 (actor), 9.2",
)
def actor(said: Said) -> str:
    """Ask whether the actor is the launch's."""
    same = agent_key(said.statement["actor"]) == agent_key(said.session.actor)
    return "" if same else "its actor is another one than this session was launched for."


@demanded(
    "session.registration",
    "The registration is that of the launch",
    why="the LMS finds what belongs to an enrolment by its registration",
    mend="Send the registration of the launch URL in the context.",
    clause="cmi5 9.6.1",
)
def registration(said: Said) -> str:
    """Ask for the registration."""
    told = str(said.context.get("registration") or "")
    if told.lower() == said.session.registration:
        return ""
    return f"its registration {told} is not that of this launch." if told else "its context has no registration."


@demanded(
    "session.session-id",
    "The context has the session id as an extension",
    why="the LMS finds what belongs to a launch by its session id",
    mend="Begin the context of every statement as a copy of the contextTemplate of LMS.LaunchData.",
    clause="cmi5 9.6.3.1",
)
def session_id(said: Said) -> str:
    """Ask for the session id."""
    told = said.extension(Extension.SESSION_ID)
    if told == said.session.id:
        return ""
    return "its context lacks the session id." if told is None else f"its session id {told} is not that of this launch."


@demanded(
    "session.template",
    "The context holds all of the contextTemplate, unchanged",
    why="LMS and reports find statements by what the template asks for, such as the publisher's id in grouping",
    mend="Begin the context of every statement as a copy of the contextTemplate of LMS.LaunchData.",
    clause=_TEMPLATE,
)
def template(said: Said) -> str:
    """Ask for each value of the template."""
    wrong = next((name for name, value in said.session.template.items() if not _keeps(said.context, name, value)), "")
    return f"its context lacks what the contextTemplate has in {wrong}, or changes it." if wrong else ""


def _keeps(context: Json, name: str, wanted: Any) -> bool:
    told = context.get(name)
    if name == "contextActivities":
        return all(_ids(value) <= _ids((told or {}).get(kind, ())) for kind, value in wanted.items())
    if name == "extensions":
        return all((told or {}).get(key) == value for key, value in wanted.items())
    return bool(told == wanted)


def _ids(activities: Any) -> set[str]:
    return {activity["id"] for activity in (listed(activities) if activities else ())}


@demanded(
    "session.object",
    "The object of a cmi5 defined statement is the AU, by the activityId of the launch",
    why="the LMS would not find it among what the learner did in this AU",
    mend="Send the activityId of the launch URL as the object's id, not the publisher's id.",
    clause="cmi5 8.1 (activityId), 9.4",
)
def activity(said: Said) -> str:
    """Ask for the object of a defined statement."""
    told = said.statement["object"].get("id")
    right = not said.defined or told == said.session.activity
    return "" if right else f"its object {told or 'without id'} is not the activityId of this launch."


DEMANDS = (
    statement_id,
    voiding,
    timestamp,
    utc,
    agent,
    actor,
    registration,
    session_id,
    template,
    activity,
)
