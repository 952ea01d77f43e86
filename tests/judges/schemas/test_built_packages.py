"""The packages that sclt builds satisfy the official schemas, and carry all that a strict importer needs."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from sclt import build
from tests.coursemaker import Plan, write_course
from tests.judges.schemas.schema_sets import folders, our_files
from tests.judges.schemas.xsd_judges import Judge, xerces

pytestmark = pytest.mark.slow

STANDARDS = sorted(folders())


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Path]]:
    """Every package of a small programme, unpacked, by standard."""
    root = tmp_path_factory.mktemp("built")
    course = write_course(root / "course", Plan(pages=3, questions=4, modules=2, words=40, ordered=True))
    found: dict[str, list[Path]] = {standard: [] for standard in STANDARDS}
    for package in build(course, root / "out", STANDARDS)[0]:
        zipped = Path(package.path)
        with zipfile.ZipFile(zipped) as archive:
            archive.extractall(root / zipped.stem)
        found[next(s for s in STANDARDS if s in zipped.stem.split("_"))].append(root / zipped.stem)
    return found


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_official_schemas_accept_the_manifests(
    standard: str, unpacked: Mapping[str, list[Path]], xmlschema_official: Mapping[str, Judge]
) -> None:
    judge = xmlschema_official[standard]
    assert [judge(folder / "imsmanifest.xml") for folder in unpacked[standard]] == [[], [], []]


@pytest.mark.parametrize("standard", STANDARDS)
def test_packages_carry_our_control_documents(standard: str, unpacked: Mapping[str, list[Path]]) -> None:
    ours = {name: path.read_bytes() for name, path in our_files(standard).items()}
    for folder in unpacked[standard]:
        assert {path.name: path.read_bytes() for path in folder.glob("*.xsd")} == ours


def test_an_importer_that_follows_the_manifests_finds_no_fault(unpacked: Mapping[str, list[Path]], java: None) -> None:
    manifests = [str(folder / "imsmanifest.xml") for standard in STANDARDS for folder in unpacked[standard]]
    _, *found = xerces([["hints", "lms"], *(["judge", "lms", path] for path in manifests)])
    assert dict(zip(manifests, found, strict=True)) == {path: [] for path in manifests}
