"""The statement as a whole, and the SubStatement that may be its object."""

from __future__ import annotations

import re
from typing import Any

from sclt.xapi.rules.activity import activity
from sclt.xapi.rules.actor import actor, agent, authority, group
from sclt.xapi.rules.attachment import attachments
from sclt.xapi.rules.context import context
from sclt.xapi.rules.demand import V1, V2, WARNING, At, Breach, Check, Demand, Found, demand, members, required
from sclt.xapi.rules.identifiers import IDENTIFIER_CHECKS
from sclt.xapi.rules.pattern import learners_response
from sclt.xapi.rules.reference import reference
from sclt.xapi.rules.result import result
from sclt.xapi.rules.values import moment, uuid
from sclt.xapi.rules.verb import verb
from sclt.xapi.statements.vocabulary import Verb

_STATEMENT = "xAPI 1.0.3 Data 2.4"
_REFUSED = "an LRS must refuse it"

STATEMENT_TYPE = demand(
    "statement.type",
    "A statement is an object",
    says="{value} is no object, so no statement.",
    why=_REFUSED,
    mend="Write an object with actor, verb and object.",
    clause=_STATEMENT,
)


def _missing(name: str, why: str) -> Demand:
    return demand(
        f"statement.{name}",
        f"A statement has {'an' if name[0] in 'ao' else 'a'} {name}",
        says=f"the statement has no {name}.",
        why=f"{why}; an LRS must refuse it",
        mend=f"Add the {name}.",
        clause="xAPI 1.0.3 Data 2.2 (2.2.s2.b3)",
    )


ACTOR = _missing("actor", "nobody could tell who did it")
VERB = _missing("verb", "nobody could tell what was done")
OBJECT = _missing("object", "nobody could tell what it was done to")
OBJECT_TYPE = demand(
    "object.type",
    "The object of a statement is an object",
    says="the object is {value}, which is no object.",
    why=_REFUSED,
    mend='Write an object such as {"id": "https://example.org/course"}.',
    clause="xAPI 1.0.3 Data 2.4.4",
)
OBJECT_OBJECT_TYPE = demand(
    "object.object-type",
    "The objectType of an object is Activity, Agent, Group, SubStatement or StatementRef",
    says="the objectType {value} is none that the standard has.",
    why=_REFUSED,
    mend="Write Activity, Agent, Group, SubStatement or StatementRef, in this case.",
    clause="xAPI 1.0.3 Data 2.4.4 (2.4.4.s2), 2.2 (2.2.s4.b1.b6)",
)
OBJECT_ACTOR = demand(
    "object.actor",
    "An Agent or Group as object says its objectType",
    says="the object looks like an Agent or Group, but has no objectType.",
    why="without objectType it is read as an Activity, which has no such members",
    mend='Add "objectType": "Agent" or "Group".',
    clause="xAPI 1.0.3 Data 2.4.4.2 (2.4.4.2.s1.b1)",
)
VOIDED = demand(
    "voiding.object",
    "A statement that voids another has a StatementRef as object",
    says="the verb is voided, but the object is no StatementRef.",
    why="nobody could tell which statement is void; an LRS must refuse it",
    mend='Write {"objectType": "StatementRef", "id": "…"} as object, or take another verb.',
    clause="xAPI 1.0.3 Data 2.3.2 (2.3.2.s2.b1)",
)
NESTED = demand(
    "sub-statement.nested",
    "A SubStatement has no SubStatement of its own",
    says="the object of this SubStatement is a SubStatement.",
    why=_REFUSED,
    mend="Take an Activity, an Agent or a StatementRef as its object.",
    clause="xAPI 1.0.3 Data 2.4.4.3 (2.4.4.3.s8.b4)",
)
SUB_MEMBER = demand(
    "sub-statement.member",
    "A SubStatement has no id, stored, version or authority",
    says="a SubStatement has no '{key}'.",
    why="it did not happen, so nothing recorded it; an LRS must refuse it",
    mend="Remove it.",
    clause="xAPI 1.0.3 Data 2.4.4.3 (2.4.4.3.s8.b3)",
)
REVISION = demand(
    "context.revision-object",
    "revision stands only where the object is an Activity",
    says="the context has a revision, but the object is no Activity.",
    why=_REFUSED,
    mend="Remove the revision.",
    clause="xAPI 1.0.3 Data 2.4.6 (2.4.6.s4.b1)",
)
PLATFORM = demand(
    "context.platform-object",
    "platform stands only where the object is an Activity",
    says="the context has a platform, but the object is no Activity.",
    why=_REFUSED,
    mend="Remove the platform.",
    clause="xAPI 1.0.3 Data 2.4.6 (2.4.6.s4.b2)",
)
VERSION_TYPE = demand(
    "version.type",
    "A version is a string",
    says="the version {value} is no string.",
    why=_REFUSED,
    mend='Write "1.0.0", or leave it out.',
    clause="xAPI 1.0.3 Data 2.4.10",
)
VERSION_1 = demand(
    "version.one",
    "The version of a statement of xAPI 1.0.3 is 1.0, with or without a patch number",
    says="the version {value} is none of xAPI 1.0.",
    why="an LRS of 1.0.3 must refuse it",
    mend='Write "1.0.0", or leave it out.',
    clause="xAPI 1.0.3 Data 2.4.10 (2.4.10.s3.b2); Communication 3.3",
    version=V1,
)
VERSION_2 = demand(
    "version.two",
    "The version of a statement that an LRS of xAPI 2.0 takes is 2.0 or 1.0, with or without a patch number",
    says="the version {value} is none of xAPI 2.0 or 1.0.",
    why="an LRS of 2.0 reads it by another standard, or refuses it",
    mend='Write "2.0.0", or leave it out.',
    clause="IEEE 9274.1.1-2023 (xAPI 2.0), Statement: version",
    version=V2,
)
VERSION_PATCH = demand(
    "version.patch",
    "The version of a statement of xAPI 1.0.3 is 1.0.0",
    says="the version is {value}.",
    why="all of 1.0.x share the form of 1.0.0, which a maker must name; LRSs must take the others too",
    mend='Write "1.0.0", or leave it out.',
    clause="xAPI 1.0.3 Data 2.4.10 (2.4.10.s4.b1, 2.4.10.s3.b1)",
    severity=WARNING,
    version=V1,
)
ID_MISSING = demand(
    "statement.id-missing",
    "A statement has an id that its maker chose",
    says="the statement has no id.",
    why="sent again after a fault of the network it is recorded twice",
    mend="Add a UUID as id.",
    clause="xAPI 1.0.3 Data 2.4.1 (2.4.1.s2.b2)",
    severity=WARNING,
)

