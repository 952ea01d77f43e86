"""docs/cmi5-lms.md is true: its lines are run, and it names what the LMS has."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from sclt.lrs.lms import REASONS, Lms
from tests.places import REPOSITORY
from tests.unit.face.conftest import folder  # noqa: F401 - a fixture
from tests.unit.face.test_examples import failures

GUIDE = (REPOSITORY / "docs" / "cmi5-lms.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_guide_is_true_line_by_line(folder: Path) -> None:  # noqa: F811
    blocks = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    told = failures("\n".join(blocks), "cmi5-lms.md", "")
    assert told == "", told


def test_the_guide_names_every_function_with_its_parameters() -> None:
    for name, function in inspect.getmembers(Lms, inspect.isfunction):
        if not name.startswith("_"):
            parameters = [each for each in inspect.signature(function).parameters if each != "self"]
            (row,) = re.findall(rf"^\| `{name}\((.*?)\)` \|", GUIDE, re.MULTILINE)
            assert [each.partition("=")[0].strip() for each in row.split(",")] == parameters
    assert all(reason in GUIDE for reason in REASONS)
