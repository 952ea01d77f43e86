"""The report recovers what a generated cohort was made with, within four standard errors that theory gives."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from sclt.cli import main
from tests.conftest import in_turn
from tests.unit.records import cohort
from tests.unit.records.cohort import GAPS, LITHUANIAN, LURE, MODULES, MUNICIPALITIES, SWITCHING, WEEKS, Module, Truth
from tests.unit.records.conftest import lines

pytestmark = pytest.mark.slow

SEED = 20260105


class Told(NamedTuple):
    """A number of the report beside the truth."""

    name: str
    found: float
    truth: Truth

    @property
    def is_off(self) -> bool:
        return not abs(self.found - self.truth.value) <= 4 * self.truth.error


def made(folder: Path, people: int) -> tuple[Path, Path]:
    """Import a cohort whose statements come in any order, some of them twice; return the store and the groups."""
    every = list(cohort.statements(people, SEED))
    random = Random(SEED)
    every += random.sample(every, len(every) // 50)
    random.shuffle(every)
    file, groups, store = folder / "cohort.jsonl", folder / "groups.csv", folder / "records"
    file.write_bytes(lines(every))
    with groups.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("actor", "group"), *cohort.municipalities(people, SEED)])
    run("import", file, "--out", store, "--key", folder / "key")
    return store, groups


def run(*arguments: object) -> None:
    result = CliRunner().invoke(main, ["records", *map(str, arguments)])
    assert result.exit_code == 0, result.output


def reported(store: Path, groups: Path, *more: str) -> dict[str, Any]:
    out = store.parent / "report.json"
    run("report", store, "--out", out, "--format", "json", "--groups", groups, "--key", store.parent / "key", *more)
    metrics = json.loads(out.read_bytes())["metrics"]
    return {name: metric["rows"] for name, metric in metrics.items()}


def compared(found: dict[str, Any], people: int) -> Iterator[Told]:
    (all_,) = found["overview"]
    assert (all_["participants"], all_["started"]) == (people, people)
    yield from _shares("group", found["groups"], MUNICIPALITIES, people)
    yield from _shares("week", found["weeks"], dict(zip(_weeks(), WEEKS, strict=True)), people)
    languages = {tag: share + (1 - share) * SWITCHING for tag, share in (("lt", LITHUANIAN), ("en", 1 - LITHUANIAN))}
    # Who began in the other language counts in both where more than the first statement was made: everybody reads.
    yield from _shares("language", found["languages"], languages, people)
    yield from _shares("module", found["modules"], {module.iri: module.share for module in MODULES}, people)
    for module in MODULES:
        yield from _module(_only(found, module), module)


def _weeks() -> list[str]:
    return [f"2026-{day}" for day in ("01-05", "01-12", "01-19", "01-26", "02-02", "02-09", "02-16")]


def _shares(key: str, rows: list[dict[str, Any]], truth: dict[str, float], people: int) -> Iterator[Told]:
    assert {row[key] for row in rows} == set(truth)
    for row in rows:
        yield Told(f"{key} {row[key]}", row["participants"] / people, cohort.proportion(truth[row[key]], people))


def _only(found: dict[str, Any], module: Module) -> dict[str, Any]:
    return {name: [row for row in rows if row.get("module") == module.iri] for name, rows in found.items()}


def _module(found: dict[str, Any], module: Module) -> Iterator[Told]:
    (row,) = found["modules"]
    people, reached = row["participants"], module.reached
    yield Told(f"{module.name} completion", row["completion_rate"], cohort.proportion(reached[-1], people))
    for number, page in enumerate(found["funnel"]):
        assert page["page"] == f"{module.iri}/pages/page-{number + 1}"
        yield Told(page["page"], page["reached_rate"], cohort.proportion(reached[number], people))
        stopped = reached[number] - reached[number + 1]
        yield Told(f"{page['page']} stopped", page["stopped"] / people, cohort.proportion(stopped, people))
    (switching,) = found["language_switches"]
    yield Told("switched", switching["switched_rate"], cohort.proportion(SWITCHING, people))
    (time,) = found["time_spent"]
    yield Told(f"{module.name} minutes", time["mean_minutes"], _minutes(module, people))
    yield from _answers(found, module, row)


def _minutes(module: Module, people: int) -> Truth:
    """Return the mean of a sum of independent gaps, as many as there are statements after the first."""
    gap = sum(counts * chance for _, counts, chance in GAPS)
    spread = sum((counts - gap) ** 2 * chance for _, counts, chance in GAPS)
    reached = module.reached
    ends = [(n + 1, reached[n] - reached[n + 1]) for n in range(len(module.stops))]
    ends.append((len(module.stops) + len(module.questions) + 2, reached[-1]))
    mean = sum(n * chance for n, chance in ends)
    variance = mean * spread + gap**2 * sum((n - mean) ** 2 * chance for n, chance in ends)
    return Truth(mean * gap, math.sqrt(variance / people))


def _answers(found: dict[str, Any], module: Module, row: dict[str, Any]) -> Iterator[Told]:
    """Compare what rests on the answers; those who answer are independent of ability, so no choice distorts it."""
    x, p = patterns = cohort.patterns(module)
    people, total = row["completed"], x.sum(axis=1)
    passing = float(p @ (total >= cohort.PASS))
    yield Told(f"{module.name} passed", row["pass_rate"], cohort.proportion(passing, people))
    (score,) = found["scores"]
    assert score["attempts_each"] == 1
    yield Told(
        "score", score["mean_score"], cohort.statistic(lambda q: patterns.mean(q, total / x.shape[1]), p, people)
    )
    for band in found["score_bands"]:
        lies = (total * 10 / x.shape[1] + 1e-9).astype(int).clip(0, 9) == band["band"]
        yield Told(f"band {band['band']}", band["share"], cohort.proportion(float(p @ lies), people))
    (reliability,) = found["reliability"]
    assert (reliability["participants"], reliability["kr20"]) == (people, True)
    yield Told("KR-20", reliability["alpha"], cohort.statistic(patterns.alpha, p, people))
    for number, item in enumerate(found["items"]):
        assert (item["question"], item["participants"]) == (f"{module.iri}/questions/q{number + 1}", people)
        yield from _item(found, item, number, patterns)


def _item(found: dict[str, Any], item: dict[str, Any], number: int, patterns: cohort.Patterns) -> Iterator[Told]:
    name, people, p = item["question"], item["participants"], patterns.p
    right = cohort.statistic(patterns.difficulty(number), p, people)
    yield Told(f"{name} difficulty", item["difficulty"], right)
    expected = cohort.statistic(patterns.discrimination(number), p, people)
    yield Told(f"{name} discrimination", item["discrimination"], expected)
    shares = {"a": right.value, "b": (1 - right.value) * LURE, "c": (1 - right.value) * (1 - LURE)}
    options = [row for row in found["options"] if row["question"] == name]
    assert {row["option"] for row in options} == set(shares)
    for row in options:
        yield Told(f"{name} {row['option']}", row["share"], cohort.proportion(shares[row["option"]], people))
    elsewhere = cohort.statistic(patterns.elsewhere(number), p, people)
    lures = [row for row in found["wrong_answers"] if row["question"] == name]
    assert [row["response"] for row in lures] == ["b", "c"]
    for row, share in zip(lures, (LURE, 1 - LURE), strict=True):
        wrong = people * (1 - right.value)
        yield Told(f"{name} wrong {row['response']}", row["share"], cohort.proportion(share, wrong))
        error = elsewhere.error / math.sqrt(share)
        yield Told(f"{name} rest {row['response']}", row["rest_score"], Truth(elsewhere.value, error))


@pytest.mark.parametrize("people", in_turn([4_000, 10_000], 2))
def test_a_cohort_is_recovered(tmp_path: Path, people: int) -> None:
    store, groups = made(tmp_path, people)
    told = list(compared(reported(store, groups), people))
    assert len(told) > 120
    assert [each for each in told if each.is_off] == []
    worst = max(each.truth.error / each.truth.value for each in told if "discrimination" in each.name)
    assert worst < 15 / math.sqrt(people)  # the bounds are tight enough to tell a wrong formula


def test_csv_gives_the_same_figures(tmp_path: Path) -> None:
    store, groups = made(tmp_path, 300)
    run("report", store, "--out", tmp_path / "csv", "--format", "csv", "--groups", groups, "--key", tmp_path / "key")
    for name, rows in reported(store, groups).items():
        with (tmp_path / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            listed = list(csv.DictReader(stream))
        assert len(listed) == len(rows), name
        for one, two in zip(listed, rows, strict=True):
            assert one == {key: _written(value) for key, value in two.items()} | _floats(one, two), name


def _written(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _floats(listed: dict[str, str], row: dict[str, Any]) -> dict[str, str]:
    """Return the numbers as they are written in CSV where they are the same."""
    floats = {key: value for key, value in row.items() if isinstance(value, float)}
    return {key: listed[key] for key, value in floats.items() if float(listed[key]) == pytest.approx(value)}