_PATCH = r"(?:\.(?:0|[1-9][0-9]*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)?"
_VERSIONS = {
    V1: (re.compile(rf"1\.0{_PATCH}"), VERSION_1),
    V2: (re.compile(rf"[12]\.0{_PATCH}"), VERSION_2),
}


def _version(value: Any, at: At, found: Found) -> None:
    pattern, otherwise = _VERSIONS[found.version]
    if not isinstance(value, str):
        found.append(Breach(VERSION_TYPE, at, value))
    elif not pattern.fullmatch(value):
        found.append(Breach(otherwise, at, value))
    elif found.version == V1 and value != "1.0.0":
        found.append(Breach(VERSION_PATCH, at, value))


def _object(value: Any, at: At, found: Found) -> None:
    if not isinstance(value, dict):
        found.append(Breach(OBJECT_TYPE, at, value))
        return
    kind = value.get("objectType", "Activity")
    check = _OBJECTS.get(kind) if isinstance(kind, str) else None
    if check is None:
        found.append(Breach(OBJECT_OBJECT_TYPE, (at, "objectType"), kind))
    elif check is activity and "id" not in value and not value.keys().isdisjoint((*IDENTIFIER_CHECKS, "member")):
        found.append(Breach(OBJECT_ACTOR, at, value))
    else:
        check(value, at, found)


def _no_sub_statement(value: Any, at: At, found: Found) -> None:
    if isinstance(value, dict) and value.get("objectType") == "SubStatement":
        found.append(Breach(NESTED, at, value))
    else:
        _object(value, at, found)


def _not_in_sub_statement(value: Any, at: At, found: Found) -> None:
    found.append(Breach(SUB_MEMBER, at, value))


def _accepted(value: Any, at: At, found: Found) -> None:
    """Take the objectType of a SubStatement, by which it was chosen."""


_COMMON: dict[str, Check] = {
    "actor": actor,
    "verb": verb,
    "object": _object,
    "result": result,
    "context": context,
    "timestamp": moment,
    "attachments": attachments,
}
_MEMBERS: dict[str, Check] = {**_COMMON, "id": uuid, "stored": moment, "authority": authority, "version": _version}
_SUB_MEMBERS: dict[str, Check] = {
    **_COMMON,
    "objectType": _accepted,
    "object": _no_sub_statement,
    **dict.fromkeys(("id", "stored", "authority", "version"), _not_in_sub_statement),
}
_REQUIRED = (("actor", ACTOR), ("verb", VERB), ("object", OBJECT))


def statement(value: Any, at: At, found: Found) -> None:
    """Ask a statement (2.4)."""
    if not isinstance(value, dict):
        found.append(Breach(STATEMENT_TYPE, at, value))
        return
    members(value, at, found, _MEMBERS)
    if "id" not in value:
        found.append(Breach(ID_MISSING, at, value))
    _together(value, at, found)


def _sub_statement(value: dict[str, Any], at: At, found: Found) -> None:
    members(value, at, found, _SUB_MEMBERS)
    _together(value, at, found)


_OBJECTS: dict[str, Check] = {
    "Activity": activity,
    "Agent": agent,
    "Group": group,
    "StatementRef": reference,
    "SubStatement": _sub_statement,
}


def _part(value: dict[str, Any], name: str) -> dict[str, Any]:
    part = value.get(name)
    return part if isinstance(part, dict) else {}


def _together(value: dict[str, Any], at: At, found: Found) -> None:
    """Ask what the parts of a statement mean for each other."""
    required(value, at, found, _REQUIRED)
    target = _part(value, "object")
    kind = target.get("objectType", "Activity")
    if _part(value, "verb").get("id") == Verb.VOIDED and target and kind != "StatementRef":
        found.append(Breach(VOIDED, (at, "object"), target))
    if kind != "Activity":
        place = _part(value, "context")
        found += [Breach(broken, ((at, "context"), key), place[key]) for key, broken in _ACTIVITY_ONLY if key in place]
    elif "result" in value and "definition" in target:
        interaction = _part(target, "definition").get("interactionType")
        if isinstance(interaction, str):
            learners_response(interaction, _part(value, "result").get("response"), ((at, "result"), "response"), found)


_ACTIVITY_ONLY = (("revision", REVISION), ("platform", PLATFORM))
