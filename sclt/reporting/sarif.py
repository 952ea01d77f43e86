"""A validation as SARIF 2.1.0 (OASIS), which code hosts and editors show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from sclt.model.finding import Finding, Rule, Severity
from sclt.model.judged import Judged

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def validated(judged: Sequence[Judged], version: str) -> str:
    """Return packages with their findings as a SARIF log; ``version`` is that of sclt."""
    rules = {f.rule.id: f.rule for j in judged for f in j.findings}
    order = {identifier: number for number, identifier in enumerate(sorted(rules))}
    artifacts: dict[tuple[str, str], int] = {}
    results = [_result(j, f, order, artifacts) for j in judged for f in j.findings]
    for j in judged:
        _artifact(artifacts, j.path)
    driver = {"name": "sclt", "version": version, "rules": [_rule(rules[identifier]) for identifier in sorted(rules)]}
    run = {
        "tool": {"driver": driver},
        "artifacts": _artifacts(artifacts),
        "results": results,
        "columnKind": "unicodeCodePoints",
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    clause = f" ({rule.clause})" if rule.clause else ""
    return {
        "id": rule.id,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": f"{rule.title}: {rule.why}{clause}."},
        "help": {"text": rule.mend or rule.title},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _artifact(artifacts: dict[tuple[str, str], int], package: str, file: str = "") -> int:
    """Return the number of a package, or of a file in it, which comes after its package."""
    if file == package:
        file = ""  # a file of statements is no package
    if file:
        _artifact(artifacts, package)
    return artifacts.setdefault((package, file), len(artifacts))


def _artifacts(artifacts: dict[tuple[str, str], int]) -> list[dict[str, Any]]:
    return [
        {"location": {"uri": quote(file)}, "parentIndex": artifacts[package, ""]}
        if file
        else {"location": {"uri": quote(package)}}
        for package, file in artifacts
    ]


def _result(
    judged: Judged, finding: Finding, order: dict[str, int], artifacts: dict[tuple[str, str], int]
) -> dict[str, Any]:
    place = finding.place
    number = _artifact(artifacts, judged.path, place.file)
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(place.file), "index": number},
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    }
    if place.xpath:
        location["logicalLocations"] = [{"fullyQualifiedName": place.xpath, "kind": "element"}]
    elif place.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": place.pointer, "kind": "value"}]
    text = " ".join(part for part in (finding.message, finding.mend, finding.note) if part)
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": order[finding.rule.id],
        "level": _LEVELS[finding.rule.severity],
        "message": {"text": text},
        "locations": [location],
    }
