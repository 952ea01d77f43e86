"""What keeps learners' records safe: room for the saved state."""

from __future__ import annotations

from sclt.errors import Place
from sclt.model.course import Module, Pool, Question, Scenario, walk
from sclt.model.finding import Finding, Severity, Topic, declare
from sclt.questions import type_of
from sclt.render.data import way_of
from sclt.standards.standard import Standard

TOO_LARGE = declare(
    "state.size",
    Severity.ERROR,
    "A module's records fit into what the standard keeps",
    topic=Topic.SOURCES,
    why="resuming would lose answers",
    mend="Divide the module, or leave the standard out with --standard.",
)
_HEADER = 80  # seed, attempt, revision, language, flags, best score and page, with their marks
_KEY = 3


def oversized_state(module: Module, standard: Standard) -> list[Finding]:
    """Find a module whose records cannot fit into what the standard keeps."""
    size = largest_state(module)
    if not standard.state_limit or size <= standard.state_limit:
        return []
    message = (
        f"the records of a learner can grow to {size} characters, but {standard.title} keeps {standard.state_limit}."
    )
    mend = "Divide the module, or leave this standard out with --standard."
    return [Finding(TOO_LARGE, Place(f"{module.folder}/module.yaml"), message, mend)]


def largest_state(module: Module) -> int:
    """Return how many characters the core of a learner's saved state has at most.

    This is the formula of docs/saved-state.md; free texts get what room is left.
    """
    pooled = {q.id for page in module.pages for b in walk(page.main.blocks) if isinstance(b, Pool) for q in b.questions}
    answers = questions = 0
    for block in (block for page in module.pages for block in walk(page.main.blocks)):
        questions += isinstance(block, Question | Scenario)
        if isinstance(block, Pool):
            answers += sum(sorted(map(_answer, block.questions))[-block.draw :])
        elif isinstance(block, Question | Scenario) and block.id not in pooled:
            answers += _answer(block)
    ways = [way_of(module, page) for page in module.pages]
    noted = sum("met" in way for way in ways) + any("short" in way for way in ways)
    listed = len(module.pages) + noted + questions + len(module.objectives)  # opened pages, and what the LMS lists
    return _HEADER + _KEY * listed + answers


def _answer(question: Question | Scenario) -> int:
    """Return the length of a question's record: key, tries, best score, what was chosen, full stop."""
    return _KEY + 3 + type_of(question).size(question) + 1
