"""What translators' tools make of a unit: segments, what lies between them, matches, codes; in XLIFF 2 and 1.2."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from translate.storage import xliff as xliff1

from sclt.authoring.translate import Unit
from sclt.authoring.xliff import Document, one, read, two
from sclt.cli import main
from sclt.storage import safexml
from tests.places import REPOSITORY

UNITS = {
    "garden/planting": [Unit("a:1", "page a", "Labas. Rytas <b>", "Hi"), Unit("a:2", "page a", "Dvi\n eilutės", "")]
}


def known(text: str) -> Document:
    found = read(safexml.parse(text.encode()))
    assert found is not None
    return found


def unit(inside: str) -> tuple[str, str, list[str]]:
    """Return source and target of a unit of XLIFF 2, and what was translated in part."""
    found = known(
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" '
        f'version="2.1" srcLang="lt" trgLang="en"><file id="f" original="m"><group id="g"><unit id="u">{inside}</unit>'
        "</group></file></xliff>"
    )
    (only,) = found.files["m"]
    return only.source, only.target, found.partly


@pytest.mark.parametrize("written", [one, two])
def test_what_is_written_is_read(written: object) -> None:
    assert callable(written)
    found = known(written("lt", "en", UNITS))
    assert (found.source, found.target, found.partly) == ("lt", "en", [])
    assert [(u.id, u.source, u.target) for u in found.files["garden/planting"]] == [
        ("a:1", "Labas. Rytas <b>", "Hi"),
        ("a:2", "Dvi\n eilutės", ""),
    ]


SPACE = "<ignorable><source> </source></ignorable>"


def segment(source: str, target: str | None, order: str = "") -> str:
    given = f' order="{order}"' if order else ""
    inner = "" if target is None else f"<target{given}>{target}</target>"
    return f"<segment><source>{source}</source>{inner}</segment>"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (segment("Vienas.", "One.") + SPACE + segment("Du.", "Two."), ("Vienas. Du.", "One. Two.", [])),
        (segment("Vienas.", "One.") + SPACE + segment("Du.", None), ("Vienas. Du.", "", ["m: u"])),
        (segment("Vienas.", "One.") + SPACE + segment("Du.", " "), ("Vienas. Du.", "", ["m: u"])),
        (segment("Vienas.", None) + SPACE + segment("Du.", None), ("Vienas. Du.", "", [])),
        (segment("A", "X") + "<ignorable><source>,</source><target>;</target></ignorable>" + segment("B", "Y"),
         ("A,B", "X;Y", [])),
        (segment("A", "X", "3") + SPACE + segment("B", "Y", "1"), ("A B", "Y X", [])),
        ('<mtc:matches><mtc:match ref="#1"><source>Kita</source><target>Other</target></mtc:match></mtc:matches>'
         + segment("Labas", "Hi"), ("Labas", "Hi", [])),
        ('<notes><note>n</note></notes><originalData><data id="d1">**</data></originalData>'
         + segment('<pc id="1" dataRefStart="d1" dataRefEnd="d1">A</pc> <mrk id="2">b</mrk><cp hex="0009"/>',
                   '<pc id="1" dataRefStart="d1" dataRefEnd="d1">X</pc> y'), ("**A** b\t", "**X** y", [])),
        (segment("A<!-- not said -->B", "X"), ("AB", "X", [])),
    ],
)  # fmt: skip
def test_a_unit_is_taken_whole_or_not_at_all(inside: str, expected: tuple[str, str, list[str]]) -> None:
    assert unit(inside) == expected


def older(inside: str) -> tuple[str, str, list[str]]:
    found = known(
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="m" source-language="lt" '
        f'target-language="en" datatype="plaintext"><body><group><trans-unit id="u">{inside}</trans-unit></group>'
        "</body></file></xliff>"
    )
    (only,) = found.files["m"]
    return only.source, only.target, found.partly


def marks(*texts: str) -> str:
    return " ".join(f'<mrk mtype="seg" mid="{n}">{text}</mrk>' for n, text in enumerate(texts))


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<source>Labas</source><target>Hi</target>", ("Labas", "Hi", [])),
        ('<source>Labas</source><target state="needs-translation">Labas</target>', ("Labas", "", [])),
        ("<source>A</source><alt-trans><source>A</source><target>Guess</target></alt-trans>", ("A", "", [])),
        (f"<source>A B</source><seg-source>{marks('A', 'B')}</seg-source><target>{marks('X', 'Y')}</target>",
         ("A B", "X Y", [])),
        (f"<source>A B</source><seg-source>{marks('A', 'B')}</seg-source><target>{marks('X', '')}</target>",
         ("A B", "", ["m: u"])),
        ('<source>A <ph id="1">**</ph>b</source><target>X <ph id="1">**</ph>y</target>', ("A **b", "X **y", [])),
    ],
)  # fmt: skip
def test_xliff_1_2_is_taken_whole_or_not_at_all(inside: str, expected: tuple[str, str, list[str]]) -> None:
    assert older(inside) == expected


def test_a_tool_translates_what_we_write_as_xliff_1_2(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "tests" / "unit" / "source" / "base", tmp_path / "course")
    garden, path = tmp_path / "course" / "garden", tmp_path / "x.xlf"
    order = ["translate", "export", str(garden), "--out", str(path), "--format", "xliff12"]
    assert CliRunner().invoke(main, order).exit_code == 0
    store = xliff1.xlifffile.parsefile(str(path))
    place = next(u for u in store.units if u.getid().endswith("place:title"))
    place.target = "Another title"
    store.savefile(str(path))
    result = CliRunner().invoke(main, ["translate", "import", str(path), "--into", str(garden)])
    assert "planting: 1 changed" in result.output
    assert 'title: "Another title"' in (garden / "planting" / "en" / "place.md").read_text(encoding="utf-8")


def test_what_is_translated_in_part_is_told_and_not_taken(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "tests" / "unit" / "source" / "base", tmp_path / "course")
    garden, path = tmp_path / "course" / "garden", tmp_path / "x.xlf"
    CliRunner().invoke(main, ["translate", "export", str(garden), "--out", str(path)])
    text = path.read_text(encoding="utf-8")
    title = re.search(r'<unit id="place:title">.*?</unit>', text, re.DOTALL)
    assert title
    divided = re.sub(r"</segment>", "</segment><segment><source>!</source></segment>", title[0])
    path.write_text(text.replace(title[0], divided), encoding="utf-8")
    before = (garden / "planting" / "en" / "place.md").read_text(encoding="utf-8")
    result = CliRunner().invoke(main, ["translate", "import", str(path), "--into", str(garden)])
    assert result.exit_code == 1
    assert "place:title  partly translated" in result.output
    assert (garden / "planting" / "en" / "place.md").read_text(encoding="utf-8") == before
