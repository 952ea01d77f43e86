"""What sclt check tells of an LMS's way with questions to the authors."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sclt.cli import main
from tests.places import COURSES, TESTS

CONSULTED = TESTS / "browser" / "consulted"


def told(*arguments: str) -> str:
    return CliRunner().invoke(main, ["check", *arguments]).output


@pytest.mark.parametrize("course", [CONSULTED, COURSES])
def test_what_an_lms_does_with_questions_is_told(course: object) -> None:
    moodle = told(str(course), "--profile", "moodle")
    assert "Track details" in moodle
    assert "userreporttracks.php" in moodle
    assert "nothing is known of what" in told(str(course), "--profile", "sakai")
    assert "[ask.lms]" not in told(str(course))


def test_an_lms_that_there_is_not_is_refused() -> None:
    run = CliRunner().invoke(main, ["check", str(CONSULTED), "--profile", "mooodle"])
    assert (run.exit_code, "'mooodle' is not a profile" in run.output) == (2, True)
