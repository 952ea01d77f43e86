"""What each LMS does differently from the standard, as far as its documentation, its source or a trial says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from sclt.errors import UsageError
from sclt.model.finding import Finding, Severity
from sclt.validation.lms import (
    blackboard,
    canvas,
    chamilo,
    frappe,
    ilias,
    moodle,
    openedx,
    sakai,
    scormcloud,
    scormhost,
    totara,
    wagtaillms,
)
from sclt.validation.lms.profile import ADVICE, ERROR, WARNING, Profile

PROFILES: dict[str, Profile] = {
    "moodle": moodle.PROFILE,
    "openedx": openedx.PROFILE,
    "ilias": ilias.PROFILE,
    "chamilo": chamilo.PROFILE,
    "canvas": canvas.PROFILE,
    "blackboard": blackboard.PROFILE,
    "scormcloud": scormcloud.PROFILE,
    "totara": totara.PROFILE,
    "sakai": sakai.PROFILE,
    "frappe": frappe.PROFILE,
    "scormhost": scormhost.PROFILE,
    "wagtail-lms": wagtaillms.PROFILE,
}


def chosen(name: str) -> Profile:
    """Return the profile with a name; raises UsageError where there is none."""
    if name not in PROFILES:
        raise UsageError(f"'{name}' is not a profile.", hint=f"Profiles are: {', '.join(PROFILES)}.")
    return PROFILES[name]


def applied(findings: Iterable[Finding], name: str, strict: bool = False) -> list[Finding]:
    """Return findings as the LMS called ``name`` sees them; a strict reading is made no milder."""
    return [seen for finding in findings for seen in _seen(finding, PROFILES.get(name), strict)]


def _seen(finding: Finding, profile: Profile | None, strict: bool) -> Iterator[Finding]:
    change = profile.change(finding.rule.id) if profile else None
    if profile is None or change is None:
        yield finding
        return
    severity = change.severity
    if strict and (severity is None or _weight(severity) < _weight(finding.rule.severity)):
        severity = finding.rule.severity
    if severity is not None:
        declared = msgspec.structs.replace(finding.rule, severity=severity)
        note = f"{profile.title}: {change.note}"
        yield msgspec.structs.replace(finding, rule=declared, note=note, reference=change.reference)


def _weight(severity: Severity) -> int:
    return [ADVICE, WARNING, ERROR].index(severity)
