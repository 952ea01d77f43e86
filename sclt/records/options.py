"""What a question's options say: their codes stand in the responses, their words in the activity definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from sclt.locale import Text, speaking

if TYPE_CHECKING:
    import ibis.expr.types as ir

Options: TypeAlias = dict[str, dict[str, Text]]
"""By question (IRI) and code: the words of an option."""
_LONGEST = 160


class _Component(msgspec.Struct):
    id: str
    description: dict[str, str] = {}


class _Definition(msgspec.Struct):
    """The lists of interaction components whose codes a response names (xAPI 1.0.3 part 2, 2.4.4.1)."""

    choices: list[_Component] = []
    scale: list[_Component] = []
    steps: list[_Component] = []


def options(statements: ir.Table) -> Options:
    """Return the words of the options of each question; a definition that breaks the standard tells none."""
    told = statements.filter(statements.question.notnull() & statements.definition.notnull())
    rows = told.group_by("question").aggregate(definition=told.definition.max()).to_pyarrow().to_pylist()
    return {row["question"]: words for row in rows if (words := _words(row["definition"]))}


def chosen(response: str, words: dict[str, Text]) -> Text:
    """Return a response in words with its codes; as it is where none of its codes has words."""
    codes = response.split("[,]")
    if not any(code in words for code in codes):
        return dict.fromkeys(speaking("records"), response)
    return {tag: "; ".join(f"{words[code][tag]} ({code})" if code in words else code for code in codes)
            for tag in speaking("records")}  # fmt: skip


def _words(definition: str) -> dict[str, Text]:
    try:
        read = msgspec.json.decode(definition, type=_Definition)
    except msgspec.DecodeError:
        return {}
    every = (*read.choices, *read.scale, *read.steps)
    return {each.id: _localized(each.description) for each in every if each.description}


def _localized(description: dict[str, str]) -> Text:
    by_tag = {tag.partition("-")[0].lower(): _cut(text) for tag, text in description.items()}
    other = next(iter(by_tag.values()))
    return {tag: by_tag.get(tag, other) for tag in speaking("records")}


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
