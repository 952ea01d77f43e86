"""Where each objective of the courses is taught, practised and assessed.

``python -m tests.unit.texts.alignment`` writes the table of docs/content-alignment.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sclt.model.course import Module, Objective, Page, Question, Scenario, Worksheet, walk
from tests.places import REPOSITORY
from tests.unit.texts.texts import modules

TABLE = REPOSITORY / "docs" / "content-alignment.md"
HEAD = """# Objectives: taught, practised, assessed

Written by `python -m tests.unit.texts.alignment` from the sources of the courses; a test keeps it true. *Taught*: pages
that name the objective. *Practised*: tasks and worksheets on those pages, with another try. *Assessed*: scored
questions and scenarios of the module. The final test of each programme asks about each module again.
"""


class Alignment(NamedTuple):
    """An objective, and identifiers of pages and tasks that serve it."""

    module: str
    objective: Objective
    taught: list[str]
    practised: list[str]
    assessed: list[str]


def alignments() -> Iterator[Alignment]:
    """Yield each objective of each module that is not a test."""
    for programme, module in modules():
        if module.id not in ("introduction", "pre-test", "final-test"):
            yield from (_of(f"{programme.id}/{module.id}", module, objective) for objective in module.objectives)


def _of(name: str, module: Module, objective: Objective) -> Alignment:
    pages = [page for page in module.pages if objective.id in page.main.objectives]
    scored = [task.id for page in module.pages for task in _tasks(page) if _scores(task, objective.id)]
    practised = [
        task.id
        for page in pages
        for task in _tasks(page)
        if getattr(task, "type", "") != "likert" and (task.id not in scored or _early(task, page, module))
    ]
    return Alignment(name, objective, [page.id for page in pages], practised, scored)


def _tasks(page: Page) -> Iterator[Question | Scenario | Worksheet]:
    yield from (b for b in walk(page.main.blocks) if isinstance(b, Question | Scenario | Worksheet))


def _scores(task: Question | Scenario | Worksheet, objective: str) -> bool:
    return not isinstance(task, Worksheet) and task.objective == objective and task.points > 0


def _early(task: Question | Scenario | Worksheet, page: Page, module: Module) -> bool:
    """Whether a task stands beside the teaching, with another try, before the questions at the end."""
    return page is not module.pages[-1] and (isinstance(task, Scenario) or getattr(task, "retries", 0) != 0)


def text() -> str:
    """Return the page of the table."""
    lines, last = [HEAD], ""
    for found in alignments():
        if found.module != last:
            last = found.module
            lines.append(f"\n## {last}\n\n| Objective | Taught | Practised | Assessed |\n|---|---|---|---|")
        cells = (", ".join(ids) for ids in (found.taught, found.practised, found.assessed))
        lines.append(f"| {found.objective.text['en']} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8")
