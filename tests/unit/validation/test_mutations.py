"""Packages with one thing made wrong, in the way of ADL's test suite: both answers are right, as the clause says.

`make test` takes some, `make test-full` all.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sclt.validation.judge import judge
from tests.conftest import in_turn
from tests.unit.validation.mutations import Mutation, mutations, written

CASES = [(made, base) for made, base in mutations()]


@pytest.mark.parametrize(("made", "base"), in_turn(CASES, 29))
def test_both_answers(made: Mutation, base: str, tmp_path: Path) -> None:
    judged = judge(written(made, base, tmp_path / "package.zip"))
    told = [str(finding) for finding in judged.findings]
    assert judged.conforms is made.conforms, f"{made.name} ({made.clause}): {told}"
    if made.plays is not None:
        assert judged.plays is made.plays, f"{made.name}: {told}"


def test_every_mutation_has_a_name_of_its_own() -> None:
    names = [(made.name, base) for made, base in CASES]
    assert len(set(names)) == len(names) > 600
