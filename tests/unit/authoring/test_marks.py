"""What a translator sees of marks that say what an answer earns, keeps its place or is a formula."""

from __future__ import annotations

from sclt.authoring.segments import fixed, page_segments

PAGE = """---
title: A
---

:::question {#q type=single-choice}
Is $x^2$ even?[^1]

- [x] {.fixed} Yes
- [50%] {#b .fixed} Sometimes
- [-2,5%] No

[^1]: A note.
:::
"""


def test_marks_of_answers_are_no_text() -> None:
    texts = [segment.text for segment in page_segments(PAGE, "p")]
    assert texts == ["A", "Is $x^2$ even?[^1]", "Yes", "Sometimes", "No", "A note."]


def test_formulas_and_notes_stay_in_a_translation() -> None:
    assert set(fixed("Is $x^2$ even?[^1]", "en")) == {"$x^2$", "[^1]"}
    assert not fixed("It costs $5 and $6.", "en")
