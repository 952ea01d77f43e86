"""What the formats for questions carry, and what stays behind when a question is written in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sclt.exchange.draft import LOST
from sclt.model.course import (
    ChoiceQuestion,
    GapsQuestion,
    Module,
    NumberQuestion,
    Option,
    PairsQuestion,
    Pool,
    Question,
    Range,
    Scenario,
    TextQuestion,
    earned,
    walk,
)
from sclt.model.finding import Finding, Severity, Topic, declare
from sclt.questions import Carried, type_of

WITHOUT = declare(
    "exchange.without",
    Severity.ADVICE,
    "The format holds all that a question has",
    topic=Topic.EXCHANGE,
    why="the question works on the other side, but with less than it has here",
    mend="Take a format that carries it (docs/exchange.md has the table), or add it on the other side.",
)
_HAS: dict[Carried, Callable[[Question], bool]] = {
    Carried.POINTS: lambda q: q.points != (1 if type_of(q).scored else 0),
    Carried.PARTS: lambda q: q.partial and not (isinstance(q, GapsQuestion) and len(q.gaps) == 1),
    Carried.CREDIT: lambda q: any(line.credit not in (None, 0, 1) for line in _answers(q)),
    Carried.WHOLE: lambda q: (
        type_of(q).partial and not q.partial and not (isinstance(q, GapsQuestion) and len(q.gaps) == 1)
    ),
    Carried.ORDER: lambda q: q.shuffle != type_of(q).shuffle,
    Carried.FIXED: lambda q: isinstance(q, ChoiceQuestion) and any(option.fixed for option in q.options),
    Carried.WILDCARDS: lambda q: isinstance(q, TextQuestion) and any(option.parts for option in q.options),
    Carried.PICTURES: lambda q: type_of(q).pictured or any("<img" in markup for markup in _markup(q)),
    Carried.CASE: lambda q: isinstance(q, TextQuestion | GapsQuestion) and q.case,
    Carried.UNIT: lambda q: isinstance(q, NumberQuestion) and bool(q.unit),
    Carried.LOOKS: lambda q: type_of(q).special,
    Carried.RETRIES: lambda q: q.retries != type_of(q).retries,
    Carried.HINT: lambda q: bool(q.hint),
    Carried.ON_OPTIONS: lambda q: any(line.feedback for line in _answers(q)),
    Carried.ON_RIGHT: lambda q: bool(q.correct),
    Carried.ON_WRONG: lambda q: bool(q.incorrect),
    Carried.ON_FORESEEN: lambda q: (
        isinstance(q, TextQuestion | NumberQuestion)
        and bool(q.incorrect)
        and any(earned(line) < 1 for line in _answers(q))
    ),
    Carried.ON_ANY: lambda q: bool(q.feedback),
    Carried.SAMPLE: lambda q: bool(q.sample),
    Carried.FORESEEN: lambda q: (
        isinstance(q, TextQuestion | NumberQuestion) and not all(line.correct for line in _answers(q))
    ),
}


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
        carried = type_of(question).carries.get(form, frozenset())
        left = [str(what) for what, has in _HAS.items() if has(question) and what not in carried]
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


def _answers(question: Question) -> Sequence[Option | Range]:
    """Return what is accepted, foreseen or offered, each with its feedback; of pairs and gaps there is none."""
    match question:
        case ChoiceQuestion() | TextQuestion():
            return question.options
        case NumberQuestion():
            return question.ranges
        case _:
            return ()


def _markup(question: Question) -> Iterator[str]:
    """Yield each piece of HTML that a question has."""
    yield from (
        question.prompt,
        question.hint,
        question.correct,
        question.incorrect,
        question.feedback,
        question.sample,
    )
    for line in _answers(question):
        yield from (line.feedback, line.html if isinstance(line, Option) else "")
    for pair in question.pairs if isinstance(question, PairsQuestion) else ():
        yield from (pair.left, pair.right)


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
