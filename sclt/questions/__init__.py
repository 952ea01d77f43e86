"""The types of questions: one file each, found by looking into this folder. Whatever differs by type is asked here.

A type's file says the shape of its responses, whether they are scored, how its source is read and checked, its
options, its members of the course's JSON, the room of its choice in a saved state, its interaction type, what formats
of exchange carry of it, its skeleton and its line in docs/authors.md. What of the runtime only it needs stands in
``runtime``. Types are sorted by ``rank``; others ask ``type_of``, or ``find`` by what a type is.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from sclt.model.course import AnyQuestion, Question, Scenario
from sclt.questions.questiontype import UNLIMITED, Carried, QuestionType

__all__ = ["ASKED", "TYPES", "UNLIMITED", "Carried", "QuestionType", "find", "make", "type_of"]


def _found() -> Iterator[QuestionType[Any]]:
    for module in pkgutil.iter_modules(__path__):
        kind = getattr(import_module(f"{__name__}.{module.name}"), "TYPE", None)
        if isinstance(kind, QuestionType):
            yield kind


TYPES: dict[str, QuestionType[Any]] = {kind.name: kind for kind in sorted(_found(), key=lambda kind: kind.rank)}
"""Every type by its name, in the order of lists for authors."""
ASKED = {name: kind for name, kind in TYPES.items() if issubclass(kind.model, Question)}
"""Those that authors write as ``:::question {type=…}``."""
_OF_BLOCK = {kind.model: kind for name, kind in TYPES.items() if name not in ASKED}


def type_of(block: Question | Scenario) -> QuestionType[Any]:
    """Return the type of a question, or of another block that is answered like one."""
    return TYPES[block.type] if isinstance(block, Question) else _OF_BLOCK[type(block)]


def find(**facts: Any) -> QuestionType[Any]:
    """Return the first type that has all these facts, such as ``find(shape="many", moodle="multichoice")``.

    Raises LookupError where none has.
    """
    for kind in TYPES.values():
        if all(getattr(kind, name) == value for name, value in facts.items()):
            return kind
    raise LookupError(f"there is no type of question with {facts}")


def make(type: str, **members: Any) -> AnyQuestion:  # noqa: A002 (the member's name)
    """Return a question of the type with this name. Raises TypeError for a member that has no meaning for the type."""
    question: AnyQuestion = ASKED[type].make(**members)
    return question
