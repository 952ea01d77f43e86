"""A folder with a course for an assistant to work in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.places import TESTS

PLANTING = "source_modules/garden/planting"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("assistant") / "work"
    shutil.copytree(TESTS / "unit" / "source" / "base" / "garden", root / "source_modules" / "garden")
    return root


def contents(folder: Path) -> dict[str, bytes]:
    """Return every text of the sources by its name."""
    top = folder / "source_modules"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}
