"""A quick yes for what surely conforms to a schema; jsonschema, which takes long to load, explains everything else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {"object": (dict,), "array": (list,), "string": (str,), "number": (int, float)}


def surely(value: Any, schema: Any) -> bool:
    """Tell whether ``value`` surely conforms to ``schema``. False means no more than: ask jsonschema.

    A keyword that is not known here is a False, so that a schema may grow without this module.
    """
    return all(key in _KEYWORDS and _KEYWORDS[key](value, wanted, schema) for key, wanted in schema.items())


def _type(value: Any, name: Any, schema: Any) -> bool:
    return isinstance(value, _TYPES.get(str(name), ())) and not isinstance(value, bool)


def _additional(value: Any, allowed: Any, schema: Any) -> bool:
    more = value.keys() - schema.get("properties", {}).keys() if isinstance(value, dict) else ()
    return not more or (isinstance(allowed, dict) and all(surely(value[key], allowed) for key in more))


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_KEYWORDS: dict[str, Callable[[Any, Any, Any], bool]] = {
    "description": lambda value, wanted, schema: True,
    "type": _type,
    "enum": lambda value, wanted, schema: isinstance(value, str) and value in wanted,
    "pattern": lambda value, wanted, schema: isinstance(value, str) and bool(re.search(wanted, value)),
    "minLength": lambda value, wanted, schema: isinstance(value, str) and len(value) >= wanted,
    "maxLength": lambda value, wanted, schema: isinstance(value, str) and len(value) <= wanted,
    "minimum": lambda value, wanted, schema: _number(value) and value >= wanted,
    "maximum": lambda value, wanted, schema: _number(value) and value <= wanted,
    "items": lambda value, wanted, schema: isinstance(value, list) and all(surely(item, wanted) for item in value),
    "minItems": lambda value, wanted, schema: isinstance(value, list) and len(value) >= wanted,
    "uniqueItems": lambda value, wanted, schema: (
        isinstance(value, list) and all(isinstance(item, str) for item in value) and len(set(value)) == len(value)
    ),
    "properties": lambda value, wanted, schema: (
        isinstance(value, dict) and all(surely(value[key], wanted[key]) for key in wanted.keys() & value.keys())
    ),
    "required": lambda value, wanted, schema: isinstance(value, dict) and value.keys() >= set(wanted),
    "minProperties": lambda value, wanted, schema: isinstance(value, dict) and len(value) >= wanted,
    "additionalProperties": _additional,
    "propertyNames": lambda value, wanted, schema: (
        isinstance(value, dict) and all(surely(key, wanted) for key in value)
    ),
    "anyOf": lambda value, wanted, schema: any(surely(value, choice) for choice in wanted),
}
