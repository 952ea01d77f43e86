"""What the page says of a question, of a reliability and of a score: in a sentence that follows from the figures."""

from __future__ import annotations

from typing import Any

import pytest

from sclt.errors import UsageError
from sclt.records import cells, charts, story
from sclt.records.names import Names, canonical
from sclt.records.story import Choice

WORDS = {"lt": "a", "en": "a"}


def choices(right: float, wrong: float) -> list[Choice]:
    return [Choice("a", WORDS, 0, right, True), Choice("b", WORDS, 0, wrong, False)]


def wrong(rest: float, share: float = 0.8) -> list[dict[str, Any]]:
    return [{"rest_score": rest, "share": share}]


CAUSES = {
    # share right, discrimination, choices, wrong answers; the mean of the module is 0.6
    "wrong_key": (0.2, -0.6, choices(0.2, 0.8), wrong(0.9)),
    "two_right": (0.5, 0.05, choices(0.5, 0.5), wrong(0.65)),
    "unclear": (0.5, 0.05, choices(0.5, 0.5), wrong(0.3)),
    "give_away": (0.97, 0.3, choices(0.97, 0.03), wrong(0.9)),
    "not_taught": (0.3, 0.4, choices(0.3, 0.7), wrong(0.5)),
    "hard": (0.0, None, choices(0, 1), wrong(0.6)),
    "untold": (0.6, None, [], []),
    "sound": (0.6, 0.4, choices(0.6, 0.4), wrong(0.7)),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_the_likely_cause_follows_from_the_figures(cause: str) -> None:
    share, tells, options, answers = CAUSES[cause]
    item = {"difficulty": share, "discrimination": tells}
    assert story.cause(item, options, answers, 0.6) == cause


def test_a_reliability_says_what_it_means() -> None:
    meant = [story.meaning(alpha)["en"].split()[0] for alpha in (0.8, 0.7, 0.5, 0.49, -0.3)]
    assert meant == ["The", "Enough", "Weak:", "The", "The"]
    assert story.meaning(0.8) != story.meaning(0.49) == story.meaning(-0.3)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("85", 0.85),
        ("85 %", 0.85),
        ("17/20", 0.85),
        ("0.85", 0.85),
        ("0,85", 0.85),
        ("1.0", 1),
        ("1", 0.01),
        ("0.5%", 0.005),
    ],
)
def test_a_share_with_decimals_is_one_and_a_whole_number_is_of_a_hundred(text: str, score: float) -> None:
    assert cells.score(text) == pytest.approx(score)
    with pytest.raises(UsageError):
        cells.score("1.2.3")


def test_answers_are_said_in_words() -> None:
    names = Names()
    names.questions["q"] = story.Report((), names).names.question("q")._replace(options={"a": WORDS})
    assert names.answer("q", "a[.]true[,]x")["en"] == "a → true; x"
    assert names.answer("q", "a[.]true")["lt"] == "a → tiesa"


def test_patterns_are_written_as_responses_are() -> None:
    assert canonical("{case_matters=false}{lang=lt}plan[,]goal") == "goal[,]plan"


def test_a_correlation_is_drawn_on_its_side_of_zero() -> None:
    below, above = charts.signed(-0.64), charts.signed(0.64)
    assert 'class="minus" x="28.0" y="2" width="32.0"' in below  # 60 is zero, 50 the length of one
    assert 'class="fore" x="60.0" y="2" width="32.0"' in above


def test_a_line_has_a_gap_where_nothing_is_told() -> None:
    drawn = charts.lines(["1", "2", "3", "4"], [[5, 5, None, 5]])
    assert drawn.count('class="line') == 1
    assert drawn.count("<circle") == 3
    assert "None" not in drawn
