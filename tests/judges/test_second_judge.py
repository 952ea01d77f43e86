"""A second judge, xapi-validation of Learning Locker, over thousands of statements: a reason for each disagreement."""

from __future__ import annotations

import json
import re
import subprocess
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sclt.model.finding import Severity
from sclt.xapi.judging.validate import validate
from tests.places import NODE, table
from tests.unit.xapi.mutants import Mutant, mutants

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
REASONS: list[dict[str, Any]] = table(HERE / "disagreements.yaml")


class Pair(NamedTuple):
    """What both judges say of a statement: our rules, and kinds and places of the other."""

    mutant: Mutant
    ours: list[str]
    other: list[list[str]]


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    made = list(mutants())
    lines = "\n".join(json.dumps(mutant.statement) for mutant in made)
    order = ["node", NODE / "judge-statements.cjs"]
    done = subprocess.run(order, input=lines, capture_output=True, text=True, encoding="utf-8", check=True, timeout=120)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return [Pair(m, errors(m.statement), other) for m, other in zip(made, answers, strict=True)]


def errors(statement: Any) -> list[str]:
    return sorted({f.rule.id for f in validate(statement, "1.0.3") if f.rule.severity is Severity.ERROR})


def reasons(pair: Pair) -> list[int]:
    """Return which reasons explain that the judges disagree."""
    if pair.ours:
        return [n for n, reason in enumerate(REASONS) if [reason.get("sclt")] == pair.ours]
    return [n for n, reason in enumerate(REASONS) if "other" in reason and all(map(partial(_fits, reason), pair.other))]


def _fits(reason: dict[str, Any], fault: list[str]) -> bool:
    kind, place = reason["other"]
    return fault[0] == kind and re.fullmatch(place, fault[1]) is not None


def test_there_is_enough_to_judge(pairs: list[Pair]) -> None:
    assert len(pairs) >= 4000
    assert sum(not pair.ours for pair in pairs) >= 500
    assert sum(bool(pair.ours) for pair in pairs) >= 500
    assert all(pair.ours for pair in pairs if "Thrown" in [kind for kind, _place in pair.other])


def test_sound_statements_are_sound_to_both(pairs: list[Pair]) -> None:
    assert [pair for pair in pairs if not pair.mutant.change and (pair.ours or pair.other)] == []


def test_each_disagreement_has_its_reason(pairs: list[Pair]) -> None:
    apart = [pair for pair in pairs if bool(pair.ours) != bool(pair.other)]
    explained = [(pair, reasons(pair)) for pair in apart]
    assert [(p.mutant[:2], p.ours, p.other) for p, found in explained if len(found) != 1] == []
    assert {n for _pair, found in explained for n in found} == set(range(len(REASONS))), "a reason explains nothing"
    assert len(apart) < len(pairs) / 40


def test_every_reason_says_who_is_right() -> None:
    for reason in REASONS:
        assert reason["right"] in ("sclt", "other", "open")
        assert reason["because"]
