"""What cmi5.xml and tincan.xml say, worked out by hand from the course that tests/coursemaker.py writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from sclt import validate
from tests.unit.contracts.support import SCHEMAS, contents, packages, shell_data

CMI5 = "{https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd}"
TINCAN = "{http://projecttincan.com/tincan.xsd}"
BASE = "https://example.org/courses/trial"


def structure(built: Path, name: str, file: str) -> etree._Element:
    return etree.fromstring(contents(built / name)[file])


def texts(element: etree._Element, name: str) -> dict[str, str]:
    return {str(each.get("lang")): str(each.text) for each in element.findall(f"{CMI5}{name}/{CMI5}langstring")}


@pytest.mark.parametrize("standard", ["cmi5", "xapi"])
def test_nothing_is_found_even_in_a_strict_reading(built: Path, standard: str) -> None:
    for package in packages(built, standard):
        judged, findings = validate(package, strict=True)
        assert findings == []
        assert judged.kind == ("cmi5" if standard == "cmi5" else "tincan")


@pytest.mark.parametrize(
    ("standard", "file", "schema"),
    [("cmi5", "cmi5.xml", "cmi5/CourseStructure.xsd"), ("xapi", "tincan.xml", "tincan/tincan.xsd")],
)
def test_the_launch_file_is_valid_by_its_schema(built: Path, standard: str, file: str, schema: str) -> None:
    judge = etree.XMLSchema(file=SCHEMAS / schema)
    for package in packages(built, standard):
        judge.assertValid(etree.fromstring(contents(package)[file]))


def test_a_module_is_a_course_of_one_unit(built: Path) -> None:
    root = structure(built, "trial_module-1_cmi5.zip", "cmi5.xml")
    (unit,) = root.iter(f"{CMI5}au")
    assert unit.getparent() is root
    assert unit.get("id") == f"{BASE}/module-1"
    assert root.find(f"{CMI5}course").get("id") == f"{BASE}/module-1/course", "ids are unique"
    assert unit.findtext(f"{CMI5}url") == "module-1/index.html"
    assert unit.get("launchMethod") == "AnyWindow"
    assert set(texts(unit, "title")) == set(texts(unit, "description")) == {"lt", "en"}


def test_a_programme_is_a_course_with_a_block_of_units(built: Path) -> None:
    root = structure(built, "trial_cmi5.zip", "cmi5.xml")
    assert root.find(f"{CMI5}course").get("id") == BASE
    (block,) = root.findall(f"{CMI5}block")
    units = block.findall(f"{CMI5}au")
    assert [unit.get("id") for unit in units] == [f"{BASE}/module-1", f"{BASE}/module-2"]
    ids = [each.get("id") for each in root.iter(f"{CMI5}*") if each.get("id")]
    assert len(ids) == len(set(ids))


def test_mastery_decides_what_a_unit_asks_for(built: Path) -> None:
    for name in ("module-1", "module-2"):
        (unit,) = structure(built, f"trial_{name}_cmi5.zip", "cmi5.xml").iter(f"{CMI5}au")
        mastery = shell_data(built / f"trial_{name}_cmi5.zip", name)["course"]["mastery"]
        said = unit.get("masteryScore")
        assert (None if said is None else float(said)) == mastery
        assert unit.get("moveOn") == ("Completed" if mastery is None else "CompletedAndPassed")


def test_objectives_are_declared_and_referred_to(built: Path) -> None:
    root = structure(built, "trial_cmi5.zip", "cmi5.xml")
    declared = [each.get("id") for each in root.findall(f"{CMI5}objectives/{CMI5}objective")]
    for unit in root.iter(f"{CMI5}au"):
        module = str(unit.get("id")).rpartition("/")[2]
        course = shell_data(built / "trial_cmi5.zip", module)["course"]
        wanted = [f"{BASE}/{module}/objectives/{each['id']}" for each in course["objectives"]]
        assert [each.get("idref") for each in unit.findall(f"{CMI5}objectives/{CMI5}objective")] == wanted
        assert wanted and set(wanted) <= set(declared)


def test_a_tin_can_launch_begins_with_the_first_activity(built: Path) -> None:
    module = structure(built, "trial_module-1_xapi.zip", "tincan.xml")
    (activity,) = module.iter(f"{TINCAN}activity")
    assert activity.get("id") == f"{BASE}/module-1"
    assert {each.get("lang"): each.text for each in activity.findall(f"{TINCAN}launch")} == {
        "lt": "module-1/index.html", "en": "module-1/index.html",
    }  # fmt: skip
    whole = list(structure(built, "trial_xapi.zip", "tincan.xml").iter(f"{TINCAN}activity"))
    assert [each.get("id") for each in whole] == [BASE, f"{BASE}/module-1", f"{BASE}/module-2"]
    assert [each.findtext(f"{TINCAN}launch") for each in whole] == ["index.html", None, None]
    assert "index.html" in contents(built / "trial_xapi.zip")
    assert "index.html" not in contents(built / "trial_module-1_xapi.zip")
