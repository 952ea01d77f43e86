"""Sources and earlier packages that somebody prepared to do harm, or that are simply broken."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

import sclt
from sclt.standards.kept import lost_identifiers
from tests.unit.source.test_cases import HERE

DEEP = "[" * 200_000
TASK = {"type": "single-choice", "options": [{"id": "a", "code": "a", "text": {"en": "x"}}]}
ODD = [
    "[]",
    '{"pages": 3}',
    '{"pages": [{}]}',
    '{"questions": {"q": 1}}',
    '{"objectives": [null]}',
    json.dumps({"questions": {"q": {**TASK, "options": [{"id": 4}]}}}),
    json.dumps({"questions": {"q": {**TASK, "options": {"a": 1}}}}),
    f'{{"questions": {{"q": {{"type": "x", "options": [{{"id": "a", "text": {DEEP}',
    DEEP,
]


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "base", tmp_path / "course")
    return tmp_path / "course" / "garden"


def test_an_earlier_package_with_odd_json_tells_nothing(garden: Path, tmp_path: Path) -> None:
    module = sclt.check_sources(garden).value.programmes[0].modules[0]
    for odd in ODD:
        page = f'<script type="application/json" id="course">{odd}</script>'
        with zipfile.ZipFile(tmp_path / "old.zip", "w") as package:
            package.writestr("planting/index.html", page)
        assert lost_identifiers(module, [tmp_path / "old.zip"]) == []


def test_an_earlier_package_still_tells_what_is_gone(garden: Path, tmp_path: Path) -> None:
    module = sclt.check_sources(garden).value.programmes[0].modules[0]
    page = f'<script type="application/json" id="course">{json.dumps({"questions": {"gone": TASK}})}</script>'
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as package:
        package.writestr("planting/index.html", page)
    assert ["'gone'" in found.message for found in lost_identifiers(module, [tmp_path / "old.zip"])] == [True]


def test_a_logo_from_elsewhere_is_not_packed(garden: Path, tmp_path: Path) -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20"/>'
    (tmp_path / "logo.svg").write_text(logo, encoding="utf-8")
    (garden / "theme").mkdir()
    (garden / "theme" / "theme.yaml").write_text("logo: logo.svg\n", encoding="utf-8")
    (garden / "theme" / "logo.svg").symlink_to(tmp_path / "logo.svg")
    found = sclt.check_sources(garden).findings
    assert [(f.rule.id, f.place.file) for f in found] == [("file.outside", "garden/theme/logo.svg")]
