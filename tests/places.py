"""Where things lie that tests of several folders read."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent
REPOSITORY = TESTS.parent
NODE = TESTS / "node"
AXE = NODE / "node_modules" / "axe-core" / "axe.min.js"
COURSES = TESTS / "browser" / "courses"
REAL = REPOSITORY / "source_modules"
