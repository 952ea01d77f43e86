"""Changes a YAML file of an author where one value stands; comments, order and the rest stay as they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from sclt.authoring.files import read
from sclt.errors import UsageError
from sclt.storage import safeyaml


def facts_of(path: Path) -> dict[str, Any]:
    """Return a YAML file as a mapping of texts. Raises UsageError where it is missing or cannot be read."""
    return _facts(read(path), path)


def facts_in(text: str, path: Path) -> Any:
    """Return what a YAML text holds; ``path`` is for the UsageError where it cannot be read."""
    try:
        safeyaml.check(text)
        return yaml.load(text, safeyaml.TEXTS)  # noqa: S506 (it makes texts, lists and mappings only)
    except yaml.YAMLError as error:
        raise UsageError("cannot be read as YAML.", str(path), "'sclt check' says where.") from error


def _facts(text: str, path: Path) -> dict[str, Any]:
    value = facts_in(text, path)
    if not isinstance(value, dict):
        raise UsageError("has no keys.", str(path), "'sclt check' says what it needs.")
    return value


def with_item(path: Path, key: str, item: str) -> str:
    """Return the file's text with ``item`` as the last one of the list ``key``.

    Raises UsageError where the list is missing or cannot be lengthened in its place.
    """
    text = read(path)
    facts = _facts(text, path)
    node = next((value for name, value in _pairs(text) if name.value == key), None)
    if isinstance(node, yaml.SequenceNode):
        changed = _lengthened(text, node, item)
        if _facts(changed, path) == {**facts, key: [*facts[key], item]}:
            return changed
    raise UsageError(f"'{key}:' cannot be lengthened here.", str(path), f"Write '{key}: [{item}]' or so yourself.")


def with_moved(path: Path, key: str, item: str, up: bool) -> str:
    """Return the file's text with an ``item`` of the list ``key`` before its neighbour, or behind it.

    A comment in the item's line goes with it. Raises UsageError where there is no neighbour, or the list cannot be
    changed in its place.
    """
    text = read(path)
    facts = _facts(text, path)
    node = next((value for name, value in _pairs(text) if name.value == key), None)
    items = facts.get(key)
    if not isinstance(node, yaml.SequenceNode) or not isinstance(items, list) or item not in items:
        raise UsageError(f"'{key}:' has no '{item}'.", str(path), "Open the page again.")
    at = items.index(item) - up
    if not 0 <= at < len(items) - 1:
        raise UsageError("there is nothing beyond it.", str(path), "Open the page again.")
    one, two = (_stretch(text, each, node.flow_style) for each in node.value[at : at + 2])
    changed = text[: one[0]] + text[slice(*two)] + text[one[1] : two[0]] + text[slice(*one)] + text[two[1] :]
    wanted = [*items[:at], items[at + 1], items[at], *items[at + 2 :]]
    if _facts(changed, path) != {**facts, key: wanted}:
        raise UsageError(f"'{key}:' cannot be reordered here.", str(path), f"Reorder '{key}:' yourself.")
    return changed


def _stretch(text: str, node: yaml.Node, flow: bool | None) -> tuple[int, int]:
    """Return where an item of a list stands; in a list of lines with what is behind it in its line."""
    if flow:
        return node.start_mark.index, node.end_mark.index
    end = text.find("\n", node.end_mark.index - 1)
    end = len(text) if end < 0 else end
    return node.start_mark.index, end - text[:end].endswith("\r")


def _pairs(text: str) -> list[tuple[yaml.Node, yaml.Node]]:
    root = safeyaml.compose(text)
    return root.value if isinstance(root, yaml.MappingNode) else []


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
