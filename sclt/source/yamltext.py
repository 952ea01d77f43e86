"""YAML whose every key and value knows its line and column."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import yaml

from sclt.errors import Place
from sclt.source.rules import Sheet
from sclt.storage import safeyaml

Path: TypeAlias = tuple[str | int, ...]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Plain scalars by the YAML 1.2 core schema, so that ``no`` stays a word (it is a language, too)."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML's own class attribute)


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)$"), list("-+0123456789.")
)


class Document:
    """A YAML ``text``: its ``value`` in plain Python types, and where each part of it stands."""

    def __init__(self, file: str, first_line: int = 1, text: str = "") -> None:
        self.value: Any = None
        self.text = text
        self._file, self._first = file, first_line
        self._places: dict[Path, Place] = {}
        self._keys: dict[Path, Place] = {}

    def place(self, *path: str | int) -> Place:
        """Return where the value at ``path`` stands, or else the nearest part around it."""
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, Place(self._file, self._first))

    def key(self, *path: str | int) -> Place:
        """Return where the key of the value at ``path`` stands."""
        return self._keys.get(path, self.place(*path))

    def at(self, mark: yaml.Mark | None) -> Place:
        """Turn a mark of the YAML reader into a place in the file."""
        if mark is None:
            return Place(self._file, self._first)
        return Place(self._file, mark.line + self._first, mark.column + 1)


def read_yaml(text: str, file: str, sheet: Sheet, first_line: int = 1) -> Document:
    """Read ``text``, which begins at ``first_line`` of ``file``; faults go onto the sheet, ``value`` is then None."""
    document = Document(file, first_line, text)
    try:
        safeyaml.check(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        document.value = _value(node, (), document, loader, sheet) if node else None
    except yaml.MarkedYAMLError as error:
        place = document.at(error.problem_mark or error.context_mark)
        sheet.note(
            "yaml.syntax",
            place,
            f"cannot be read as YAML: {error.problem or error.context}.",
            "Check indentation, and put texts with ': ' or '#' in quotes.",
        )
    except (yaml.YAMLError, ValueError) as error:
        sheet.note(
            "yaml.syntax",
            Place(file, first_line),
            f"cannot be read as YAML: {str(error).splitlines()[0]}.",
            "Remove the character.",
        )
    return document


def _value(node: yaml.Node, path: Path, document: Document, loader: _Loader, sheet: Sheet) -> Any:
    document._places[path] = document.at(node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, document, loader, sheet)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, n), document, loader, sheet) for n, item in enumerate(node.value)]
    return loader.construct_object(node)


def _mapping(node: yaml.MappingNode, path: Path, document: Document, loader: _Loader, sheet: Sheet) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
        place = document.at(key_node.start_mark)
        if not key:
            sheet.note("yaml.syntax", place, "a key is not a plain word.", "Write 'key: value'.")
        elif key in result:
            sheet.note("yaml.duplicate", place, f"'{key}' stands here a second time.", "Keep one of the two.")
        else:
            document._keys[*path, key] = place
            result[key] = _value(value_node, (*path, key), document, loader, sheet)
    return result
