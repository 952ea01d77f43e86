"""A build does again only what has to be done again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sclt
from sclt import compiling
from sclt.storage.cache import Cache
from tests.conftest import in_turn
from tests.coursemaker import Plan, write_course, write_media
from tests.places import REPOSITORY
from tests.unit.contracts.support import build, contents, digests, edit, packages, states

pytestmark = pytest.mark.slow

SCORM12 = ("--standard", "scorm12")
BUILT, KEPT = "built", "up to date"
PAGE = "trial/module-1/en/page-2.md"
FIRST, SECOND, WHOLE = "trial_module-1_scorm12.zip", "trial_module-2_scorm12.zip", "trial_scorm12.zip"


def times(out: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in packages(out)}


def test_nothing_changed(course: Path, out: Path) -> None:
    assert set(states(build(course, out)).values()) == {BUILT}
    before = times(out)
    done = build(course, out)
    assert len(states(done)) == 21
    assert set(states(done).values()) == {KEPT}
    assert "21 of them up to date" in done.stderr
    assert times(out) == before


def test_nothing_but_the_time_of_a_page_changed(course: Path, out: Path) -> None:
    build(course, out, *SCORM12)
    os.utime(course / PAGE)
    assert set(states(build(course, out, *SCORM12)).values()) == {KEPT}


def test_two_processes_find_it_too(course: Path, out: Path) -> None:
    build(course, out, "--jobs", "2")
    assert set(states(build(course, out, "--jobs", "2")).values()) == {KEPT}
    assert set(states(build(course, out)).values()) == {KEPT}


def test_a_changed_page_changes_only_the_packages_that_hold_it(course: Path, out: Path, tmp_path: Path) -> None:
    build(course, out, *SCORM12)
    before = times(out)
    edit(course / PAGE, "## What already works", "## What works")
    assert states(build(course, out, *SCORM12)) == {FIRST: BUILT, SECOND: KEPT, WHOLE: BUILT}
    assert times(out)[SECOND] == before[SECOND]
    assert b"What works" in contents(out / WHOLE)["module-1/page-2.en.html"]
    build(course, tmp_path / "clean", *SCORM12)
    assert digests(out) == digests(tmp_path / "clean")


def test_a_page_that_changes_back_gives_the_first_bytes(course: Path, out: Path) -> None:
    build(course, out, *SCORM12)
    before = digests(out)
    edit(course / PAGE, "## What already works", "## What works")
    build(course, out, *SCORM12)
    edit(course / PAGE, "## What works", "## What already works")
    build(course, out, *SCORM12)
    assert digests(out) == before


@pytest.mark.parametrize(("name", "old"), [("module.yaml", "en: Module 2"), ("glossary.yaml", "en: goal")])
def test_what_is_no_page_counts_as_well(course: Path, out: Path, name: str, old: str) -> None:
    build(course, out, *SCORM12)
    edit(course / "trial" / "module-2" / name, old, "en: another word")
    assert states(build(course, out, *SCORM12)) == {FIRST: KEPT, SECOND: BUILT, WHOLE: BUILT}


def test_a_changed_picture(tmp_path: Path, out: Path) -> None:
    course = write_course(tmp_path / "course", Plan(pages=1, questions=0, words=30, modules=2, media=(2000,)))
    build(course, out, *SCORM12)
    write_media(course / "trial" / "module-1" / "media" / "picture-1.jpg", 2000, 99)
    assert states(build(course, out, *SCORM12)) == {FIRST: BUILT, SECOND: KEPT, WHOLE: BUILT}


def test_a_package_that_was_deleted(course: Path, out: Path) -> None:
    build(course, out, *SCORM12)
    before = digests(out)
    (out / SECOND).unlink()
    assert states(build(course, out, *SCORM12)) == {FIRST: KEPT, SECOND: BUILT, WHOLE: KEPT}
    assert digests(out) == before


def test_a_package_that_somebody_changed(course: Path, out: Path) -> None:
    build(course, out, *SCORM12)
    before = digests(out)
    with (out / WHOLE).open("ab") as stream:
        stream.write(b"more")
    assert states(build(course, out, *SCORM12)) == {FIRST: KEPT, SECOND: KEPT, WHOLE: BUILT}
    assert digests(out) == before


def test_a_package_that_somebody_changed_without_changing_its_size(course: Path, out: Path) -> None:
    build(course, out, *SCORM12)
    before = digests(out)
    raw = bytearray((out / FIRST).read_bytes())
    raw[-100] ^= 1
    (out / FIRST).write_bytes(raw)
    assert states(build(course, out, *SCORM12))[FIRST] == BUILT
    assert digests(out) == before


def test_a_cache_that_was_deleted(course: Path, out: Path) -> None:
    build(course, out, *SCORM12)
    before = digests(out)
    shutil.rmtree(out / ".sclt-cache")
    build(course, out, *SCORM12)
    assert digests(out) == before


def test_another_version_makes_everything_again(course: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(package.changed for package in sclt.build(course, out, ["scorm12"])[0])
    assert not any(package.changed for package in sclt.build(course, out, ["scorm12"])[0])
    monkeypatch.setattr(compiling, "__version__", "99")
    assert all(package.changed for package in sclt.build(course, out, ["scorm12"])[0])


def test_entries_of_another_program_are_dropped(tmp_path: Path) -> None:
    for salt, expected in (("one", None), ("one", b"value"), ("two", None), ("one", None)):
        cache = Cache(tmp_path / "cache.sqlite", salt)
        assert cache.get("key") == expected
        cache.put("key", b"value")
        cache.close()


CHANGES = {
    "templates/page.html": ("</body>", "<!-- changed --></body>"),
    "runtime/theme.css": ("", ".changed { color: red }\n"),
    "render/pages.py": ("    content = render_blocks(", '    content = "<!-- changed -->" + render_blocks('),
    "source/markdown.py": ('ANCHOR = "part-"', 'ANCHOR = "changed-"'),
    "model/course.py": ("digest()[:3]", "digest()[3:6]"),
    "editions/scorm12.py": ('version="1.2"', 'version="1.3"'),
}


@pytest.mark.parametrize("name", in_turn(list(CHANGES), 6))
def test_a_changed_program_makes_everything_again(course: Path, out: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "copy"
    for folder in ("sclt", "schemas"):
        shutil.copytree(REPOSITORY / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "cli.py", copy)

    def run(target: Path) -> None:
        order = [sys.executable, str(copy / "cli.py"), "build", str(course), "--out", str(target), *SCORM12]
        subprocess.run(order, check=True, capture_output=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})

    run(out)
    before = digests(out)
    old, new = CHANGES[name]
    path = copy / "sclt" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    run(out)
    run(tmp_path / "clean")
    assert digests(out) == digests(tmp_path / "clean") != before
