"""Real modules as packages of each standard, unpacked: what the matrix plays."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.matrix.matrix import unpack


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder MODULE/STANDARD for each package."""
    target = tmp_path_factory.mktemp("unpacked")
    unpack(tmp_path_factory.mktemp("out"), target)
    return target


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The whole matrix is for `make test-full`."""
    return True if collection_path.name == "test_full.py" and not config.getoption("--full") else None
