"""What it was about: Activities, their definitions and interactions."""

from __future__ import annotations

from typing import Any

from sclt.xapi.rules import pattern
from sclt.xapi.rules.demand import WARNING, At, Breach, Check, Found, array, demand, members, required
from sclt.xapi.rules.values import extensions, iri, language_map
from sclt.xapi.statements.vocabulary import ActivityType

_ACTIVITY = "xAPI 1.0.3 Data 2.4.4.1"
_COMPONENTS = f"{_ACTIVITY} (2.4.4.1.s15)"
_REFUSED = "an LRS must refuse the statement"

ACTIVITY_TYPE = demand(
    "activity.type",
    "An Activity is an object",
    says="{value} is no object, so no Activity.",
    why=_REFUSED,
    mend='Write an object such as {"id": "https://example.org/course"}.',
    clause=_ACTIVITY,
)
ACTIVITY_OBJECT_TYPE = demand(
    "activity.object-type",
    "The objectType of an Activity is Activity",
    says="the objectType {value} is not Activity, which alone may stand here.",
    why=_REFUSED,
    mend='Write "Activity", or leave it out.',
    clause=f"{_ACTIVITY} (2.4.4.1.s1.table1.row1)",
)
ACTIVITY_ID = demand(
    "activity.id",
    "An Activity has an id",
    says="the Activity has no id.",
    why="nobody could tell what was learnt; an LRS must refuse it",
    mend="Add an absolute IRI as id.",
    clause=f"{_ACTIVITY} (2.4.4.1.s1.table1.row2)",
)
DEFINITION_TYPE = demand(
    "definition.type",
    "A definition is an object",
    says="the definition {value} is no object.",
    why=_REFUSED,
    mend='Write an object such as {"name": {"lt": "…"}}.',
    clause=f"{_ACTIVITY} (2.4.4.1.s2)",
)
INTERACTION_MISSING = demand(
    "interaction.missing",
    "A definition with members of an interaction has an interactionType",
    says="the definition has '{key}', but no interactionType.",
    why="nobody can read the responses; an LRS must refuse it",
    mend="Add the interactionType, such as choice, or remove the member.",
    clause=f"{_ACTIVITY} (2.4.4.1.s8, 2.4.4.1.s13.b1)",
)
INTERACTION_TYPE = demand(
    "interaction.type",
    "An interactionType is one of the ten that the standard names",
    says="{value} is no interactionType.",
    why=_REFUSED,
    mend="Write one of: true-false, choice, fill-in, long-fill-in, matching, performance, sequencing, likert, "
    "numeric, other.",
    clause=f"{_ACTIVITY} (2.4.4.1.s8.table1.row1, 2.4.4.1.s13.b1)",
)
INTERACTION_ACTIVITY = demand(
    "interaction.activity-type",
    "The type of an interaction is cmi.interaction",
    says="the type {value} of an interaction is not cmi.interaction.",
    why="reports that look for interactions by their type do not find it",
    mend=f"Write {ActivityType.INTERACTION} as type.",
    clause=f"{_ACTIVITY} (2.4.4.1.s13.b2)",
    severity=WARNING,
)
INTERACTION_LIST = demand(
    "interaction.list",
    "An interaction has only the lists that fit its type",
    says="an interaction of type {value} has no '{key}'.",
    why="an LRS may refuse it, and nobody knows what the list is for",
    mend="choices go with choice and sequencing, scale with likert, source and target with matching, steps with "
    "performance.",
    clause=f"{_ACTIVITY} (2.4.4.1.s15.table2, 2.4.4.1.s13.b3)",
    severity=WARNING,
)
LIST_TYPE = demand(
    "interaction.array",
    "Options of an interaction are an array",
    says="'{key}' is {value}, which is no array.",
    why=_REFUSED,
    mend="Write an array of objects with id and description.",
    clause=f"{_ACTIVITY} (2.4.4.1.s8.table1.row3)",
)
COMPONENT_TYPE = demand(
    "component.type",
    "Each option of an interaction is an object",
    says="the option {value} is no object.",
    why=_REFUSED,
    mend='Write an object such as {"id": "a", "description": {"lt": "…"}}.',
    clause=_COMPONENTS,
)
COMPONENT_ID = demand(
    "component.id",
    "Each option of an interaction has an id",
    says="the option has no id.",
    why="no response can name it; an LRS must refuse it",
    mend="Add a short id.",
    clause=f"{_COMPONENTS[:-1]}.table1.row1)",
)
COMPONENT_ID_TYPE = demand(
    "component.id-type",
    "The id of an option is a string",
    says="the id {value} of an option is no string.",
    why=_REFUSED,
    mend="Write it in quotes.",
    clause=f"{_COMPONENTS[:-1]}.table1.row1)",
)
COMPONENT_ID_EMPTY = demand(
    "component.id-empty",
    "The id of an option is not empty",
    says="the id of an option is empty.",
    why="no response can name it",
    mend="Write a short id.",
    clause=f"{_COMPONENTS[:-1]}.table1.row1)",
    severity=WARNING,
)
COMPONENT_SPACE = demand(
    "component.id-space",
    "The id of an option has no white space",
    says="the id {value} of an option has white space.",
    why="systems that know SCORM cut or refuse it",
    mend="Write a hyphen instead.",
    clause=f"{_ACTIVITY} (2.4.4.1.s16.b2)",
    severity=WARNING,
)
COMPONENT_TWICE = demand(
    "component.id-twice",
    "Within a list each id stands once",
    says="the id {value} stands in the list already.",
    why="nobody can tell which of the options was chosen",
    mend="Give each option an id of its own.",
    clause=f"{_ACTIVITY} (2.4.4.1.s16.b1)",
)

