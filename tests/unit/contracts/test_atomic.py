"""Whatever ends a build, each package is its earlier self or its new self, whole, and nothing else lies beside it."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import in_turn
from tests.coursemaker import Plan, write_course, write_media
from tests.unit.contracts.support import build, build_apart, command, digests, packages, states

pytestmark = pytest.mark.slow

MEGABYTE = 1 << 20
PLAN = Plan(pages=1, questions=1, words=50, media=(10_000,))
SCORM12 = ("--standard", "scorm12")
PICTURE = "trial/module-1/media/picture-1.jpg"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course", PLAN)


@pytest.fixture
def earlier(small: Path, out: Path) -> dict[str, str]:
    """The packages of an earlier build, by hash."""
    build(small, out, *SCORM12)
    return digests(out)


def grow(course: Path, size: int) -> None:
    write_media(course / PICTURE, size, 1)


def beside(out: Path) -> set[str]:
    """Return what lies among the packages and is none."""
    return {path.name for path in out.iterdir()} - {path.name for path in out.glob("trial*.zip")}


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "as soon as it starts": lambda part: True,
    "when the zip begins": lambda part: part.name.startswith("trial_module"),
    "a third into the zip": lambda part: part.stat().st_size > 50 * MEGABYTE,
    "near the end of the zip": lambda part: part.stat().st_size > 145 * MEGABYTE,
    "in the second zip": lambda part: part.name.startswith("trial_scorm12"),
}


def kill_when(started: subprocess.Popen[bytes], out: Path, moment: Callable[[Path], bool]) -> None:
    """Kill a build when a growing zip looks as ``moment`` says."""
    while started.poll() is None:
        for part in out.glob(".sclt-cache/*.part"):
            try:
                if moment(part):
                    started.send_signal(signal.SIGKILL)
                    assert started.wait(30) == -signal.SIGKILL
                    return
            except FileNotFoundError:
                continue
        time.sleep(0.001)
    pytest.fail("the build ended before it was killed")


@pytest.mark.parametrize("moment", in_turn(list(MOMENTS), 2))
def test_killed(small: Path, out: Path, earlier: dict[str, str], tmp_path: Path, moment: str) -> None:
    grow(small, 150 * MEGABYTE)
    kill_when(subprocess.Popen(command(small, out, *SCORM12), stdout=subprocess.DEVNULL), out, MOMENTS[moment])
    assert beside(out) == {".sclt-cache"}
    second = moment == "in the second zip"
    assert [digests(out)[name] == earlier[name] for name in earlier] == [not second, True]
    for package in packages(out):
        with zipfile.ZipFile(package) as archive:
            assert archive.testzip() is None
    grow(small, 20_000)
    build(small, out, *SCORM12)
    build(small, tmp_path / "clean", *SCORM12)
    assert digests(out) == digests(tmp_path / "clean")


def test_what_a_killed_build_left_is_cleared_away(small: Path, out: Path, earlier: dict[str, str]) -> None:
    old = out / ".sclt-cache" / "trial_scorm12.zip.abc.part"
    fresh = out / ".sclt-cache" / "trial_scorm12.zip.def.part"
    for part in (old, fresh):
        part.write_bytes(b"PK")
    os.utime(old, (time.time() - 7200,) * 2)
    grow(small, 20_000)
    build(small, out, *SCORM12)
    assert not old.exists()
    assert fresh.exists(), "it may be that of a build at this moment"


def assert_fault(
    done: subprocess.CompletedProcess[str], out: Path, earlier: dict[str, str], named: str = ".zip"
) -> None:
    """Check that a fault is told in one line that names the file, and has changed nothing."""
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("error: ")
    assert named in line
    assert digests(out) == earlier
    assert beside(out) <= {".sclt-cache"}
    assert not list(out.glob(".sclt-cache/*.part"))


def test_a_file_that_may_not_grow(small: Path, out: Path, earlier: dict[str, str]) -> None:
    grow(small, 3 * MEGABYTE)
    limit = (2 * MEGABYTE,) * 2
    done = build_apart(
        small, out, *SCORM12, expect=3, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    )
    assert_fault(done, out, earlier)


@pytest.fixture
def small_disk(out: Path) -> Iterator[Path]:
    """A disk of 4 MB, where the system lets us have one."""
    out.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(out)]
    if not shutil.which("mount") or subprocess.run(options, capture_output=True).returncode:
        pytest.skip("no right to mount a disk; test_a_file_that_may_not_grow stands for it")
    yield out
    subprocess.run(["umount", "--lazy", str(out)], check=True)


def test_a_full_disk(small: Path, small_disk: Path) -> None:
    build(small, small_disk, *SCORM12)
    earlier = digests(small_disk)
    grow(small, 6 * MEGABYTE)
    done = build(small, small_disk, *SCORM12, expect=3)
    assert "No space left" in done.stderr
    assert_fault(done, small_disk, earlier)


def test_a_disk_that_is_full_from_the_start(small: Path, small_disk: Path) -> None:
    with suppress(OSError):
        (small_disk / "filler").write_bytes(bytes(8 * MEGABYTE))
    done = build(small, small_disk, *SCORM12, expect=3)
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list(small_disk.glob("**/*.zip*"))


def obey_permissions() -> None:
    """Give up root's right to ignore permissions: PR_CAPBSET_DROP of CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="permissions are tested on Linux")
