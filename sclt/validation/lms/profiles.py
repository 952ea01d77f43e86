"""What each LMS does differently from the standard, as far as its documentation, its source or a trial says so."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator

import msgspec

from sclt.errors import UsageError
from sclt.model.finding import Finding, Severity
from sclt.validation import lms
from sclt.validation.lms.profile import ADVICE, ERROR, WARNING, Profile


def _found() -> dict[str, Profile]:
    """Return the profile of every file beside this one, by the file's name, in the order of their ranks."""
    stems = [module.name for module in pkgutil.iter_modules(lms.__path__) if not module.name.startswith("profile")]
    found = {stem.replace("_", "-"): importlib.import_module(f"{lms.__name__}.{stem}").PROFILE for stem in stems}
    return dict(sorted(found.items(), key=lambda item: (item[1].rank, item[0])))


PROFILES: dict[str, Profile] = _found()
"""Every LMS by the name to ask for it."""


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
