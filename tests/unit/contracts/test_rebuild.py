"""The same sources give the same bytes, whoever builds them, where and when."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sclt
from tests.conftest import in_turn
from tests.coursemaker import course_files, module_names, write_media
from tests.places import REPOSITORY
from tests.unit.contracts.conftest import PLAN
from tests.unit.contracts.pythons import second_python
from tests.unit.contracts.support import build_apart, contents, digests, packages, states

pytestmark = pytest.mark.slow


def rebuilt(source: Path, out: Path, *options: str, env: dict[str, str] | None = None) -> dict[str, str]:
    build_apart(source, out, *options, env=env)
    return digests(out)


def test_in_another_folder(source: Path, built: Path, tmp_path: Path) -> None:
    shutil.copytree(source, tmp_path / "a b" / "ąčę")
    assert rebuilt(tmp_path / "a b" / "ąčę", tmp_path / "out") == digests(built)


@pytest.mark.full
def test_with_another_python(
    source: Path, built: Path, tmp_path: Path, request: pytest.FixtureRequest, record_property: Any
) -> None:
    second = second_python(Path(request.config.cache.mkdir("second-python")))
    record_property("built with", second.note)
    print(f"built with {second.note}")
    subprocess.run(
        [second.python, REPOSITORY / "cli.py", "build", source, "--out", tmp_path / "out"],
        check=True, env={**os.environ, "PYTHONHASHSEED": "4711"},
    )  # fmt: skip
    assert digests(tmp_path / "out") == digests(built)


def test_with_files_written_in_another_order(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "source"
    for module in reversed(module_names(PLAN)):
        for n, size in reversed(list(enumerate(PLAN.media))):
            write_media(root / PLAN.programme / module / "media" / f"picture-{n + 1}.jpg", size, n)
    for name, text in reversed(course_files(PLAN).items()):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    assert rebuilt(root, tmp_path / "out") == digests(built)


def test_with_folders_listed_in_another_order(
    source: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listdir, scandir = os.listdir, os.scandir

    class Reversed:
        def __init__(self, path: Any) -> None:
            with scandir(path) as entries:
                self.entries = sorted(entries, key=lambda entry: entry.name, reverse=True)

        def __enter__(self) -> Iterator[Any]:
            return iter(self.entries)

        def __exit__(self, *error: object) -> None:
            pass

        def __iter__(self) -> Iterator[Any]:
            return iter(self.entries)

    monkeypatch.setattr(os, "listdir", lambda path=".": sorted(listdir(path), reverse=True))
    monkeypatch.setattr(os, "scandir", lambda path=".": Reversed(path))
    _, findings = sclt.build(source, tmp_path / "out")
    monkeypatch.undo()
    assert not findings
    assert digests(tmp_path / "out") == digests(built)


SURROUNDINGS = {
    "C and ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Lithuanian": {"LC_ALL": "lt_LT.UTF-8", "LANG": "lt_LT.UTF-8"},
    "time zone in the east": {"TZ": "Pacific/Kiritimati"},
    "time zone in the west": {"TZ": "XYZ+12"},
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
}


@pytest.mark.parametrize("name", in_turn(list(SURROUNDINGS), 2))
def test_in_other_surroundings(source: Path, built: Path, tmp_path: Path, name: str) -> None:
    assert rebuilt(source, tmp_path / "out", env=SURROUNDINGS[name]) == digests(built)


def test_with_two_processes(source: Path, built: Path, tmp_path: Path) -> None:
    assert rebuilt(source, tmp_path / "out", "--jobs", "2") == digests(built)


def test_with_a_warm_cache(source: Path, built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "out")
    for package in packages(tmp_path / "out"):
        package.unlink()
    done = build_apart(source, tmp_path / "out")
    assert set(states(done).values()) == {"built"}
    assert digests(tmp_path / "out") == digests(built)


def test_with_a_cache_that_another_course_filled(course: Path, source: Path, built: Path, out: Path) -> None:
    build_apart(course, out)
    for package in packages(out):
        package.unlink()
    assert rebuilt(source, out) == digests(built)


def test_source_date_epoch_is_the_time_of_every_entry(source: Path, tmp_path: Path) -> None:
    import zipfile

    env = {"SOURCE_DATE_EPOCH": "1700000000"}
    first = rebuilt(source, tmp_path / "out", "--standard", "scorm12", env=env)
    assert first == rebuilt(source, tmp_path / "again", "--standard", "scorm12", env={**env, "TZ": "Asia/Tokyo"})
    for package in packages(tmp_path / "out"):
        with zipfile.ZipFile(package) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(2023, 11, 14, 22, 13, 20)}


@pytest.mark.parametrize("epoch", ["0", "315532799", "99999999999", "9" * 5000])
def test_a_time_that_zips_cannot_hold_is_bounded(source: Path, tmp_path: Path, epoch: str) -> None:
    build_apart(source, tmp_path / "out", "--standard", "web", env={"SOURCE_DATE_EPOCH": epoch})
    assert contents(packages(tmp_path / "out")[0])


@pytest.mark.parametrize("epoch", ["yesterday", "-1", "1.5", "²"])
def test_a_time_that_is_no_number_is_wrong_use(source: Path, tmp_path: Path, epoch: str) -> None:
    done = build_apart(source, tmp_path / "out", "--standard", "web", expect=2, env={"SOURCE_DATE_EPOCH": epoch})
    assert "SOURCE_DATE_EPOCH" in done.stderr
    assert "Traceback" not in done.stderr


def test_another_time_is_another_package(source: Path, tmp_path: Path) -> None:
    first = rebuilt(source, tmp_path / "out", "--standard", "web", env={"SOURCE_DATE_EPOCH": "1700000000"})
    second = rebuilt(source, tmp_path / "out", "--standard", "web", env={"SOURCE_DATE_EPOCH": "1700000002"})
    assert first != second
