"""A package judged and inspected: from a path to the plain values that reports show."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import repeat
from pathlib import Path

from sclt.model.finding import Finding, Severity, has_errors
from sclt.model.judged import Judged, plain, plain_finding
from sclt.model.result import AnyPath, Result
from sclt.storage.processes import rare_collection, side_by_side
from sclt.validation.engine import run
from sclt.validation.lms import profiles
from sclt.validation.lms.profile import Profile
from sclt.validation.read.kinds import FOR_WEB
from sclt.validation.read.reading import Reading, read_package

_TOGETHER = 16
"""So many packages at most are given to a process at once."""


def validate(path: AnyPath, profile: str = "", strict: bool = False) -> Result[Judged]:
    """Judge the package at ``path``, a zip or a folder; the value tells what it is.

    ``profile`` judges as one LMS does (a name of sclt.validation.lms.profiles.PROFILES); ``strict`` reads the standards
    strictly. Raises UsageError for an unknown profile or a missing file, EnvironmentFault where it cannot be opened.

    >>> import sclt
    >>> result = sclt.validate("packages/garden_scorm12.zip", profile="moodle")
    >>> result.value.title
    'SCORM 1.2'
    >>> result.verdict
    'Imports and plays in Moodle: yes. Conforms to SCORM 1.2: yes.'
    """
    judged = _judge(Path(path), profile, strict)
    return Result(judged, list(judged.findings))


def validate_all(
    paths: Sequence[Path], profile: str = "", strict: bool = False, jobs: int | None = None
) -> Iterator[Judged]:
    """Judge packages in processes side by side, as many as ``jobs`` or processors, and yield them in their order."""
    if profile:
        profiles.chosen(profile)
    with side_by_side(min(jobs or os.cpu_count() or 1, len(paths))) as executor:
        if executor is None:
            yield from map(_judge, paths, repeat(profile), repeat(strict))
            return
        # those beside each other often share pages, which a process looks through once
        size = min(_TOGETHER, -(-len(paths) // (jobs or os.cpu_count() or 1)))
        yield from executor.map(_judge, paths, repeat(profile), repeat(strict), chunksize=size)


def _judge(path: Path, profile: str, strict: bool) -> Judged:
    with rare_collection():
        return judge(path, profile, strict)


def judge(path: Path, profile: str = "", strict: bool = False) -> Judged:
    """Read a package and ask every rule; ``profile`` is a name of profiles.PROFILES, or empty."""
    name = profiles.chosen(profile).title if profile else ""
    reading = read_package(path)
    findings = run(reading, profile, strict)
    for_all = not profile and reading.kind.id not in FOR_WEB
    refused, taken = _lms(reading, findings) if for_all else ((), ())
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
        reading.kind.judged,
        reading.kind.id in FOR_WEB,
    )


def _size(reading: Reading) -> int:
    return sum(entry.size for entry in reading.entries)


def _lms(reading: Reading, findings: list[Finding]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the LMSs that have an error among the findings or do not take the standard, and those that take it."""
    sees = {p.title: _refuses(p, name, reading, findings) for name, p in profiles.PROFILES.items()}
    return tuple(t for t, error in sees.items() if error), tuple(t for t, error in sees.items() if not error)


def _refuses(profile: Profile, name: str, reading: Reading, findings: list[Finding]) -> bool:
    unknown = reading.kind.judged and not profile.imports(reading.kind)
    return (
        unknown
        or bool(profile.met(Severity.ERROR, reading.kind, reading.scos))
        or has_errors(profiles.applied(findings, name))
    )
