"""A package judged and inspected: from a path to the plain values that reports show."""

from __future__ import annotations

from pathlib import Path

from sclt.model.finding import Finding, has_errors
from sclt.model.judged import Judged, plain, plain_finding
from sclt.validation.engine import run
from sclt.validation.lms import profiles
from sclt.validation.read.reading import Reading, read_package


def judge(path: Path, profile: str = "", strict: bool = False) -> Judged:
    """Read a package and ask every rule; ``profile`` is a name of profiles.PROFILES, or empty."""
    name = profiles.chosen(profile).title if profile else ""
    reading = read_package(path)
    findings = run(reading, profile, strict)
    refused, taken = _lms(findings) if has_errors(findings) and not profile else ((), ())
    return Judged(
        plain(str(path)),
        reading.kind.id,
        reading.kind.title,
        tuple(plain(sign) for sign in reading.kind.evidence),
        len(reading.entries),
        _size(reading),
        tuple(plain_finding(f) for f in findings),
        name,
        strict,
        refused,
        taken,
    )


def _size(reading: Reading) -> int:
    return sum(entry.size for entry in reading.entries)


def _lms(findings: list[Finding]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the LMSs that have an error among the findings, and those that have none."""
    sees = {p.title: has_errors(profiles.applied(findings, name)) for name, p in profiles.PROFILES.items()}
    return tuple(t for t, error in sees.items() if error), tuple(t for t, error in sees.items() if not error)