LISTS = {
    "choices": ("choice", "sequencing"),
    "scale": ("likert",),
    "source": ("matching",),
    "target": ("matching",),
    "steps": ("performance",),
}
_INTERACTION = ("correctResponsesPattern", *LISTS)


def _activity_object_type(value: Any, at: At, found: Found) -> None:
    if value != "Activity":
        found.append(Breach(ACTIVITY_OBJECT_TYPE, at, value))


def _component_id(value: Any, at: At, found: Found) -> None:
    if not isinstance(value, str):
        found.append(Breach(COMPONENT_ID_TYPE, at, value))
    elif not value:
        found.append(Breach(COMPONENT_ID_EMPTY, at, value))
    elif not value.isprintable() or " " in value:
        found.append(Breach(COMPONENT_SPACE, at, value))


_COMPONENT_MEMBERS: dict[str, Check] = {"id": _component_id, "description": language_map}
_COMPONENT_REQUIRED = (("id", COMPONENT_ID),)


def _component(value: Any, at: At, found: Found) -> None:
    if not isinstance(value, dict):
        found.append(Breach(COMPONENT_TYPE, at, value))
        return
    members(value, at, found, _COMPONENT_MEMBERS)
    required(value, at, found, _COMPONENT_REQUIRED)


def _is_kind(value: object) -> bool:
    return isinstance(value, str) and (value in pattern.READINGS or value == "other")


def _interaction_type(value: Any, at: At, found: Found) -> None:
    if not _is_kind(value):
        found.append(Breach(INTERACTION_TYPE, at, value))


_components = array(LIST_TYPE, _component)
_DEFINITION: dict[str, Check] = {
    "name": language_map,
    "description": language_map,
    "type": iri,
    "moreInfo": iri,
    "extensions": extensions,
    "interactionType": _interaction_type,
    "correctResponsesPattern": pattern.pattern,
    **dict.fromkeys(LISTS, _components),
}


def definition(value: Any, at: At, found: Found) -> None:
    """Ask an Activity's definition (2.4.4.1.s2)."""
    if not isinstance(value, dict):
        found.append(Breach(DEFINITION_TYPE, at, value))
        return
    members(value, at, found, _DEFINITION)
    if "interactionType" in value:
        _interaction(value, at, found)
    elif not value.keys().isdisjoint(_INTERACTION):
        key = next(name for name in _INTERACTION if name in value)
        found.append(Breach(INTERACTION_MISSING, (at, key), value[key]))


def _interaction(value: dict[str, Any], at: At, found: Found) -> None:
    """Ask what the parts of an interaction mean for each other."""
    kind = value["interactionType"]
    if value.get("type", ActivityType.INTERACTION) != ActivityType.INTERACTION:
        found.append(Breach(INTERACTION_ACTIVITY, (at, "type"), value["type"]))
    if not _is_kind(kind):
        return
    lists: pattern.Lists = {}
    for name in LISTS.keys() & value.keys():
        if kind not in LISTS[name]:
            found.append(Breach(INTERACTION_LIST, (at, name), kind))
        elif isinstance(value[name], list):
            lists[name] = _ids(value[name], (at, name), found)
    if "correctResponsesPattern" in value:
        place = (at, "correctResponsesPattern")
        pattern.responses(kind, value["correctResponsesPattern"], lists, place, found)


def _ids(components: list[Any], at: At, found: Found) -> frozenset[str]:
    """Return the ids of a list, and note those that it has twice."""
    seen: set[str] = set()
    for index, component in enumerate(components):
        identifier = component.get("id") if isinstance(component, dict) else None
        if isinstance(identifier, str):
            if identifier in seen:
                found.append(Breach(COMPONENT_TWICE, ((at, index), "id"), identifier))
            seen.add(identifier)
    return frozenset(seen)


_MEMBERS: dict[str, Check] = {"objectType": _activity_object_type, "id": iri, "definition": definition}
_REQUIRED = (("id", ACTIVITY_ID),)


def activity(value: Any, at: At, found: Found) -> None:
    """Ask an Activity (2.4.4.1)."""
    if not isinstance(value, dict):
        found.append(Breach(ACTIVITY_TYPE, at, value))
        return
    members(value, at, found, _MEMBERS)
    required(value, at, found, _REQUIRED)
