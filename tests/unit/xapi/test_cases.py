"""Every rule of statements has failing cases, which report it and nothing else, and passing cases."""

from typing import Any

import pytest

from sclt.model.finding import Finding
from sclt.rulebook import rules
from sclt.xapi.judging.validate import validate, validate_text
from tests.unit.xapi.cases import BASES, all_cases, each, statement, text

RULES = rules("statements")
FILE_RULES = {rule for rule in RULES if rule.startswith("file.")} | {"json.mark"}


def params(kind: str) -> list[Any]:
    return [pytest.param(rule, case, id=f"{rule}: {case['name']}") for rule, case in each(kind)]


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule.id, f.place.pointer, f.message) for f in findings]


@pytest.mark.parametrize("base", BASES)
def test_sound_statements_have_no_findings(base: str) -> None:
    assert told(validate(BASES[base])) == []


@pytest.mark.parametrize(("rule", "case"), params("fail"))
def test_failing_case(rule: str, case: dict[str, Any]) -> None:
    findings = validate_text(text(case), case.get("version", ""))
    assert [(f.rule.id, f.place.pointer) for f in findings] == [(rule, case["at"])], told(findings)
    for finding in findings:
        assert finding.message.endswith(".")
        assert finding.mend.endswith(".")


@pytest.mark.parametrize(("rule", "case"), params("pass"))
def test_passing_case(rule: str, case: dict[str, Any]) -> None:
    assert told(validate_text(text(case), case.get("version", ""))) == []


def test_a_decoded_statement_is_judged_as_its_text() -> None:
    for _rule, case in (*each("fail"), *each("pass")):
        if case.keys().isdisjoint(("text", "hex", "repeat")):
            version = case.get("version", "")
            assert validate(statement(case), version) == validate_text(text(case), version)


def test_every_rule_has_a_failing_and_a_passing_case() -> None:
    cases = all_cases()
    assert set(cases) == set(RULES) - FILE_RULES
    assert [rule for rule, file in cases.items() if not file.get("fail") or not file.get("pass")] == []


def test_every_rule_says_what_why_where_and_how() -> None:
    assert len(RULES) >= 100
    for rule in RULES.values():
        assert rule.title
        assert not rule.title.endswith(".")
        assert rule.why
        assert rule.clause
        assert rule.mend.endswith(".")
