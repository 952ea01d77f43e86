"""What statements are judged by: the sound concepts and templates of a profile, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import msgspec

from sclt.locale import LENDER
from sclt.xapi.profiles import jsonpath
from sclt.xapi.profiles.concepts import validator
from sclt.xapi.profiles.templates import CONTEXT_TYPES, REFERENCES


class Concept(msgspec.Struct, frozen=True):
    """A concept.

    ``recommended`` are verbs or activity types with all that are narrower; ``schema`` is a JSON Schema as JSON.
    """

    id: str
    kind: str
    name: str
    deprecated: bool = False
    related: tuple[str, ...] = ()
    recommended: frozenset[str] = frozenset()
    schema: str = ""
    definition: dict[str, Any] = {}


class Rule(msgspec.Struct, frozen=True):
    """A rule of a template; ``any``, ``all`` and ``none`` are missing where they demand nothing."""

    location: str
    path: jsonpath.Path
    selector: jsonpath.Path | None = None
    presence: str = ""
    any: list[Any] | None = None
    all: list[Any] | None = None
    none: list[Any] | None = None
    note: str = ""


class Template(msgspec.Struct, frozen=True):
    """A statement template: its determining properties, the templates that references lead to, its rules."""

    id: str
    name: str
    deprecated: bool = False
    verb: str = ""
    activity_type: str = ""
    context_types: tuple[tuple[str, frozenset[str]], ...] = ()
    usage_types: frozenset[str] = frozenset()
    object_reference: frozenset[str] = frozenset()
    context_reference: frozenset[str] = frozenset()
    rules: tuple[Rule, ...] = ()


class Profile(msgspec.Struct, frozen=True):
    """A profile. ``categories`` are the ids by which statements say that they follow it."""

    id: str
    name: str
    categories: frozenset[str] = frozenset()
    concepts: dict[str, Concept] = {}
    templates: tuple[Template, ...] = ()


def read(value: dict[str, Any]) -> Profile:
    """Return what is sound of a decoded profile; what is not was told by `sclt.xapi.profiles.document.profile`."""
    identifier = _text(value.get("id"))
    versions = _objects(value.get("versions"))
    named = [identifier, *(_text(each.get("id")) for each in versions)]
    named += [name for each in versions for name in _texts(each.get("wasRevisionOf"))]
    listed = _objects(value.get("concepts"))
    narrower = _narrower(listed)
    concepts = [_concept(each, narrower) for each in listed if _text(each.get("id")) and _text(each.get("type"))]
    return Profile(
        identifier,
        _name(value),
        frozenset(filter(None, named)),
        {concept.id: concept for concept in concepts},
        tuple(_template(each) for each in _objects(value.get("templates")) if _text(each.get("id"))),
    )


def _concept(value: dict[str, Any], narrower: dict[str, set[str]]) -> Concept:
    recommended = [*_texts(value.get("recommendedVerbs")), *_texts(value.get("recommendedActivityTypes"))]
    given = value.get("activityDefinition")
    return Concept(
        value["id"],
        value["type"],
        _name(value),
        value.get("deprecated") is True,
        tuple(_texts(value.get("related"))),
        frozenset(_closed(recommended, narrower)),
        _schema(value.get("inlineSchema")),
        {key: item for key, item in given.items() if key != "@context"} if isinstance(given, dict) else {},
    )


def _narrower(concepts: Iterable[dict[str, Any]]) -> dict[str, set[str]]:
    """Return, by the id of a concept, those that are said to be narrower, from either side."""
    found: dict[str, set[str]] = {}
    for each in concepts:
        identifier = _text(each.get("id"))
        found.setdefault(identifier, set()).update(_texts(each.get("narrower")), _texts(each.get("narrowMatch")))
        for wider in (*_texts(each.get("broader")), *_texts(each.get("broadMatch"))):
            found.setdefault(wider, set()).add(identifier)
    return found


def _closed(names: Iterable[str], narrower: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += narrower.get(name, ())
    return found


def _schema(value: Any) -> str:
    with suppress(ValueError):
        validator(value)
        return str(value)
    return ""


def _template(value: dict[str, Any]) -> Template:
    kinds = {name: frozenset(_texts(value.get(key))) for key, name in CONTEXT_TYPES.items()}
    rules = (_rule(each) for each in _objects(value.get("rules")))
    return Template(
        value["id"],
        _name(value),
        value.get("deprecated") is True,
        _text(value.get("verb")),
        _text(value.get("objectActivityType")),
        tuple((name, wanted) for name, wanted in kinds.items() if wanted),
        frozenset(_texts(value.get("attachmentUsageType"))),
        object_reference=frozenset(_texts(value.get(REFERENCES[0]))),
        context_reference=frozenset(_texts(value.get(REFERENCES[1]))),
        rules=tuple(rule for rule in rules if rule),
    )


def _rule(value: dict[str, Any]) -> Rule | None:
    """Return a rule, None where its paths cannot be read."""
    try:
        selector = jsonpath.parse(_text(value["selector"])) if "selector" in value else None
        path = jsonpath.parse(_text(value.get("location")))
    except ValueError:
        return None
    wanted = {key: value[key] for key in ("any", "all", "none") if isinstance(value.get(key), list)}
    note, presence = _first(value.get("scopeNote")), _text(value.get("presence"))
    return Rule(value["location"], path, selector, presence, note=note, **wanted)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _name(value: dict[str, Any]) -> str:
    return _first(value.get("prefLabel")) or _text(value.get("id"))


def _first(languages: Any) -> str:
    """Return the English text of a language map, else its first."""
    if not isinstance(languages, dict):
        return ""
    return _text(languages.get(LENDER)) or next(filter(None, map(_text, languages.values())), "")
