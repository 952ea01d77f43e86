"""Packages made to hurt end in findings, within bounded memory and time; nothing outside them is touched."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sclt.errors import ScltError
from sclt.validation.fix.mend import mend
from sclt.validation.read.reading import read_package
from tests.conftest import in_turn
from tests.unit.validation.hostile import MAKERS
from tests.unit.validation.packages import write_package

LARGE = ("many_links", "many_resources")  # which take half a minute to mend
MEGABYTES, SECONDS = 200, 30  # seconds of the processor: others may use it too
CHILD = """
import json, sys, time
from pathlib import Path
import sclt
def peak():  # of this process alone: ru_maxrss would begin with that of the process which started it
    line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
sclt.validate(Path(sys.argv[1]))
base, start = peak(), time.process_time()
judged, findings = sclt.validate(Path(sys.argv[2]))
seconds = time.process_time() - start
print(json.dumps([[f.rule.id for f in findings], peak() - base, seconds]))
"""


def _judged(path: Path, sound: Path) -> tuple[list[str], float, float]:
    command = [sys.executable, "-c", CHILD, str(sound), str(path)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=20 * SECONDS, check=False)
    assert result.returncode == 0, result.stderr[-2000:]
    found, grown, seconds = json.loads(result.stdout)
    return found, grown, seconds


@pytest.mark.slow
@pytest.mark.parametrize("name", in_turn(list(MAKERS), 2))
def test_ends_in_findings_within_bounds(name: str, tmp_path: Path) -> None:
    sound = write_package(tmp_path / "sound.zip", {"base": "scorm12"})
    found, grown, seconds = _judged(MAKERS[name](tmp_path), sound)
    print(f"{name}: {grown:.0f} MB, {seconds:.1f} s, {len(found)} findings")
    assert found or name == "zip_in_zip_in_zip"
    assert grown < MEGABYTES
    assert seconds < SECONDS


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.full) if n % 3 or name in LARGE else name for n, name in enumerate(MAKERS)],
)
def test_mending_ends_in_a_sound_zip_or_a_sentence(name: str, tmp_path: Path) -> None:
    path, out = MAKERS[name](tmp_path), tmp_path / "mended.zip"
    try:
        mend(path, out)
    except ScltError:
        assert not out.exists()
        return
    reading = read_package(out)
    assert not reading.broken
    assert not [n for n in reading.names if n.startswith(("/", "../")) or "\\" in n]


def test_nothing_outside_a_folder_is_read(tmp_path: Path) -> None:
    reading = read_package(MAKERS["folder_with_loops_and_devices"](tmp_path))
    links = {"loop", "dangling", "zero.html", "pipe.html", "pipe.xml"}
    assert {name for name, reason in reading.unreadable.items() if reason == "link"} == links
    assert not [name for name in reading.names if name.startswith("loop/")]


def test_entities_are_neither_unfolded_nor_fetched(tmp_path: Path) -> None:
    reading = read_package(MAKERS["entities_from_elsewhere"](tmp_path))
    assert reading.source
    assert reading.source.root is None
