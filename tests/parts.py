"""The parts of a question, whatever its type: those that its type has none of are none."""

from __future__ import annotations

from typing import Any

from sclt.model.course import Question


def of(question: Question, name: str) -> tuple[Any, ...]:
    """Return a question's options, pairs, gaps or ranges."""
    found: tuple[Any, ...] = getattr(question, name, ())
    return found
