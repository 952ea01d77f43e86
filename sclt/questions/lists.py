"""What types whose body is a list of options have in common: how the list is checked, and how SCORM 1.2 names it."""

from __future__ import annotations

import string

from sclt.model.course import ChoiceQuestion, Option
from sclt.questions.questiontype import Body

_PLACES = string.ascii_lowercase + string.digits


def marked_options(body: Body) -> tuple[Option, ...]:
    """Return options that are marked as right or wrong; what is no such line is noted."""
    for line in body.lines:
        if not line.mark:
            body.note("this line has no mark.", "Begin it with [x] or [ ].", line)
        elif not line.text:
            body.note("this line is empty.", "Write the answer.", line)
    if len(body.lines) == 1:
        body.note("there is only one option.", "Add another one.")
    return tuple(line.option() for line in body.lines)


def options_of_letters(question: ChoiceQuestion, response: str) -> str:
    """Return the identifiers of options that a SCORM 1.2 package records by a letter for their place."""
    named = dict(zip(_PLACES, (option.id for option in question.options), strict=False))
    return "[,]".join(named.get(part, part) for part in response.split(","))
