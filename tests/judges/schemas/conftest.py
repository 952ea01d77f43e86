"""What the schema tests share: sets laid out as in a package, loaded once, and the manifests to judge."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.judges.schemas.manifest_cases import all_cases, base_cases, written
from tests.judges.schemas.schema_sets import OFFICIAL, SchemaSet, folders, official_set, our_set
from tests.judges.schemas.xsd_judges import Judge, Problems, judge_all, libxml2_judge, xmlschema_judge

Sets = Mapping[str, SchemaSet]


def need(present: bool, what: str) -> None:
    """A missing component skips tests at a desk, but never on CI."""
    if not present:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"missing: {what}")


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Sets:
    return {standard: our_set(standard, tmp_path_factory.mktemp(standard)) for standard in folders()}


@pytest.fixture(scope="session")
def official(tmp_path_factory: pytest.TempPathFactory) -> Sets:
    need(OFFICIAL.is_dir(), "the official schemas; run `npm ci` in tests/node")
    return {standard: official_set(standard, tmp_path_factory.mktemp(standard)) for standard in folders()}


@pytest.fixture(scope="session")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    return written([*base_cases(), *all_cases()], tmp_path_factory.mktemp("manifests"))


@pytest.fixture(scope="session")
def libxml2(ours: Sets) -> Mapping[str, Judge]:
    return {standard: libxml2_judge(schemas) for standard, schemas in ours.items()}


@pytest.fixture(scope="session")
def xmlschema_official(official: Sets) -> Mapping[str, Judge]:
    return {standard: xmlschema_judge(schemas) for standard, schemas in official.items()}


@pytest.fixture(scope="session")
def java() -> None:
    need(shutil.which("java") is not None, "a JDK (java)")


@pytest.fixture(scope="session")
def xerces_problems(
    java: None, ours: Sets, official: Sets, manifests: Mapping[str, Path]
) -> Mapping[tuple[str, str], Problems]:
    return judge_all({"ours": ours, "official": official}, [*base_cases(), *all_cases()], manifests)
