"""The examples in docstrings of the library, and docs/python.md, are run as they stand."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path
from typing import Any

import pytest

import sclt
from tests.places import REPOSITORY

pytestmark = pytest.mark.slow

GUIDE = REPOSITORY / "docs" / "python.md"
LRS = "http://127.0.0.1:8090/xapi/"
ORDER = (
    *("rules", "check_sources", "build", "validate", "inspect", "fix", "import_course", "export_course"),
    *("validate_statements", "send", "copy_statements"),
    *("import_statements", "pull", "open_records", "report", "expire", "forget"),
)
"""The functions of the face; each finds what those before have made."""


def failures(text: str, name: str, lrs: str) -> str:
    """Run the examples of a text and return what differs."""
    told: list[str] = []
    example = doctest.DocTestParser().get_doctest(text.replace(LRS, lrs), {}, name, name, 0)
    assert example.examples, f"{name} has no example"
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    runner.run(example, out=told.append)
    return "".join(told)


def test_the_docstrings_of_the_face_tell_the_truth(folder: Path, lrs: str) -> None:
    for name in ORDER:
        told = failures(inspect.getdoc(getattr(sclt, name)) or "", name, lrs)
        assert told == "", told


def test_every_function_of_the_face_has_an_example() -> None:
    assert set(ORDER) == {name for name in sclt.__all__ if inspect.isfunction(getattr(sclt, name))}


def test_every_docstring_of_the_face_says_what_is_raised() -> None:
    assert [name for name in ORDER if "Raises " not in " ".join(getattr(sclt, name).__doc__.split())] == []


def test_the_guide_is_true_line_by_line(folder: Path, lrs: str) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    told = failures("\n".join(blocks), GUIDE.name, lrs)
    assert told == "", told


def test_the_guide_names_every_function_and_type() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert [name for name in sclt.__all__ if not re.search(rf"\b{name}\b", text)] == []


def test_the_test_would_see_a_false_line(lrs: Any) -> None:
    assert "Expected" in failures(">>> 1 + 1\n3\n", "false", lrs)
