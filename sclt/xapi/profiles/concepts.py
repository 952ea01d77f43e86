"""The concepts of a profile (xAPI Profiles 1.0, part two, 7)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from sclt.xapi.profiles.part import TYPE, WORD, array, contexts, demand, flag, iri, iris, languages, properties, text
from sclt.xapi.rules.activity import definition
from sclt.xapi.rules.demand import WARNING, At, Breach, Check, Found, Words
from sclt.xapi.statements import grammar

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

TERMS = ("Verb", "ActivityType", "AttachmentUsageType")
EXTENSIONS = ("ContextExtension", "ResultExtension", "ActivityExtension")
DOCUMENTS = ("StateResource", "AgentProfileResource", "ActivityProfileResource")
ACTIVITY_CONTEXT = "https://w3id.org/xapi/profiles/activity-context"

_TYPES = ("string", "number", "integer", "boolean", "object", "array", "null", "any")

RELATED = demand(
    "profile.related",
    "Only a concept that is deprecated names related ones, which may replace it",
    says="'related' is for deprecated concepts alone.",
    why="readers take the concept for one that is no longer used",
    mend='Write "deprecated": true, or take relatedMatch.',
    section="7.1",
)
RELATION = demand(
    "profile.relation",
    "broader, narrower and related name concepts of the same type in this profile",
    says="{value} is no concept of the same type in this profile.",
    why="what is broader or narrower cannot be followed",
    mend="Name a concept of the profile, or take broadMatch, narrowMatch or relatedMatch.",
    section="7.1",
)
MATCH = demand(
    "profile.match",
    "broadMatch and narrowMatch name concepts of other profiles",
    says="{value} is a concept of this profile.",
    why="readers look for it in another profile",
    mend="Take broader or narrower.",
    section="7.1",
    severity=WARNING,
)
RECOMMENDED = demand(
    "profile.recommended",
    "Verbs are recommended for extensions of context and result, activity types for those of activities",
    says="'{key}' does not go with a concept of type {value}.",
    why="nobody can follow the recommendation",
    mend="Take recommendedActivityTypes for an ActivityExtension, else recommendedVerbs.",
    section="7.2",
)
SCHEMAS = demand(
    "profile.schemas",
    "A concept has schema or inlineSchema, not both",
    says="the concept has both schema and inlineSchema.",
    why="they may contradict each other",
    mend="Keep one of them.",
    section="7.2, 7.3",
)
INLINE = demand(
    "profile.inline-schema",
    "An inlineSchema is a text that holds a JSON Schema",
    says="the inlineSchema is no JSON Schema in a text: {value}.",
    why="values cannot be judged by it",
    mend="Write a JSON Schema as JSON in a text, with its quotes escaped.",
    section="7.2, 7.3",
)
MEDIA = demand(
    "profile.content-type",
    "The contentType of a document resource is an Internet media type",
    says="the contentType {value} is no media type.",
    why="clients must send it as Content-Type, word for word",
    mend="Write a type such as application/json.",
    section="7.3; RFC 2046",
)
CONTEXT = demand(
    "profile.activity-context",
    "The definition of an Activity names the context of activity definitions",
    says="the @context is not {value}, nor an array with it.",
    why="as JSON-LD its properties mean nothing",
    mend="Write that address.",
    section="7.4",
)


def _inline(value: Any, at: At, found: Found) -> None:
    try:
        validator(value)
    except ValueError as error:
        found.append(Breach(INLINE, at, Words(error)))


def validator(text: Any) -> Validator:
    """Return what judges values by the JSON Schema that an inlineSchema holds; it fetches nothing.

    A schema that does not say its draft is read by the first that allows it: examples of the specification are of
    draft 3. Raises ValueError that says why a value holds no schema.
    """
    if not isinstance(text, str):
        raise ValueError("it is no text")
    return _validator(text)


@lru_cache(256)
def _validator(text: str) -> Validator:
    from jsonschema import Draft3Validator, Draft4Validator, Draft202012Validator
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import validator_for
    from referencing import Registry

    try:
        held = msgspec.json.decode(text)
    except (ValueError, RecursionError):
        raise ValueError("it is no JSON") from None
    fault = ""
    for draft in (validator_for(held, default=Draft202012Validator), Draft4Validator, Draft3Validator):
        try:
            draft.check_schema(held)
        except SchemaError as error:
            fault = fault or error.message
        else:
            if draft is not Draft3Validator or _has_known_types(held):
                return draft(held, registry=Registry())
    raise ValueError(fault)


def _has_known_types(schema: Any) -> bool:
    """Tell whether a JSON Schema has no words of its own as types, which draft 3 would allow."""
    if isinstance(schema, list):
        return all(map(_has_known_types, schema))
    if not isinstance(schema, dict):
        return True
    kind = schema.get("type", "any")
    return (not isinstance(kind, str) or kind in _TYPES) and all(map(_has_known_types, schema.values()))


def _media(value: Any, at: At, found: Found) -> None:
    if not isinstance(value, str) or not grammar.is_media_type(value):
        found.append(Breach(MEDIA, at, value))


_ask_context = contexts(ACTIVITY_CONTEXT, CONTEXT)


def _definition(value: Any, at: At, found: Found) -> None:
    """Ask an Activity's definition: but for @context it is one of xAPI, whose rules are asked."""
    if isinstance(value, dict):
        _ask_context(value.get("@context"), (at, "@context"), found)
        value = {key: item for key, item in value.items() if key != "@context"}
    definition(value, at, found)


