"""A studio for the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.studio.running import Studio


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio without sources."""
    running = Studio(None, tmp_path_factory.mktemp("packages"))
    yield running
    running.close()
