"""Neither the length nor the position of an option tells that it is right."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import pytest
from scipy.stats import binom, binomtest, chisquare

from sclt.course import Module, Question
from tests.texts.prose import LANGUAGES, modules, questions

SURE = 0.05  # what chance alone does more rarely than this is a habit of the author
LONGEST_RUN = 3
RATIO = 2.0  # by this much an option may be longer than the mean of its question
RIGHT_RATIO = 1.5  # and by this much the right one
LONG = 25  # characters; single words differ by more than any of this without telling anything

MODULES = [
    pytest.param(module, language, id=f"{module.id}-{language}") for module in modules() for language in LANGUAGES
]


def single(module: Module, language: str) -> Iterator[Question]:
    return (question for question in questions(module, language) if question.type == "single-choice")


def lengths(question: Question) -> list[int]:
    return [len(option.text) for option in question.options]


def right(question: Question) -> int:
    return next(n for n, option in enumerate(question.options) if option.correct)


def most_by_chance(asked: list[Question]) -> int:
    """Return how often the right option may be the longest: what chance exceeds only once in twenty modules."""
    chance = sum(1 / len(question.options) for question in asked) / len(asked)
    return int(binom.ppf(1 - SURE, len(asked), chance))


@pytest.mark.parametrize(("module", "language"), MODULES)
def test_the_right_option_is_not_the_longest_more_often_than_by_chance(module: Module, language: str) -> None:
    asked = list(single(module, language))
    longest = [q.id for q in asked if lengths(q)[right(q)] == max(lengths(q))]
    assert len(longest) <= most_by_chance(asked), longest


@pytest.mark.parametrize("language", LANGUAGES)
def test_over_all_modules_the_right_option_is_neither_the_longest_nor_the_shortest(language: str) -> None:
    asked = [question for module in modules() for question in single(module, language)]
    bound = most_by_chance(asked)
    assert sum(lengths(q)[right(q)] == max(lengths(q)) for q in asked) <= bound
    assert sum(lengths(q)[right(q)] == min(lengths(q)) for q in asked) <= bound


@pytest.mark.parametrize(("module", "language"), MODULES)
def test_no_option_stands_out_by_its_length(module: Module, language: str) -> None:
    faults = [f"{q.place}: {q.id}: lengths {lengths(q)}" for q in single(module, language) if stands_out(q)]
    assert not faults, "\n".join(faults)


def stands_out(question: Question) -> bool:
    sizes = lengths(question)
    mean = sum(sizes) / len(sizes)
    return max(sizes) > LONG and (max(sizes) > RATIO * mean or sizes[right(question)] > RIGHT_RATIO * mean)


@pytest.mark.parametrize(("module", "language"), MODULES)
def test_several_right_options_are_not_longer_than_the_wrong_ones(module: Module, language: str) -> None:
    faults = []
    for question in questions(module, language):
        if question.type == "multiple-choice":
            means = {
                correct: sum(sizes) / len(sizes)
                for correct in (True, False)
                if (sizes := [len(option.text) for option in question.options if option.correct == correct])
            }
            if max(means.values()) > LONG and means[True] > RIGHT_RATIO * means[False]:
                faults.append(f"{question.place}: {question.id}: {means}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.id)
def test_right_options_stand_in_no_long_run(module: Module) -> None:
    places = [right(question) for question in single(module, "lt")]
    assert max(len(list(run)) for _, run in groupby(places)) <= LONGEST_RUN
    assert len(set(places)) >= min(len(places), 3)


def test_right_options_stand_in_each_place_alike() -> None:
    asked = [question for module in modules() for question in single(module, "lt") if len(question.options) == 4]
    counts = Counter(right(question) for question in asked)
    assert chisquare([counts[place] for place in range(4)]).pvalue > SURE


def test_statements_are_true_and_false_alike() -> None:
    asked = [q for module in modules() for q in questions(module, "lt") if q.type == "true-false"]
    assert binomtest(sum(q.options[0].correct for q in asked), len(asked)).pvalue > SURE
