"""The patterns of a profile (xAPI Profiles 1.0, part two, 9): their form is judged, statements are not held to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sclt.xapi.profiles.part import array, demand, flag, iri, iris, languages, part, word
from sclt.xapi.rules.demand import At, Breach, Check, Found, Words

_LISTS = ("alternates", "sequence")
_SINGLE = ("optional", "oneOrMore", "zeroOrMore")
_KINDS = (*_LISTS, *_SINGLE)

KIND = demand(
    "profile.pattern",
    "A pattern has one of alternates, optional, oneOrMore, sequence and zeroOrMore",
    says="the pattern has {value} of them.",
    why="nobody can tell what it matches",
    mend="Keep one of them.",
    section="9.0",
)
PRIMARY = demand(
    "profile.primary",
    "A primary pattern has prefLabel and definition",
    says="the primary pattern has no '{value}'.",
    why="nobody can tell what a sequence of statements is about",
    mend="Add it as a language map.",
    section="9.0",
)
FEW = demand(
    "profile.pattern-few",
    "alternates and sequence have two members at least",
    says="'{key}' has one member.",
    why="it is no choice, and no order",
    mend="Add another, or name the member itself; a primary sequence may have a single template.",
    section="9.0",
)
LOOSE = demand(
    "profile.pattern-alternates",
    "alternates hold no pattern that is optional or zeroOrMore",
    says="{value} may be missing, so it is no alternative.",
    why="statements can match in two ways",
    mend="Put optional or zeroOrMore outside of the alternates.",
    section="9.0",
)
CIRCLE = demand(
    "profile.pattern-circle",
    "No pattern holds itself, at any depth",
    says="the pattern leads to itself.",
    why="matching it would never end",
    mend="Take it out of the circle.",
    section="9.0",
)

_TABLE: dict[str, Check] = {
    "id": iri,
    "type": word("Pattern"),
    "primary": flag,
    "inScheme": iri,
    "prefLabel": languages,
    "definition": languages,
    "deprecated": flag,
    **dict.fromkeys(_LISTS, iris),
    **dict.fromkeys(_SINGLE, iri),
}
_patterns = array(part(_TABLE, ("id", "type")))


def patterns(value: Any, at: At, found: Found, templates: frozenset[str]) -> None:
    """Ask the patterns of a profile; ``templates`` are the ids of its templates."""
    _patterns(value, at, found)
    if not isinstance(value, list):
        return
    known = {each["id"]: each for each in value if isinstance(each, dict) and isinstance(each.get("id"), str)}
    used = {name for each in known.values() for name in members(each)}
    for index, each in enumerate(value):
        if isinstance(each, dict):
            _pattern(each, (at, index), found)
            _lists(each, (at, index), found, known)
            if _few(each, templates, used):
                found.append(Breach(FEW, ((at, index), next(key for key in _LISTS if key in each)), None))
            if _in_circle(each, known):
                found.append(Breach(CIRCLE, (at, index), None))


def members(pattern: Mapping[str, Any]) -> list[str]:
    """Return the ids of the patterns and templates that a pattern holds."""
    held = [name for key in _LISTS if isinstance(pattern.get(key), list) for name in pattern[key]]
    return [name for name in (*held, *(pattern.get(key) for key in _SINGLE)) if isinstance(name, str)]


def _pattern(pattern: dict[str, Any], at: At, found: Found) -> None:
    kinds = sum(key in pattern for key in _KINDS)
    if kinds != 1:
        found.append(Breach(KIND, at, Words(kinds or "none")))
    if pattern.get("primary") is True:
        found += [Breach(PRIMARY, at, Words(key)) for key in ("prefLabel", "definition") if key not in pattern]


def _lists(pattern: dict[str, Any], at: At, found: Found, known: dict[str, Any]) -> None:
    alternates = pattern.get("alternates")
    for index, name in enumerate(alternates if isinstance(alternates, list) else ()):
        if isinstance(name, str) and not known.get(name, {}).keys().isdisjoint(("optional", "zeroOrMore")):
            found.append(Breach(LOOSE, ((at, "alternates"), index), name))


def _few(pattern: dict[str, Any], templates: frozenset[str], used: set[str]) -> bool:
    """Tell whether a list is too short; a primary sequence that nothing uses may have a single template."""
    lists = [pattern[key] for key in _LISTS if isinstance(pattern.get(key), list)]
    if not lists or len(lists[0]) != 1:
        return False
    alone = pattern.get("primary") is True and "sequence" in pattern and pattern.get("id") not in list(used)
    return not (alone and lists[0][0] in list(templates))


def _in_circle(pattern: dict[str, Any], known: dict[str, Any]) -> bool:
    seen: set[str] = set()
    waiting = members(pattern)
    while waiting:
        name = waiting.pop()
        if name == pattern.get("id"):
            return True
        if name not in seen:
            seen.add(name)
            waiting += members(known.get(name, {}))
    return False
