"""What authoring tools publish gets the right answers, and its tool is named rightly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sclt.model.finding import Severity
from sclt.validation.inspect import look_inside
from sclt.validation.judge import judge
from tests.unit.validation.shapes import SHAPES, Shape, written


@pytest.mark.parametrize("make", SHAPES, ids=lambda make: make.__name__)
def test_answers_and_tool(make: Callable[[], Shape], tmp_path: Path) -> None:
    shape = make()
    path = written(shape, tmp_path / "package.zip")
    judged = judge(path)
    told = [str(finding) for finding in judged.findings]
    assert (judged.title, look_inside(path).tool) == (shape.title, shape.tool)
    assert judged.plays is shape.plays, told
    assert judged.conforms is shape.conforms, told
    assert {f.rule.id for f in judged.findings if f.rule.severity is Severity.WARNING} == shape.warnings, told
