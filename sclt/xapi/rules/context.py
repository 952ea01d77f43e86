"""Where it belongs: contexts and their activities."""

from __future__ import annotations

from typing import Any

from sclt.xapi.rules.activity import activity
from sclt.xapi.rules.actor import actor, group
from sclt.xapi.rules.context_agents import LATER_MEMBERS
from sclt.xapi.rules.demand import NULL, V1, V2, WARNING, At, Breach, Check, Found, demand, items, members, of
from sclt.xapi.rules.reference import reference
from sclt.xapi.rules.values import extensions, language, uuid

_CONTEXT = "xAPI 1.0.3 Data 2.4.6"
_ACTIVITIES = "xAPI 1.0.3 Data 2.4.6.2"
_REFUSED = "an LRS must refuse the statement"

CONTEXT_TYPE = demand(
    "context.type",
    "A context is an object",
    says="the context {value} is no object.",
    why=_REFUSED,
    mend='Write an object such as {"language": "lt"}.',
    clause=_CONTEXT,
)
REVISION = demand(
    "context.revision",
    "A revision is a string",
    says="the revision {value} is no string.",
    why=_REFUSED,
    mend="Write it in quotes.",
    clause=f"{_CONTEXT} (2.4.6.s3.table1.row5)",
)
PLATFORM = demand(
    "context.platform",
    "A platform is a string",
    says="the platform {value} is no string.",
    why=_REFUSED,
    mend="Write it in quotes.",
    clause=f"{_CONTEXT} (2.4.6.s3.table1.row6)",
)
TEAM = demand(
    "context.team",
    "A team is a Group",
    says="the team is not said to be a Group.",
    why=_REFUSED,
    mend='Add "objectType": "Group".',
    clause=f"{_CONTEXT} (2.4.6.s3.table1.row3)",
)
ACTIVITIES_TYPE = demand(
    "context-activities.type",
    "contextActivities is an object",
    says="contextActivities is {value}, which is no object.",
    why=_REFUSED,
    mend='Write an object such as {"parent": [{"id": "…"}]}.',
    clause=_ACTIVITIES,
)
ACTIVITIES_VALUE = demand(
    "context-activities.value",
    "Each value of contextActivities is an Activity or an array of Activities",
    says="'{key}' is {value}, which is neither an Activity nor an array.",
    why=_REFUSED,
    mend='Write an array such as [{"id": "…"}].',
    clause=f"{_ACTIVITIES} (2.4.6.2.s4.b2)",
)
ACTIVITIES_SINGLE = demand(
    "context-activities.single",
    "Each value of contextActivities is an array, also of one Activity",
    says="'{key}' is a single Activity.",
    why="it is taken for the sake of statements of 0.95; readers that expect an array find nothing",
    mend="Write it in an array: [{…}].",
    clause=f"{_ACTIVITIES} (2.4.6.2.s4.b5)",
    severity=WARNING,
)
ACTIVITIES_KEY = demand(
    "context-activities.key",
    "Keys of contextActivities are parent, grouping, category and other",
    says="'{key}' is none of parent, grouping, category and other.",
    why=_REFUSED,
    mend="Take other, or an extension.",
    clause=f"{_ACTIVITIES} (2.4.6.2.s4.b1)",
)


def _team(value: Any, at: At, found: Found) -> None:
    if isinstance(value, dict) and value.get("objectType") != "Group":
        found.append(Breach(TEAM, at, value))
    else:
        group(value, at, found)


def _activities(value: Any, at: At, found: Found) -> None:
    if isinstance(value, list):
        items(value, at, found, activity)
    elif isinstance(value, dict):
        found.append(Breach(ACTIVITIES_SINGLE, at, value))
        activity(value, at, found)
    else:
        found.append(Breach(ACTIVITIES_VALUE, at, value))


_KINDS = ("parent", "grouping", "category", "other")


def context_activities(value: Any, at: At, found: Found) -> None:
    """Ask contextActivities (2.4.6.2)."""
    if not isinstance(value, dict):
        found.append(Breach(ACTIVITIES_TYPE, at, value))
        return
    for key, item in value.items():
        if key not in _KINDS:
            found.append(Breach(ACTIVITIES_KEY, (at, key), item))
        elif item is None:
            found.append(Breach(NULL, (at, key), item))
        else:
            _activities(item, (at, key), found)


_COMMON: dict[str, Check] = {
    "registration": uuid,
    "instructor": actor,
    "team": _team,
    "contextActivities": context_activities,
    "revision": of(str, REVISION),
    "platform": of(str, PLATFORM),
    "language": language,
    "statement": reference,
    "extensions": extensions,
}
_MEMBERS: dict[str, dict[str, Check]] = {version: {**_COMMON, **LATER_MEMBERS[version]} for version in (V1, V2)}


def context(value: Any, at: At, found: Found) -> None:
    """Ask a context (2.4.6)."""
    if isinstance(value, dict):
        members(value, at, found, _MEMBERS[found.version])
    else:
        found.append(Breach(CONTEXT_TYPE, at, value))
