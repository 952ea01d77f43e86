"""A validation and an inspection as JSON; docs/reports.md describes the members."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from sclt.model.finding import Finding, Rule
from sclt.model.judged import Inside, Judged, JudgedStatements

FORMAT = 1
NO_NOTES: Mapping[str, Sequence[tuple[str, str, str]]] = {}


def validated(judged: Sequence[Judged], what: str = "packages") -> str:
    """Return packages, or files of statements, with their findings as one JSON object; ``what`` names its member."""
    return _dumped({"format": FORMAT, what: [_package(j) for j in judged]})


def _package(judged: Judged) -> dict[str, Any]:
    facts = msgspec.to_builtins(judged)
    return {
        **{key: value for key, value in facts.items() if key not in ("findings", "counted", "judged", "for_web")},
        "passes": judged.passes,
        **_answers(judged),
        "verdict": judged.verdict,
        "counts": {severity.value: count for severity, count in judged.counts.items()},
        "findings": [_finding(f) for f in judged.findings],
    }


def _answers(judged: Judged) -> dict[str, Any]:
    """Return the two answers for packages; files of statements have none of them."""
    if isinstance(judged, JudgedStatements):
        return {}
    return {"plays": judged.plays, "conforms": judged.conforms, "for_web": judged.for_web}


def _finding(finding: Finding) -> dict[str, Any]:
    rule, place = finding.rule, finding.place
    return {
        "rule": rule.id,
        "severity": rule.severity.value,
        "conformance": rule.conformance,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "xpath": place.xpath,
        "pointer": place.pointer,
        "message": finding.message,
        "mend": finding.mend,
        "demand": rule.title,
        "why": rule.why,
        "clause": rule.clause,
        "note": finding.note,
        "reference": finding.reference,
    }


def inspected(inside: Inside) -> str:
    """Return what is in a package as one JSON object."""
    return _dumped({"format": FORMAT, **msgspec.to_builtins(inside)})


def rules(declared: Sequence[Rule], notes: Mapping[str, Sequence[tuple[str, str, str]]] = NO_NOTES) -> str:
    """Return rules as a JSON array; ``notes`` are, by a rule's id, what LMSs make of it."""
    return _dumped([{**msgspec.to_builtins(rule), "demand": rule.title, **_notes(rule, notes)} for rule in declared])


def _notes(rule: Rule, notes: Mapping[str, Sequence[tuple[str, str, str]]]) -> dict[str, Any]:
    names = ("lms", "note", "reference")
    return {"lms": [dict(zip(names, told, strict=True)) for told in notes[rule.id]]} if rule.id in notes else {}


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
