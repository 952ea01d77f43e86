"""The localised texts of a YAML file: where each stands in a language, or would stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from sclt.authoring.segments import Segment, replaced
from sclt.authoring.yamlfile import facts_in
from sclt.errors import UsageError
from sclt.storage import safeyaml

_LOCALISED = frozenset(
    {
        *("title", "description", "keywords", "publisher", "rights", "contact", "readers"),
        *("text", "term"),
        *("question", "answer", "author"),
    }
)
"""Keys of programme.yaml and module.yaml, of glossary.yaml and of answers/*.yaml."""


class _Text(NamedTuple):
    """A text in all its languages: a mapping of languages to a scalar or a list of words."""

    id: str
    node: yaml.MappingNode

    def value(self, language: str) -> yaml.Node | None:
        return next((value for key, value in self.node.value if key.value == language), None)


def yaml_segments(source: str, file: str, language: str) -> list[Segment]:
    """Return the texts of a YAML file in one language, named by ``file`` and their keys or the entry's id."""
    return [s for text in _texts(source, file) if (s := _segment(source, text, language))]


def with_texts(path: Path, source: str, file: str, texts: Mapping[str, str], like: str, language: str) -> str:
    """Return a YAML file with ``texts`` by identifier in a language; a new one stands behind that of ``like``.

    Raises UsageError where the file could not be read afterwards.
    """
    changed = replaced(source, texts, yaml_segments(source, file, language))
    for text in reversed(list(_texts(changed, file))):
        if text.id in texts and text.value(language) is None:
            changed = _with_new(changed, text, texts[text.id], like, language)
    facts_in(changed, path)
    if {s.id: s.text for s in yaml_segments(changed, file, language)}.keys() < texts.keys():
        raise UsageError("the translations cannot be written here.", str(path), "Add them yourself.")
    return changed


def _with_new(source: str, text: _Text, new: str, like: str, language: str) -> str:
    near = _segment(source, text, like)
    if near is None:
        return source
    mapping = text.node
    before = ", " if mapping.flow_style else f"\n{' ' * mapping.start_mark.column}"
    form = replaced(" ", {"x": new}, [near._replace(id="x", start=0, end=1)])
    return f"{source[: near.end]}{before}{language}: {form}{source[near.end :]}"


def _segment(source: str, text: _Text, language: str) -> Segment | None:
    value = text.value(language)
    if value is None:
        return None
    start = value.start_mark.index
    end = start + len(source[start : value.end_mark.index].rstrip())
    if isinstance(value, yaml.SequenceNode):
        return Segment(text.id, ", ".join(item.value for item in value.value), text.id, start, end, "list")
    return Segment(text.id, value.value.strip(), text.id, start, end, "scalar")


def _texts(source: str, file: str) -> Iterator[_Text]:
    root = safeyaml.compose(source)
    if root is not None:
        yield from _below(root, file)


def _below(node: yaml.Node, name: str) -> Iterator[_Text]:
    if isinstance(node, yaml.SequenceNode):
        for n, item in enumerate(node.value):
            yield from _below(item, f"{name}:{_identifier(item) or n}")
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in _LOCALISED and isinstance(value, yaml.MappingNode):
                yield _Text(f"{name}:{key.value}", value)
            else:
                yield from _below(value, f"{name}:{key.value}")


def _identifier(node: yaml.Node) -> str:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((str(value.value) for key, value in pairs if key.value in ("id", "from")), "")
