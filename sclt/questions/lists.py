"""What types whose body is a list of options have in common: how the list is checked, and how SCORM 1.2 names it."""

from __future__ import annotations

import string

import msgspec

from sclt.model.course import ChoiceQuestion, Option
from sclt.questions.answers import check_credits, check_equal
from sclt.questions.questiontype import Body

_PLACES = string.ascii_lowercase + string.digits


def check_one_right(body: Body, otherwise: str = "") -> None:
    """Note that not exactly one option is marked as right; ``otherwise`` is what else could be done."""
    right = sum(line.mark == "x" for line in body.lines)
    if body.lines and (right > 1 or not any(line.right for line in body.lines)):
        others = ", and with [100%] any that is as right" if right else ""
        ways = [f"Mark one with [x]{others}", *filter(None, [otherwise])]
        message = f"{right} options are right, but {body.options['type']} has one."
        body.note(message, f"{('; ' if others else ', ').join(ways)}.")


def marked_options(body: Body, least: float = 0) -> tuple[Option, ...]:
    """Return options that are marked as right or wrong, or earn at ``least`` so much; what is no such line is noted."""
    for line in body.lines:
        if not line.mark:
            body.note("this line has no mark.", "Begin it with [x] or [ ].", line)
        elif not line.text:
            body.note("this line is empty.", "Write the answer.", line)
    if len(body.lines) == 1:
        body.note("there is only one option.", "Add another one.")
    check_credits(body, least)
    check_equal(body)
    return tuple(line.option() for line in body.lines)


def weighed(body: Body, options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Return options of which several are chosen: where one says what it earns, all do, and the best earn all together.

    What earns something is right. Faults are noted: right options that do not say it, and a sum that is not 100 %.
    """
    if all(option.credit is None for option in options):
        return options
    if body.options.get("partial") is False:
        body.note("partial=false says that no part of the points is earned.", "Remove it, or the per cent.")
    for line in body.lines:
        if line.mark == "x":
            body.note("this option does not say what it earns.", "Write its per cent, as the others do.", line)
    most = sum(max(option.credit or 0.0, 0.0) for option in options)
    if abs(most - 1) > 0.02:
        body.note(f"the right options earn {most * 100:g} % together.", "Divide 100 % among them.")
        return options
    return tuple(
        msgspec.structs.replace(option, correct=(option.credit or 0) > 0, credit=_part(option.credit or 0.0, most))
        for option in options
    )


def _part(credit: float, most: float) -> float:
    """Return what a right option earns of all, so that thirds make a whole."""
    return credit / most if credit > 0 else credit


def options_of_letters(question: ChoiceQuestion, response: str) -> str:
    """Return the identifiers of options that a SCORM 1.2 package records by a letter for their place."""
    named = dict(zip(_PLACES, (option.id for option in question.options), strict=False))
    return "[,]".join(named.get(part, part) for part in response.split(","))
