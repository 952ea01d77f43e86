"""A type of question that sclt lacks, added as one Python file, its template and its entry in the runtime: it works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.coursemaker import LANGUAGES, Plan, write_course
from tests.places import REPOSITORY
from tests.unit.contracts.support import contents, shell_data
from tests.unit.contracts.test_upgrades import answers

pytestmark = pytest.mark.slow

NEW = Path(__file__).parent / "newtype"
MODULE = Path("trial", "module-1")
QUESTION = """
:::question {#how-many type=estimate points=2}
How many neighbours?

- 40..60
:::
"""
LEFT_OUT = shutil.ignore_patterns("node_modules", "__pycache__")
MOODLE = (
    ("Name", "Email address", "Attempt", "Started on", "Last accessed on", "Score", "Modulis 1",
     "Question 0", "Response 0", "Right answer 0", "Result 0"),
    ("Ana", "ana@example.org", "1", "Monday, 2 March 2026, 8:15 AM", "Monday, 2 March 2026, 12:05 PM", "85", "Passed",
     "how-many", "~70", "50", "incorrect"),
)  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out sclt with the new type in a folder of its own."""
    root = tmp_path_factory.mktemp("house")
    for name in ("sclt", "schemas"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=LEFT_OUT)
    shutil.copy(NEW / "estimate.py", root / "sclt" / "questions")
    shutil.copy(NEW / "estimate.html", root / "sclt" / "templates" / "questions")
    types = root / "sclt" / "runtime" / "types.js"
    start, mark, rest = types.read_text(encoding="utf-8").partition("export const TYPES = {\n")
    assert mark
    types.write_text(start + mark + (NEW / "entry.js").read_text(encoding="utf-8") + rest, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def course(house: Path) -> Path:
    root = write_course(house / "course", Plan(pages=1, questions=1, words=60))
    for language in LANGUAGES:
        page = root / MODULE / language / "page-1.md"
        page.write_text(page.read_text(encoding="utf-8") + QUESTION, encoding="utf-8")
    return root


def sclt(house: Path, *arguments: str | Path) -> str:
    """Run the command of the house, not of this checkout, and return what it says."""
    env = os.environ | {"PYTHONPATH": str(house), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "sclt", *map(str, arguments)]
    done = subprocess.run(command, cwd=house, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def package(house: Path, course: Path) -> Path:
    sclt(house, "build", course, "--out", house / "out", "--standard", "scorm12", "--debug")
    return house / "out" / "trial_module-1_scorm12.zip"


def test_it_is_built_with_its_template_and_its_data(package: Path) -> None:
    page = contents(package)["module-1/page-1.en.html"].decode()
    assert '<form class="question" id="q-how-many" data-question="how-many" data-type="estimate"' in page
    assert 'inputmode="numeric" name="q-how-many"' in page
    question = shell_data(package, "module-1")["course"]["questions"]["how-many"]
    told = {name: question[name] for name in ("type", "shape", "scored", "points", "retries", "ranges")}
    assert told == {
        "type": "estimate", "shape": "number", "scored": True, "points": 2.0, "retries": 0,
        "ranges": [{"id": "a", "low": 40.0, "high": 60.0, "correct": True}],
    }  # fmt: skip


def test_it_plays_and_a_later_session_has_it_still(package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    (folder / "runtime").mkdir(parents=True)
    for name, content in contents(package).items():
        if name.startswith("runtime/") and name.endswith(".js"):
            (folder / name).write_bytes(content)
    (folder / "course.json").write_text(json.dumps(shell_data(package, "module-1")["course"]))
    script = REPOSITORY / "tests" / "unit" / "runtime" / "upgrade.mjs"
    steps = json.dumps([["visit", "page-1"], ["take", "how-many", "55"]])
    command = ["node", str(script), str(folder), str(folder), "scorm12", steps, "[]"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    before, after = json.loads(done.stdout)
    # 5 beside the middle of 40 to 60, where 20 beside it earn nothing: three quarters of 1260.
    assert answers(before)["how-many"] == answers(after)["how-many"] == (1, 945, "55")
    assert after["interactions"] == ["how-many"]


def test_its_skeleton_is_sound_and_a_body_it_cannot_read_is_told(house: Path, course: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(course, tmp_path / "course")
    made = ["new", "question", "another", "--in", copy / MODULE, "--page", "page-1", "--type", "estimate"]
    sclt(house, *made)
    assert "type=estimate" in (copy / MODULE / "lt" / "page-1.md").read_text(encoding="utf-8")
    assert "error" not in sclt(house, "check", copy)
    page = copy / MODULE / "lt" / "page-1.md"
    page.write_text(page.read_text(encoding="utf-8").replace("- 40..60", "- many"), encoding="utf-8")
    with pytest.raises(AssertionError, match=r"there is not one line with what is expected\."):
        sclt(house, "check", copy)


def test_its_answers_are_reported(house: Path, course: Path, tmp_path: Path) -> None:
    export = tmp_path / "report.txt"
    export.write_text("".join("\t".join(row) + "\n" for row in MOODLE), encoding="utf-8")
    records, report = tmp_path / "records", tmp_path / "report.json"
    sclt(house, "records", "import", export, "--out", records, "--course", course, "--timezone", "Europe/Vilnius")
    sclt(house, "records", "report", records, "--out", report, "--format", "json", "--smallest", "1")
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    rows = [row for row in everything(told) if str(row.get("question", "")).endswith("/questions/how-many")]
    assert any(row.get("response") == "70" for row in rows), rows


def everything(value: Any) -> list[dict[str, Any]]:
    """Return every object in JSON."""
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return ([value] if isinstance(value, dict) else []) + [found for each in inside for found in everything(each)]
