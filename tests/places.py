"""Where things lie that tests of several folders read, and how tables of cases are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

TESTS = Path(__file__).resolve().parent
REPOSITORY = TESTS.parent
NODE = TESTS / "node"
COURSES = TESTS / "browser" / "courses"
GARDEN = TESTS / "browser" / "gallery"
REAL = REPOSITORY / "source_modules"
GALLERY = REPOSITORY / "examples" / "gallery"


def table(path: Path) -> Any:
    """Return what a YAML file of ours holds, by the parser in C: there are thousands of cases."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
