"""Changes a YAML file of an author where one value stands; comments, order and the rest stay as they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from sclt.authoring.files import read
from sclt.errors import UsageError


def facts_of(path: Path) -> dict[str, Any]:
    """Return a YAML file as a mapping. Raises UsageError where it is missing or cannot be read."""
    try:
        value = yaml.load(read(path), yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise UsageError("cannot be read as YAML.", str(path), "'sclt check' says where.") from error
    if not isinstance(value, dict):
        raise UsageError("has no keys.", str(path), "'sclt check' says what it needs.")
    return value


def with_item(path: Path, key: str, item: str) -> str:
    """Return the file's text with ``item`` as the last one of the list ``key``; without that list unchanged.

    Raises UsageError where the list cannot be lengthened in its place.
    """
    text, facts = read(path), facts_of(path)
    if key not in facts:
        return text
    root = yaml.compose(text, yaml.BaseLoader)
    node = next(value for name, value in root.value if name.value == key)
    changed = _lengthened(text, node, item) if isinstance(node, yaml.SequenceNode) else text
    if yaml.load(changed, yaml.BaseLoader) != {**facts, key: [*facts[key], item]}:
        raise UsageError(f"'{key}' cannot be lengthened here.", str(path), f"Add '{item}' to '{key}:' yourself.")
    return changed


def _lengthened(text: str, node: yaml.SequenceNode, item: str) -> str:
    if not node.value:
        return _inserted(text, node.start_mark.index + 1, item)
    last = node.value[-1].end_mark.index
    if node.flow_style:
        return _inserted(text, last, f", {item}")
    ending = "\r\n" if "\r\n" in text else "\n"
    end = text.find(ending, last)
    return _inserted(text, len(text) if end < 0 else end, f"{ending}{' ' * node.start_mark.column}- {item}")


def _inserted(text: str, at: int, more: str) -> str:
    return text[:at] + more + text[at:]


def quoted(text: str) -> str:
    """Return a text as a YAML scalar in double quotes (a JSON string is one)."""
    return json.dumps(text, ensure_ascii=False)
