"""What a statement is found by (xAPI 1.0.3 part 3, 2.1.3): verb, registration, agents and activities."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from sclt.xapi.statements.identity import Json, agent_key, listed, members


class Kind:
    """Ways in which a statement mentions something, as the store numbers them; names are those of parameters."""

    verb: Final = 1
    registration: Final = 2
    agent: Final = 3
    related_agents: Final = 4
    activity: Final = 5
    related_activities: Final = 6


Mention: TypeAlias = tuple[int, str]
"""A Kind, and the verb, registration, agent's key or activity that is mentioned."""


class Parts(NamedTuple):
    """The Agents and Groups, and the Activities, of a statement and its SubStatement."""

    actors: list[Json]
    activities: list[Json]


def parts(statement: Json) -> Parts:
    """Return whom and what a statement speaks of, the actor first."""
    found = Parts([], [])
    _collect(statement, found)
    return found


def _collect(statement: Json, found: Parts) -> None:
    actors, activities = found
    actors.append(statement["actor"])
    thing = statement["object"]
    kind = _kind(thing)
    if kind == "SubStatement":
        _collect(thing, found)
    elif kind in ("Agent", "Group"):
        actors.append(thing)
    elif kind == "Activity":
        activities.append(thing)
    if context := statement.get("context"):
        _collect_context(context, found)
    if authority := statement.get("authority"):
        actors.append(authority)


def _collect_context(context: Json, found: Parts) -> None:
    found.actors.extend(context[name] for name in ("instructor", "team") if name in context)
    found.actors.extend(entry["agent"] for entry in context.get("contextAgents", ()))
    found.actors.extend(entry["group"] for entry in context.get("contextGroups", ()))
    for value in context.get("contextActivities", {}).values():
        found.activities.extend(listed(value))


def _kind(thing: Json) -> str:
    return str(thing.get("objectType") or ("Agent" if agent_key(thing) else "Activity"))


def mentions(statement: Json, found: Parts | None = None) -> set[Mention]:
    """Return all that a statement mentions, narrowly and broadly; ``found`` are its parts, where they are known."""
    actors, activities = found or parts(statement)
    thing = statement["object"]
    made = {(Kind.verb, statement["verb"]["id"])}
    if registration := statement.get("context", {}).get("registration"):
        made.add((Kind.registration, registration.lower()))
    for actor in actors:
        narrow = actor is statement["actor"] or actor is thing
        for key in _keys(actor):
            made.add((Kind.related_agents, key))
            if narrow:
                made.add((Kind.agent, key))
    for activity in activities:
        made.add((Kind.related_activities, activity["id"]))
        if activity is thing:
            made.add((Kind.activity, activity["id"]))
    return made


def _keys(actor: Json) -> list[str]:
    """Return the keys of an actor and, where it is a Group, of its members."""
    return [key for one in (actor, *members(actor)) if (key := agent_key(one))]