_SHARED: dict[str, Check] = {"id": iri, "type": text, "inScheme": iri, "deprecated": flag}
_NAMED: dict[str, Check] = {**_SHARED, "prefLabel": languages, "definition": languages}
_SHAPED: dict[str, Check] = {**_NAMED, "context": iri, "schema": iri, "inlineSchema": _inline}
_HERE = ("broader", "narrower", "related")
_ELSEWHERE = ("broadMatch", "narrowMatch", "relatedMatch", "exactMatch")
_RECOMMENDED = ("recommendedActivityTypes", "recommendedVerbs")
_REQUIRED = ("id", "type", "inScheme", "prefLabel", "definition")
_TABLES: dict[str, tuple[dict[str, Check], tuple[str, ...]]] = {
    **dict.fromkeys(TERMS, ({**_NAMED, **dict.fromkeys((*_HERE, *_ELSEWHERE), iris)}, _REQUIRED)),
    **dict.fromkeys(EXTENSIONS, ({**_SHAPED, **dict.fromkeys(_RECOMMENDED, iris)}, _REQUIRED)),
    **dict.fromkeys(DOCUMENTS, ({**_SHAPED, "contentType": _media}, (*_REQUIRED, "contentType"))),
    "Activity": ({**_SHARED, "activityDefinition": _definition}, ("id", "type", "inScheme", "activityDefinition")),
}


def _concept(value: Any, at: At, found: Found) -> None:
    if not isinstance(value, dict):
        found.append(Breach(TYPE, at, Words("an object")))
        return
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in _TABLES:
        found.append(Breach(WORD, (at, "type"), Words(f"one of {', '.join(_TABLES)}")))
        return
    properties(value, at, found, *_TABLES[kind])
    if "related" in value and value.get("deprecated") is not True:
        found.append(Breach(RELATED, (at, "related"), None))
    if "schema" in value and "inlineSchema" in value:
        found.append(Breach(SCHEMAS, at, None))
    wrong = _RECOMMENDED[1 if kind == "ActivityExtension" else 0]
    if kind in EXTENSIONS and wrong in value:
        found.append(Breach(RECOMMENDED, (at, wrong), Words(kind)))


_concepts = array(_concept)


def concepts(value: Any, at: At, found: Found) -> None:
    """Ask the concepts of a profile, and what they are to each other."""
    _concepts(value, at, found)
    if not isinstance(value, list):
        return
    kinds = {(each["type"], each.get("id")) for each in value if _is_term(each)}
    for index, each in enumerate(value):
        if _is_term(each):
            _relations(each, (at, index), kinds, found)


def _is_term(concept: Any) -> bool:
    return isinstance(concept, dict) and concept.get("type") in TERMS and isinstance(concept.get("id"), str)


def _relations(concept: dict[str, Any], at: At, kinds: set[tuple[str, str]], found: Found) -> None:
    for place, name in _named(concept, at, _HERE):
        if (concept["type"], name) not in kinds:
            found.append(Breach(RELATION, place, name))
    for place, name in _named(concept, at, _ELSEWHERE[:2]):
        if (concept["type"], name) in kinds:
            found.append(Breach(MATCH, place, name))


def _named(concept: dict[str, Any], at: At, keys: tuple[str, ...]) -> Iterator[tuple[At, str]]:
    for key in keys:
        names = concept.get(key)
        for index, name in enumerate(names if isinstance(names, list) else ()):
            if isinstance(name, str):
                yield ((at, key), index), name
