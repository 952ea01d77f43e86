"""What the course's JSON says of questions, from their versions in each language. docs/contract.md has the members."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sclt.model.course import ChoiceQuestion, Gap, Option, Pair, Range, Step, first_name, option_codes
from sclt.questions.questiontype import Json, Q, Versions


def first(versions: Versions[Q]) -> Q:
    """Return the question in the course's first language."""
    return next(iter(versions.values()))


def texts(versions: Versions[Q], text: Callable[[Q], str]) -> dict[str, str]:
    """Return a text of the question by language."""
    return {language: text(question) for language, question in versions.items()}


def nth(versions: Versions[Q], rows: Callable[[Q], Sequence[Any]], n: int, attribute: str = "text") -> dict[str, str]:
    """Return the text of the n-th row by language."""
    return texts(versions, lambda question: str(getattr(rows(question)[n], attribute)))


def options(versions: Versions[Q], rows: Callable[[Q], Sequence[Option]]) -> list[Json]:
    """Return what can be chosen, with its texts by language."""
    there = rows(first(versions))
    return coded(
        there,
        [
            {"id": o.id, "correct": o.correct, "text": nth(versions, rows, n)} | credited(o) | _kept(o)
            for n, o in enumerate(there)
        ],
    )


def _kept(option: Option) -> Json:
    return {"fixed": True} if option.fixed else {}


def credited(line: Option | Range) -> Json:
    """Return the share of the points that an answer earns, where its author says it."""
    return {} if line.credit is None else {"credit": line.credit}


def choices(versions: Versions[ChoiceQuestion]) -> Json:
    """Return the member that all have whose options are chosen or put in order."""
    return {"options": options(versions, lambda question: question.options)}


def coded(parts: Sequence[Option | Pair | Step | Gap], rows: list[Json]) -> list[Json]:
    """Give each row the code that stands for its part in a learner's saved state, whatever it is called now."""
    names = [part.id if isinstance(part, Gap) else first_name(part) for part in parts]
    codes = option_codes(names)
    return [{"id": row["id"], "code": codes[name]} | row for name, row in zip(names, rows, strict=True)]


def first_right(lines: Sequence[Option]) -> str:
    """Return the text of the first right one."""
    return next(option.text for option in lines if option.correct)
