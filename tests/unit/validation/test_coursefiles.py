"""cmi5.xml, tincan.xml and the files of AICC with one thing made wrong: the right rule tells, and conformance is right.

`make test` takes some, `make test-full` all.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sclt.model.finding import Severity
from sclt.validation.judge import judge
from tests.conftest import in_turn
from tests.unit.validation.coursefiles import Mutation, mutations
from tests.unit.validation.packages import Zip

CASES = list(mutations())
OF_BASE = {"aicc.support"}  # what is told of every AICC course


@pytest.mark.parametrize("made", in_turn([(made,) for made in CASES], 23))
def test_the_right_rule_tells(made: Mutation, tmp_path: Path) -> None:
    judged = judge(Zip(tmp_path / "package.zip", {"store": True}).write(made.files))
    told = [finding for finding in judged.findings if finding.rule.id not in OF_BASE]
    wrong = f"{made.base}, {made.name} ({made.clause}): {[str(finding) for finding in told]}"
    assert judged.conforms is made.conforms, wrong
    if made.rule:
        assert made.rule in {finding.rule.id for finding in told}, wrong
    else:
        assert not [finding for finding in told if finding.rule.severity is not Severity.ADVICE], wrong


def test_every_mutation_has_a_name_of_its_own() -> None:
    assert len({(made.base, made.name) for made in CASES}) == len(CASES) > 400
