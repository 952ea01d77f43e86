"""Each objective is taught, practised and assessed, and docs/content-alignment.md says where."""

import pytest

from tests.unit.texts.alignment import TABLE, alignments, text

pytestmark = pytest.mark.slow


def test_each_objective_is_taught_practised_and_assessed() -> None:
    found = list(alignments())
    assert len(found) > 60
    told = [
        f"{a.module}: {a.objective.id} is not {what}"
        for a in found
        for what, ids in (("taught", a.taught), ("practised", a.practised), ("assessed", a.assessed))
        if not ids
    ]
    assert told == []


def test_the_table_is_what_the_courses_are() -> None:
    """Else write it anew: ``python -m tests.unit.texts.alignment``."""
    assert TABLE.read_text(encoding="utf-8") == text()
