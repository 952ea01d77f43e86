"""Real modules as packages of each standard, unpacked: what the matrix plays."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.matrix.matrix import unpack


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder MODULE/STANDARD for each package."""
    target = tmp_path_factory.mktemp("unpacked")
    unpack(tmp_path_factory.mktemp("out"), target)
    return target
