"""When two actors or two statements are the same (xAPI 1.0.3 part 2, 2.3.1 and 4.2.1; IEEE 9274.1.1, 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias

import msgspec

Json: TypeAlias = dict[str, Any]
"""A JSON object as it was read."""

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
"""The members that identify an Agent or a Group; each of them has one at most."""
CASELESS = IDENTIFIERS[:2]
"""Identifiers whose case tells nobody from another: mailboxes, as everybody's servers take them, and hashes."""

# what an LRS sets, and what may differ without another event being told
_SET_BY_LRS = ("id", "stored", "authority", "version", "attachments")
_ARRAYS = ("parent", "grouping", "category", "other")


def agent_key(agent: Json) -> str:
    """Return the inverse functional identifier of an Agent or Group as one text, nothing for an anonymous Group."""
    for name in IDENTIFIERS[:-1]:
        if name in agent:
            return f"{name} {agent[name]}"
    account = agent.get("account")
    return f"account {account.get('name')} {account.get('homePage')}" if isinstance(account, dict) else ""


def members(group: Json) -> list[Json]:
    """Return the members of a Group, none of an Agent."""
    return group.get("member") or []


class Canonical(NamedTuple):
    """What a statement tells, in one form for all who tell the same. ``time`` is in UTC, nothing where none is told."""

    event: Json
    time: str

    def same(self, other: Canonical) -> bool:
        """Tell whether both tell the same event; a time that one lacks is no difference."""
        return self.event == other.event and same_time(self.time, other.time)


def same_time(one: str, other: str) -> bool:
    """Tell whether two times of canonical statements can be one: an LRS adds the time that a statement lacks."""
    return one == other or not one or not other


def canonical(statement: Json) -> Canonical:
    """Return what a statement tells, without what an LRS sets or may change. Unsound statements have a form too."""
    event = _bare(statement)
    return Canonical(event, str(event.pop("timestamp", "")))


def same_statement(one: Json, other: Json) -> bool:
    """Tell whether two statements of the same id tell the same event."""
    return canonical(one).same(canonical(other))


def _bare(statement: Json, inner: bool = False) -> Json:
    """Return a statement, or the SubStatement in it, which has none of its own, without what may differ."""
    bare = {name: value for name, value in statement.items() if name not in _SET_BY_LRS}
    for name, value in bare.items():
        if isinstance(value, dict):
            bare[name] = _bare_object(value, inner) if name == "object" else _BARE.get(name, dict)(value)
    if isinstance(moment := bare.get("timestamp"), str):
        bare["timestamp"] = _in_utc(moment)
    return bare


def _in_utc(moment: str) -> str:
    """Return a point in time in UTC: an LRS may give it back with another offset (xAPI 1.0.3 part 2, 2.3.1.b4)."""
    try:
        read = datetime.fromisoformat(moment)
        return read.astimezone(UTC).isoformat() if read.tzinfo else moment
    except (ValueError, OverflowError):
        return moment


def _bare_object(thing: Json, inner: bool) -> Json:
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        return {"id": thing.get("id")}
    if kind == "SubStatement" and not inner:
        return _bare(thing, inner=True)
    return _bare_agent(thing) if kind in ("Agent", "Group") else thing


def _bare_agent(agent: Json) -> Json:
    if key := agent_key(agent):
        return {"key": key}
    group = agent.get("member")
    return {"members": sorted(map(_key_of, group)) if isinstance(group, list) else group}


def _key_of(member: Any) -> str:
    return agent_key(member) if isinstance(member, dict) else str(member)


def _bare_context(context: Json) -> Json:
    bare = dict(context)
    for name in ("instructor", "team"):
        if isinstance(bare.get(name), dict):
            bare[name] = _bare_agent(bare[name])
    if isinstance(activities := bare.get("contextActivities"), dict):
        bare["contextActivities"] = {
            name: sorted(map(_id_of, listed(activities[name]))) for name in _ARRAYS if name in activities
        }
    return bare


def _id_of(activity: Any) -> str:
    return str(activity.get("id") if isinstance(activity, dict) else activity)


_BARE = {
    "verb": lambda verb: {"id": verb.get("id")},
    "actor": _bare_agent,
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
