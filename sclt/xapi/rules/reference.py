"""Another statement, named by its id: StatementRef."""

from __future__ import annotations

from typing import Any

from sclt.xapi.rules.demand import At, Breach, Check, Found, demand, members, required
from sclt.xapi.rules.values import uuid

_CLAUSE = "xAPI 1.0.3 Data 2.4.4.3 (2.4.4.3.s4)"

REFERENCE_TYPE = demand(
    "reference.type",
    "A reference to a statement is an object",
    says="{value} is no object, so no StatementRef.",
    why="an LRS must refuse the statement",
    mend='Write {"objectType": "StatementRef", "id": "…"}.',
    clause=_CLAUSE,
)
REFERENCE_OBJECT_TYPE = demand(
    "reference.object-type",
    "A reference to a statement says objectType StatementRef",
    says="the reference does not say that it is a StatementRef.",
    why="an LRS must refuse the statement",
    mend='Add "objectType": "StatementRef".',
    clause=f"{_CLAUSE[:-1]}.b1)",
)
REFERENCE_ID = demand(
    "reference.id",
    "A reference to a statement has its id",
    says="the StatementRef has no id.",
    why="nobody could tell which statement is meant; an LRS must refuse it",
    mend="Add the UUID of the statement as id.",
    clause=f"{_CLAUSE[:-1]}.b2)",
)


def _object_type(value: Any, at: At, found: Found) -> None:
    if value != "StatementRef":
        found.append(Breach(REFERENCE_OBJECT_TYPE, at, value))


_MEMBERS: dict[str, Check] = {"objectType": _object_type, "id": uuid}
_REQUIRED = (("objectType", REFERENCE_OBJECT_TYPE), ("id", REFERENCE_ID))


def reference(value: Any, at: At, found: Found) -> None:
    """Ask a StatementRef (2.4.4.3)."""
    if not isinstance(value, dict):
        found.append(Breach(REFERENCE_TYPE, at, value))
        return
    members(value, at, found, _MEMBERS)
    required(value, at, found, _REQUIRED)
