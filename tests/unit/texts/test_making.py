"""Objectives of making are assessed by making, and whoever makes something has a checklist and a worked example."""

import re

import msgspec
import pytest

from sclt.model.course import Details, Prose, Question, Scenario, Worksheet, walk
from sclt.render.pace import minutes, page_minutes
from tests.unit.texts.texts import LANGUAGES, MODULES, blocks, module_of

TOPICS = [name for name in MODULES if not name.endswith(("-test", "/introduction"))]
MADE = {"sorting", "ordering", "gaps", "numeric", "matching", "picture-labels", "hotspot"}
"""Types of question in which something is put together instead of picked."""
MAKING = {"draft", "formulate", "prepare", "plan", "rewrite", "design", "draw", "calculate", "propose"}
"""Verbs of objectives after which there is something that was not there before."""
LONGEST_SHORT_WAY = 25
"""Minutes that the short way takes at most; it promises about twenty."""


@pytest.mark.slow
def test_the_verbs_are_used() -> None:
    used = {verb for name in TOPICS for verb, _ in objectives(name)}
    assert used >= MAKING


def objectives(name: str) -> list[tuple[str, str]]:
    return [(o.text["en"].split()[0].lower(), o.id) for o in module_of(name).objectives]


@pytest.mark.parametrize("name", TOPICS)
def test_what_is_made_is_assessed_by_making(name: str) -> None:
    scored = {
        task.objective
        for task in blocks(module_of(name), "en")
        if isinstance(task, Scenario) or (isinstance(task, Question) and task.type in MADE)
        if task.points
    }
    assert [target for verb, target in objectives(name) if verb in MAKING and target not in scored] == []


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worksheet_follows_a_scored_task_and_has_a_checklist_and_an_example(name: str, language: str) -> None:
    (page,) = [p for p in module_of(name).pages if any(isinstance(b, Worksheet) for b in p.main.blocks)]
    shown = page.texts[language].blocks
    at = next(n for n, block in enumerate(shown) if isinstance(block, Worksheet))
    assert [b.id for b in shown[:at] if isinstance(b, Question) and b.points and b.type in MADE]
    checked = shown[at + 1]
    assert isinstance(checked, Details)
    markup = "".join(block.html for block in walk(checked.blocks) if isinstance(block, Prose))
    assert markup.count("☐") >= 4
    assert re.search(r"<strong>(?:Pavyzdys|Example)\.</strong>", markup)


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_group_finds_a_session_of_an_hour(name: str, language: str) -> None:
    told = [b.title for b in blocks(module_of(name), language) if isinstance(b, Details)]
    assert sum("60 min" in title for title in told) == 1


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_answer_has_a_model(name: str, language: str) -> None:
    asked = [b for b in blocks(module_of(name), language) if isinstance(b, Question) and b.type == "long-answer"]
    assert asked
    assert [q.id for q in asked if not q.sample] == []


@pytest.mark.parametrize("name", TOPICS)
def test_what_a_module_says_it_takes_is_measured(name: str) -> None:
    """Twice what reading and answering take: as long again for thinking, and for the worksheet at work."""
    module = module_of(name)
    unsaid = msgspec.structs.replace(module, metadata=msgspec.structs.replace(module.metadata, duration=""))
    measured = sum(page_minutes(unsaid))
    assert 1.75 <= minutes(module.metadata.duration) / measured <= 2.25
    assert abs(sum(page_minutes(module)) - minutes(module.metadata.duration)) <= len(module.pages) / 2


@pytest.mark.parametrize("name", TOPICS)
def test_the_short_way_takes_about_twenty_minutes_and_asks_something(name: str) -> None:
    module = module_of(name)
    short = [(page, time) for page, time in zip(module.pages, page_minutes(module), strict=True) if page.main.short]
    assert short[0][0] is module.pages[0]
    assert 15 <= sum(time for _, time in short) <= LONGEST_SHORT_WAY
    assert any(isinstance(block, Question) and block.points for page, _ in short for block in walk(page.main.blocks))
