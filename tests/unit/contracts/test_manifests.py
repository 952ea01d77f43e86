"""What an LMS and a catalogue read in the manifest."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from tests.unit.contracts.support import (
    LMS,
    STANDARDS,
    build,
    contents,
    every,
    local,
    manifest,
    packages,
    shell_data,
    texts,
)

pytestmark = pytest.mark.slow

RUNTIME_BUDGET = 86_500  # of them 5.4 KB make Word documents of worksheets, which the course has
SHELL_BUDGET = 26 * 1024
MODULES = ("module-1", "module-2")
SCHEMA_VERSIONS = {
    "scorm12": "1.2", "scorm2004-2": "CAM 1.3", "scorm2004-3": "2004 3rd Edition", "scorm2004-4": "2004 4th Edition",
}  # fmt: skip
MEMBERS = ("title", "description", "keyword", "rights")


def programme(built: Path, standard: str) -> etree._Element:
    return manifest(built / f"trial_{standard}.zip")


def scos(root: etree._Element) -> list[etree._Element]:
    return [
        r
        for r in every(root, "resource")
        if "sco" in {v for k, v in r.attrib.items() if local(k).lower() == "scormtype"}
    ]


def languages(element: etree._Element) -> set[str]:
    """Return the languages of the texts below an element."""
    tags = {
        value for e in element.iter() for key, value in e.attrib.items() if local(f"{{}}{key}") in ("language", "lang")
    }
    return tags - {"x-none"}


@pytest.mark.parametrize("standard", LMS)
def test_schema_and_version(built: Path, standard: str) -> None:
    for package in packages(built, standard):
        root = manifest(package)
        assert texts(every(root, "schema")) == ["ADL SCORM"]
        assert texts(every(root, "schemaversion")) == [SCHEMA_VERSIONS[standard]]


@pytest.mark.parametrize("standard", LMS)
def test_each_item_launches_a_listed_file(built: Path, standard: str) -> None:
    for package in packages(built, standard):
        root = manifest(package)
        resources = {resource.get("identifier"): resource for resource in every(root, "resource")}
        launched = [resources[item.get("identifierref")] for item in every(root, "item")]
        assert launched == scos(root)
        for resource in launched:
            files = [file.get("href") for file in every(resource, "file")]
            assert resource.get("href") in files
            assert resource.get("href") in contents(package)
            assert {d.get("identifierref") for d in every(resource, "dependency")} <= set(resources)


@pytest.mark.parametrize("standard", LMS)
def test_a_module_package_has_one_sco_and_a_programme_one_for_each_module(built: Path, standard: str) -> None:
    counts = {package.stem: len(scos(manifest(package))) for package in packages(built, standard)}
    assert counts == {f"trial_module-1_{standard}": 1, f"trial_module-2_{standard}": 1, f"trial_{standard}": 2}


@pytest.mark.parametrize("standard", LMS)
def test_metadata_of_package_and_sco_in_both_languages(built: Path, standard: str) -> None:
    for package in packages(built, standard):
        root = manifest(package)
        records = every(root, "lom")
        assert len(records) == 1 + len(scos(root))
        for record in records:
            for name in MEMBERS:
                found = every(record, name)
                assert found, f"{name} is missing"
                assert set().union(*map(languages, found)) == {"lt", "en"}, name
            assert len(every(record, "keyword")) == 6
            general = every(record, "general")[0]
            assert texts(e for e in general if local(e.tag) == "language") == ["lt", "en"]
            assert len(every(record, "title")) == 1


@pytest.mark.parametrize("standard", LMS)
def test_metadata_of_duration_version_and_publisher(built: Path, standard: str) -> None:
    root = programme(built, standard)
    tag = "datetime" if standard == "scorm12" else "duration"
    assert texts(every(root, tag)) == ["PT3H", "PT1H30M", "PT1H30M"]
    versions = ["".join(version.itertext()).strip() for version in every(root, "version")]
    assert versions == ["1.0.0"] * 3
    assert root.get("version") == "1.0.0"
    publishers = texts(every(root, "vcard" if standard == "scorm12" else "entity"))
    assert len(publishers) == 3
    assert all("FN:Bandymų savivaldybė" in publisher for publisher in publishers)


@pytest.mark.parametrize("standard", LMS)
def test_identifiers_are_unique(built: Path, standard: str) -> None:
    for package in packages(built, standard):
        counts = Counter(e.get("identifier") for e in manifest(package).iter() if e.get("identifier"))
        assert set(counts.values()) == {1}
    names = {manifest(package).get("identifier") for package in packages(built, standard)}
    assert len(names) == 3, "each package needs an identifier of its own"


def test_mastery_in_scorm_12(built: Path) -> None:
    assert texts(every(programme(built, "scorm12"), "masteryscore")) == ["65", "65"]


@pytest.mark.parametrize("standard", LMS[1:])
def test_mastery_in_scorm_2004(built: Path, standard: str) -> None:
    root = programme(built, standard)
    objectives = every(root, "primaryObjective")
    assert [objective.get("satisfiedByMeasure") for objective in objectives] == ["true", "true"]
    assert texts(every(root, "minNormalizedMeasure")) == ["0.65", "0.65"]


@pytest.mark.parametrize("standard", LMS[1:])
def test_an_ordered_programme_opens_a_module_when_the_one_before_is_satisfied(built: Path, standard: str) -> None:
    first, second = every(programme(built, standard), "item")
    assert not every(first, "preConditionRule")
    (rule,) = every(second, "preConditionRule")
    assert [action.get("action") for action in every(rule, "ruleAction")] == ["disabled"]
    conditions = {(c.get("operator"), c.get("condition")) for c in every(rule, "ruleCondition")}
    assert conditions == {("not", "satisfied"), ("not", "objectiveStatusKnown")}
    referenced = {c.get("referencedObjective") for c in every(rule, "ruleCondition")}
    (read,) = [o for o in every(second, "objective") if o.get("objectiveID") in referenced]
    target = {info.get("targetObjectiveID") for info in every(read, "mapInfo")}
    written = every(every(first, "primaryObjective")[0], "mapInfo")
    assert {info.get("targetObjectiveID") for info in written if info.get("writeSatisfiedStatus") == "true"} == target


@pytest.mark.parametrize("standard", LMS[1:])
def test_a_module_alone_waits_for_nothing(built: Path, standard: str) -> None:
    assert not every(manifest(built / f"trial_module-2_{standard}.zip"), "preConditionRule")


@pytest.mark.parametrize("standard", LMS)
def test_one_language_alone(source: Path, tmp_path: Path, standard: str) -> None:
    build(source, tmp_path, "--standard", standard, "--language", "en")
    for package in packages(tmp_path):
        assert package.stem.endswith(f"_{standard}_en")
        files = contents(package)
        assert not [name for name in files if ".lt." in name]
        assert languages(manifest(package)) == {"en"}
        assert "Bandym" not in files["imsmanifest.xml"].decode()
    assert shell_data(packages(tmp_path)[0], "module-1")["course"]["languages"] == ["en"]
    assert set(shell_data(packages(tmp_path)[0], "module-1")["strings"]) == {"en"}


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_runtime_keeps_its_budget(built: Path, standard: str) -> None:
    """A learner on a slow line loads little before the first page: script and style, then the shell with its words."""
    package = built / f"trial_module-1_{standard}.zip"
    files = contents(package)
    runtime = sum(len(body) for name, body in files.items() if name.startswith("runtime/"))
    course = shell_data(package, "module-1")["course"]
    data = json.dumps(course, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    shell = files["module-1/index.html"].decode()
    assert data in shell
    fallback = shell.partition('<main class="fallback">')[2].partition("</main>")[0]
    markup = len(shell.replace(data, "").replace(fallback, "").encode())
    assert runtime <= RUNTIME_BUDGET, f"{runtime:,} B of runtime"
    assert markup <= SHELL_BUDGET, f"{markup:,} B of shell"
