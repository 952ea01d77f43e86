"""A studio for the tests of a file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.places import COURSES
from tests.unit.studio.running import Studio


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio without sources."""
    running = Studio(None, tmp_path_factory.mktemp("packages"))
    yield running
    running.close()


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio with the test course, which tests leave as it was."""
    place = tmp_path_factory.mktemp("studio")
    shutil.copytree(COURSES, place / "courses")
    running = Studio(place / "courses", place / "packages")
    yield running
    running.close()
