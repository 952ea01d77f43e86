"""A module as one HTML file: all that it would ask for lies in it, and it is built only where it is asked for."""

from __future__ import annotations

import base64
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from sclt import build
from sclt.standards import onefile
from tests.places import GARDEN
from tests.unit.contracts.support import contents

REFERENCE = re.compile(r'(?:src|href)="(?!data:|#|\?)([^"]*)"|url\((?!data:)')
MEDIA = GARDEN / "garden" / "kinds" / "media"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    built, findings = build(GARDEN, folder, ["html", "web"])
    assert findings == []
    assert sorted(each.path.name for each in built if each.path.suffix == ".html") == [
        "garden_kinds_html.html",
        "garden_ways_html.html",
    ]
    return folder


def held(script: str) -> dict[str, Any]:
    """Return what a script holds of a course."""
    found, _ = json.JSONDecoder().raw_decode(script.partition("globalThis.held=")[2])
    assert isinstance(found, dict)
    return found


def test_the_file_asks_for_nothing(out: Path) -> None:
    text = (out / "garden_kinds_html.html").read_text(encoding="utf-8")
    shell = re.sub(r"<script\b.*?</script>", "", text, flags=re.DOTALL)
    asked = [match[1] for match in REFERENCE.finditer(shell) if match[1] != ""]
    assert asked == []
    assert '<script type="module"' not in text
    assert "</script><" not in held(text)["pages"]["boxes.en.html"]


def test_it_holds_pages_media_and_scripts_as_they_are(out: Path) -> None:
    found = held((out / "garden_kinds_html.html").read_text(encoding="utf-8"))
    files = contents(out / "garden_kinds_web.zip")
    pages = {name: files[f"kinds/{name}"].decode() for name in found["pages"]}
    assert found["pages"] == pages
    assert set(pages) == {f"{page}.{tag}.html" for page in ("pictures", "boxes") for tag in ("lt", "en")}
    media = {name: base64.b64decode(body) for name, (_, body) in found["media"].items()}
    assert media == {f"media/{path.name}": path.read_bytes() for path in MEDIA.iterdir()}
    assert {kind for kind, _ in found["media"].values()} == {"image/svg+xml"}
    assert found.keys() == {"pages", "media"}


def test_its_script_is_that_of_the_web_package(out: Path) -> None:
    script = contents(out / "garden_kinds_web.zip")["runtime/main.js"].decode()
    assert f"<script>{script}</script>" in (out / "garden_kinds_html.html").read_text(encoding="utf-8")


def test_a_web_package_holds_the_same_beside_its_shell(out: Path) -> None:
    files = contents(out / "garden_kinds_web.zip")
    assert b"disk.js" in files["kinds/index.html"]
    found = held(files["kinds/disk.js"].decode())
    assert set(found["pages"]) == {name[6:] for name in files if re.fullmatch(r"kinds/\w+\.\w\w\.html", name)}
    assert found["media"] == {}


def test_what_is_built_unasked_is_no_such_file(out: Path, tmp_path: Path) -> None:
    built, _ = build(GARDEN, tmp_path)
    assert {each.path.suffix for each in built} == {".zip"}


def test_the_same_sources_give_the_same_file(out: Path) -> None:
    before = (out / "garden_kinds_html.html").read_bytes()
    assert [each.changed for each in build(GARDEN, out, "html").value] == [False, False]
    assert (out / "garden_kinds_html.html").read_bytes() == before


def test_media_that_are_too_large_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onefile, "LARGEST", 1000)
    built, findings = build(GARDEN, tmp_path, ["html"])
    assert (built, {each.rule.id for each in findings}) == ([], {"html.size"})


def test_what_learners_would_lose_is_told_of_an_earlier_file(out: Path, tmp_path: Path) -> None:
    course, packages = shutil.copytree(GARDEN, tmp_path / "course"), tmp_path / "out"
    packages.mkdir()
    shutil.copy(out / "garden_kinds_html.html", packages)
    for page in course.glob("garden/kinds/*/boxes.md"):
        page.write_text(page.read_text(encoding="utf-8").replace("#waste", "#rubbish"), encoding="utf-8")
    assert [each.rule.id for each in build(course, packages, "html").findings] == ["id.lost"]
