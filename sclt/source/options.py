"""The options in braces behind a container's name: which there are, and what form each has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse

from sclt.blocks import KINDS, Opt
from sclt.questions import UNLIMITED
from sclt.source.markdown import Text
from sclt.source.moments import seconds
from sclt.source.names import IDENTIFIER
from sclt.source.schema import suggestion


def _word(value: str) -> str:
    return value


def _identifier(value: str) -> str:
    if not IDENTIFIER.fullmatch(value):
        raise ValueError("lower-case letters, digits and hyphens, beginning with a letter, at most 60 in all")
    return value


def _identifiers(value: str) -> tuple[str, ...]:
    return tuple(_identifier(part) for part in value.split())


def _number(value: str) -> float:
    number = float(value)
    if not 0 <= number <= 1000:
        raise ValueError
    return number


def _count(value: str) -> int:
    number = int(value)
    if not 0 <= number <= 100_000:
        raise ValueError
    return number


def _per_cent(value: str) -> int:
    number = int(value)
    if not 0 <= number <= 100:
        raise ValueError
    return number


def _truth(value: str) -> bool:
    return {"true": True, "false": False}[value]


def _retries(value: str) -> int:
    return UNLIMITED if value == "unlimited" else _count(value)


def _moment(value: str) -> int:
    if (at := seconds(value)) is None:
        raise ValueError
    return at


FORMS: dict[Callable[[str], Any], str] = {
    _word: "a text",
    _identifier: "lower-case letters, digits and hyphens, beginning with a letter",
    _identifiers: "identifiers with spaces between them",
    _number: "a number from 0 to 1000, such as 2 or 0.5",
    _count: "a whole number",
    _per_cent: "a whole number from 0 to 100",
    _truth: "true or false",
    _retries: "a whole number, or unlimited",
    _moment: "a moment such as 1:20",
}


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError
        return value

    FORMS[read] = " or ".join(choices)
    return read


def _form(option: Opt) -> Callable[[str], Any]:
    """Return what reads the value of a block's option."""
    plain = {"words": _word, "file": _word, "identifier": _identifier, "identifiers": _identifiers}
    return plain.get(option.form) or _one_of(option.choices)


Options: TypeAlias = dict[str, Callable[[str], Any]]
_TITLED: Options = {"title": _word}
_RECORDED: Options = {"id": _identifier, "was": _identifiers}

CONTAINERS: dict[str, Options] = {
    **dict.fromkeys(
        ("note", "tip", "important", "example", "case", "reflection", "summary", "sources", "details", "tab"), _TITLED
    ),
    "tabs": {},
    **{kind.name: {name: _form(option) for name, option in kind.options.items()} for kind in KINDS.values()},
    "ask": {},
    "pool": {"id": _identifier, "draw": _count},
    "question": _RECORDED
    | {
        "type": _word,
        "points": _number,
        "retries": _retries,
        "film": _identifier,
        "at": _moment,
        "objective": _identifier,
        "shuffle": _truth,
        "partial": _truth,
        "answer": _truth,
        "case": _truth,
        "max": _count,
        "unit": _word,
        "rows": _count,
    },
    "scenario": _RECORDED | _TITLED | {"points": _number, "objective": _identifier},
    "step": _RECORDED | {"score": _per_cent},
    "worksheet": _RECORDED | _TITLED,
}


def read_options(text: Text, token: Token) -> tuple[str, dict[str, Any]]:
    """Return the name of a container and its options in their types; faults go onto the sheet."""
    name, _, rest = token.info.strip().partition(" ")
    name, brace, tail = name.partition("{")
    rest = (brace + tail + " " + rest).strip()
    if name not in CONTAINERS:
        text.note("container.unknown", text.place(token), f"'{name}' is not a container.", suggestion(name, CONTAINERS))
        return name, {}
    raw: dict[str, str] = {}
    if rest:
        try:
            end, raw = parse(rest)
        except ParseError:
            end = -1
        if end != len(rest) - 1:
            text.note(
                "container.option",
                text.place(token, rest),
                f"'{rest}' cannot be read.",
                "Write {#id key=value}, and put values of other than letters, digits and hyphens in quotes.",
            )
    raw.pop("class", None)
    pairs = ((key, _typed(text, token, name, key, value)) for key, value in raw.items())
    return name, {key: value for key, value in pairs if value is not None}


def _typed(text: Text, token: Token, name: str, key: str, value: str) -> Any:
    known = CONTAINERS[name]
    if key not in known:
        text.note(
            "container.option",
            text.place(token, key),
            f"'{key}' is not an option of '{name}'.",
            suggestion(key, known) if known else "Remove it.",
        )
        return None
    try:
        return known[key](value)
    except (ValueError, KeyError):
        rule = "id.form" if known[key] is _identifier else "container.option"
        text.note(rule, text.place(token, value), f"'{key}' cannot be '{value}'.", f"It is {FORMS[known[key]]}.")
        return None
