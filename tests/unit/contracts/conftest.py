from pathlib import Path

import pytest

from tests.coursemaker import Plan, write_course
from tests.unit.contracts.support import build

PLAN = Plan(pages=4, questions=12, modules=2, media=(3000, 5000), words=120, ordered=True)


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course that no test changes."""
    return write_course(tmp_path_factory.mktemp("source"), PLAN)


@pytest.fixture(scope="session")
def built(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of that course for every standard; no test changes them."""
    out = tmp_path_factory.mktemp("built")
    build(source, out)
    return out


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course to change."""
    return write_course(tmp_path / "course", Plan(pages=3, questions=4, modules=2, words=60))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"
