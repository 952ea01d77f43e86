"""The statement templates of a profile, and their rules (xAPI Profiles 1.0, part two, 8)."""

from __future__ import annotations

from typing import Any

from sclt.xapi.profiles import jsonpath
from sclt.xapi.profiles.part import array, demand, flag, iri, iris, languages, part, typed, word
from sclt.xapi.rules.demand import At, Breach, Check, Found, Words

CONTEXT_TYPES = {
    "contextParentActivityType": "parent",
    "contextGroupingActivityType": "grouping",
    "contextCategoryActivityType": "category",
    "contextOtherActivityType": "other",
}
"""The determining properties of a statement's context, and the contextActivities that they are about."""
REFERENCES = ("objectStatementRefTemplate", "contextStatementRefTemplate")
DEMANDS = ("presence", "any", "all", "none")

BOTH = demand(
    "profile.object",
    "A template names a type of its object or templates of it, not both",
    says="the template has both objectStatementRefTemplate and objectActivityType.",
    why="an object is an Activity or a reference to a statement: nothing can match the template",
    mend="Keep one of them.",
    section="8.0",
)
REFERENCE = demand(
    "profile.template-reference",
    "A template refers to templates of its own profile",
    says="{value} is no template of this profile.",
    why="no statement can be known to match it",
    mend="Name a template of the profile.",
    section="8.0",
)
NO_DEMAND = demand(
    "profile.rule",
    "A rule of a template has presence, any, all or none",
    says="the rule demands nothing.",
    why="it says nothing",
    mend="Add presence, any, all or none.",
    section="8.1",
)
PATH = demand(
    "profile.path",
    "location and selector are JSONPath without filters, scripts, slices and negative numbers",
    says="'{key}' is no path that a rule may have: {value}.",
    why="validators refuse it, or each reads it in another way",
    mend="Write a path such as $.context.contextActivities.grouping[*].id, with keys of extensions in ['…'].",
    section="8.1",
)


def _path(value: Any, at: At, found: Found) -> None:
    try:
        jsonpath.parse(value if isinstance(value, str) else "")
    except ValueError as error:
        found.append(Breach(PATH, at, Words(error)))


_values = typed(list, "an array")
_ask_rule = part(
    {
        "location": _path,
        "selector": _path,
        "presence": word("included", "excluded", "recommended"),
        **dict.fromkeys(DEMANDS[1:], _values),
        "scopeNote": languages,
    },
    ("location",),
)


def _rule(value: Any, at: At, found: Found) -> None:
    _ask_rule(value, at, found)
    if isinstance(value, dict) and value.keys().isdisjoint(DEMANDS):
        found.append(Breach(NO_DEMAND, at, None))


_TABLE: dict[str, Check] = {
    "id": iri,
    "type": word("StatementTemplate"),
    "inScheme": iri,
    "prefLabel": languages,
    "definition": languages,
    "deprecated": flag,
    "verb": iri,
    "objectActivityType": iri,
    **dict.fromkeys(CONTEXT_TYPES, iris),
    "attachmentUsageType": iris,
    **dict.fromkeys(REFERENCES, iris),
    "rules": array(_rule),
}
_templates = array(part(_TABLE, ("id", "type", "inScheme", "prefLabel", "definition")))


def templates(value: Any, at: At, found: Found) -> None:
    """Ask the statement templates of a profile."""
    _templates(value, at, found)
    if not isinstance(value, list):
        return
    known = [each.get("id") for each in value if isinstance(each, dict)]
    for index, each in enumerate(value):
        if isinstance(each, dict):
            _references(each, (at, index), known, found)


def _references(template: dict[str, Any], at: At, known: list[Any], found: Found) -> None:
    if REFERENCES[0] in template and "objectActivityType" in template:
        found.append(Breach(BOTH, at, None))
    for key in REFERENCES:
        named = template.get(key)
        for index, name in enumerate(named if isinstance(named, list) else ()):
            if name not in known:
                found.append(Breach(REFERENCE, ((at, key), index), name))
