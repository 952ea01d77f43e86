"""Nothing that a learner did is lost, and no verdict is untrue, whatever a learning system does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.matrix.matrix import PLAYS, TABLE, play, table


@pytest.mark.slow
@pytest.mark.parametrize(("module", "standard"), PLAYS)
def test_nothing_is_lost_and_nothing_untrue(unpacked: Path, module: str, standard: str) -> None:
    rows = play(unpacked, module, standard)
    assert len(rows) > 500
    wrong = [row for row in rows if row["wrong"]]
    assert wrong == []
    told, page = table(rows), TABLE.read_text(encoding="utf-8")
    assert told[told.index("\n## ") :].strip() in page, "python -m tests.matrix.matrix writes the page anew"
