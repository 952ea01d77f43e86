"""When two actors or two statements are the same (xAPI 1.0.3 part 2, 2.3.1 and 4.2.1; IEEE 9274.1.1, 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import msgspec

Json: TypeAlias = dict[str, Any]
"""A JSON object as it was read."""

# what an LRS sets, and what may differ without another event being told
_SET_BY_LRS = ("id", "stored", "authority", "version", "attachments")
_ARRAYS = ("parent", "grouping", "category", "other")


def agent_key(agent: Json) -> str:
    """Return the inverse functional identifier of an Agent or Group as one text, nothing for an anonymous Group."""
    for name in ("mbox", "mbox_sha1sum", "openid"):
        if name in agent:
            return f"{name} {agent[name]}"
    account = agent.get("account")
    return f"account {account.get('name')} {account.get('homePage')}" if isinstance(account, dict) else ""


def members(group: Json) -> list[Json]:
    """Return the members of a Group, none of an Agent."""
    return group.get("member") or []


def same_statement(one: Json, other: Json) -> bool:
    """Tell whether two statements of the same id tell the same event; a time that one lacks is no difference."""
    first, second = _bare(one), _bare(other)
    if "timestamp" not in first or "timestamp" not in second:
        first.pop("timestamp", None)
        second.pop("timestamp", None)
    return first == second


def _bare(statement: Json) -> Json:
    bare = {name: value for name, value in statement.items() if name not in _SET_BY_LRS}
    for name, value in bare.items():
        if isinstance(value, dict):
            bare[name] = _BARE.get(name, dict)(value)
    return bare


def _bare_object(thing: Json) -> Json:
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        return {"id": thing.get("id")}
    return _bare(thing) if kind == "SubStatement" else _bare_agent(thing) if kind in ("Agent", "Group") else thing


def _bare_agent(agent: Json) -> Json:
    if key := agent_key(agent):
        return {"key": key}
    return {"members": sorted(agent_key(member) for member in members(agent))}


def _bare_context(context: Json) -> Json:
    bare = dict(context)
    for name in ("instructor", "team"):
        if isinstance(bare.get(name), dict):
            bare[name] = _bare_agent(bare[name])
    if isinstance(activities := bare.get("contextActivities"), dict):
        bare["contextActivities"] = {
            name: sorted(str(activity.get("id")) for activity in listed(activities[name]))
            for name in _ARRAYS
            if name in activities
        }
    return bare


_BARE = {
    "verb": lambda verb: {"id": verb.get("id")},
    "actor": _bare_agent,
    "object": _bare_object,
    "context": _bare_context,
}


def listed(value: Any) -> list[Json]:
    """Return the Activities of a context as a list: the standard also takes a single one."""
    return value if isinstance(value, list) else [value]


def context_activities(context: Json) -> Iterator[Json]:
    """Yield every Activity of a statement's context."""
    for value in (context.get("contextActivities") or {}).values():
        yield from listed(value)


def encode(value: Any) -> bytes:
    """Return JSON without white space."""
    return msgspec.json.encode(value)
