"""The tests of a programme are fit for a statement: enough items, four options, each answered, nothing asked twice."""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from math import comb

import pytest
from lxml import html

from sclt.model.course import Pool, Question
from tests.parts import of
from tests.unit.texts.texts import LANGUAGES, MODULES, blocks, module_of, modules, of_page, questions

pytestmark = pytest.mark.slow

PROGRAMMES = sorted({name.partition("/")[0] for name in MODULES})
ITEMS = {"final-test": 10, "pre-test": 6}
"""How many items a topic has at least, so that another attempt asks others."""
CHANCE = 0.01
ALIKE = 0.75
"""Share of a prompt's letters that another prompt has in the same order, from which they are the same question."""
TOLD_COUNT = {
    "lt": r"Atsakysite į (\d+) klausimų: po tris iš .* apie (\d+) minučių",
    "en": r"answer (\d+) questions: three from .* about (\d+) minutes",
}
TOLD = {
    "lt": r"prasideda raide|pirm(?:as|asis|ieji) (?:du )?žod|(?:du|trys) žodžiai|teising\w+ atsakym\w+ yra|tinka du ",
    "en": r"begins with (?:the letter )?[“\"]|first word is|^(?:two|three) words|are (?:two|three) right|two answers",
}
"""Hints that tell letters or numbers of the answer instead of helping to think."""


