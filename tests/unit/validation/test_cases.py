"""Every rule has failing cases, which report it and nothing else, and passing cases, which report nothing at all.

tests/cases/<rule>.yaml holds `fail:` and `pass:`, lists of cases as tests/unit/validation/packages.py describes them. A
failing case has `expect:`, a list of {file, line, says} (each optional), one for every finding of the rule. `profile:`
and `strict:` are the options of that name. `besides:` names rules that such a package cannot help breaking too, in a
passing case as well; it is rare, and says `because:`.
"""

from pathlib import Path
from typing import Any

import pytest

from sclt.model.finding import Finding, Severity
from sclt.validation.engine import all_rules, run
from sclt.validation.lms.profiles import PROFILES
from sclt.validation.read.reading import read_package
from tests.places import TESTS, table
from tests.unit.validation.packages import XSD, write_package

CASES = TESTS / "cases"
FILES = {path.stem: table(path) for path in sorted(CASES.glob("*.yaml"))}


def _cases(kind: str) -> list[Any]:
    """Return the cases of every rule; `make quick` takes the first of each."""
    return [
        pytest.param(rule, case, id=f"{rule}: {case['name']}", marks=pytest.mark.slow if n else ())
        for rule, file in FILES.items()
        for n, case in enumerate(file.get(kind, ()))
    ]


def _judge(case: dict[str, Any], folder: Path) -> list[Finding]:
    reading = read_package(write_package(folder / "package.zip", case))
    return run(reading, case.get("profile", ""), case.get("strict", False))


def _told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule.id, str(f.place), f.message) for f in findings]


@pytest.mark.parametrize("base", [*XSD, "cmi5", "tincan"])
def test_sound_packages_have_no_findings(base: str, tmp_path: Path) -> None:
    assert _told(_judge({"base": base}, tmp_path)) == []


@pytest.mark.parametrize(("rule", "case"), _cases("fail"))
def test_failing_case(rule: str, case: dict[str, Any], tmp_path: Path) -> None:
    findings = _judge(case, tmp_path)
    besides = case.get("besides", [])
    assert not besides or case.get("because"), "say why another rule is broken too"
    left = [f for f in findings if f.rule.id not in besides]
    assert {f.rule.id for f in findings} == {rule, *besides}, _told(findings)
    for expected in case["expect"]:
        match = next(
            (
                f
                for f in left
                if expected.get("file", f.place.file) == f.place.file
                and expected.get("line", f.place.line) == f.place.line
                and str(expected.get("says", "")) in f"{f.message} {f.mend}"
            ),
            None,
        )
        assert match, f"{expected} is not among {_told(findings)}"
        left.remove(match)
    assert not left, f"besides: {_told(left)}"
    assert all(f.message.endswith(".") and f.mend for f in findings)


@pytest.mark.parametrize(("rule", "case"), _cases("pass"))
def test_passing_case(rule: str, case: dict[str, Any], tmp_path: Path) -> None:
    besides = case.get("besides", [])
    assert rule not in besides
    assert not besides or case.get("because"), "say why another rule is broken"
    found = _judge(case, tmp_path)
    assert [told for told in _told(found) if told[0] not in besides] == []
    assert set(besides) <= {finding.rule.id for finding in found}


def test_every_rule_has_a_failing_and_a_passing_case() -> None:
    assert set(FILES) == set(all_rules())
    assert [rule for rule, file in FILES.items() if not file.get("fail") or not file.get("pass")] == []


WEIGHT = {Severity.ADVICE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@pytest.mark.parametrize("profile", ["", *PROFILES])
def test_a_rule_weighs_no_more_than_what_silences_it(profile: str) -> None:
    """Else a small fault would hide a grave one, and one of the two answers would be wrong."""

    def weight(name: str) -> tuple[int, bool]:
        rule = all_rules()[name].rule
        change = PROFILES[profile].change(name) if profile else None
        severity = change.severity if change else rule.severity
        return WEIGHT[severity] if severity else -1, rule.conformance

    pairs = [(name, other) for name, r in all_rules().items() for other in (*r.needs, *r.unless)]
    assert pairs
    heavier = [
        (name, other) for name, other in pairs if any(a > b for a, b in zip(weight(name), weight(other), strict=True))
    ]
    assert heavier == []


def test_only_advice_is_silenced_by_a_breach_elsewhere() -> None:
    assert [r.rule.id for r in all_rules().values() if r.unless and r.rule.severity is not Severity.ADVICE] == []


def test_every_rule_has_a_clause_and_needs_rules_that_exist() -> None:
    for registered in all_rules().values():
        rule = registered.rule
        assert rule.clause, rule.id
        assert all(need in all_rules() for need in (*registered.needs, *registered.unless)), rule.id
