"""What keeps learners' records safe: room for the saved state, and identifiers that an earlier package had."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

from sclt.course import Module
from sclt.errors import Place
from sclt.finding import Finding
from sclt.render.data import course_data
from sclt.source.agree import tasks
from sclt.source.rules import RULES
from sclt.standards.base import Standard

_COURSE = re.compile(rb'<script type="application/json" id="course">(.*?)</script>', re.DOTALL)


def oversized_state(module: Module, standard: Standard) -> list[Finding]:
    """Find a module whose records cannot fit into what the standard keeps."""
    return []


def lost_identifiers(module: Module, earlier: list[Path]) -> list[Finding]:
    """Find identifiers that an ``earlier`` package of the module had and that are now gone without a word."""
    had = {name for path in earlier for name in _identifiers(_course_in(path, module.id))}
    data = course_data(module)
    kept = _identifiers(data) | set(module.retired)
    kept |= {name for page in module.pages for name in page.main.was}
    kept |= {name for page in module.pages for task in tasks(page.main) for name in getattr(task, "was", ())}
    place = Place(f"{module.folder}/module.yaml")
    return [
        Finding(
            RULES["id.lost"],
            place,
            f"'{name}' was in the earlier package and is gone.",
            f"Where something took its place add 'was: {name}' there; otherwise add it to 'retired:'.",
        )
        for name in sorted(had - kept)
    ]


def _identifiers(course: dict[str, Any]) -> set[str]:
    pages = {page["id"] for page in course.get("pages", ())}
    return pages | set(course.get("questions", ())) | set(course.get("worksheets", ()))


def _course_in(package: Path, module: str) -> dict[str, Any]:
    """Return the course data of an earlier package, or nothing where it cannot be read."""
    try:
        with zipfile.ZipFile(package) as archive:
            match = _COURSE.search(archive.read(f"{module}/index.html"))
        return dict(json.loads(match[1])) if match else {}
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return {}
