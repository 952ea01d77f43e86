"""Whether a statement uses the concepts of a profile as they are meant (xAPI Profiles 1.0, part two, 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sclt.xapi.profiles.concepts import EXTENSIONS, validator
from sclt.xapi.profiles.part import demand
from sclt.xapi.profiles.profile import Concept, Profile
from sclt.xapi.rules.demand import ADVICE, WARNING, At, Breach, Found, Words
from sclt.xapi.statements.identity import context_activities

KIND = demand(
    "concept.kind",
    "A concept of a profile is used as what it is",
    says="{value} here.",
    why="readers take it for what it is not",
    mend="Use a concept of the type that belongs here.",
    section="7.0, 7.2",
)
OLD = demand(
    "concept.deprecated",
    "No concept is used that its profile calls deprecated",
    says="{value} is deprecated.",
    why="a later version of the profile may be without it",
    mend="Use the concept that replaces it.",
    section="7.0",
    severity=WARNING,
)
UNKNOWN = demand(
    "concept.unknown",
    "What is named like the concepts of a profile is one of them",
    says="{value} looks like a concept of the profile, but is none.",
    why="it may be misspelt, and nobody else knows it",
    mend="Look for the concept in the profile.",
    section="7.0",
    severity=ADVICE,
)
VALUE = demand(
    "concept.value",
    "The value of an extension has the shape that its profile gives it",
    says="{value}.",
    why="readers who rely on the profile cannot read it",
    mend="Write a value that the extension's JSON Schema allows.",
    section="7.2",
)
RECOMMENDED = demand(
    "concept.recommended",
    "An extension is used with a verb, or type of activity, for which its profile recommends it",
    says="{value}.",
    why="readers do not look for it there",
    mend="Use it where the profile recommends it.",
    section="7.2",
    severity=ADVICE,
)
DEFINITION = demand(
    "concept.definition",
    "An Activity of a profile has the definition that the profile gives it, or none",
    says="'{key}' is not what the profile says of this Activity.",
    why="readers would see two definitions of one Activity",
    mend="Leave the definition out, or write it as in the profile; texts for people may have other languages.",
    section="7.4",
    severity=WARNING,
)
_LANGUAGES = ("name", "description")
_COMPONENTS = ("choices", "scale", "source", "target", "steps")


def use(statement: Any, profile: Profile, found: Found) -> None:
    """Note where a statement uses concepts of a profile otherwise than they are meant."""
    if not profile.concepts or not isinstance(statement, dict):
        return
    verb = _text(_object(statement.get("verb")).get("id"))
    _term(verb, "Verb", (((), "verb"), "id"), profile, found)
    for activity, at in _activities(statement):
        _activity(activity, at, profile, found)
    for name, kind in (("context", "ContextExtension"), ("result", "ResultExtension")):
        _extensions(_object(statement.get(name)), ((), name), kind, verb, profile, found)
    attachments = statement.get("attachments")
    for index, each in enumerate(attachments if isinstance(attachments, list) else ()):
        place = ((((), "attachments"), index), "usageType")
        _term(_text(_object(each).get("usageType")), "AttachmentUsageType", place, profile, found)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _activities(statement: dict[str, Any]) -> Iterator[tuple[dict[str, Any], At]]:
    target = _object(statement.get("object"))
    if target.get("objectType", "Activity") == "Activity":
        yield target, ((), "object")
    context = _object(statement.get("context"))
    if isinstance(context.get("contextActivities"), dict):
        for each in context_activities(context):
            yield _object(each), (((), "context"), "contextActivities")


def _activity(activity: dict[str, Any], at: At, profile: Profile, found: Found) -> None:
    definition = _object(activity.get("definition"))
    kind = _text(definition.get("type"))
    _term(kind, "ActivityType", ((at, "definition"), "type"), profile, found)
    _extensions(definition, (at, "definition"), "ActivityExtension", kind, profile, found)
    concept = profile.concepts.get(activity["id"]) if isinstance(activity.get("id"), str) else None
    if concept is None or concept.kind != "Activity":
        return
    _deprecated(concept, (at, "id"), found)
    for key in _differing(definition, concept.definition) if definition else ():
        found.append(Breach(DEFINITION, ((at, "definition"), key), None))


def _differing(ours: dict[str, Any], given: dict[str, Any]) -> list[str]:
    """Return the properties of a definition that are not as given; texts for people may differ."""
    keys = {*ours, *given} - set(_LANGUAGES)
    return sorted(key for key in keys if _bare(key, ours.get(key)) != _bare(key, given.get(key)))


def _bare(key: str, value: Any) -> Any:
    if key in _COMPONENTS and isinstance(value, list):
        return [_object(each).get("id") for each in value]
    return value


def _term(iri: str, kind: str, at: At, profile: Profile, found: Found) -> None:
    """Ask a verb, a type of activity or a usage type, where there is one."""
    if not iri:
        return
    concept = profile.concepts.get(iri)
    if concept is None:
        if _space(iri) in {_space(each.id) for each in profile.concepts.values() if each.kind == kind}:
            found.append(Breach(UNKNOWN, at, iri))
    elif concept.kind != kind:
        found.append(Breach(KIND, at, Words(f"'{iri}' is of type {concept.kind}, not {kind}")))
    else:
        _deprecated(concept, at, found)


def _space(iri: str) -> str:
    """Return an IRI without its last part."""
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _deprecated(concept: Concept, at: At, found: Found) -> None:
    if concept.deprecated:
        instead = f" (instead: {', '.join(concept.related)})" if concept.related else ""
        found.append(Breach(OLD, at, Words(f"'{concept.name}'{instead}")))


def _extensions(holder: dict[str, Any], at: At, kind: str, used_with: str, profile: Profile, found: Found) -> None:
    """Ask the extensions of a context, a result or an activity's definition."""
    for key, value in _object(holder.get("extensions")).items():
        concept, place = profile.concepts.get(key), ((at, "extensions"), key)
        if concept is None:
            continue
        if concept.kind != kind:
            what = "an extension" if concept.kind in EXTENSIONS else "a concept"
            found.append(Breach(KIND, place, Words(f"'{key}' is {what} of type {concept.kind}, not {kind}")))
            continue
        _deprecated(concept, place, found)
        if concept.recommended and used_with not in concept.recommended:
            said = f"'{concept.name}' is not recommended with {used_with or 'no type'}"
            found.append(Breach(RECOMMENDED, place, Words(said)))
        if concept.schema and (fault := _fault(value, concept.schema)):
            said = f"the value of '{concept.name}' is not as its schema says: {fault}"
            found.append(Breach(VALUE, place, Words(said)))


def _fault(value: Any, schema: str) -> str:
    """Return what is wrong with a value by a JSON Schema, nothing where the schema itself cannot be followed."""
    from jsonschema.exceptions import UnknownType, best_match
    from referencing.exceptions import Unresolvable

    try:
        error = best_match(validator(schema).iter_errors(value))
    except (Unresolvable, UnknownType, RecursionError, ArithmeticError, re.error):
        return ""
    return error.message if error else ""
