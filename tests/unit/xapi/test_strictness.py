"""A breach weighs what the version says by which a statement is read; a finding says where versions differ."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sclt.model.finding import REGISTRY, Severity
from sclt.rulebook import rules
from sclt.xapi.judging.judge import judge_decoded
from sclt.xapi.judging.validate import validate, validate_text
from tests.unit.xapi.cases import BASES

ERROR, WARNING = Severity.ERROR, Severity.WARNING

TIMES = {
    "2026-05-04T10:11:12": ("time.offset", WARNING, ERROR),
    "2026-05-04T10:11:12.5+00": ("time.profile", WARNING, ERROR),
    "2026-05-04T10:11:12+0000": ("time.profile", WARNING, ERROR),
    "20260504T101112Z": ("time.profile", WARNING, ERROR),
    "2026-05-04 10:11:12Z": ("time.separator", ERROR, WARNING),
    "2026-05-04T10:11:12-0000": ("time.unknown-offset", ERROR, ERROR),
    "2026-05-04": ("time.form", ERROR, ERROR),
}
"""A timestamp, the rule that it breaks, and its weight in 1.0.3 (part 2, 4.5: SHOULD* of RFC 3339) and in 2.0."""


def found(statement: Any, version: str) -> list[tuple[str, Severity]]:
    return [(f.rule.id, f.rule.severity) for f in validate(statement, version)]


@pytest.mark.parametrize("time", TIMES)
def test_a_point_in_time_weighs_as_its_version_says(time: str) -> None:
    rule, first, later = TIMES[time]
    statement = {**BASES["plain"], "timestamp": time}
    assert found(statement, "1.0.3") == [(rule, first)]
    assert found(statement, "2.0") == [(rule, later)]


def test_a_finding_says_what_the_other_version_makes_of_it() -> None:
    statement = {**BASES["plain"], "timestamp": "2026-05-04T10:11:12"}
    assert [f.note for f in validate(statement, "1.0.3")] == ["an error in xAPI 2.0"]
    assert [f.note for f in validate(statement, "2.0")] == ["a warning in xAPI 1.0.3"]
    assert [f.note for f in validate({**BASES["plain"], "timestamp": "soon"})] == [""]


def test_statements_of_one_batch_are_weighed_each_by_its_own_version() -> None:
    odd = {**BASES["plain"], "timestamp": "2026-05-04T10:11:12"}
    batch = [odd, {**odd, "version": "2.0.0", "id": "7690e6c9-3ef0-4ed3-8b37-7f3964730bee"}]
    judged = judge_decoded(batch)
    assert [f.rule.severity for f in judged.findings] == [WARNING, ERROR]
    assert (judged.counts[ERROR], judged.counts[WARNING], judged.passes) == (1, 1, False)
    assert [f.rule.severity for f in validate_text(json.dumps(batch))] == [WARNING, ERROR]


def test_what_h5p_writes_is_taken() -> None:
    """An LRS may look at responses (2.4.4.1.s13.b3), so an odd one is no error."""
    definition = {"interactionType": "true-false", "correctResponsesPattern": ["True"]}
    statement = {**BASES["plain"], "object": {"id": "https://example.org/q", "definition": definition}}
    statement["result"] = {"response": "True"}
    for version in ("1.0.3", "2.0"):
        assert found(statement, version) == [("pattern.true-false", WARNING), ("result.response-form", WARNING)]


def test_patterns_never_weigh_as_errors_but_for_their_types() -> None:
    heavy = {rule.id for rule in rules("statements").values() if rule.family == "pattern" and rule.severity == ERROR}
    assert heavy == {"pattern.type", "pattern.item"}


def test_only_statements_have_rules_that_differ_by_version() -> None:
    rules()
    differ = {rule.id for rule in REGISTRY.values() if rule.later}
    assert differ == {"time.offset", "time.profile", "time.separator", "duration.seconds"}
    assert all(REGISTRY[rule].later != REGISTRY[rule].severity for rule in differ)
