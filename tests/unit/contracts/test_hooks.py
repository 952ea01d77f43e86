"""The hooks for pre-commit, as an author uses them in a repository of courses."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from sclt.cli import main
from tests.places import COURSES, REPOSITORY
from tests.unit.contracts.checkout import clean, copied, pins

pytestmark = pytest.mark.slow

PRE_COMMIT = Path(sys.prefix) / "envs" / "precommit" / "bin" / "pre-commit"
GUIDE = (REPOSITORY / "docs" / "automation.md").read_text(encoding="utf-8")
CONFIGURATION, WORKFLOW = (yaml.safe_load(text) for text in re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.M | re.S))
WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))
IDENTITY = ("-c", "user.name=Ona", "-c", "user.email=ona@example.org", "-c", "init.defaultBranch=main")


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *IDENTITY, *words], cwd=folder, env=clean(), check=True, capture_output=True)


class Author:
    """A repository of courses with the hooks of the guide."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.folder = folder
        shutil.copytree(COURSES, folder / "source_modules")
        told = {**CONFIGURATION["repos"][0], "repo": str(repository)}
        (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [told]}), encoding="utf-8")
        git(folder, "init")
        self._environment = {
            **clean(),
            "PRE_COMMIT_HOME": str(folder.parent / "home"),
            "PIP_CONSTRAINT": str(pins(folder.parent / "pins.txt")),
            "npm_config_offline": "true",  # a hook needs no preview
        }

    def run(self) -> tuple[int, str]:
        git(self.folder, "add", ".")
        command = [PRE_COMMIT, "run", "--all-files", "--color", "never"]
        done = subprocess.run(
            command, cwd=self.folder, env=self._environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Author:
    folder = tmp_path_factory.mktemp("hooks")
    repository = copied(folder / "sclt")
    git(repository, "init")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "All")
    git(repository, "tag", CONFIGURATION["repos"][0]["rev"])
    return Author(folder / "courses", repository)


@pytest.mark.full
def test_sound_sources_pass_and_faults_are_refused(author: Author) -> None:
    status, said = author.run()
    assert re.search(r"^sclt check\.+Passed$", said, re.MULTILINE), said
    assert status == 0

    page = next((author.folder / "source_modules").rglob("en/*.md"))
    page.write_text(page.read_text(encoding="utf-8") + "\n![A picture that is not there](../media/gone.png)\n")
    status, said = author.run()
    assert status == 1
    assert f"{page.name}:" in said
    assert "gone.png" in said
    git(author.folder, "rm", "--cached", "--quiet", str(page))
    shutil.copyfile(COURSES / page.relative_to(author.folder / "source_modules"), page)

    (author.folder / "broken.zip").write_bytes(b"no zip")
    status, said = author.run()
    assert status == 1
    assert re.search(r"^sclt validate\.+Failed$", said, re.MULTILINE), said
    assert "broken.zip" in said


@pytest.mark.slow
def test_pre_commit_takes_our_files() -> None:
    for word, name in (("validate-config", ".pre-commit-config.yaml"), ("validate-manifest", ".pre-commit-hooks.yaml")):
        done = subprocess.run([PRE_COMMIT, word, REPOSITORY / name], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_guide_names_hooks_that_there_are() -> None:
    told = {hook["id"] for hook in CONFIGURATION["repos"][0]["hooks"]}
    assert told == {hook["id"] for hook in yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text())}


def commands(workflow: dict[str, Any]) -> list[str]:
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    return [step["run"] for step in steps if "run" in step]


def test_the_workflow_of_the_guide_does_what_it_says(tmp_path: Path) -> None:
    shutil.copytree(COURSES, tmp_path / "source_modules")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command in commands(WORKFLOW):
        if command.startswith("sclt "):
            subprocess.run(["sh", "-c", command], cwd=tmp_path, env={**os.environ, "PATH": path}, check=True)
    assert {"index.html", "manifest.json"} < {file.name for file in (tmp_path / "packages").iterdir()}
    assert (tmp_path / "validate.xml").stat().st_size > 0


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_our_workflows_ask_for_what_there_is(file: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    asked = commands(yaml.safe_load(file.read_text(encoding="utf-8")))
    assert asked
    for command in asked:
        program, word, *_ = [*command.split(), ""]
        assert (
            (program == "make" and word in targets)
            or (program == ".ci/run" and (REPOSITORY / program).is_file())
            or (program == ".venv/bin/sclt" and word in main.list_commands(click.Context(main)))
        ), command


def test_the_test_workflow_runs_the_tests() -> None:
    assert "make test" in (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    assert ".ci/run" in commands(yaml.safe_load((REPOSITORY / ".github" / "workflows" / "test.yml").read_text()))
