"""Judges statements: every breach of xAPI 1.0.3 or 2.0, with its place, clause and mend."""

from __future__ import annotations

import json
from collections.abc import Iterable

import msgspec

from sclt.errors import Place, UsageError
from sclt.model.finding import Finding, Rule
from sclt.model.judged import plain_finding
from sclt.xapi.rules import file as file_rules  # noqa: F401  (declares its rules)
from sclt.xapi.rules.demand import V1, V2, At, Breach, Found, Words, below, pointer
from sclt.xapi.rules.statement import statement as ask
from sclt.xapi.rules.text import NOTHING, decoded

VERSIONS = (V1, V2)
_SHOWN = 80


def validate(statement: object, version: str = "") -> list[Finding]:
    """Return every breach of a decoded statement (dict, list, str, int, float, bool, None), none for a valid one.

    ``version`` is "1.0.3" or "2.0"; without it a statement is read by the version that it says itself, else by 1.0.3.
    A place of a finding has the JSON pointer (RFC 6901). Raises UsageError for another version.
    """
    return findings(breaches(statement, known(version)))


def validate_text(raw: bytes | str, version: str = "") -> list[Finding]:
    """Return every breach of the JSON text of a statement, or of an array of them; otherwise as `validate`."""
    raw = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    found = Found()
    value = decoded(raw, found)
    told: list[Finding] = []
    if value is not NOTHING:
        for index, each in enumerate(value) if isinstance(value, list) else ((None, value),):
            told += findings(moved(breaches(each, known(version)), () if index is None else ((), index)))
    return _in_order([*findings(found), *told])


def known(version: str) -> str:
    """Return a version that sclt reads; raises UsageError for another."""
    if version and version not in VERSIONS:
        raise UsageError(f"'{version}' is not a version of xAPI that sclt reads.", hint="Versions are: 1.0.3, 2.0.")
    return version


def breaches(statement: object, version: str = "") -> Found:
    """Return the breaches of a decoded statement."""
    found = Found(version or said_version(statement))
    ask(statement, (), found)
    return found


def said_version(statement: object) -> str:
    """Return the version by which a statement wants to be read."""
    said = statement.get("version") if isinstance(statement, dict) else None
    return V2 if isinstance(said, str) and said.startswith("2.") else V1


def moved(found: Found, under: At) -> Found:
    """Return breaches with their places below another."""
    if not under:
        return found
    lower = Found(found.version)
    lower += [Breach(broken, below(at, under), value) for broken, at, value in found]
    return lower


def findings(found: Iterable[Breach], version: str = "") -> list[Finding]:
    """Return breaches as findings in the order of their places; ``version`` is that of ``found`` where it has one."""
    read_by = version or getattr(found, "version", V1)
    return _in_order([finding(breach, version=read_by) for breach in found])


def _in_order(made: list[Finding]) -> list[Finding]:
    return sorted(made, key=lambda f: (f.place, f.rule.id, f.message))


def finding(breach: Breach, file: str = "", line: int = 1, strict: bool = False, version: str = V1) -> Finding:
    """Return a breach in a statement read by a version of xAPI as a finding whose texts are safe to print."""
    rule = weighed(breach.demand.rule, version, strict)
    key = breach.at[1] if breach.at else ""
    message = breach.demand.says.format(value=_shown(breach.value), key=key)
    place = Place(file, line, pointer=pointer(breach.at))
    return plain_finding(Finding(rule, place, message, rule.mend, _difference(breach.demand.rule, version)))


def weighed(rule: Rule, version: str, strict: bool = False) -> Rule:
    """Return a rule with the severity that it has in a version of xAPI, and in a strict reading."""
    if severity := (strict and rule.strict) or (version == V2 and rule.later):
        return msgspec.structs.replace(rule, severity=severity)
    return rule


def _difference(rule: Rule, version: str) -> str:
    """Return what the other version of xAPI makes of a breach, where it differs."""
    if not rule.later:
        return ""
    other, severity = (V1, rule.severity) if version == V2 else (V2, rule.later)
    return f"{'an' if severity.value[0] in 'ae' else 'a'} {severity.value} in xAPI {other}"


def _shown(value: object) -> str:
    if isinstance(value, Words):
        return str(value)
    try:
        text = f"'{value}'" if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):  # a number of thousands of digits, or a value that holds itself
        return f"a value of type {type(value).__name__}"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
