"""Drawings are what the script composes, have colours for the dark and letters that a phone shows."""

import re
from pathlib import Path

import pytest

from drawings.__main__ import written
from drawings.dark import dressed
from drawings.parts import SMALLEST, words
from drawings.scenes import SCENES
from tests.places import REAL

DRAWN = sorted(REAL.glob("*/*/media/*.svg"))
DARK = "@media (prefers-color-scheme:dark)"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_scene_is_what_the_script_composes(scene: object) -> None:
    """Else write it anew: ``python -m drawings``."""
    files = {path: text for path, text in written().items() if path.name.startswith(f"{scene.name}.")}
    assert {path: path.read_text(encoding="utf-8") for path in files} == files
    assert {path.suffixes[0] for path in files} == {".lt", ".en"}


def test_every_module_has_a_scene_of_its_own() -> None:
    topics = {path.parent.parent.relative_to(REAL).as_posix() for path in DRAWN}
    assert {scene.module for scene in SCENES} == topics


def test_every_drawing_has_dark_colours() -> None:
    assert [path.name for path in DRAWN if DARK not in path.read_text(encoding="utf-8")] == []


def test_a_diagram_is_dressed_once() -> None:
    bare = "<svg><title>A</title><text>a</text></svg>"
    assert dressed(bare).count(DARK) == 1
    assert dressed(dressed(bare)) == dressed(bare)


def sizes(path: Path) -> list[float]:
    return [float(size) for size in re.findall(r'font-size="([\d.]+)"', path.read_text(encoding="utf-8"))]


def test_letters_of_scenes_can_be_read_on_a_phone() -> None:
    """A drawing 640 units wide is shown 360 pixels wide; letters under eleven pixels are not read there."""
    assert min(size for path in written() for size in sizes(path)) >= 11 * 640 / 360
    assert f'font-size="{SMALLEST}"' in words(0, 0, "a", size=9)


def test_diagrams_with_small_letters_open_large() -> None:
    """What a phone cannot show within the text is shown over the whole window."""
    small = {path.name for path in DRAWN if min(sizes(path), default=99) < SMALLEST}
    told = []
    for page in REAL.glob("*/*/??/*.md"):
        shown = re.findall(r"(?<!:::wide\n)^!\[[^\]]*\]\(\.\./media/([^ )]+)", page.read_text(encoding="utf-8"), re.M)
        told += [f"{page.parent.parent.name}/{page.name}: {name}" for name in shown if name in small]
    assert told == []
