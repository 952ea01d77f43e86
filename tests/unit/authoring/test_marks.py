"""Which options are right is read and set at the marks of one question's list; all else of the page stays."""

from __future__ import annotations

import pytest

from sclt.authoring.marks import marks, with_right
from sclt.errors import UsageError

PAGE = """- [x] no question

::::question {#one type=multiple-choice}
Which?

:::note
- [ ] within
:::

- [x] a
  > - [x] in a note
- [ ] b [x]
- [50%] half
* [X] c
::::

:::question {#two type=single-choice}
- [ ] d
:::
"""


def test_marks_are_those_of_one_question() -> None:
    assert marks(PAGE, "one") == [False, True, False, True]
    assert marks(PAGE, "two") == [False]
    assert marks(PAGE, "three") == []


def test_marks_are_set_where_they_stand() -> None:
    changed = with_right(PAGE, "one", {2, 3})
    assert changed == PAGE.replace("- [x] a", "- [ ] a").replace("- [ ] b", "- [x] b")
    assert with_right(PAGE, "one", {1, 3}) == PAGE
    assert marks(with_right(PAGE, "one", set()), "one") == [False] * 4
    assert with_right(PAGE.replace("\n", "\r\n"), "two", {0}) == PAGE.replace("[ ] d", "[x] d").replace("\n", "\r\n")


@pytest.mark.parametrize(("question", "right"), [("three", {0}), ("two", {1}), ("two", {-1})])
def test_options_that_there_are_not_are_refused(question: str, right: set[int]) -> None:
    with pytest.raises(UsageError):
        with_right(PAGE, question, right)
