"""Holds YAML against schemas/course.schema.json and says in a sentence what is wrong."""

from __future__ import annotations

import difflib
import functools
import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sclt.errors import Place
from sclt.source.rules import Sheet
from sclt.source.yamltext import Document
from sclt.storage import resources
from sclt.storage.cache import Cache

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

TYPES = {"object": "a mapping (key: value)", "array": "a list", "string": "a text", "number": "a number"}


class Schemas:
    """Holds documents against the definitions of course.schema.json.

    The cache remembers texts that conformed: jsonschema takes longer to load than a rebuild may take.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def conforms(self, document: Document, kind: str, sheet: Sheet) -> bool:
        """Hold ``document`` against the definition ``kind``; faults go onto the sheet."""
        key = f"sound-{kind}-{hashlib.sha256(document.text.encode()).hexdigest()}"
        if self._cache.get(key) is not None:
            return True
        errors = list(_validator(kind).iter_errors(document.value))
        for error in errors:
            _note(error, document, sheet)
        if not errors:
            self._cache.put(key, b"sound")
        return not errors


@functools.cache
def _validator(kind: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(definition(kind))


def definition(kind: str) -> dict[str, Any]:
    """Return a definition of course.schema.json, such as that of ``module``, with nothing referred to."""
    definitions = json.loads(resources.read("schemas", "course.schema.json"))["$defs"]
    resolved: dict[str, Any] = _resolved(definitions[kind], definitions)
    return resolved


def _resolved(schema: Any, definitions: dict[str, Any]) -> Any:
    """Return a schema with each reference replaced by what it refers to: a page is checked in half the time."""
    if isinstance(schema, list):
        return [_resolved(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    own = {key: _resolved(value, definitions) for key, value in schema.items() if key != "$ref"}
    if "$ref" not in schema:
        return own
    return {**_resolved(definitions[schema["$ref"].removeprefix("#/$defs/")], definitions), **own}


def _note(error: ValidationError, document: Document, sheet: Sheet) -> None:
    path = tuple(error.absolute_path)
    match str(error.validator):
        case "additionalProperties":
            _unknown(error, path, document, sheet)
        case "required":
            _missing(error, document.place(*path), sheet)
        case _:
            name = f"'{path[-1]}'" if path and isinstance(path[-1], str) else "this entry"
            if error.parent is not None and "propertyNames" in error.absolute_schema_path:
                name = f"the key '{error.instance}'"
            wrong, mend = _explain(error)
            sheet.note("yaml.value", document.place(*path), f"{name} {wrong}.", mend)


def _missing(error: ValidationError, place: Place, sheet: Sheet) -> None:
    """Note each key that is missing. Each has an error of its own; a file's findings are told once all the same."""
    instance: Any = error.instance
    wanted: Any = error.validator_value
    for key in wanted:
        if key not in instance:
            sheet.note("yaml.required", place, f"'{key}' is missing.", f"Add '{key}:'.")


def _unknown(error: ValidationError, path: tuple[str | int, ...], document: Document, sheet: Sheet) -> None:
    known = list(_schema(error).get("properties", ()))
    instance: Any = error.instance
    for key in instance:
        if key not in known:
            sheet.note(
                "yaml.unknown",
                document.key(*path, key),
                f"'{key}' is not a key that belongs here.",
                suggestion(key, known),
            )


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return a mend that names the likeliest of the ``known`` words, or all of them."""
    known = sorted(known)
    near = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean '{near[0]}'?" if near else f"Known are: {', '.join(known)}."


def _schema(error: ValidationError) -> dict[str, Any]:
    return error.schema if isinstance(error.schema, dict) else {}


def _explain(error: ValidationError) -> tuple[str, str]:
    description = str(_schema(error).get("description", ""))
    value: Any = error.validator_value
    match str(error.validator):
        case "type":
            kind = str(error.validator_value)
            return f"must be {TYPES.get(kind, kind)}, not {_shown(error.instance)}", description
        case "enum":
            return f"cannot be {_shown(error.instance)}", suggestion(str(error.instance), map(str, value))
        case "minLength" | "minItems" | "minProperties":
            return "is empty", "Fill it in."
        case "minimum" | "maximum":
            return f"is {error.instance}, but the {error.validator} is {error.validator_value}", description
        case "uniqueItems":
            return "names something twice", "Keep one of the two."
        case _:
            return f"has the value {_shown(error.instance)}, which has not the right form", description


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "…"
