"""The verbs, in the order in which things happen."""

from __future__ import annotations

from pathlib import Path

from sclt.cache import Cache
from sclt.course import Course
from sclt.finding import Finding


def check(path: Path) -> tuple[Course, list[Finding]]:
    """Read the sources at ``path`` and return the course with every finding."""
    from sclt.source.load import load

    return load(path, Cache())
