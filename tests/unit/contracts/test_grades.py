"""A module without mastery tells its score alone, not as one SCO of several: an LMS makes one grade of them all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.contracts.support import LMS, build, contents, edit

pytestmark = pytest.mark.slow

SILENT = "data-score"
AROUND = re.compile(rb'<script type="application/json" id="around">.*?</script>')  # the module that comes next


def heads(package: Path) -> dict[str, str]:
    """Return the first tag of each module's shell in a package."""
    shells = {name: body.decode() for name, body in contents(package).items() if name.endswith("/index.html")}
    return {name.partition("/")[0]: re.findall(r"<html [^>]*>", shell)[0] for name, shell in shells.items()}


@pytest.fixture
def first_without_mastery(course: Path) -> Path:
    edit(course / "trial" / "module-1" / "module.yaml", "version: 1.0.0\n", "version: 1.0.0\nmastery: null\n")
    return course


def test_only_a_programme_of_scorm_keeps_the_score_of_a_module_without_mastery_back(
    first_without_mastery: Path, out: Path
) -> None:
    build(first_without_mastery, out)
    told = {
        package.stem: [module for module, head in sorted(heads(package).items()) if SILENT in head]
        for package in sorted(out.glob("*.zip"))
    }
    assert {name for name, modules in told.items() if modules} == {f"trial_{standard}" for standard in LMS}
    assert all(told[f"trial_{standard}"] == ["module-1"] for standard in LMS)
    assert 'data-score="none"' in heads(out / "trial_scorm12.zip")["module-1"]


def test_all_else_of_the_module_is_the_same_in_both_packages(first_without_mastery: Path, out: Path) -> None:
    build(first_without_mastery, out, "--standard", "scorm12")
    alone, together = (contents(out / f"{name}_scorm12.zip") for name in ("trial_module-1", "trial"))
    differing = [name for name, body in alone.items() if name != "imsmanifest.xml" and together[name] != body]
    assert differing == ["module-1/index.html"]
    shells = [AROUND.sub(b"", package["module-1/index.html"]) for package in (together, alone)]
    assert shells[0].replace(b' data-score="none"', b"") == shells[1]


def test_a_programme_of_one_module_tells_its_score(first_without_mastery: Path, out: Path) -> None:
    edit(first_without_mastery / "trial" / "programme.yaml", "modules: [module-1, module-2]", "modules: [module-1]")
    build(first_without_mastery, out, "--standard", "scorm12")
    assert SILENT not in heads(out / "trial_scorm12.zip")["module-1"]
