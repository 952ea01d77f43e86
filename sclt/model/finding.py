"""Rules and findings: one shape for everything that a check can say, whatever report shows it."""

from __future__ import annotations

import enum

import msgspec

from sclt.errors import Place


class Severity(enum.StrEnum):
    """How much a finding matters: an error stops a build, a warning will be felt, advice may be left."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Rule(msgspec.Struct, frozen=True):
    """What is demanded, and why it matters to a learner or an LMS.

    ``clause`` names the standard's own words, ``mend`` how to mend a breach in general; ``strict`` is the severity in a
    strict reading where it differs; ``profiles`` are the LMSs that alone demand it (none: everyone does).
    """

    id: str
    severity: Severity
    demand: str
    why: str
    clause: str = ""
    mend: str = ""
    strict: Severity | None = None
    profiles: tuple[str, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """A rule that something breaks: where, in what way, and how to mend it.

    ``note`` says what an LMS makes of it, ``reference`` where that can be read.
    """

    rule: Rule
    place: Place
    message: str
    mend: str = ""
    note: str = ""
    reference: str = ""


def in_order(findings: list[Finding]) -> list[Finding]:
    """Sort by file, line and column and drop repetitions."""
    return sorted(set(findings), key=lambda f: (f.place, f.rule.id, f.message))


def has_errors(findings: list[Finding]) -> bool:
    """Tell whether anything is found that stops a build."""
    return any(f.rule.severity is Severity.ERROR for f in findings)
