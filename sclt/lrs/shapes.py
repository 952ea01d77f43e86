"""The formats ids and canonical of statements (xAPI 1.0.3 part 3, 2.1.3: format, and language filtering)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from sclt.xapi.statements.identity import IDENTIFIERS, Json, agent_key, members

_LANGUAGE_MAPS = ("name", "description")
_MORE_ACTORS = {"contextAgents": "agent", "contextGroups": "group"}
"""The lists of actors that contexts of xAPI 2.0 may have, and where in an entry the actor stands."""
_LISTS = ("choices", "scale", "source", "target", "steps")


Shape: TypeAlias = Callable[[Json], Json]


def reshaped(statement: Json, activity: Shape, actor: Shape, verb: Shape) -> Json:
    """Return a statement with its activities, actors and verb shaped anew."""

    def thing(value: Json) -> Json:
        kind = value.get("objectType", "Activity")
        if kind == "SubStatement":
            return reshaped(value, activity, actor, verb)
        return activity(value) if kind == "Activity" else actor(value) if kind in ("Agent", "Group") else value

    shape: dict[str, Callable[[Any], Any]] = {
        "actor": actor,
        "authority": actor,
        "verb": verb,
        "object": thing,
        "context": lambda context: _context(context, activity, actor),
    }
    return {name: shape[name](value) if name in shape else value for name, value in statement.items()}


def _context(context: Json, activity: Shape, actor: Shape) -> Json:
    shaped = {name: actor(value) if name in ("instructor", "team") else value for name, value in context.items()}
    if "contextActivities" in context:
        shaped["contextActivities"] = {
            kind: [activity(one) for one in value] if isinstance(value, list) else activity(value)
            for kind, value in context["contextActivities"].items()
        }
    for name, part in _MORE_ACTORS.items():
        if name in context:
            shaped[name] = [{**one, part: actor(one[part])} for one in context[name]]
    return shaped


def ids(statement: Json) -> Json:
    """Keep of activities, actors and verbs only what identifies them."""
    return reshaped(statement, _only_id, _only_identifier, lambda verb: {"id": verb["id"]})


def _only_id(activity: Json) -> Json:
    return {"id": activity["id"]}


def _only_identifier(actor: Json) -> Json:
    short = {name: actor[name] for name in ("objectType", *IDENTIFIERS) if name in actor}
    return short if agent_key(actor) else {**short, "member": [_only_identifier(one) for one in members(actor)]}


def canonical(statement: Json, definition: Callable[[str], Json], languages: list[str]) -> Json:
    """Give activities the LRS's definition, and every language map its most wanted language."""

    def activity(value: Json) -> Json:
        known = definition(value["id"])
        return {**value, "definition": one_language(known, languages)} if known else value

    def verb(value: Json) -> Json:
        return {**value, "display": chosen(value["display"], languages)} if "display" in value else value

    return reshaped(statement, activity, lambda actor: actor, verb)


def one_language(definition: Json, languages: list[str]) -> Json:
    """Return a definition whose language maps have one entry each."""
    short = dict(definition)
    for name in _LANGUAGE_MAPS:
        if name in short:
            short[name] = chosen(short[name], languages)
    for name in _LISTS:
        if name in short:
            short[name] = [
                {**part, "description": chosen(part["description"], languages)} if "description" in part else part
                for part in short[name]
            ]
    return short


def chosen(texts: dict[str, str], languages: list[str]) -> dict[str, str]:
    """Return the entry of a language map that the wanted languages, best first, ask for; else its first.

    A wanted language stands for its regions too, and is shortened until there is one (RFC 4647 3.4): en-GB, then en.
    """
    for wanted in languages:
        parts = wanted.split("-")
        for length in range(len(parts), 0, -1):
            shorter = "-".join(parts[:length])
            for tag, text in texts.items():
                if tag.lower() == shorter or tag.lower().startswith(f"{shorter}-"):
                    return {tag: text}
    return dict(list(texts.items())[:1])


def accepted(header: str) -> list[str]:
    """Return the languages of an Accept-Language header, the most wanted first, in lower case."""
    weighed: list[tuple[float, int, str]] = []
    for part in header.lower().split(","):
        tag, _, weight = part.replace(" ", "").partition(";q=")
        try:
            weighed.append((-float(weight or 1), len(weighed), tag))
        except ValueError:
            continue
    return [tag for weight, _, tag in sorted(weighed) if weight and tag and tag != "*"]
