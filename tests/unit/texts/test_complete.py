"""Each topic module has what a module has, in both languages."""

import re
from collections import defaultdict

import pytest

from sclt.model.course import Ask, Block, Box, Pool, Prose, Question, Scenario, Worksheet, walk
from tests.parts import of
from tests.unit.texts.texts import LANGUAGES, MODULES, blocks, module_of, modules, of_page, questions

pytestmark = pytest.mark.slow

TOPICS = [name for name in MODULES if not name.endswith(("-test", "/introduction"))]
VAGUE = {
    "lt": {"žinoti", "suprasti", "susipažinti", "įsisavinti", "suvokti"},
    "en": {"know", "understand", "learn", "appreciate", "be", "become", "realise"},
}
"""Verbs of which nobody can see whether they are done."""


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_module_is_whole(name: str, language: str) -> None:
    module = module_of(name)
    there = blocks(module, language)
    words = sum(len(text.text.split()) for page in module.pages for text in of_page(module, page, language))
    asked = questions(module, language)
    scenarios = [block for block in there if isinstance(block, Scenario)]
    assert 8 <= len(module.pages) <= 14
    assert words >= 2500
    assert len(asked) >= 12
    assert len({q.type for q in asked}) >= 6
    assert scenarios
    assert all(sum(len(step.choices) > 1 for step in scenario.steps) >= 2 for scenario in scenarios)
    assert any(isinstance(block, Worksheet) and len(block.fields) >= 3 for block in there)
    assert any(isinstance(block, Ask) for block in there)
    assert any(isinstance(block, Box) and block.kind == "sources" for block in there)
    assert sum(isinstance(block, Box) and block.kind == "case" for block in there) >= 3
    assert len(module.terms) >= 8
    assert sum(name.endswith(f".{language}.svg") for name in module.media) >= 2


@pytest.mark.parametrize("name", TOPICS)
def test_objectives_can_be_seen_and_are_asked_about(name: str) -> None:
    module = module_of(name)
    asked = {q.objective for q in questions(module, "en")}
    asked |= {b.objective for b in blocks(module, "en") if isinstance(b, Scenario)}
    assert 3 <= len(module.objectives) <= 8
    for objective in module.objectives:
        assert objective.id in asked, f"no question is about {objective.id}"
        for language in LANGUAGES:
            first = re.split(r"\W+", objective.text[language])[0].lower()
            assert first not in VAGUE[language], objective.text[language]


@pytest.mark.parametrize("name", MODULES)
def test_both_languages_have_the_same_parts(name: str) -> None:
    for page in module_of(name).pages:
        lithuanian, english = ([part(block) for block in walk(page.texts[lang].blocks)] for lang in LANGUAGES)
        assert lithuanian == english, page.id


def part(block: Block) -> object:
    """Return of a block what a translation keeps: its kind, its paragraphs and lists, its options in their order."""
    match block:
        case Prose():
            return re.findall(r"<(h\d|p|li|td|img|figure|strong|a)\b", block.html)
        case Question():
            hints = [bool(text) for text in (block.hint, block.correct, block.incorrect, block.feedback, block.sample)]
            return (
                block.id,
                block.type,
                [] if getattr(block, "max", 0) else [option.id for option in of(block, "options")],
                hints,
            )
        case Scenario():
            return block.id, [(step.id, step.score, [choice.goto for choice in step.choices]) for step in block.steps]
    return type(block).__name__


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_says_something_to_an_answer(name: str, language: str) -> None:
    silent = [f"{q.place}: {q.id}" for q in questions(module_of(name), language) if not answers(q)]
    assert not silent, "\n".join(silent)


def answers(question: Question) -> bool:
    """Say whether a wrong answer hears more than that it is wrong, whichever it is."""
    if question.incorrect or question.feedback or question.sample:
        return True
    foreseen = [option for option in (*of(question, "options"), *of(question, "ranges")) if not option.correct]
    return bool(foreseen) and all(option.feedback for option in foreseen)


@pytest.mark.parametrize(("one", "other"), [("lt", "en"), ("en", "lt")])
def test_a_term_has_one_name_in_all_glossaries(one: str, other: str) -> None:
    names = defaultdict(set)
    for _, module in modules():
        for term in module.terms:
            names[term.term[one].lower()].add(term.term[other].lower())
    assert {name: several for name, several in names.items() if len(several) > 1} == {}


@pytest.mark.parametrize("programme", ["social-clustering", "public-capabilities"])
def test_a_programme_has_an_introduction_and_a_test_at_either_end(programme: str) -> None:
    ordered = [(p, m) for p, m in modules() if p.id == programme]
    assert [ordered[n][1].id for n in (0, 1, -1)] == ["introduction", "pre-test", "final-test"]
    topics = len(ordered) - 3
    for _, module in (ordered[1], ordered[-1]):
        pools = [b for b in blocks(module, "en") if isinstance(b, Pool)]
        assert len(pools) == topics
        assert all(len(pool.questions) > pool.draw for pool in pools)
    assert ordered[-1][1].mastery == 0.7
