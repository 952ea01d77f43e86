"""A picture that vanishes while a command reads it is a fault that is told, whichever command it is."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sclt import compiling
from sclt.cli import main
from sclt.errors import EnvironmentFault
from sclt.exchange.formats import writers
from sclt.exchange.give import export_course
from sclt.source.load import load
from sclt.standards import STANDARDS
from sclt.storage.cache import Cache
from tests.places import GALLERY

DOT = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"
"""As much of a PNG as tells its size."""
ASKED = "\n:::question {#seen type=true-false answer=true}\n![A dot](../media/dot.png)\n\nIs it red?\n:::\n"
PLAIN = {"gift"}
"""Formats that have no place for pictures."""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A course whose media are gone as soon as its sources were read, as on a drive that is taken out."""
    shutil.copytree(GALLERY, tmp_path / "course")
    programme = next((tmp_path / "course").glob("**/programme.yaml")).parent
    module = next(programme.glob("*/module.yaml")).parent
    (module / "media" / "dot.png").write_bytes(DOT)
    for page in {each.parent / sorted(each.parent.iterdir())[0].name for each in module.glob("??/*.md")}:
        page.write_text(page.read_text(encoding="utf-8") + ASKED, encoding="utf-8")

    def loaded(path: Path, cache: Cache) -> Any:
        found = load(path, cache)
        for media in programme.glob("*/media"):
            shutil.rmtree(media)
        return found

    monkeypatch.setattr("sclt.source.load.load", loaded)
    monkeypatch.setattr("sclt.exchange.give.load", loaded)
    yield module


def told(act: Callable[[], object]) -> None:
    with pytest.raises(EnvironmentFault, match=r"cannot be read: No such file"):
        act()


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_build_tells_it(course: Path, tmp_path: Path, standard: str) -> None:
    told(lambda: compiling.build(course, tmp_path / "out", standard))
    assert list((tmp_path / "out").glob("*_*")) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", writers())
def test_an_export_tells_it(course: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out.{form}"
    if form in PLAIN:
        assert export_course(course, form, out, "en").value.is_file()
        return
    told(lambda: export_course(course, form, out, "en"))
    assert not out.exists()


def test_a_review_tells_it_in_one_line(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "review.html"
    result = CliRunner().invoke(main, ["review", "export", str(course), "--out", str(out)])
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
    assert "cannot be read: No such file" in result.stderr
    assert not out.exists()


def test_what_no_command_foresaw_is_told_without_a_traceback(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("sclt.compiling.check_sources", full)
    result = CliRunner().invoke(main, ["check", str(course)])
    assert (result.exit_code, result.stderr) == (3, "error: the disk: No space left on device.\n")
    assert isinstance(CliRunner().invoke(main, ["--debug", "check", str(course)]).exception, OSError)
