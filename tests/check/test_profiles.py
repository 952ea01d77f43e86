"""An LMS sees the same package in its own way, and says where that can be read."""

from pathlib import Path

import pytest

import sclt
from sclt.check.judge import judge
from sclt.errors import UsageError
from sclt.finding import Severity
from tests.check.packages import base_files, write_package

START = base_files("scorm12")["imsmanifest.xml"].decode().index("<organizations")
CUT = base_files("scorm12")["imsmanifest.xml"].decode()
ORGANIZATIONS = CUT[START : CUT.index("</organizations>") + len("</organizations>")]


@pytest.fixture
def without_organizations(tmp_path: Path) -> Path:
    case = {"base": "scorm12", "change": ["imsmanifest.xml", ORGANIZATIONS, ""]}
    return write_package(tmp_path / "package.zip", case)


def _severity(path: Path, rule: str, profile: str, strict: bool = False) -> Severity | None:
    findings = judge(path, profile, strict).findings
    return next((f.rule.severity for f in findings if f.rule.id == rule), None)


def test_moodle_takes_a_package_without_organizations(without_organizations: Path) -> None:
    assert _severity(without_organizations, "structure.organizations", "") is Severity.ERROR
    assert _severity(without_organizations, "structure.organizations", "moodle") is Severity.WARNING
    assert _severity(without_organizations, "structure.organizations", "moodle", strict=True) is Severity.ERROR


def test_a_finding_says_what_the_lms_does_and_where_that_can_be_read(without_organizations: Path) -> None:
    _judged, findings = sclt.validate(without_organizations, profile="moodle")
    finding = next(f for f in findings if f.rule.id == "structure.organizations")
    assert finding.note == "Moodle: it lists every resource that has an href instead."
    assert "scormlib.php" in finding.reference


def test_an_unknown_profile_is_wrong_use(without_organizations: Path) -> None:
    with pytest.raises(UsageError, match="Profiles are: moodle, openedx"):
        judge(without_organizations, "blackbox")


def test_the_verdict_names_who_refuses(tmp_path: Path) -> None:
    judged = judge(write_package(tmp_path / "package.zip", {"base": "scorm12", "zip": {"folder": "a"}}))
    assert judged.verdict.startswith("Imports and plays: no")
    assert not judged.passes
