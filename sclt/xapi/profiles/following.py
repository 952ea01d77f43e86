"""Whether a statement follows a profile: its templates (part three, 2.1) and its concepts (part two, 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from sclt.xapi.profiles import jsonpath
from sclt.xapi.profiles.part import demand
from sclt.xapi.profiles.profile import Profile, Rule, Template
from sclt.xapi.rules.demand import ADVICE, WARNING, At, Breach, Demand, Found, Words
from sclt.xapi.statements.identity import listed

_WHY = "readers who rely on the profile misread the statement, or do not find it"
_MEND = "Mend the statement, or take the profile's category out of it."

INCLUDED = demand(
    "template.included",
    "A statement has what a rule of its template includes",
    says="{value}",
    why=_WHY,
    mend="Add it.",
    section="8.1 (presence)",
)
EXCLUDED = demand(
    "template.excluded",
    "A statement has not what a rule of its template excludes",
    says="{value}",
    why=_WHY,
    mend="Remove it.",
    section="8.1 (presence)",
)
RECOMMENDED = demand(
    "template.recommended",
    "A statement has what a rule of its template recommends",
    says="{value}",
    why="the profile's makers found it useful",
    mend="Add it where it is known.",
    section="8.1 (presence)",
    severity=ADVICE,
)
ANY = demand(
    "template.any",
    "A statement has one of the values that a rule of its template asks for",
    says="{value}",
    why=_WHY,
    mend="Add one of the values.",
    section="8.1 (any)",
)
ALL = demand(
    "template.all",
    "A statement has no values but those that a rule of its template allows",
    says="{value}",
    why=_WHY,
    mend="Write one of the values.",
    section="8.1 (all)",
)
NONE = demand(
    "template.none",
    "A statement has none of the values that a rule of its template forbids",
    says="{value}",
    why=_WHY,
    mend="Remove the value.",
    section="8.1 (none)",
)
OBJECT_REFERENCE = demand(
    "template.object-reference",
    "The object of a statement is a StatementRef to a statement of the templates that its own template names",
    says="{value}",
    why=_WHY,
    mend='Write {"objectType": "StatementRef", "id": "…"} with the id of such a statement as object.',
    section="8.0 (objectStatementRefTemplate)",
)
CONTEXT_REFERENCE = demand(
    "template.context-reference",
    "The statement of a context is a StatementRef to a statement of the templates that its own template names",
    says="{value}",
    why=_WHY,
    mend='Write {"objectType": "StatementRef", "id": "…"} with the id of such a statement as context.statement.',
    section="8.0 (contextStatementRefTemplate)",
)
UNMATCHED = demand(
    "template.unmatched",
    "A statement that names the profile as its category matches a template",
    says="the statement names {value} as its category, but matches none of its templates.",
    why="patterns of the profile have no place for it",
    mend=_MEND,
    section="5.0, 9.0",
    severity=WARNING,
)
CATEGORY = demand(
    "template.category",
    "A statement that follows a template names the version of the profile as its category",
    says="the statement follows {value}, but does not name the profile's version as its category.",
    why="readers who look for statements of the profile do not find it",
    mend="Add an Activity with the id of the profile's version to contextActivities.category.",
    section="5.0",
    severity=WARNING,
)
OLD = demand(
    "template.deprecated",
    "A statement follows no template that is deprecated",
    says="{value} is deprecated.",
    why="a later version of the profile may be without it",
    mend="Follow the template that replaces it.",
    section="8.0",
    severity=WARNING,
)


class Reference(NamedTuple):
    """A reference to another statement, which must match one of some templates, and what is said where it does not."""

    demand: Demand
    at: At
    id: str
    templates: frozenset[str]
    says: str


class Followed(NamedTuple):
    """The templates that a statement matches, and where it refers to statements that must match some."""

    templates: frozenset[str]
    references: tuple[Reference, ...] = ()


class _Odd:
    """A place where a selector finds nothing (part two, 8.1)."""


_UNMATCHABLE = _Odd()


def follow(statement: Any, profile: Profile, found: Found) -> Followed:
    """Note where a statement does not follow the templates of a profile; tell which of them it matches."""
    if not isinstance(statement, dict):
        return Followed(frozenset())
    whole = _with_lists(statement)
    matched = [template for template in profile.templates if matches(whole, template)]
    before = len(found)
    references: list[Reference] = []
    for template in matched:
        _ask(whole, template, found)
        references += _references(whole, template, found)
    if profile.templates:
        _category(whole, profile, matched, len(found) > before, found)
    return Followed(frozenset(template.id for template in matched), tuple(references))


def _with_lists(statement: dict[str, Any]) -> dict[str, Any]:
    """Return a statement whose contextActivities are arrays, as 8.1 demands before it is judged."""
    context = statement.get("context")
    activities = context.get("contextActivities") if isinstance(context, dict) else None
    if not isinstance(activities, dict):
        return statement
    arrays = {key: listed(value) for key, value in activities.items()}
    return {**statement, "context": {**context, "contextActivities": arrays}}  # type: ignore[dict-item]


def matches(statement: dict[str, Any], template: Template) -> bool:
    """Tell whether a statement has all determining properties of a template (part three, 2.1)."""
    target = statement.get("object")
    return (
        template.verb in ("", _at(statement, "verb", "id"))
        and template.activity_type in ("", _at(target, "definition", "type"))
        and all(
            types.issubset(_each(_at(statement, "context", "contextActivities", name), "definition", "type"))
            for name, types in template.context_types
        )
        and template.usage_types.issubset(_each(statement.get("attachments"), "usageType"))
    )


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _each(values: Any, *keys: str) -> set[str]:
    found = (_at(value, *keys) for value in values) if isinstance(values, list) else ()
    return {value for value in found if isinstance(value, str)}


def _ask(statement: dict[str, Any], template: Template, found: Found) -> None:
    if template.deprecated:
        found.append(Breach(OLD, (), Words(f"the template '{template.name}'")))
    for rule in template.rules:
        for broken, said in _breaches(rule, _values(rule, statement)):
            note = f" ({rule.note})" if rule.note else ""
            found.append(Breach(broken, (), Words(f"the template '{template.name}' {said}{note}.")))


def _values(rule: Rule, statement: dict[str, Any]) -> list[Any]:
    values = jsonpath.values(rule.path, statement)
    if rule.selector is None:
        return values
    return [value for each in values for value in jsonpath.values(rule.selector, each) or [_UNMATCHABLE]]


def _breaches(rule: Rule, values: list[Any]) -> Iterator[tuple[Demand, str]]:
    """Yield what a rule demands in vain of the values at its place."""
    matchable = [value for value in values if value is not _UNMATCHABLE]
    if rule.presence == "included" and (not values or len(matchable) < len(values)):
        yield INCLUDED, f"wants {rule.location}"
        return
    if rule.presence == "excluded":
        if matchable:
            yield EXCLUDED, f"excludes {rule.location}"
        return
    if rule.presence == "recommended" and not values:
        yield RECOMMENDED, f"recommends {rule.location}"
        return
    if rule.any is not None and not any(_is_in(value, rule.any) for value in matchable):
        yield ANY, f"wants one of {_json(rule.any)} as {rule.location}"
    odd = [value for value in values if value is _UNMATCHABLE or not _is_in(value, rule.all or [])]
    if rule.all is not None and odd:
        yield ALL, f"wants {rule.location} to be {_json(rule.all)}, not {_shown(odd[0])}"
    bad = [value for value in matchable if _is_in(value, rule.none or [])]
    if bad:
        yield NONE, f"forbids {_shown(bad[0])} as {rule.location}"


def _is_in(value: Any, values: Iterable[Any]) -> bool:
    """Tell whether a value is among others as JSON: true is not 1."""
    return any(each == value and isinstance(each, bool) == isinstance(value, bool) for each in values)


def _shown(value: Any) -> str:
    return "nothing" if value is _UNMATCHABLE else _json(value)


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _references(statement: dict[str, Any], template: Template, found: Found) -> Iterator[Reference]:
    """Yield the references to be followed; note those that are missing."""
    places = (
        (template.object_reference, OBJECT_REFERENCE, _at(statement, "object"), ((), "object")),
        (template.context_reference, CONTEXT_REFERENCE, _at(statement, "context", "statement"), ((), "context")),
    )
    for wanted, broken, value, at in places:
        if not wanted:
            continue
        says = f"the template '{template.name}' wants a reference to a statement of {' or '.join(sorted(wanted))}"
        if _at(value, "objectType") == "StatementRef" and isinstance(_at(value, "id"), str):
            yield Reference(broken, at, value["id"].lower(), wanted, f"{says}; this statement is none of these.")
        else:
            found.append(Breach(broken, at, Words(f"{says}.")))


def _category(statement: dict[str, Any], profile: Profile, matched: list[Template], broken: bool, found: Found) -> None:
    categories = _each(_at(statement, "context", "contextActivities", "category"), "id")
    said = not profile.categories.isdisjoint(categories)
    if said and not matched:
        found.append(Breach(UNMATCHED, (), Words(f"the profile '{profile.name}'")))
    elif matched and not said and not broken:
        found.append(Breach(CATEGORY, (), Words(f"the template '{matched[0].name}'")))
