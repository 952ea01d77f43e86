"""An LMS sees the same package in its own way, and says where that can be read."""

from pathlib import Path

import pytest

import sclt
from sclt.errors import UsageError
from sclt.model.finding import Severity
from sclt.validation.engine import run
from sclt.validation.judge import judge
from sclt.validation.lms.profiles import PROFILES
from sclt.validation.read.reading import Reading, read_package
from tests.coursemaker import Plan, write_course
from tests.unit.validation.packages import base_files, write_package

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


STANDARDS = ("scorm12", "scorm2004-2", "scorm2004-3", "scorm2004-4", "cmi5", "xapi")
YES, WARNS, NO = "yes", "warns", "no"
SCORM = ("scorm12", "scorm2004-2", "scorm2004-3", "scorm2004-4")
SCORM2004 = SCORM[1:]
# what docs/lms-admins.md recommends and warns of, for packages of one module and of a programme; all else plays
EXPECTED = {
    "moodle": {("cmi5", "xapi"): (NO, NO), SCORM2004: (YES, WARNS)},
    "openedx": {("cmi5", "xapi"): (NO, NO), ("scorm12",): (WARNS, WARNS), SCORM2004: (YES, WARNS)},
    "ilias": {},
    "chamilo": {SCORM2004: (NO, NO), ("cmi5", "xapi"): (WARNS, WARNS)},
    "canvas": {("cmi5", "xapi"): (NO, NO)},
    "blackboard": {("cmi5",): (NO, NO)},
    "scormcloud": {},
    "totara": {("cmi5", "xapi"): (NO, NO)},
    "sakai": {("scorm12", "cmi5", "xapi"): (NO, NO)},
    "frappe": {("cmi5", "xapi"): (NO, NO), SCORM: (YES, WARNS)},
    "scormhost": {SCORM2004: (WARNS, WARNS), ("cmi5", "xapi"): (NO, NO)},
    "wagtail-lms": {SCORM2004: (NO, NO), ("cmi5", "xapi"): (NO, NO), ("scorm12",): (YES, WARNS)},
}


def _expected(profile: str, standard: str) -> tuple[str, str]:
    return next((verdicts for kinds, verdicts in EXPECTED[profile].items() if standard in kinds), (YES, YES))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Reading]:
    """A programme of two modules in every standard: a module's package and the programme's, each read once."""
    folder = tmp_path_factory.mktemp("profiles")
    sclt.build(write_course(folder / "course", Plan(modules=2, pages=3, questions=2)), folder / "out")
    return {
        (standard, name): read_package(folder / "out" / f"{name}_{standard}.zip")
        for standard in STANDARDS
        for name in ("trial_module-1", "trial")
    }


def _verdict(reading: Reading, profile: str) -> str:
    found = run(reading, profile)
    if any(f.rule.severity is Severity.ERROR for f in found):
        return NO
    return WARNS if any(f.rule.severity is Severity.WARNING for f in found) else YES


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("profile", PROFILES)
def test_every_lms_is_asked_about_every_standard(
    built: dict[tuple[str, str], Reading], profile: str, standard: str
) -> None:
    verdicts = tuple(_verdict(built[standard, name], profile) for name in ("trial_module-1", "trial"))
    assert verdicts == _expected(profile, standard)


def test_a_refusal_says_what_to_import_instead_and_where_that_can_be_read(
    built: dict[tuple[str, str], Reading],
) -> None:
    judged = judge(built["scorm2004-4", "trial_module-1"].path, "chamilo")
    (finding,) = judged.findings
    assert (finding.rule.id, finding.place.file) == ("lms.standard", "imsmanifest.xml")
    assert finding.mend == "Import the SCORM 1.2 package."
    assert finding.reference == "measured in Chamilo 1.9.4, November 2026"
    assert judged.verdict.startswith("Imports and plays in Chamilo: no")
