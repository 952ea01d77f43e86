"""Who knows nothing does not pass by picking the longest option or always the same place."""

from collections import Counter
from math import comb
from statistics import mean

import pytest

from sclt.model.course import Question
from tests.parts import of
from tests.unit.texts.texts import LANGUAGES, MODULES, modules, questions

pytestmark = pytest.mark.slow

PROGRAMMES = sorted({name.partition("/")[0] for name in MODULES})
CHANCE = 0.01
"""How improbable a pattern must be before it is called one."""


def choices(language: str, programme: str) -> list[Question]:
    found = [q for p, m in modules() if p.id == programme for q in questions(m, language)]
    return [q for q in found if q.type == "single-choice"]


def at_least(hits: int, tries: int, chance: float) -> float:
    """Return the probability of ``hits`` or more by chance (binomial)."""
    return sum(comb(tries, k) * chance**k * (1 - chance) ** (tries - k) for k in range(hits, tries + 1))


def is_longest(question: Question) -> bool:
    return max(question.options, key=lambda option: len(option.text)).correct


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_right_option_is_not_the_longest_more_often_than_chance(programme: str, language: str) -> None:
    asked = choices(language, programme)
    share = sum(1 / len(q.options) for q in asked) / len(asked)
    assert at_least(sum(map(is_longest, asked)), len(asked), share) > CHANCE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_right_options_stand_in_every_place(programme: str, language: str) -> None:
    asked = [q for q in choices(language, programme) if len(q.options) == 4]
    places = Counter(next(n for n, o in enumerate(q.options) if o.correct) for q in asked)
    assert set(places) == {0, 1, 2, 3}
    assert at_least(max(places.values()), len(asked), 1 / 4) > CHANCE / 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_option_stands_out_by_its_length(language: str) -> None:
    """Twice as long as the mean of the others is seen at a glance; of short options a word makes that much."""
    told = []
    for _, module in modules():
        for q in questions(module, language):
            right = [len(o.text) for o in of(q, "options") if o.correct]
            wrong = [len(o.text) for o in of(q, "options") if not o.correct]
            if q.type == "single-choice" and min(right) > 30 and right[0] > 2 * sum(wrong) / len(wrong):
                told.append(f"{module.id}: {q.id}: {right[0]} characters against {sum(wrong) // len(wrong)}")
    assert told == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_right_options_are_no_longer_than_the_wrong_ones(language: str) -> None:
    """Half as long again on average, and a learner ticks what is long."""
    told = []
    for _, module in modules():
        for q in questions(module, language):
            right = [len(o.text) for o in of(q, "options") if o.correct]
            wrong = [len(o.text) for o in of(q, "options") if not o.correct]
            if q.type == "multiple-choice" and wrong and mean(right) > max(30, 1.5 * mean(wrong)):
                told.append(f"{module.id}: {q.id}: {mean(right):.0f} characters against {mean(wrong):.0f}")
    assert told == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_are_true_as_well_as_false(language: str) -> None:
    for programme in PROGRAMMES:
        found = [q for p, m in modules() if p.id == programme for q in questions(m, language) if q.type == "true-false"]
        true = sum(q.options[0].correct for q in found)
        assert 0.2 <= true / len(found) <= 0.8, f"{programme}: {true} of {len(found)} are true"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wrong_option_teaches(language: str) -> None:
    told = [
        f"{module.id}: {q.id}: {o.text[:40]}"
        for _, module in modules()
        for q in questions(module, language)
        if q.type == "single-choice"
        for o in q.options
        if not o.correct and not (o.feedback or q.incorrect or q.feedback)
    ]
    assert told == []
