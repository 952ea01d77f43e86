"""What the LRS demands of a statement before it keeps it."""

from __future__ import annotations

from typing import Any

from sclt.lrs.decoding import check_depth
from sclt.lrs.refusal import Refusal
from sclt.model.finding import Finding, Severity
from sclt.xapi.judging.validate import breaches, findings
from sclt.xapi.rules.demand import V1, V2, Found
from sclt.xapi.rules.text import NOTHING, decoded
from sclt.xapi.statements.identity import Json


def read(raw: bytes, number: int, version: str) -> Json:
    """Return the statement that a JSON text is; Refusal 400 for what breaks a rule of the version that is spoken."""
    check_depth(raw, f"Statement {number}")
    found = Found(_read_by(version))
    statement = decoded(raw, found)
    _refuse(found, number)
    if statement is NOTHING:
        raise Refusal(400, f"Statement {number} is not JSON.")
    check(statement, number, version)
    return statement  # type: ignore[no-any-return]


def check(statement: Any, number: int, version: str) -> None:
    """Refuse with 400 what breaks a rule of the version that is spoken (1.0.3 or 2.0.0)."""
    _refuse(breaches(statement, _read_by(version)), number)


def is_sound(statement: Any, version: str) -> bool:
    """Tell whether no rule of a version is broken."""
    return not _errors(breaches(statement, _read_by(version)))


def _read_by(version: str) -> str:
    return V2 if version.startswith("2.") else V1


def _errors(found: Found) -> list[Finding]:
    return [each for each in findings(found) if each.rule.severity is Severity.ERROR]


def _refuse(found: Found, number: int) -> None:
    for each in _errors(found):
        raise Refusal(400, f"Statement {number}, {each.place.pointer or 'as a whole'}: {each.message}")
