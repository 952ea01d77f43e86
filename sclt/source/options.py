"""The options in braces behind a container's name: which there are, and what form each has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse

from sclt.blocks import KINDS, PLAIN, Opt
from sclt.model.container import Form
from sclt.questions import ASKED, UNLIMITED
from sclt.questions.containers import HOLDERS
from sclt.source.markdown import Text
from sclt.source.moments import seconds
from sclt.source.names import IDENTIFIER
from sclt.source.schema import suggestion

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ESCAPED = re.compile(r'\\(["\\])')
_QUOTES, _BEHIND = re.compile(r'["\\]'), r"\\\g<0>"
_HIDDEN = dict(zip(map(ord, "{}"), "\ue000\ue001", strict=True))
_SHOWN = dict(zip(map(ord, "\ue000\ue001"), "{}", strict=True))
_MEANT = re.compile(r'#(?P<id>[\w-]+)|(?P<key>[a-z-]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s}"]+))')
"""An identifier or an option in braces, with quotes or without."""
_PLAIN = re.compile(r"[\w-]+")


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


_READERS: Mapping[Form, Callable[[str], Any]] = {
    "words": _word,
    "file": _word,
    "identifier": _identifier,
    "identifiers": _identifiers,
    "number": _number,
    "count": _count,
    "share": _per_cent,
    "truth": _truth,
    "retries": _retries,
    "moment": _moment,
}
CONTAINERS: dict[str, Mapping[str, Opt]] = {
    **{name: container.options for name, container in {**PLAIN, **HOLDERS}.items()},
    **{kind.name: kind.options for kind in KINDS.values()},
}
"""The options of every container."""
for _kind in ASKED.values():
    CONTAINERS[_kind.container] = {**CONTAINERS[_kind.container], **_kind.options}


def setting(key: str, value: str) -> str:
    """Return an option as it stands in braces: an identifier as ``#name``, what is not one word in quotes."""
    if key == "id":
        return f"#{value}"
    return f"{key}={value}" if value.isascii() and _PLAIN.fullmatch(value) else f'{key}="{_QUOTES.sub(_BEHIND, value)}"'


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
            end, raw = _parsed(rest)
        except ParseError:
            end = -1
        if end != len(rest) - 1:
            raw, mend = _meant(rest)
            text.note("container.option", text.place(token, rest), f"'{rest}' cannot be read.", mend)
    raw.pop("class", None)
    pairs = ((key, _typed(text, token, name, key, value)) for key, value in raw.items())
    return name, {key: value for key, value in pairs if value is not None}


def _parsed(rest: str) -> tuple[int, dict[str, str]]:
    """Return where options end and what they are; braces within quotation marks are text.

    A backslash there makes a quotation mark, or another backslash, text as well.

    Raises ParseError where they cannot be read.
    """
    end, raw = parse(_QUOTED.sub(lambda quoted: quoted[0].translate(_HIDDEN), rest))
    return end, {key: _ESCAPED.sub(r"\1", value.translate(_SHOWN)) for key, value in raw.items()}


def _meant(braces: str) -> tuple[dict[str, str], str]:
    """Return what is most likely meant by braces that cannot be read, so that one fault is told once, and the mend."""
    found = list(_MEANT.finditer(braces))
    bare = [match for match in found if match["bare"] and not _PLAIN.fullmatch(match["bare"])]
    raw = {match["key"] or "id": match["id"] or match["quoted"] or match["bare"] or "" for match in found}
    if bare:
        quoted = " ".join(f'{match["key"]}="{match["bare"]}"' for match in bare)
        return raw, f"Put quotes around what is not letters, digits, hyphens and underscores: {quoted}."
    return raw, "Write {#id key=value}, and put values of other than letters, digits and hyphens in quotes."


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
        return _read(known[key], value)
    except (ValueError, KeyError):
        rule = "id.form" if known[key].form == "identifier" else "container.option"
        text.note(rule, text.place(token, value), f"'{key}' cannot be '{value}'.", f"It is {known[key].said}.")
        return None


def _read(option: Opt, value: str) -> Any:
    """Return the value of an option in its type; raises ValueError or KeyError for none."""
    if option.form == "choice" and value not in option.choices:
        raise ValueError
    return _READERS.get(option.form, _word)(value)
