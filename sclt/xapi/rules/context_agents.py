"""Further Agents and Groups of a context, which xAPI 2.0 has."""

from __future__ import annotations

from typing import Any

from sclt.xapi.rules.actor import agent, group
from sclt.xapi.rules.demand import V1, V2, At, Breach, Check, Demand, Found, array, demand, items, members, required
from sclt.xapi.rules.values import iri

_LATER = "IEEE 9274.1.1-2023 (xAPI 2.0), Context: contextAgents and contextGroups"
_REFUSED = "an LRS must refuse the statement"

LATER = demand(
    "context.later",
    "contextAgents and contextGroups are for xAPI 2.0",
    says="'{key}' is of xAPI 2.0, but this statement is read as 1.0.3.",
    why="an LRS of 1.0.3 sees an unknown member and refuses the statement",
    mend='Remove it, or say "version": "2.0.0" and send it to an LRS of 2.0.',
    clause=_LATER,
    version=V1,
)
AGENTS_TYPE = demand(
    "context-agents.type",
    "contextAgents is an array",
    says="contextAgents is {value}, which is no array.",
    why=_REFUSED,
    mend='Write an array such as [{"objectType": "contextAgent", "agent": {…}}].',
    clause=_LATER,
    version=V2,
)
GROUPS_TYPE = demand(
    "context-groups.type",
    "contextGroups is an array",
    says="contextGroups is {value}, which is no array.",
    why=_REFUSED,
    mend='Write an array such as [{"objectType": "contextGroup", "group": {…}}].',
    clause=_LATER,
    version=V2,
)
AGENTS_ITEM = demand(
    "context-agent.type",
    "Each item of contextAgents is an object",
    says="{value} is no object, so no contextAgent.",
    why=_REFUSED,
    mend="Write an object with objectType and agent.",
    clause=_LATER,
    version=V2,
)
GROUPS_ITEM = demand(
    "context-group.type",
    "Each item of contextGroups is an object",
    says="{value} is no object, so no contextGroup.",
    why=_REFUSED,
    mend="Write an object with objectType and group.",
    clause=_LATER,
    version=V2,
)
AGENTS_OBJECT_TYPE = demand(
    "context-agent.object-type",
    "Each item of contextAgents says objectType contextAgent",
    says="the item does not say that it is a contextAgent.",
    why=_REFUSED,
    mend='Write "objectType": "contextAgent".',
    clause=_LATER,
    version=V2,
)
GROUPS_OBJECT_TYPE = demand(
    "context-group.object-type",
    "Each item of contextGroups says objectType contextGroup",
    says="the item does not say that it is a contextGroup.",
    why=_REFUSED,
    mend='Write "objectType": "contextGroup".',
    clause=_LATER,
    version=V2,
)
AGENTS_AGENT = demand(
    "context-agent.agent",
    "Each item of contextAgents has an agent",
    says="the contextAgent has no agent.",
    why=_REFUSED,
    mend="Add the Agent as agent.",
    clause=_LATER,
    version=V2,
)
AGENTS_NO_AGENT = demand(
    "context-agent.group",
    "The agent of a contextAgent is no Group",
    says="the agent of this contextAgent is a Group.",
    why=_REFUSED,
    mend="List it in contextGroups.",
    clause=_LATER,
    version=V2,
)
GROUPS_GROUP = demand(
    "context-group.group",
    "Each item of contextGroups has a group",
    says="the contextGroup has no group.",
    why=_REFUSED,
    mend="Add the Group as group.",
    clause=_LATER,
    version=V2,
)
GROUPS_NO_GROUP = demand(
    "context-group.agent",
    "The group of a contextGroup is a Group",
    says="the group of this contextGroup is not said to be a Group.",
    why=_REFUSED,
    mend='Add "objectType": "Group", or list an Agent in contextAgents.',
    clause=_LATER,
    version=V2,
)
RELEVANT_TYPE = demand(
    "relevant-types.type",
    "relevantTypes is an array",
    says="relevantTypes is {value}, which is no array.",
    why=_REFUSED,
    mend="Write an array of IRIs.",
    clause=_LATER,
    version=V2,
)
RELEVANT_EMPTY = demand(
    "relevant-types.empty",
    "relevantTypes is not empty",
    says="relevantTypes is empty.",
    why=_REFUSED,
    mend="Name a type as IRI, or leave relevantTypes out.",
    clause=_LATER,
    version=V2,
)


def _relevant_types(value: Any, at: At, found: Found) -> None:
    if not isinstance(value, list):
        found.append(Breach(RELEVANT_TYPE, at, value))
    elif not value:
        found.append(Breach(RELEVANT_EMPTY, at, value))
    else:
        items(value, at, found, iri)


def _word(word: str, otherwise: Demand) -> Check:
    def check(value: Any, at: At, found: Found) -> None:
        if value != word:
            found.append(Breach(otherwise, at, value))

    return check


def _context_agent(value: Any, at: At, found: Found) -> None:
    if isinstance(value, dict) and value.get("objectType") == "Group":
        found.append(Breach(AGENTS_NO_AGENT, at, value))
    else:
        agent(value, at, found)


def _context_group(value: Any, at: At, found: Found) -> None:
    if isinstance(value, dict) and value.get("objectType") != "Group":
        found.append(Breach(GROUPS_NO_GROUP, at, value))
    else:
        group(value, at, found)


def _item(otherwise: Demand, word: Demand, name: str, missing: Demand, check: Check) -> Check:
    """Return the check of an item of contextAgents or contextGroups."""
    kind = f"context{name.capitalize()}"
    table: dict[str, Check] = {"objectType": _word(kind, word), name: check, "relevantTypes": _relevant_types}
    demanded = (("objectType", word), (name, missing))

    def ask(value: Any, at: At, found: Found) -> None:
        if not isinstance(value, dict):
            found.append(Breach(otherwise, at, value))
            return
        members(value, at, found, table)
        required(value, at, found, demanded)

    return ask


def _later(value: Any, at: At, found: Found) -> None:
    found.append(Breach(LATER, at, value))


LATER_MEMBERS: dict[str, dict[str, Check]] = {
    V1: {"contextAgents": _later, "contextGroups": _later},
    V2: {
        "contextAgents": array(
            AGENTS_TYPE, _item(AGENTS_ITEM, AGENTS_OBJECT_TYPE, "agent", AGENTS_AGENT, _context_agent)
        ),
        "contextGroups": array(
            GROUPS_TYPE, _item(GROUPS_ITEM, GROUPS_OBJECT_TYPE, "group", GROUPS_GROUP, _context_group)
        ),
    },
}
