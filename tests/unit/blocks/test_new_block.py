"""`sclt new block` makes a block of every kind that is sound at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sclt.authoring.new import new_block, new_programme
from sclt.blocks import KINDS
from sclt.cli import main
from sclt.errors import UsageError
from sclt.model.course import Piece, walk
from sclt.source.load import load
from sclt.storage.cache import Cache

SPOKEN = {"audio", "video"}
"""No skeleton can bring a film or a sound."""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    new_programme(tmp_path, "office", "https://example.org/office", "first-day", ["lt", "en"])
    return tmp_path / "office" / "first-day"


def test_every_kind_is_sound_but_for_what_its_author_writes(module: Path) -> None:
    for kind in KINDS:
        new_block(module, "introduction", kind, f"my-{kind}" if "id" in KINDS[kind].options else "")
    course, findings = load(module, Cache())
    left = {(finding.rule.id, finding.message) for finding in findings if finding.rule.id != "text.todo"}
    names = ("film.mp4", "film.lt.vtt", "film.en.vtt", "sound.wav")
    assert left == {("media.missing", f"there is no file 'media/{name}'.") for name in names}
    page = course.programmes[0].modules[0].pages[0]
    for text in page.texts.values():
        assert [block.kind for block in walk(text.blocks) if isinstance(block, Piece)] == list(KINDS)


def test_what_keeps_something_needs_an_identifier_of_its_own(module: Path) -> None:
    with pytest.raises(UsageError, match="'think' needs an identifier"):
        new_block(module, "introduction", "think")
    new_block(module, "introduction", "think", "why")
    before = {path: path.read_bytes() for path in module.rglob("*.*")}
    with pytest.raises(UsageError, match="'why' is there already"):
        new_block(module, "introduction", "think", "why")
    assert {path: path.read_bytes() for path in module.rglob("*.*")} == before


def test_a_drawing_of_the_author_stays(module: Path) -> None:
    (module / "media").mkdir()
    drawing = module / "media" / "picture.svg"
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    assert drawing not in new_block(module, "introduction", "wide")
    assert drawing.read_text(encoding="utf-8").startswith("<svg xmlns='")


def test_the_command_asks_for_what_is_not_given(module: Path) -> None:
    answers = f"{module}\nintroduction\nthink\nwhy\n"
    result = CliRunner().invoke(main, ["new", "block"], input=answers)
    assert result.exit_code == 0, result.output
    assert ":::think {#why" in (module / "lt" / "introduction.md").read_text(encoding="utf-8")
    assert CliRunner().invoke(main, ["new", "block", "carousel"]).exit_code == 2
