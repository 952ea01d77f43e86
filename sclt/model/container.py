"""A container of the authors' format and the options in its braces, as whoever has it declares them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Form: TypeAlias = Literal[
    "words", "file", "identifier", "identifiers", "choice", "number", "count", "share", "truth", "retries", "moment"
]
"""What an option holds: words that learners read, a file of the module's media folder, names, one of some words, a
number, a whole one, one in per cent, true or false, a number of further tries, a moment of a film."""
SAID: Mapping[Form, str] = {
    "words": "a text",
    "file": 'a file of the media folder, such as "../media/form.pdf"',
    "identifier": "lower-case letters, digits and hyphens, beginning with a letter",
    "identifiers": "identifiers with spaces between them",
    "number": "a number from 0 to 1000, such as 2 or 0.5",
    "count": "a whole number",
    "share": "a whole number from 0 to 100",
    "truth": "true or false",
    "retries": "a whole number, or unlimited",
    "moment": "a moment such as 1:20",
}
"""What each form is, in words; a choice names its words itself."""


@dataclass(frozen=True)
class Opt:
    """An option in the braces of a container; a choice is one of its ``choices``.

    ``means`` and ``usual`` tell authors what it is for, and what holds where it is not given.
    """

    form: Form = "words"
    required: bool = False
    choices: tuple[str, ...] = ()
    means: str = ""
    usual: str = ""

    @property
    def said(self) -> str:
        """What a value has to be, in words."""
        return " or ".join(self.choices) or SAID[self.form]


WAS = Opt("identifiers", means="earlier identifiers, the first one first")


@dataclass(frozen=True, kw_only=True)
class ContainerKind:
    """A container: what it is for, its options and what it holds. ``sclt.source.blocks`` reads it."""

    name: str
    purpose: str
    options: Mapping[str, Opt] = field(default_factory=dict)
    body: str
    inside: str = ""
    """The one container that it may stand in; anywhere where it is empty."""
    holds: str = ""
    """The one container that it consists of; any text where it is empty."""
    skeleton: Mapping[str, str] = field(default_factory=dict)
    """What ``sclt new block`` writes, by language; nothing where another container, or a type, writes it."""