def test_a_folder_that_may_not_be_written(small: Path, out: Path, earlier: dict[str, str]) -> None:
    grow(small, 20_000)
    folders = (out / ".sclt-cache", out)
    for folder in folders:
        folder.chmod(0o555)
    try:
        done = build_apart(small, out, *SCORM12, expect=3, preexec_fn=obey_permissions)
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert "Permission denied" in done.stderr
    assert_fault(done, out, earlier)


@pytest.mark.skipif(sys.platform != "linux", reason="permissions are tested on Linux")
def test_a_media_file_that_may_not_be_read(small: Path, out: Path, earlier: dict[str, str]) -> None:
    grow(small, 20_000)
    (small / PICTURE).chmod(0)
    done = build_apart(small, out, *SCORM12, expect=3, preexec_fn=obey_permissions)
    assert_fault(done, out, earlier, "picture-1.jpg")


def test_out_is_a_file(small: Path, out: Path) -> None:
    out.write_text("a file", encoding="utf-8")
    done = build(small, out, expect=2)
    assert "is a file" in done.stderr
    assert out.read_text(encoding="utf-8") == "a file"


def test_out_lies_below_a_file(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    done = build(small, tmp_path / "file" / "out", expect=3)
    assert "Traceback" not in done.stderr


def test_a_folder_stands_where_a_package_goes(small: Path, out: Path) -> None:
    (out / "trial_scorm12.zip").mkdir(parents=True)
    done = build(small, out, *SCORM12, expect=3)
    assert "trial_scorm12.zip" in done.stderr
    assert not list(out.glob(".sclt-cache/*.part"))


def test_two_builds_at_once(small: Path, out: Path, tmp_path: Path) -> None:
    started = [subprocess.Popen(command(small, out, *SCORM12), stdout=subprocess.DEVNULL) for _ in range(4)]
    assert [process.wait(60) for process in started] == [0] * 4
    build(small, tmp_path / "clean", *SCORM12)
    assert digests(out) == digests(tmp_path / "clean")
    assert beside(out) == {".sclt-cache"}


def garbage(cache: Path) -> None:
    cache.write_bytes(b"This is no database. " * 1000)


def cut(cache: Path) -> None:
    cache.write_bytes(cache.read_bytes()[: cache.stat().st_size // 2])


def empty(cache: Path) -> None:
    cache.write_bytes(b"")


def folder_instead(cache: Path) -> None:
    cache.unlink()
    cache.mkdir()


def other_tables(cache: Path) -> None:
    cache.unlink()
    with sqlite3.connect(cache) as base:
        base.execute("create table entry (something text)")


def wrong_values(cache: Path) -> None:
    with sqlite3.connect(cache) as base:
        base.execute("update entry set value = null where length(value) % 2")
        base.execute("update entry set value = 'text' where value is not null")


def swapped_bits(cache: Path) -> None:
    raw = bytearray(cache.read_bytes())
    for place in range(5000, len(raw), 997):
        raw[place] ^= 0x10
    cache.write_bytes(raw)


DAMAGES = (garbage, cut, empty, folder_instead, other_tables, wrong_values, swapped_bits)


@pytest.mark.parametrize("damage", in_turn(DAMAGES, 3), ids=lambda damage: damage.__name__)
def test_a_damaged_cache_is_made_again(
    small: Path, out: Path, earlier: dict[str, str], damage: Callable[[Path], None]
) -> None:
    for package in packages(out):
        package.unlink()
    damage(out / ".sclt-cache" / "cache.sqlite")
    build(small, out, *SCORM12)
    assert digests(out) == earlier
    if damage is not folder_instead:
        build(small, out, *SCORM12)
        assert set(states(build(small, out, *SCORM12)).values()) == {"up to date"}, "the cache works again"


def test_a_file_instead_of_the_cache_folder(small: Path, out: Path, tmp_path: Path) -> None:
    out.mkdir()
    (out / ".sclt-cache").write_text("a file", encoding="utf-8")
    build(small, out, *SCORM12)
    build(small, tmp_path / "clean", *SCORM12)
    assert {name: digests(out)[name] for name in digests(tmp_path / "clean")} == digests(tmp_path / "clean")
    assert beside(out) == {".sclt-cache"}
