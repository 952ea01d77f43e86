"""Who: Agents and Groups, and the authority that vouches for a statement."""

from __future__ import annotations

from typing import Any

from sclt.xapi.rules.demand import WARNING, At, Breach, Check, Found, array, demand, members, of
from sclt.xapi.rules.identifiers import IDENTIFIER_CHECKS
from sclt.xapi.statements.identity import IDENTIFIERS, agent_key

_AGENT = "xAPI 1.0.3 Data 2.4.2.1"
_GROUP = "xAPI 1.0.3 Data 2.4.2.2"
_REFUSED = "an LRS must refuse the statement"

ACTOR_TYPE = demand(
    "actor.type",
    "An Agent or Group is an object",
    says="{value} is no object, so neither Agent nor Group.",
    why=_REFUSED,
    mend='Write an object such as {"mbox": "mailto:ona@example.org"}.',
    clause="xAPI 1.0.3 Data 2.4.2",
)
OBJECT_TYPE = demand(
    "actor.object-type",
    "The objectType of an actor is Agent or Group",
    says="the objectType {value} is neither Agent nor Group.",
    why=_REFUSED,
    mend='Write "Agent" or "Group", or leave it out for an Agent.',
    clause="xAPI 1.0.3 Data 2.4.2, 2.2 (2.2.s4.b1.b6)",
)
NAME = demand(
    "actor.name",
    "The name of an Agent or Group is a string",
    says="the name {value} is no string.",
    why=_REFUSED,
    mend="Write the name as a string, or leave it out.",
    clause=f"{_AGENT}, 2.4.2.2",
)
AGENT_MISSING = demand(
    "agent.identifier",
    "An Agent has an identifier: mbox, mbox_sha1sum, openid or account",
    says="nothing identifies this Agent.",
    why="nobody could tell whose record it is; an LRS must refuse it",
    mend="Add an account with homePage and name, or a mailbox.",
    clause=f"{_AGENT} (2.4.2.1.s2.b1)",
)
AGENT_MANY = demand(
    "agent.identifiers",
    "An Agent has one identifier alone",
    says="this Agent has more than one identifier.",
    why="two records of learners would be mixed; an LRS must refuse it",
    mend="Keep the identifier that stays with the person.",
    clause=f"{_AGENT} (2.4.2.1.s2.b2)",
)
AGENT_MEMBER = demand(
    "agent.member",
    "An Agent has no members",
    says="this Agent has members, which only Groups have.",
    why=_REFUSED,
    mend='Write "objectType": "Group", or remove the members.',
    clause=f"{_AGENT}, 2.4.2.2",
)
GROUP_MANY = demand(
    "group.identifiers",
    "A Group has one identifier at most",
    says="this Group has more than one identifier.",
    why="an LRS must refuse the statement",
    mend="Keep one identifier.",
    clause=f"{_GROUP} (2.4.2.2.s5.b1)",
)
GROUP_ANONYMOUS = demand(
    "group.anonymous",
    "A Group without an identifier names its members",
    says="this Group has neither an identifier nor members.",
    why="nobody could tell who is meant; an LRS must refuse it",
    mend="List the members, or add an identifier.",
    clause=f"{_GROUP} (2.4.2.2.s4.b1)",
)
GROUP_MEMBERS = demand(
    "group.members",
    "The members of a Group are an array",
    says="the members are {value}, which is no array.",
    why=_REFUSED,
    mend="Write an array of Agents.",
    clause=_GROUP,
)
GROUP_NESTED = demand(
    "group.nested",
    "The members of a Group are Agents",
    says="a member of this Group is a Group itself.",
    why=_REFUSED,
    mend="List the Agents of that Group instead.",
    clause=f"{_GROUP} (2.4.2.2.s4.b2, 2.4.2.2.s5.b2)",
)
GROUP_REPEATED = demand(
    "group.repeated",
    "A Group has each member once",
    says="this member stands in the Group already.",
    why="whoever counts members counts too many",
    mend="Keep one of them.",
    clause=_GROUP,
    severity=WARNING,
)
AUTHORITY_MEMBERS = demand(
    "authority.members",
    "An authority that is a Group has exactly two members and no identifier",
    says="the authority is a Group, but not one of exactly two Agents.",
    why="two stand for an application and its user (OAuth); an LRS must refuse others",
    mend="Name an Agent as authority, or the application and its user.",
    clause="xAPI 1.0.3 Data 2.4.9 (2.4.9.s3.b1)",
)
AUTHORITY_ACCOUNT = demand(
    "authority.account",
    "A member of an authority's Group, the application, has an account",
    says="neither member of the authority has an account.",
    why="the application of OAuth is identified by its key; an LRS must refuse others",
    mend="Identify the application by an account: homePage the token address, name the consumer key.",
    clause="xAPI 1.0.3 Data 2.4.9 (2.4.9.s7.b2)",
)


