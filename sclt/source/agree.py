"""What must be the same in every language: questions, options, right answers, scenarios, worksheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from sclt.model.course import (
    ChoiceQuestion,
    Field,
    Gap,
    GapsQuestion,
    NumberQuestion,
    Option,
    Page,
    PageText,
    Pair,
    PairsQuestion,
    Piece,
    Pool,
    Question,
    Scenario,
    Step,
    Worksheet,
    keeps_texts,
    walk,
)
from sclt.questions.answers import digits
from sclt.source.rules import Sheet

Task: TypeAlias = Question | Pool | Scenario | Worksheet | Piece


def tasks(text: PageText) -> Iterator[Task]:
    """Yield what a page records: questions, pools, scenarios, worksheets and other blocks that keep something."""
    for block in walk(text.blocks):
        if isinstance(block, Question | Pool | Scenario) or keeps_texts(block):
            yield block


def coded_parts(task: Task) -> Sequence[Option | Pair | Step]:
    """Return the parts of a task that saved states name by a code and that can bear an identifier."""
    match task:
        case Scenario():
            return task.steps
        case ChoiceQuestion():
            return task.options
        case PairsQuestion():
            return task.pairs
        case _:
            return ()


def placed_parts(task: Task) -> Sequence[Gap | Field]:
    """Return the parts of a task that have an identifier by their place among the others, if they bear none."""
    match task:
        case Worksheet() | Piece():
            return task.fields
        case GapsQuestion():
            return task.gaps
        case _:
            return ()


def check_agreement(page: Page, sheet: Sheet) -> None:
    """Compare the page's texts with the one in the first language, and note where tasks differ."""
    expected = _by_id(page.main, Sheet())
    for text in page.texts.values():
        if text is page.main:
            continue
        found = _by_id(text, sheet)
        for identifier in expected.keys() - found.keys() - set(text.broken):
            sheet.note(
                "language.differs",
                text.place,
                f"'{identifier}' is in the page in '{page.main.language}', but not here.",
                "Translate it.",
            )
        for identifier in found.keys() - expected.keys() - set(page.main.broken):
            sheet.note(
                "language.differs",
                found[identifier].place,
                f"'{identifier}' is not in the page in '{page.main.language}'.",
                "Translate it, or remove it.",
            )
        for identifier in expected.keys() & found.keys():
            _compare(expected[identifier], found[identifier], page.main.language, sheet)
        order = [i for i in expected if i in found]
        if order != [i for i in found if i in expected]:
            sheet.note(
                "language.differs",
                text.place,
                f"tasks stand in another order than in '{page.main.language}'.",
                f"The order there is: {', '.join(order)}.",
            )


def _by_id(text: PageText, sheet: Sheet) -> dict[str, Task]:
    """Return the tasks of a page by identifier; one that is given twice is noted."""
    found: dict[str, Task] = {}
    for task in tasks(text):
        if found.setdefault(task.id, task) is not task:
            sheet.note("id.duplicate", task.place, f"'{task.id}' is given twice on this page.", "Rename one of them.")
    return found


def _compare(expected: Task, found: Task, language: str, sheet: Sheet) -> None:
    wanted, got = _shape(expected), _shape(found)
    for name in wanted:
        if wanted[name] != got.get(name):
            sheet.note(
                "language.differs",
                found.place,
                f"'{found.id}' has {name} {_shown(got.get(name))}, in '{language}' {_shown(wanted[name])}.",
                "Make them the same.",
            )


def _shown(value: Any) -> str:
    if isinstance(value, tuple | list):
        return "(" + ", ".join(str(v) for v in value) + ")"
    return str(value)


def _shape(task: Task) -> dict[str, Any]:
    """Return what of a task does not depend on the language, by the name that a message gives it."""
    match task:
        case Question():
            return _question_shape(task)
        case Pool():
            return {"the kind": "pool", "draw": task.draw, "questions": tuple(q.id for q in task.questions)}
        case Scenario():
            return {
                "the kind": "scenario",
                "points": task.points,
                "steps": tuple(step.id for step in task.steps),
                "choices": tuple(f"{s.id}→{c.goto}" for s in task.steps for c in s.choices),
                "scores": tuple(step.score for step in task.steps if step.score is not None),
            }
        case Worksheet():
            return {
                "the kind": "worksheet",
                "fields": tuple(f.id for f in task.fields),
                "heights": tuple(f.rows for f in task.fields),
            }
        case Piece():
            return {"the kind": task.kind}


def _question_shape(question: Question) -> dict[str, Any]:
    return {
        "the kind": "question",
        "the type": question.type,
        "points": question.points,
        "retries": question.retries,
        "the film": question.film or "none",
        "objective": question.objective or "none",
        **_NO_PARTS,
        **_parts_shape(question),
    }


_NO_PARTS: dict[str, tuple[str, ...]] = {
    "options": (),
    "right options": (),
    "parts of the points": (),
    "fixed options": (),
    "lines": (),
    "lines with a left side": (),
    "equal right sides": (),
    "gaps": (),
    "right words in lists": (),
    "numbers": (),
}


def _alike(pairs: Sequence[Pair]) -> tuple[str, ...]:
    """Return which lines have the right side of an earlier one."""
    known: dict[str, str] = {}
    firsts = [(pair.id, known.setdefault(pair.right_text, pair.id)) for pair in pairs]
    return tuple(f"{name} as {earlier}" for name, earlier in firsts if name != earlier)


def _parts_shape(question: Question) -> dict[str, tuple[str, ...]]:
    """Return what of a question's parts does not depend on the language; typed words do."""
    match question:
        case ChoiceQuestion(options=options):
            return {
                "options": tuple(option.id for option in options),
                "right options": tuple(option.id for option in options if option.correct),
                "parts of the points": tuple(f"{o.id} {o.credit * 100:g} %" for o in options if o.credit is not None),
                "fixed options": tuple(option.id for option in options if option.fixed),
            }
        case PairsQuestion(pairs=pairs):
            return {
                "lines": tuple(pair.id for pair in pairs),
                "lines with a left side": tuple(pair.id for pair in pairs if pair.left),
                "equal right sides": _alike(pairs),
            }
        case GapsQuestion(gaps=gaps):
            right = {gap.id: [option.id for option in gap.options if option.correct] for gap in gaps}
            chosen = (gap for gap in gaps if gap.choose)
            return {
                "gaps": tuple(gap.id for gap in gaps),
                "right words in lists": tuple(f"{gap.id}{right[gap.id]} of {len(gap.options)}" for gap in chosen),
            }
        case NumberQuestion(ranges=ranges):
            return {
                "numbers": tuple(f"{digits(each.low)}–{digits(each.high)}" for each in ranges),
                "parts of the points": tuple(f"{r.id} {r.credit * 100:g} %" for r in ranges if r.credit is not None),
            }
        case _:
            return {}
