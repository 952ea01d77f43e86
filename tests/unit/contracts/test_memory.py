"""Media are streamed: a course of many large files takes hardly more memory than one with a single file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.coursemaker import Plan, write_course
from tests.unit.contracts.support import command

MEGABYTE = 1 << 20
SIZE = 3_000_000


def peak_memory(folder: Path, media: int, standard: str = "scorm12") -> int:
    """Build a course with so many media files in a process of its own; return its peak memory in bytes."""
    course = write_course(folder / "course", Plan(pages=10, questions=0, words=100, media=(SIZE,) * media))
    order = command(course, folder / "out", "--standard", standard)
    started = subprocess.Popen(order, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(started.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    sizes = [path.stat().st_size for path in (folder / "out").glob("*.zip")]
    assert min(sizes) > media * SIZE
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@pytest.mark.slow
def test_memory_does_not_grow_with_media(tmp_path: Path) -> None:
    one, many = peak_memory(tmp_path / "one", 1), peak_memory(tmp_path / "many", 60)
    assert many - one <= 40 * MEGABYTE, f"{one / MEGABYTE:.0f} MB with one file, {many / MEGABYTE:.0f} MB with sixty"
