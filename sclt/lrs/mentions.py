"""What a statement is found by (xAPI 1.0.3 part 3, 2.1.3): verb, registration, agents and activities."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import TypeAlias

from sclt.xapi.statements.identity import Json, agent_key, context_activities, members


class Kind(IntEnum):
    """A way in which a statement mentions something, as the store numbers it; names are those of parameters."""

    verb = 1
    registration = 2
    agent = 3
    related_agents = 4
    activity = 5
    related_activities = 6


Mention: TypeAlias = tuple[Kind, str]


def mentions(statement: Json) -> set[Mention]:
    """Return all that a statement mentions, narrowly and broadly."""
    things = [statement["actor"], statement["object"]]
    found = {(Kind.agent, key) for thing in things if _is_actor(thing) for key in _keys(thing)}
    found.add((Kind.verb, statement["verb"]["id"]))
    if registration := statement.get("context", {}).get("registration"):
        found.add((Kind.registration, registration.lower()))
    if _is_activity(statement["object"]):
        found.add((Kind.activity, statement["object"]["id"]))
    found |= {(Kind.related_agents, key) for agent in actors(statement) for key in _keys(agent)}
    return found | {(Kind.related_activities, activity["id"]) for activity in activities(statement)}


def actors(statement: Json) -> Iterator[Json]:
    """Yield every Agent and Group of a statement and its SubStatement."""
    context = statement.get("context", {})
    yield statement["actor"]
    yield from (context[name] for name in ("instructor", "team") if name in context)
    yield from (entry["agent"] for entry in context.get("contextAgents", ()))
    yield from (entry["group"] for entry in context.get("contextGroups", ()))
    if "authority" in statement:
        yield statement["authority"]
    if _is_actor(statement["object"]):
        yield statement["object"]
    elif statement["object"].get("objectType") == "SubStatement":
        yield from actors(statement["object"])


def activities(statement: Json) -> Iterator[Json]:
    """Yield every Activity of a statement and its SubStatement."""
    if _is_activity(statement["object"]):
        yield statement["object"]
    elif statement["object"].get("objectType") == "SubStatement":
        yield from activities(statement["object"])
    yield from context_activities(statement.get("context", {}))


def _keys(actor: Json) -> Iterator[str]:
    """Yield the keys of an actor and, where it is a Group, of its members."""
    yield from (key for one in (actor, *members(actor)) if (key := agent_key(one)))


def _is_actor(thing: Json) -> bool:
    return thing.get("objectType") in ("Agent", "Group") or bool(agent_key(thing))


def _is_activity(thing: Json) -> bool:
    return thing.get("objectType", "Activity") == "Activity" and "id" in thing
