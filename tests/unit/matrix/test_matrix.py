"""Nothing that a learner did is lost, and no verdict is untrue, whatever a learning system does: the pairwise choice.

``test_full.py`` plays all of it, for ``--full``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.unit.matrix.matrix import LEAVINGS, MODULES, STANDARDS, TABLE, Row, cells, run, told

FACTORS = ("title", "standard", "module", "how", "fault")
FAULTS = (None, "online", "loggedIn")


@pytest.fixture(scope="module")
def played() -> dict[str, Any]:
    """What there is to play: titles by standard, and switches that nothing plays."""
    found: dict[str, Any] = run("run.mjs", "-", "titles")
    return found


@pytest.fixture(scope="module")
def rows(unpacked: Path) -> list[Row]:
    chosen: list[Row] = run("run.mjs", unpacked, "choice")
    return chosen


def test_every_switch_is_played(played: dict[str, Any]) -> None:
    assert played["unplayed"] == []


def test_the_page_tells_of_all_that_is_played(played: dict[str, Any]) -> None:
    every = {
        (standard, title, how) for standard, titles in played["titles"].items() for title in titles for how in LEAVINGS
    }
    assert set(told(TABLE.read_text(encoding="utf-8"))) == every, "tests.unit.matrix.matrix writes the page anew"


def every_pair(titles: dict[str, list[str]]) -> Iterator[frozenset[tuple[str, str | None]]]:
    """Yield each two values that can meet."""
    for standard, of in titles.items():
        for title in of:
            yield frozenset({("title", title), ("standard", standard)})
            for factor, values in (("module", MODULES), ("how", LEAVINGS), ("fault", FAULTS)):
                for value in values:
                    yield frozenset({("title", title), (factor, value)})
                    yield frozenset({("standard", standard), (factor, value)})
    for how in LEAVINGS:
        for module in MODULES:
            yield frozenset({("how", how), ("module", module)})
        for fault in FAULTS:
            yield frozenset({("how", how), ("fault", fault)})


@pytest.mark.slow
def test_every_two_meet(rows: list[Row], played: dict[str, Any]) -> None:
    met = {frozenset(pair) for row in rows for pair in combinations([(name, row[name]) for name in FACTORS], 2)}
    assert set(every_pair(played["titles"])) - met == set()


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_untrue(rows: list[Row]) -> None:
    assert {row["part"] for row in rows} == {0.25, 0.5, 0.75, 1}
    assert [row for row in rows if row["wrong"]] == []


@pytest.mark.slow
def test_the_page_says_what_was_played(rows: list[Row]) -> None:
    page = told(TABLE.read_text(encoding="utf-8"))
    for cell, good in cells(rows).items():
        sound, every = map(int, page[cell].split("/"))
        assert (sound == every) == all(good), cell


@pytest.mark.slow
@pytest.mark.full
def test_a_newer_package_loses_nothing_and_counts_nothing_anew() -> None:
    learners: list[Row] = run("upgrade.mjs", "choice")
    assert {each["standard"] for each in learners} == set(STANDARDS)
    assert [each for each in learners if each["wrong"]] == []
