"""A metric is one file, in the place of the report that it asks for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sclt.records import metrics

NEW = """
from sclt.records.metrics.participation import by

METRIC = by("days", 6.5, ("day",))
"""


def test_each_file_is_named_for_its_metric() -> None:
    folder = Path(metrics.__file__).parent
    declared = {path.stem for path in folder.glob("*.py") if "\nMETRIC = " in path.read_text(encoding="utf-8")}
    assert declared == {metric.name for metric in metrics.METRICS}
    assert len({metric.rank for metric in metrics.METRICS}) == len(metrics.METRICS)


def test_a_new_metric_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "days.py").write_text(NEW, encoding="utf-8")
    monkeypatch.setattr(metrics, "__path__", [*metrics.__path__, str(tmp_path)])
    monkeypatch.setitem(sys.modules, "sclt.records.metrics.days", None)
    del sys.modules["sclt.records.metrics.days"]
    assert "days" in [metric.name for metric in metrics.found()]
