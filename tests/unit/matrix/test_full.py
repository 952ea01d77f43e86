"""The whole matrix, and every newer package: for ``--full``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.matrix.matrix import MODULES, STANDARDS, TABLE, Row, play, run, table

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("standard", STANDARDS)
def test_all_is_kept_and_the_page_says_so(unpacked: Path, standard: str) -> None:
    rows = [row for module in MODULES for row in play(unpacked, module, standard)]
    assert [row for row in rows if row["wrong"]] == []
    section = table(rows).partition("\n## ")[2].strip()
    assert section in TABLE.read_text(encoding="utf-8"), "python -m tests.unit.matrix.matrix writes the page anew"


def test_newer_packages_under_every_switch() -> None:
    learners: list[Row] = run("upgrade.mjs", "full")
    assert [each for each in learners if each["wrong"]] == []
