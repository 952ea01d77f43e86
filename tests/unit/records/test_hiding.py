"""Small groups stay hidden from whoever subtracts what the report tells."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest
from scipy.optimize import linprog

from sclt.records.answers import answers
from sclt.records.engine import open_statements
from sclt.records.hiding import Hiding
from sclt.records.metrics import METRICS
from tests.unit.records.conftest import KEY, Filled, told

pytestmark = pytest.mark.slow

COURSE = "https://example.org/courses/office"
GROUPS = {"Kaunas": 3, "Vilnius": 7, "Oslo": 20}


def begun(number: int, module: str, language: str) -> dict[str, Any]:
    return told(
        number, f"p{number}", "initialized", object={"id": module}, language=language,
        context={"language": language, "contextActivities": {"grouping": [{"id": module}]}},
    )  # fmt: skip


def found(filled: Filled, people: list[tuple[str, str, str]]) -> dict[str, list[dict[str, Any]]]:
    """Report on people, each with a group, a module and a language, in which they began."""
    made = [begun(n, f"{COURSE}/{module}", language) for n, (_, module, language) in enumerate(people)]
    mapping = [(KEY.pseudonym(f"mbox mailto:p{n}@example.org"), group) for n, (group, _, _) in enumerate(people)]
    _, statements = open_statements(filled(made), "duckdb", mapping)
    return {each.metric.name: each.rows() for each in answers(statements)}


def shown(rows: list[dict[str, Any]], key: str) -> dict[str, int | None]:
    return {row[key].rpartition("/")[2]: row["participants"] for row in rows}


def attacked(report: dict[str, list[dict[str, Any]]], metric: str, key: str, name: str) -> int | None:
    """Subtract what is told of a crossed table's other cells from a total; nothing where one cell is not alone."""
    totals = {row[key]: row["participants"] for row in report[metric]}
    cells = [row["participants"] for row in report["modules_groups"] if row[key] == name]
    if totals[name] is None or cells.count(None) != 1:
        return None
    return int(totals[name] - sum(cell for cell in cells if cell is not None))


def test_one_small_group_takes_the_next_smallest_along(filled: Filled) -> None:
    report = found(filled, [(group, "one", "lt") for group, size in GROUPS.items() for _ in range(size)])
    assert shown(report["overview"] and report["groups"], "group") == {"Kaunas": None, "Vilnius": None, "Oslo": 20}
    assert [row["participants"] for row in report["overview"]] == [30]
    cells = {row["group"]: row["participants"] for row in report["modules_groups"]}
    assert cells == {"Kaunas": None, "Vilnius": None, "Oslo": 20}


def test_two_small_groups_that_are_few_together_take_a_third_along(filled: Filled) -> None:
    sizes = {"a": 1, "b": 2, "c": 6, "d": 9}
    report = found(filled, [(group, "one", "lt") for group, size in sizes.items() for _ in range(size)])
    assert shown(report["groups"], "group") == {"a": None, "b": None, "c": None, "d": 9}


def test_small_groups_that_are_enough_together_take_none_along(filled: Filled) -> None:
    sizes = {"a": 3, "b": 4, "c": 6}
    report = found(filled, [(group, "one", "lt") for group, size in sizes.items() for _ in range(size)])
    assert shown(report["groups"], "group") == {"a": None, "b": None, "c": 6}


def test_a_small_module_takes_one_of_its_own_programme_along(filled: Filled) -> None:
    sizes = {"x/small": 3, "x/large": 20, "y/six": 6, "y/seven": 7}
    report = found(filled, [("g", module, "lt") for module, size in sizes.items() for _ in range(size)])
    assert shown(report["modules"], "module") == {"small": None, "large": None, "six": 6, "seven": 7}


@pytest.mark.parametrize("small", [("Kaunas", "one", "en"), ("Oslo", "two", "lt")])
def test_no_total_gives_a_cell_of_a_crossed_table_away(filled: Filled, small: tuple[str, str, str]) -> None:
    """Every cell has eight to fifteen people but one, which has two: take each total and subtract the cells shown."""
    cells = [(group, module, tag) for group in GROUPS for module in ("one", "two") for tag in ("lt", "en")]
    sizes = {cell: 2 if cell == small else 8 + n % 8 for n, cell in enumerate(cells)}
    report = found(filled, [cell for cell, size in sizes.items() for _ in range(size)])
    crossed = report["modules_groups"]
    assert sum(row["participants"] is None for row in crossed) >= 4
    for metric, key in (("modules", "module"), ("groups", "group"), ("languages", "language")):
        for name in {row[key] for row in crossed}:
            assert attacked(report, metric, key, name) is None, (metric, name)
    assert any(row["participants"] for row in crossed)


SEED, COHORTS = 5, 12
CROSSED = ("modules_by_group", "modules_by_language", "modules_groups", "items_by_group", "items_by_language")
TOTALS = ("overview", "modules", "groups", "languages", "items", *CROSSED)
KEYS = ("module", "group", "language")
WEIGHTS = {"MN": (4, 2), "abc": (8, 5, 2), "xy": (6, 1)}
"""Modules, groups and languages, and how they are taken."""


def counted(people: list[tuple[str, str, str]]) -> dict[str, list[dict[str, Any]]]:
    """Return what metrics count of people, each with a module, a group and a language, who all answer one question."""
    rows: dict[str, list[dict[str, Any]]] = {metric.name: [] for metric in METRICS}
    for name in TOTALS:
        metric = next(metric for metric in METRICS if metric.name == name)
        keys = [key for key in KEYS if key in metric.keys]
        fixed = {key: "same" for key in metric.keys if key not in KEYS}
        counts = Counter(tuple(each[KEYS.index(key)] for key in keys) for each in people)
        rows[name] = [
            fixed | dict(zip(keys, values, strict=True)) | {"participants": n} for values, n in counts.items()
        ]
    return rows


def guessed(rows: dict[str, list[dict[str, Any]]], people: list[tuple[str, str, str]]) -> list[str]:
    """Solve what is told for what is hidden, as somebody would who knows that everybody is in one cell."""
    cells, hiding = sorted(set(people)), Hiding(rows, 5)
    told, sums, hidden = [], [], []
    for metric in METRICS:
        for row, true in zip(hiding.of(metric), rows[metric.name], strict=True):
            inside = [float(all(row.get(key, cell[n]) == cell[n] for n, key in enumerate(KEYS))) for cell in cells]
            if not row.get("hidden"):
                told.append(inside)
                sums.append(row["participants"])
            elif true["participants"] < 5:
                hidden.append((metric.name, inside))
    found = []
    for name, inside in hidden:
        known = {"A_eq": told or None, "b_eq": sums or None, "bounds": (0, None)}
        least, most = (linprog([sign * each for each in inside], **known) for sign in (1, -1))
        if most.status == 0 and -most.fun - least.fun < 0.5:
            found.append(name)
    return found


def test_no_small_group_follows_from_all_that_is_told_together() -> None:
    """Cohorts of 30 to 90, whose groups, languages and modules are unevenly taken."""
    random = Random(SEED)
    for _ in range(COHORTS):
        taken = [random.choices(names, weights, k=90) for names, weights in WEIGHTS.items()]
        people = list(zip(*taken, strict=True))[: random.randint(30, 90)]
        assert guessed(counted(people), people) == []