def plain(markup: str) -> str:
    return " ".join(html.fragment_fromstring(markup or " ", create_parent="div").text_content().split())


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("kind", ITEMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_items_have_four_options_and_an_answer_to_each(programme: str, kind: str, language: str) -> None:
    module = module_of(f"{programme}/{kind}")
    told = []
    for pool in (b for b in blocks(module, language) if isinstance(b, Pool)):
        assert len(pool.questions) >= ITEMS[kind], pool.id
        assert pool.draw < len(pool.questions), pool.id
        for q in pool.questions:
            options = of(q, "options")
            if len(options) != 4 or sum(o.correct for o in options) != 1 or not all(o.feedback for o in options):
                told.append(q.id)
    assert told == []


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_pre_test_asks_about_what_the_final_test_asks(programme: str) -> None:
    asked = {kind: {q.objective for q in questions(module_of(f"{programme}/{kind}"), "lt")} - {""} for kind in ITEMS}
    objectives = {kind: [o.text for o in module_of(f"{programme}/{kind}").objectives] for kind in ITEMS}
    assert asked["pre-test"] == asked["final-test"]
    assert objectives["pre-test"] == objectives["final-test"]
    assert draws(programme, "pre-test") == draws(programme, "final-test")


def draws(programme: str, kind: str) -> list[int]:
    """Return how many questions each topic of a test asks."""
    return [b.draw for b in blocks(module_of(f"{programme}/{kind}"), "en") if isinstance(b, Pool)]


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("kind", ITEMS)
@pytest.mark.parametrize(("language", "sentence"), TOLD_COUNT.items())
def test_a_test_says_how_many_questions_and_minutes_it_has(
    programme: str, kind: str, language: str, sentence: str
) -> None:
    module = module_of(f"{programme}/{kind}")
    told = " ".join(text.text.replace("\u00a0", " ") for text in of_page(module, module.pages[0], language))
    minutes = module.metadata.duration.removeprefix("PT").removesuffix("M")
    assert re.findall(sentence, told) == [(str(sum(draws(programme, kind))), minutes)]


def alike(text: str) -> Callable[[str], bool]:
    """Return what tells whether another text says nearly the same; only who shares a fifth of the words is compared."""
    matcher = difflib.SequenceMatcher(None, b=text, autojunk=False)
    words = set(text.lower().split())

    def is_alike(other: str) -> bool:
        theirs = set(other.lower().split())
        if 5 * len(words & theirs) < min(len(words), len(theirs)):
            return False
        matcher.set_seq1(other)
        return matcher.real_quick_ratio() > ALIKE and matcher.quick_ratio() > ALIKE and matcher.ratio() > ALIKE

    return is_alike


def prompts(language: str) -> list[tuple[str, str]]:
    """Return module/question and its text, of what is scored or practised and has a text of its own."""
    return [
        (f"{module.id}/{q.id}", plain(q.prompt))
        for _, module in modules()
        for q in questions(module, language)
        if q.type not in ("likert", "long-answer", "gaps")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_test_repeats_a_question(language: str) -> None:
    asked = prompts(language)
    tests = [item for item in asked if item[0].startswith(tuple(ITEMS))]
    assert len(tests) > 170
    told = []
    for name, text in tests:
        is_alike = alike(text)
        told += [(name, other) for other, asks in asked if other != name and is_alike(asks)]
    assert told == []


def test_a_repeated_question_is_found() -> None:
    is_alike = alike("Kuris sakinys tarybai sąžiningiausias?")
    assert is_alike("Kuris sakinys apie tarybai sąžiningiausias?")
    assert not is_alike("Kada matuojama pradinė rodiklio reikšmė?")


def at_least(hits: int, tries: int, chance: float) -> float:
    return sum(comb(tries, k) * chance**k * (1 - chance) ** (tries - k) for k in range(hits, tries + 1))


def at_most(hits: int, tries: int, chance: float) -> float:
    return 1 - at_least(hits + 1, tries, chance)


def extremes(asked: list[Question]) -> tuple[int, int, float]:
    """Return how often the right option alone is the longest, how often the shortest, and the chance of either."""
    counted: Counter[str] = Counter()
    for q in asked:
        lengths = sorted((len(o.text), o.correct) for o in of(q, "options"))
        counted["short"] += lengths[0][1] and lengths[0][0] < lengths[1][0]
        counted["long"] += lengths[-1][1] and lengths[-1][0] > lengths[-2][0]
    return counted["long"], counted["short"], sum(1 / len(of(q, "options")) for q in asked) / len(asked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_length_tells_nothing_about_the_right_option(language: str) -> None:
    asked = [q for _, module in modules() for q in questions(module, language) if q.type == "single-choice"]
    assert_no_rule_of_length(asked)


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("kind", ITEMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_length_tells_nothing_in_any_one_test(programme: str, kind: str, language: str) -> None:
    assert_no_rule_of_length(questions(module_of(f"{programme}/{kind}"), language))


def assert_no_rule_of_length(asked: list[Question]) -> None:
    """Neither “take the longest”, “take the shortest” nor “cross out the longest” does better than guessing."""
    longest, shortest, chance = extremes(asked)
    assert at_least(longest, len(asked), chance) > CHANCE
    assert at_least(shortest, len(asked), chance) > CHANCE
    assert at_most(longest, len(asked), chance) > CHANCE


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_right_options_of_the_final_test_stand_in_every_place(programme: str, language: str) -> None:
    places = defaultdict(int)
    for q in questions(module_of(f"{programme}/final-test"), language):
        places[next(n for n, o in enumerate(of(q, "options")) if o.correct)] += 1
    assert set(places) == {0, 1, 2, 3}
    assert max(places.values()) <= sum(places.values()) / 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_hints_tell_neither_letters_nor_numbers(language: str) -> None:
    told = [
        f"{module.id}/{q.id}: {plain(q.hint)}"
        for _, module in modules()
        for q in questions(module, language)
        if re.search(TOLD[language], plain(q.hint), re.IGNORECASE)
    ]
    assert told == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_answers_are_announced(language: str) -> None:
    """Who may mark several options is told so, in both languages."""
    word = {"lt": r"[Pp]ažymėkite", "en": r"[Mm]ark (?:all|every)"}[language]
    told = [
        f"{module.id}/{q.id}"
        for _, module in modules()
        for q in questions(module, language)
        if q.type == "multiple-choice" and not re.search(word, plain(q.prompt))
    ]
    assert told == []
