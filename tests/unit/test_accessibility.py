"""The list of accessibility claims nothing that no test proves."""

from __future__ import annotations

import re

import pytest

from tests.places import REPOSITORY

PAGE = REPOSITORY / "docs" / "accessibility.md"
ROW = re.compile(r"^\| (\d\.\d\.\d+) [^|]+ \| ([^|]+) \| (.*) \|$", re.MULTILINE)
CRITERIA = {  # WCAG 2.2, levels A and AA: in each guideline the numbers of its criteria
    "1.1": "1", "1.2": "1 2 3 4 5", "1.3": "1 2 3 4 5", "1.4": "1 2 3 4 5 10 11 12 13", "2.1": "1 2 4", "2.2": "1 2",
    "2.3": "1", "2.4": "1 2 3 4 5 6 7 11", "2.5": "1 2 3 4 7 8", "3.1": "1 2", "3.2": "1 2 3 4 6", "3.3": "1 2 3 4 7 8",
    "4.1": "2 3",
}  # fmt: skip
PROVEN, UNPROVEN = {"tested", "in part"}, {"not checked", "not applicable"}
ROWS = [match.groups() for match in ROW.finditer(PAGE.read_text(encoding="utf-8"))]


def test_each_criterion_is_spoken_of_once() -> None:
    wanted = [f"{guideline}.{n}" for guideline, numbers in CRITERIA.items() for n in numbers.split()]
    assert [number for number, _, _ in ROWS] == wanted
    assert len(wanted) == 55


@pytest.mark.parametrize(("number", "state", "evidence"), ROWS, ids=[number for number, _, _ in ROWS])
def test_what_is_claimed_is_tested(number: str, state: str, evidence: str) -> None:
    assert state in PROVEN | UNPROVEN
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", evidence)
    assert bool(named) == (state in PROVEN), f"{number} is {state}"
    for file, test in named:
        assert f"def {test}(" in (REPOSITORY / "tests" / "browser" / file).read_text(encoding="utf-8"), test
