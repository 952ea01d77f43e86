"""The form of a question as a page shows it: its controls in their order, with what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sclt.authoring.held import Held, Takes, takes
from sclt.authoring.questionform import Fields, Versions, keys_of, notes_of, options_of, sets
from sclt.model.container import Opt
from sclt.model.course import place_letter
from sclt.questions.containers import HOLDERS

_OFTEN = frozenset({"points", "objective", "draw", "score"})
"""Options that are seen at once, beside those that a type has of its own, or must have; the others unfold."""


class Control(NamedTuple):
    """A field: ``key`` is what it holds, ``lang`` the language of its words, "" for what has none."""

    name: str
    key: str
    value: str
    lang: str = ""
    option: Opt = Opt()

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The values of a choice, each with how it is shown."""
        return [(each, each) for each in self.option.choices]


class Line(NamedTuple):
    """A line of a list: ``letter`` is what it is called where it has no name, ``said`` its words by language."""

    key: str
    letter: str
    said: list[tuple[str, list[Control]]]
    chosen: bool
    fixed: bool
    at: str


class Lines(NamedTuple):
    """A list: the field that has its keys, that of the one right line, and its lines; ``lang`` where it has one."""

    field: str
    one: str
    lines: list[Line]
    lang: str


class Group(NamedTuple):
    """A container: a question, a scenario, a step."""

    name: str
    fresh: bool
    identifier: Control
    takes: Takes
    options: list[Control]
    more: list[Control]
    texts: list[Control]
    lists: list[Lines]
    notes: list[tuple[str, list[Control]]]
    inner: list[tuple[str, Group]]
    inner_field: str


def group_of(versions: Versions, fields: Fields) -> Group:
    """Return the form of a question as its fields stand."""
    return _Made(fields).group({tag: each.held for tag, each in versions.items()}, "")


class _Made:
    def __init__(self, fields: Fields) -> None:
        self._fields = fields

    def _value(self, name: str) -> str:
        return self._fields.get(name, "")

    def group(self, held: Mapping[str, Held], at: str) -> Group:
        first = next(iter(held.values()))
        kinds = takes(first.name, first.options)
        options = list(self._options(held, kinds, at))
        seen = [each for each in options if _is_seen(each, first.name)]
        identifier = Control(f"{at}id", "id", self._value(f"{at}id") or first.options.get("id", ""))
        return Group(
            first.name,
            not first.options.get("id"),
            identifier,
            kinds,
            seen,
            [each for each in options if each not in seen],
            [self._said(at, "text", tag) for tag in held] if not kinds.holds else [],
            [self._lines(tags, at, end, kinds) for end, tags in sets(held).items()] if kinds.listed else [],
            [(word, [self._said(at, f"note.{word}", tag) for tag in held]) for word in notes_of(held, kinds)],
            list(self._inner(held, at, kinds)) if kinds.holds else [],
            f"{at}inner",
        )

    def _options(self, held: Mapping[str, Held], kinds: Takes, at: str) -> Iterator[Control]:
        for key, option in options_of(kinds).items():
            for tag in held if option.form == "words" else [""]:
                name = f"{at}option.{key}" + (f".{tag}" if tag else "")
                yield Control(name, key, self._value(name), tag, option)

    def _said(self, at: str, key: str, tag: str) -> Control:
        return Control(f"{at}{key}.{tag}", key, self._value(f"{at}{key}.{tag}"), tag)

    def _lines(self, tags: tuple[str, ...], at: str, end: str, kinds: Takes) -> Lines:
        one = f"{at}one{end}"
        lines = [
            self._line(key, n, tags, at, kinds, one) for n, key in enumerate(keys_of(self._fields, f"{at}rows{end}"))
        ]
        return Lines(f"{at}rows{end}", one, lines, tags[0] if end else "")

    def _line(self, key: str, n: int, tags: tuple[str, ...], at: str, kinds: Takes, one: str) -> Line:
        start = f"{at}row.{key}."
        chosen = self._value(one) == key if kinds.one else f"{start}chosen" in self._fields
        parts = ["text", *["right"] * kinds.sided]
        parts += ["feedback"] if self._has_feedback(start, tags, kinds) else []
        said = [(part, [self._said(start, part, tag) for tag in tags]) for part in parts]
        return Line(key, place_letter(n), said, chosen, f"{start}fixed" in self._fields, start)

    def _has_feedback(self, start: str, tags: tuple[str, ...], kinds: Takes) -> bool:
        return kinds.marked or kinds.leading or any(self._value(f"{start}feedback.{tag}") for tag in tags)

    def _inner(self, held: Mapping[str, Held], at: str, kinds: Takes) -> Iterator[tuple[str, Group]]:
        first = next(iter(held.values()))
        for key in keys_of(self._fields, f"{at}inner"):
            if key.isdecimal() and int(key) < len(first.inner):
                inner = {tag: each.inner[int(key)] for tag, each in held.items()}
            else:
                inner = dict.fromkeys(held, Held(kinds.holds, {}))
            yield key, self.group(inner, f"{at}inner.{key}.")


def _is_seen(control: Control, container: str) -> bool:
    own = control.key not in HOLDERS[container].options
    return bool(own or control.value or control.option.required or control.key in _OFTEN)
