"""Every module holds all that a module of these programmes promises, and the same in both languages."""

from collections import Counter

import pytest
from lxml import html

from sclt.course import Box, Module, Page, Question, Scenario, Worksheet, walk
from tests.texts.prose import LANGUAGES, blocks, modules, of_module, questions, sources

TAUGHT = [module for module in modules() if module.terms]  # a test before or after a programme teaches nothing
MODULES = [pytest.param(module, language, id=f"{module.id}-{language}") for module in TAUGHT for language in LANGUAGES]
MEASURABLE = {
    "analyse",
    "apply",
    "arrange",
    "assess",
    "calculate",
    "check",
    "choose",
    "describe",
    "design",
    "distinguish",
    "draft",
    "draw",
    "explain",
    "find",
    "formulate",
    "identify",
    "justify",
    "match",
    "plan",
    "prepare",
    "present",
    "propose",
    "put",
    "recognise",
    "relate",
    "review",
    "rewrite",
    "serve",
    "tell",
    "test",
}
OUTLINE = ("p", "li", "tr", "h2", "h3", "img", "figure", "a", "strong")


def test_both_programmes_are_there() -> None:
    assert len(TAUGHT) == 11


@pytest.mark.parametrize("module", TAUGHT, ids=lambda module: module.id)
def test_a_module_has_its_parts(module: Module) -> None:
    found = Counter(
        block.kind if isinstance(block, Box) else type(block).__name__ for block in blocks(module, module.languages[0])
    )
    assert 8 <= len(module.pages) <= 14
    assert len(module.objectives) >= 5
    assert len(module.terms) >= 8
    assert found["case"] >= 5, "the worked case goes on from page to page"
    assert found["summary"] >= 1
    assert found["sources"] == found["Ask"] == found["Worksheet"] == 1
    assert found["Scenario"] >= 1
    assert found["Question"] >= 12
    assert len({question.type for question in questions(module, "lt")}) >= 6


@pytest.mark.parametrize(("module", "language"), MODULES)
def test_a_module_has_text_enough(module: Module, language: str) -> None:
    assert sum(len(text.words.split()) for text in of_module(module) if text.language == language) >= 2500


@pytest.mark.parametrize(("module", "language"), MODULES)
def test_a_module_has_diagrams_of_its_own_in_its_language(module: Module, language: str) -> None:
    shown = {r.target for page in module.pages for r in page.texts[language].references if r.kind == "media"}
    assert sum(target.endswith(f".{language}.svg") for target in shown) >= 3


@pytest.mark.parametrize(("module", "language"), MODULES)
def test_every_answer_is_answered(module: Module, language: str) -> None:
    silent = []
    for question in questions(module, language):
        if question.type in {"single-choice", "multiple-choice"}:
            silent += [f"{question.place}: {question.id}/{o.id}" for o in question.options if not o.feedback]
        elif not (question.feedback or question.sample or question.incorrect or _foreseen(question)):
            silent.append(f"{question.place}: {question.id}")
    assert not silent, "\n".join(silent)


def _foreseen(question: Question) -> bool:
    """Say whether all ranges, or a right answer and all foreseen wrong ones, have feedback."""
    answers = [*question.ranges, *question.options]
    return any(a.feedback for a in answers if a.correct) and all(a.feedback for a in answers if not a.correct)


@pytest.mark.parametrize("module", TAUGHT, ids=lambda module: module.id)
def test_every_objective_is_practised_and_measurable(module: Module) -> None:
    practised = {b.objective for b in blocks(module, "lt") if isinstance(b, Question | Scenario)}
    assert {objective.id for objective in module.objectives} <= practised
    verbs = {objective.text["en"].split()[0].lower() for objective in module.objectives}
    assert verbs - MEASURABLE == set()


@pytest.mark.parametrize("module", TAUGHT, ids=lambda module: module.id)
def test_a_scenario_branches(module: Module) -> None:
    for scenario in (block for block in blocks(module, "lt") if isinstance(block, Scenario)):
        assert sum(len({choice.goto for choice in step.choices}) >= 2 for step in scenario.steps) >= 2, scenario.place
        scores = {step.score for step in scenario.steps if step.score is not None}
        assert max(scores) == 100
        assert len(scores) >= 2, scenario.place


@pytest.mark.parametrize("module", TAUGHT, ids=lambda module: module.id)
def test_a_worksheet_can_be_filled_in(module: Module) -> None:
    (sheet,) = (block for block in blocks(module, "lt") if isinstance(block, Worksheet))
    assert len(sheet.fields) >= 4


@pytest.mark.parametrize("page", [pytest.param(p, id=f"{m.id}-{p.id}") for m in modules() for p in m.pages])
def test_both_languages_say_the_same_in_the_same_order(page: Page) -> None:
    lithuanian, english = (outline(page, language) for language in LANGUAGES)
    assert lithuanian == english


def outline(page: Page, language: str) -> list[object]:
    """Return the kinds of blocks in their order, and of each the elements that a translation keeps."""
    kinds: list[object] = [
        (block.id, block.type, [option.id for option in block.options]) if isinstance(block, Question) else type(block)
        for block in walk(page.texts[language].blocks)
    ]
    return kinds + [
        Counter(e.tag for e in html.fragment_fromstring(source, create_parent="div").iter(*OUTLINE))
        for source in sources(page, language)
    ]
