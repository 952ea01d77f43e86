"""How much room a choice takes in a learner's saved state, in characters; docs/saved-state.md has the form."""

from __future__ import annotations

from collections.abc import Iterable

from sclt.model.course import ChoiceQuestion, Option, Pair, Step, first_name


def code_size(identifier: str) -> int:
    """Return the length of an option's code: itself if it is one character, else two."""
    return min(len(identifier), 2)


def sizes(parts: Iterable[Option | Pair | Step]) -> list[int]:
    """Return the length of the code of each part."""
    return [code_size(first_name(part)) for part in parts]


def one_option(question: ChoiceQuestion) -> int:
    """Return the room for the option with the longest code."""
    return max(sizes(question.options))


def all_options(question: ChoiceQuestion) -> int:
    """Return the room for all options."""
    return sum(sizes(question.options))