def _object_type(value: Any, at: At, found: Found) -> None:
    if value not in ("Agent", "Group"):
        found.append(Breach(OBJECT_TYPE, at, value))


def _no_members(value: Any, at: At, found: Found) -> None:
    found.append(Breach(AGENT_MEMBER, at[0], value))


_EACH: dict[str, Check] = {
    "objectType": _object_type,
    "name": of(str, NAME),
    **IDENTIFIER_CHECKS,
}
_AGENT_MEMBERS: dict[str, Check] = {**_EACH, "member": _no_members}


def _identifiers(value: dict[str, Any]) -> int:
    return sum(name in value for name in IDENTIFIERS)


def agent(value: Any, at: At, found: Found) -> None:
    """Ask an Agent (2.4.2.1)."""
    if not isinstance(value, dict):
        found.append(Breach(ACTOR_TYPE, at, value))
        return
    members(value, at, found, _AGENT_MEMBERS)
    if (count := _identifiers(value)) != 1 and not (count == 0 and "member" in value):
        found.append(Breach(AGENT_MANY if count else AGENT_MISSING, at, value))


def _member(value: Any, at: At, found: Found) -> None:
    if isinstance(value, dict) and value.get("objectType") == "Group":
        found.append(Breach(GROUP_NESTED, at, value))
    else:
        agent(value, at, found)


_GROUP_MEMBERS: dict[str, Check] = {**_EACH, "member": array(GROUP_MEMBERS, _member)}


def group(value: Any, at: At, found: Found) -> None:
    """Ask a Group (2.4.2.2)."""
    if not isinstance(value, dict):
        found.append(Breach(ACTOR_TYPE, at, value))
        return
    members(value, at, found, _GROUP_MEMBERS)
    if (count := _identifiers(value)) > 1:
        found.append(Breach(GROUP_MANY, at, value))
    listed = value.get("member", [])
    if not count and listed == []:
        found.append(Breach(GROUP_ANONYMOUS, at, value))
    if isinstance(listed, list) and len(listed) > 1:
        _repeated(listed, (at, "member"), found)


def _repeated(listed: list[Any], at: At, found: Found) -> None:
    seen: set[str] = set()
    for index, member in enumerate(listed):
        who = agent_key(member) if isinstance(member, dict) else ""
        if who and who in seen:
            found.append(Breach(GROUP_REPEATED, (at, index), member))
        seen.add(who)


def actor(value: Any, at: At, found: Found) -> None:
    """Ask an Agent or Group, whichever it says it is."""
    if isinstance(value, dict) and value.get("objectType") == "Group":
        group(value, at, found)
    else:
        agent(value, at, found)


def authority(value: Any, at: At, found: Found) -> None:
    """Ask an authority (2.4.9)."""
    actor(value, at, found)
    if not isinstance(value, dict) or value.get("objectType") != "Group":
        return
    listed = value.get("member")
    if not isinstance(listed, list):
        if "member" not in value and not value.keys().isdisjoint(IDENTIFIERS):
            found.append(Breach(AUTHORITY_MEMBERS, at, value))
    elif (len(listed) != 2 and listed) or not value.keys().isdisjoint(IDENTIFIERS):
        found.append(Breach(AUTHORITY_MEMBERS, at, value))
    elif listed and not any(isinstance(member, dict) and "account" in member for member in listed):
        found.append(Breach(AUTHORITY_ACCOUNT, at, value))
