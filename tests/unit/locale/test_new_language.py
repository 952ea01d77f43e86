"""A further language is one file: with it courses, catalogue, statements and reports speak the language."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.places import REPOSITORY
from tests.unit.records.conftest import lines, told

pytestmark = pytest.mark.slow

GARDEN = REPOSITORY / "tests" / "unit" / "source" / "base" / "garden"
LATVIAN = {
    "name": "Latviešu",
    "decimal": ",",
    "percent": "{n} %",
    # CLDR 45, supplemental/plurals.xml, lv
    "plurals": {
        "zero": "n % 10 = 0 or n % 100 = 11..19 or v = 2 and f % 100 = 11..19",
        "one": "n % 10 = 1 and n % 100 != 11 or v = 2 and f % 10 = 1 and f % 100 != 11 or v != 2 and f % 10 = 1",
    },
}


def marked(value: Any, mark: str = "lv") -> Any:
    """Return the words of a group as another language could have them: with a mark, and with Latvian's plurals."""
    if isinstance(value, str):
        return f"{mark}: {value}"
    if isinstance(value, list):
        return [marked(each) for each in value]
    plain = {key: marked(each) for key, each in value.items() if not key.endswith(("_one", "_other"))}
    others = {key.removesuffix("_other"): each for key, each in value.items() if key.endswith("_other")}
    return plain | {
        f"{key}_{kind}": marked(each, kind) for key, each in others.items() for kind in ("zero", "one", "other")
    }


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of sclt, and of a course in a language that it does not speak."""
    place = tmp_path_factory.mktemp("copy")
    left = shutil.ignore_patterns("node_modules", "__pycache__")
    for folder in ("sclt", "schemas"):
        shutil.copytree(REPOSITORY / folder, place / folder, ignore=left)
    shutil.copytree(GARDEN, place / "garden")
    for path in (place / "garden").rglob("*.yaml"):
        path.write_text(re.sub(r"\blt\b(?=[:,])", "lv", path.read_text(encoding="utf-8")), encoding="utf-8")
    (place / "garden" / "planting" / "lt").rename(place / "garden" / "planting" / "lv")
    for path in (place / "garden" / "planting").glob("*/test.md"):
        text = path.read_text(encoding="utf-8").replace("unit=cm", "unit=cm points=10")
        path.write_text(text, encoding="utf-8")
    return place


def sclt(place: Path, *arguments: str) -> str:
    """Run the copy; its output."""
    env = {**os.environ, "PYTHONPATH": str(place), "XDG_CONFIG_HOME": str(place / "config")}
    done = subprocess.run(
        [sys.executable, "-m", "sclt", *arguments], cwd=place, env=env, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def built(place: Path) -> dict[str, str]:
    """Build the course and return the texts of its package for the web, and of the page of all packages."""
    sclt(place, "build", "garden", "--out", "out", "--standard", "web", "--catalogue")
    with zipfile.ZipFile(place / "out" / "garden_web.zip") as package:
        names = [name for name in package.namelist() if name.endswith(".html")]
        found = {name: package.read(name).decode() for name in names}
    return found | {"catalogue": (place / "out" / "index.html").read_text(encoding="utf-8")}


def strings(shell: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(re.findall(r'id="strings">(.*?)</script>', shell)[0])
    return found


@pytest.mark.slow
def test_a_language_is_one_file(place: Path) -> None:
    english = json.loads((place / "sclt" / "locale" / "en.json").read_text(encoding="utf-8"))
    before = built(place)
    assert strings(before["planting/index.html"])["lv"]["contents"] == english["shell"]["contents"]
    assert "10 points" in before["planting/test.lv.html"]

    groups = {group: marked(english[group]) for group in ("shell", "page", "catalogue", "records", "statements")}
    file = json.dumps({"language": LATVIAN, **groups})
    (place / "sclt" / "locale" / "lv.json").write_text(file, encoding="utf-8")
    course_speaks(built(place))
    statements_and_reports_speak(place)


def course_speaks(after: dict[str, str]) -> None:
    """The package that lay there is made anew, in the words of the file, with the plurals of its language."""
    shell = after["planting/index.html"]
    assert strings(shell)["lv"]["contents"] == "lv: Contents"
    assert strings(shell)["en"]["contents"] == "Contents"
    assert "<strong>lv: Has the course not started?</strong>" in shell
    assert '<button data-language="lv" lang="lv" aria-pressed="true">Latviešu</button>' in shell
    assert "zero: 10 points" in after["planting/test.lv.html"]
    assert "one: 1 point" in after["planting/test.lv.html"]
    assert "lv: " not in after["planting/test.en.html"]
    assert 'aria-label="lv: Modules"' in after["index.html"]
    assert "<td>lv: A system with cmi5</td>" in after["catalogue"]


def statements_and_reports_speak(place: Path) -> None:
    activity = (
        "--activity",
        "https://example.org/meetings/7",
        "--actor",
        "ana@example.org",
        "--timestamp",
        "2026-03-01T18:00Z",
    )
    verb = json.loads(sclt(place, "statements", "emit", "attended", *activity))["verb"]
    assert verb["display"] == {"lt": "dalyvavo", "lv": "lv: attended", "en": "attended"}
    (place / "statements.jsonl").write_bytes(lines([told(n, f"p{n}", "initialized") for n in range(6)]))
    sclt(place, "records", "import", "statements.jsonl", "--out", "records")
    sclt(place, "records", "report", "records", "--out", "report.html")
    page = (place / "report.html").read_text(encoding="utf-8")
    assert re.findall(r'<input type="radio" name="language" id="(\w+)"', page) == ["lt", "lv", "en"]
    assert '<span class="text" lang="lv">lv: Learning records</span>' in page
    assert '<span class="text" lang="lv">0 %</span>' in page  # nobody of six has completed
    assert "body:has(#lv:checked) .text:not([lang=lv])" in page
