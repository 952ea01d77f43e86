"""How a demand is declared and a breach noted.

A check takes a decoded value, where it stands, and the list of what is found; it looks once and notes each breach. No
object is made for what is right: a place is a linked pair ``(parent, key)`` which only a breach makes a JSON pointer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeGuard

import msgspec

from sclt.model.finding import Rule, Severity, Topic, declare

At: TypeAlias = tuple[Any, ...]
"""A place: ``()`` for the whole, else ``(parent's place, key or index)``."""

ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE
V1, V2 = "1.0.3", "2.0"


class Demand(msgspec.Struct, frozen=True, eq=False):
    """A rule of the registry, and the sentence that tells a breach (``{value}``, ``{key}``)."""

    rule: Rule
    says: str


class Breach(NamedTuple):
    """A demand that the value at a place does not meet."""

    demand: Demand
    at: At
    value: object


class Words(str):
    """A text that a message shows without quotes."""

    __slots__ = ()


class Sound(dict[str, Any]):
    """An object that was asked before in the same place, by the same version, and is right."""

    __slots__ = ()


class Found(list[Breach]):
    """The breaches of a statement that is read by one version of xAPI."""

    __slots__ = ("version",)

    def __init__(self, version: str = V1) -> None:
        super().__init__()
        self.version = version


def alone(breach: Breach) -> Found:
    """Return a breach that means the same in every version, such as one between the lines of a file."""
    found = Found()
    found.append(breach)
    return found


Check: TypeAlias = Callable[[Any, At, Found], None]


def demand(
    identifier: str,
    demanded: str,
    *,
    says: str,
    why: str,
    mend: str,
    clause: str,
    severity: Severity = ERROR,
    strict: Severity | None = None,
    later: Severity | None = None,
    version: str = "",
    topic: Topic = Topic.STATEMENTS,
) -> Demand:
    """Declare a rule and return it for the checks that ask it.

    ``severity`` follows the standard: an error where it says that a statement must (a "MUST" for an LRS to refuse it
    included), a warning for should, advice where it leaves the choice. ``later`` is the severity in xAPI 2.0 where that
    differs from 1.0.3, ``strict`` that under --strict, ``version`` the only one of xAPI that has the rule.
    """
    declared = declare(
        identifier,
        severity,
        demanded,
        topic=topic,
        why=why,
        mend=mend,
        clause=clause,
        strict=strict,
        applies=(f"xAPI {version}",) if version else (),
        later=later,
    )
    return Demand(declared, says)


UNKNOWN = demand(
    "member.unknown",
    "Objects have only members that the standard names",
    says="'{key}' is no member that xAPI has here.",
    why="LRSs refuse the statement, since no other system would know what it means",
    mend="Remove it, or put it into extensions under an IRI.",
    clause="xAPI 1.0.3 Data 2.2 (2.2.s4.b1.b7, 2.2.s4.b8)",
)
CASE = demand(
    "member.case",
    "Names of members are written in the case of the standard",
    says="'{key}' differs from a member of xAPI in its case.",
    why="names are case-sensitive: an LRS sees an unknown member",
    mend="Write the name as the standard has it.",
    clause="xAPI 1.0.3 Data 2.2 (2.2.s4.b1.b5)",
)
NULL = demand(
    "member.null",
    "No value is null, except inside extensions",
    says="'{key}' is null.",
    why="an LRS must refuse the statement",
    mend="Leave the member out.",
    clause="xAPI 1.0.3 Data 2.2 (2.2.s4.b1.b1)",
)
EMPTY = demand(
    "member.empty",
    "No value is an empty object",
    says="'{key}' is an empty object.",
    why="it says nothing, and some LRSs take it for a fault",
    mend="Leave the member out.",
    clause="xAPI 1.0.3 Data 2.2 (2.2.s2.b1)",
    severity=WARNING,
)


def members(value: dict[str, Any], at: At, found: Found, table: Mapping[str, Check]) -> None:
    """Ask each member of an object by the check of its name, but what is known to be right."""
    if not value and at:
        found.append(Breach(EMPTY, at, value))
    for key, item in value.items():
        check = table.get(key)
        if check is None or item is None:
            found.append(Breach(_odd(key, table), (at, key), item))
        elif type(item) is not Sound:
            check(item, (at, key), found)


def _odd(key: str, table: Mapping[str, Check]) -> Demand:
    if key in table:
        return NULL
    return CASE if key.lower() in {name.lower() for name in table} else UNKNOWN


def items(values: Sequence[Any], at: At, found: Found, check: Check) -> None:
    """Ask each item of an array."""
    for index, item in enumerate(values):
        if item is None:
            found.append(Breach(NULL, (at, index), item))
        else:
            check(item, (at, index), found)


def of(kind: type, otherwise: Demand) -> Check:
    """Return the check of a value that only needs to be of a type."""

    def check(value: Any, at: At, found: Found) -> None:
        if not isinstance(value, kind):
            found.append(Breach(otherwise, at, value))

    return check


def array(otherwise: Demand, check: Check) -> Check:
    """Return the check of an array and each of its items."""

    def ask(value: Any, at: At, found: Found) -> None:
        if isinstance(value, list):
            items(value, at, found, check)
        else:
            found.append(Breach(otherwise, at, value))

    return ask


def required(value: dict[str, Any], at: At, found: Found, names: Sequence[tuple[str, Demand]]) -> None:
    """Note the members that an object lacks."""
    for name, declared in names:
        if name not in value:
            found.append(Breach(declared, at, value))


def is_number(value: object) -> TypeGuard[float]:
    """Tell whether a value is a JSON number: Python counts booleans among its integers."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def below(at: At, under: At) -> At:
    """Return a place below another."""
    return (below(at[0], under), at[1]) if at else under


def pointer(at: At) -> str:
    """Return a place as a JSON pointer (RFC 6901); the whole is the empty text."""
    keys = []
    while at:
        at, key = at
        keys.append(str(key).replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{key}" for key in reversed(keys))
