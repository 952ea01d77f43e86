"""What the formats for questions carry, and what stays behind when a question is written in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sclt.exchange.draft import LOST
from sclt.model.course import Module, Option, Pool, Question, Range, Scenario, walk
from sclt.model.finding import Finding, Severity, Topic, declare
from sclt.source.questions import default_retries

WITHOUT = declare(
    "exchange.without",
    Severity.ADVICE,
    "The format holds all that a question has",
    topic=Topic.EXCHANGE,
    why="the question works on the other side, but with less than it has here",
    mend="Take a format that carries it (docs/exchange.md has the table), or add it on the other side.",
)
_CHOICES = frozenset({"single-choice", "multiple-choice", "true-false"})
_GIFT = _CHOICES | {"short-answer", "numeric", "matching", "gaps", "long-answer"}
_CARTRIDGE = _CHOICES | {"short-answer", "long-answer"}
_ALL = _GIFT | {"ordering", "likert"}
_LINES = frozenset({"single-choice", "multiple-choice"})

_HAS: dict[str, Callable[[Question], bool]] = {
    "its points": lambda q: q.points != (0 if q.type in ("long-answer", "likert") else 1),
    "points for what is partly right": lambda q: q.partial and len(q.gaps) != 1,
    "its number of retries": lambda q: q.retries != default_retries(q.type),
    "its hint": lambda q: bool(q.hint),
    "feedback on options": lambda q: any(line.feedback for line in _answers(q)),
    "feedback on right and wrong": lambda q: bool(q.correct or q.incorrect),
    "feedback on any answer": lambda q: bool(q.feedback),
    "its sample answer": lambda q: bool(q.sample),
    "answers foreseen as wrong": lambda q: (
        q.type in ("short-answer", "numeric") and not all(line.correct for line in _answers(q))
    ),
}
"""What a question may have beside its text and its right answers."""
_CARRIES: dict[str, dict[str, frozenset[str]]] = {
    "gift": {
        "points for what is partly right": frozenset({"multiple-choice", "matching"}),
        "feedback on options": _GIFT - {"true-false"},
        "feedback on right and wrong": frozenset({"true-false"}),
        "feedback on any answer": _GIFT,
        "answers foreseen as wrong": frozenset({"numeric"}),
    },
    "qti": {
        "its points": _ALL,
        "feedback on options": _LINES,
        "feedback on right and wrong": _ALL - {"likert", "long-answer"},
        "feedback on any answer": _ALL,
        "its sample answer": frozenset({"long-answer"}),
    },
    "cc": {
        "feedback on options": _LINES,
        "feedback on right and wrong": _CARTRIDGE - {"long-answer"},
        "feedback on any answer": _CARTRIDGE,
        "its sample answer": frozenset({"long-answer"}),
    },
}
"""By format, for which types of questions it carries each."""


def questions_of(module: Module, language: str) -> Iterator[Question]:
    """Yield a module's questions in one language in reading order."""
    yield from (block for block in _blocks(module, language) if isinstance(block, Question))


def unwritten(form: str, question: Question, why: str) -> Finding:
    """Return that an export does not ask a question; a cartridge has it in its page."""
    what = "is not asked, but stands in its page" if form == "cc" else "is left out"
    return Finding(LOST, question.place, f"'{question.id}' {what}: {why}.")


def without(form: str, questions: Iterable[Question]) -> Iterator[Finding]:
    """Yield, for each written question, what ``form`` (gift, qti, cc) has no place for."""
    there = list(questions)
    if aims := [question for question in there if question.objective]:
        yield Finding(WITHOUT, aims[0].place, f"{len(aims)} questions, from this one on, go without their objectives.")
    for question in there:
        left = [
            what
            for what, has in _HAS.items()
            if has(question) and question.type not in _CARRIES[form].get(what, frozenset())
        ]
        if left:
            yield Finding(WITHOUT, question.place, f"'{question.id}' goes without {_listed(left)}.")


def around(form: str, module: Module, language: str) -> Iterator[Finding]:
    """Yield what becomes of draws and scenarios, which no format for questions knows."""
    for block in _blocks(module, language):
        if isinstance(block, Pool):
            all_of = (
                f"of pool '{block.id}' all {len(block.questions)} questions are written, not a draw of {block.draw}."
            )
            yield Finding(WITHOUT, block.place, all_of)
        elif isinstance(block, Scenario) and form == "cc":
            yield Finding(WITHOUT, block.place, f"the scenario '{block.id}' stands in its page, to read only.")
        elif isinstance(block, Scenario):
            yield Finding(LOST, block.place, f"the scenario '{block.id}' is left out.")


def _blocks(module: Module, language: str) -> Iterator[object]:
    for page in module.pages:
        yield from walk(page.texts[language].blocks)


def _answers(question: Question) -> list[Option | Range]:
    return [*question.options, *question.ranges]


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
