"""How parts of a profile are judged: objects by a table of their properties (xAPI Profiles 1.0, part two)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sclt.model.finding import Severity, Topic
from sclt.xapi.rules.demand import ERROR, At, Breach, Check, Demand, Found, Words
from sclt.xapi.rules.demand import demand as statement_demand
from sclt.xapi.statements import grammar

_REFUSED = "a profile server refuses it, and validators cannot read it"


def demand(
    identifier: str, title: str, *, says: str, why: str, mend: str, section: str, severity: Severity = ERROR
) -> Demand:
    """Declare a rule of profiles; ``section`` is that of part two of the specification."""
    return statement_demand(
        identifier,
        title,
        says=says,
        why=why,
        mend=mend,
        clause=f"xAPI Profiles 1.0, part two, {section}",
        severity=severity,
        topic=Topic.PROFILES,
    )


MISSING = demand(
    "profile.missing",
    "Each part of a profile has the properties that its table requires",
    says="the property '{value}' is missing.",
    why=_REFUSED,
    mend="Add the property.",
    section="4.0",
)
EMPTY = demand(
    "profile.empty",
    "No value of a profile is null, or an empty object, array or text",
    says="'{key}' is empty.",
    why=_REFUSED,
    mend="Leave the property out.",
    section="4.0",
)
PROPERTY = demand(
    "profile.property",
    "Properties that the specification does not describe are compact or absolute IRIs",
    says="'{key}' is no property that the specification has here.",
    why="as JSON-LD it means nothing, and is dropped",
    mend="Remove it, or write it as an IRI, or with a prefix that the context declares.",
    section="4.0",
)
TYPE = demand(
    "profile.value",
    "Each property has a value of the type that its table says",
    says="'{key}' is not {value}.",
    why=_REFUSED,
    mend="Write a value of that type.",
    section="6.0 to 9.0",
)
IRI = demand(
    "profile.iri",
    "Identifiers are absolute IRIs",
    says="{value} is no absolute IRI.",
    why="it names nothing outside of the file",
    mend="Write it in full, as in https://example.org/profile.",
    section="6.0 to 9.0",
)
LANGUAGES = demand(
    "profile.language-map",
    "Texts for people are language maps",
    says="'{key}' is no language map with tags of languages and texts.",
    why="nobody can read it in a language of their own",
    mend='Write an object such as {"en": "…"}.',
    section="6.0 to 9.0; RFC 5646 2.1",
)
WORD = demand(
    "profile.word",
    "Where the specification lists words, the value is one of them",
    says="'{key}' is not {value}.",
    why=_REFUSED,
    mend="Write a word of the list.",
    section="6.0 to 9.0",
)


def properties(
    value: dict[str, Any], at: At, found: Found, table: Mapping[str, Check], required: Collection[str]
) -> None:
    """Ask each property of an object by the check of its name, and that none is missing."""
    for key, item in value.items():
        if item is None or item == "" or item == {} or item == []:
            found.append(Breach(EMPTY, (at, key), item))
        elif check := table.get(key):
            check(item, (at, key), found)
        elif ":" not in key and not key.startswith("@"):
            found.append(Breach(PROPERTY, (at, key), item))
    found += [Breach(MISSING, at, Words(name)) for name in required if name not in value]


def part(table: Mapping[str, Check], required: Collection[str]) -> Check:
    """Return the check of an object with a table of properties."""

    def ask(value: Any, at: At, found: Found) -> None:
        if isinstance(value, dict):
            properties(value, at, found, table, required)
        else:
            found.append(Breach(TYPE, at, Words("an object")))

    return ask


def typed(kind: type, name: str) -> Check:
    """Return the check of a value that only needs to be of a type, whose ``name`` has its article."""

    def ask(value: Any, at: At, found: Found) -> None:
        if not isinstance(value, kind):
            found.append(Breach(TYPE, at, Words(name)))

    return ask


def array(check: Check) -> Check:
    """Return the check of an array and each of its items."""

    def ask(value: Any, at: At, found: Found) -> None:
        if not isinstance(value, list):
            found.append(Breach(TYPE, at, Words("an array")))
            return
        for index, item in enumerate(value):
            check(item, (at, index), found)

    return ask


def word(*words: str, otherwise: Demand = WORD) -> Check:
    """Return the check of a value that is one of some words."""
    listed = Words(" or ".join(words))

    def ask(value: Any, at: At, found: Found) -> None:
        if value not in words:
            found.append(Breach(otherwise, at, listed))

    return ask


def iri(value: Any, at: At, found: Found) -> None:
    """Ask an IRI."""
    if not isinstance(value, str) or not grammar.is_iri(value):
        found.append(Breach(IRI, at, value))


def languages(value: Any, at: At, found: Found) -> None:
    """Ask a text that is given in several languages."""
    if not isinstance(value, dict) or not all(map(_is_text, value.items())):
        found.append(Breach(LANGUAGES, at, value))


def _is_text(pair: tuple[str, Any]) -> bool:
    return grammar.is_language(pair[0]) and isinstance(pair[1], str) and bool(pair[1])


def contexts(address: str, otherwise: Demand) -> Check:
    """Return the check of an @context: ``address``, or an array with it; other contexts are not recommended."""

    def ask(value: Any, at: At, found: Found) -> None:
        if value != address and not (isinstance(value, list) and address in value):
            found.append(Breach(otherwise, at, Words(address)))

    return ask


text = typed(str, "a text")
flag = typed(bool, "true or false")
iris = array(iri)
