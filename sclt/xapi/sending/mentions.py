"""Where a source may have documents: the learners, activities and registrations that its statements name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sclt.xapi.sending.copybox import Place
from sclt.xapi.statements.identity import IDENTIFIERS, Json, encode, listed

STATE, AGENTS, ACTIVITIES = "activities/state", "agents/profile", "activities/profile"
IDS = {STATE: "stateId", AGENTS: "profileId", ACTIVITIES: "profileId"}
"""Each document resource with the parameter that names a document (xAPI 1.0.3 part 3, 2.3, 2.6, 2.7)."""
_KINDS = ("parent", "grouping")  # categories and others are no activities that are launched


def places(statement: Json) -> Iterator[Place]:
    """Yield where documents may be that belong to a statement; unsound statements have none."""
    agent = _agent(statement.get("actor"))
    activities = sorted(set(_activities(statement)))
    if agent:
        yield Place(AGENTS, {"agent": agent})
    for activity in activities:
        yield Place(ACTIVITIES, {"activityId": activity})
        if agent:
            yield from _states(activity, agent, statement)


def _states(activity: str, agent: str, statement: Json) -> Iterator[Place]:
    where = {"activityId": activity, "agent": agent}
    yield Place(STATE, where)
    registration = _object(statement.get("context")).get("registration")
    if isinstance(registration, str):
        yield Place(STATE, {**where, "registration": registration})


def _agent(actor: Any) -> str:
    """Return what identifies an Agent or Group as a parameter, nothing for an anonymous Group."""
    named = {name: _object(actor)[name] for name in IDENTIFIERS if name in _object(actor)}
    kind = {"objectType": "Group"} if _object(actor).get("objectType") == "Group" else {}
    return encode({**kind, **named}).decode() if named else ""


def _activities(statement: Json) -> Iterator[str]:
    target = _object(statement.get("object"))
    context = _object(_object(statement.get("context")).get("contextActivities"))
    found = [target] if target.get("objectType", "Activity") == "Activity" else []
    found += [each for kind in _KINDS if kind in context for each in listed(context[kind])]
    yield from (each["id"] for each in map(_object, found) if isinstance(each.get("id"), str))


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}
