"""Runs the tests of the learner's runtime, which are written for node's own test runner."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent


def test_runtime() -> None:
    run = subprocess.run(
        ["node", "--test", f"{HERE}/"], capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
