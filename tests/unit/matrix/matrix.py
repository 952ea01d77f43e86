"""The matrix of learning systems: plays it in Node, and tells it as a table.

``python -m tests.unit.matrix.matrix`` plays everything and writes docs/lms-matrix.md.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sclt import build
from tests.places import REAL, REPOSITORY

HERE = Path(__file__).parent
TABLE = REPOSITORY / "docs/lms-matrix.md"
PROGRAMME = REAL / "social-clustering"
MODULES = ("pre-test", "social-partnership", "final-test")
STANDARDS = {
    "scorm12": "SCORM 1.2",
    "scorm2004-2": "SCORM 2004, 2nd edition",
    "scorm2004-3": "SCORM 2004, 3rd edition",
    "scorm2004-4": "SCORM 2004, 4th edition",
}
LEAVINGS = {"exit": "Exit", "navigation": "navigation", "closing": "closing", "crash": "crash"}
INTRODUCTION = """# Courses in learning systems

What the simulated learning systems of `sclt/preview/lms` do with three modules of the courses: a test without a
passing score, a module with questions of every type, and a final test. Each learning system is played as it was seen
to behave, and each of its ways by itself.

A learner fails the module, tries again and passes; types, asks the authors, fills worksheets; and leaves twelve times
on the way, three times in each quarter of it: without a fault, with the network cut a little before, and with the
login gone. After each the course is opened again. Then every page, answer, text and worksheet must be there; the
learning system must have the status, the best score, the questions to the authors, and of each question one
interaction with the latest answer and its result; it must have all the time where all of it could travel, and never a
verdict that is not true. The course's own verdict must be the learner's too.

A cell says after how many times of leaving nothing was missing or untrue: of 36, twelve in each of three modules; of 9
where a session is refused or the saved state stays unread, as a learner leaves once there.

`python -m tests.unit.matrix.matrix` writes this page.
"""

Row = dict[str, Any]
Cells = dict[tuple[str, str, str], list[bool]]


def unpack(out: Path, target: Path) -> None:
    """Build the modules for each SCORM standard into ``out`` and unpack them into ``target``/MODULE/STANDARD."""
    built, findings = build(PROGRAMME, out, list(STANDARDS), debug=True)
    assert built, findings
    for package in built:
        _, *module, standard = package.path.stem.split("_")
        if module and module[0] in MODULES:
            with zipfile.ZipFile(package.path) as archive:
                archive.extractall(target / module[0] / standard)


def run(script: str, *arguments: str | Path) -> Any:
    """Return what a script of this folder writes."""
    line = ["node", "--no-warnings", str(HERE / script), *map(str, arguments)]
    done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def play(folder: Path, module: str, standard: str) -> list[Row]:
    """Play a module in every learning system and in every way; return a row for each time of leaving."""
    rows: list[Row] = run("run.mjs", folder, "full", module, standard)
    return rows


def cells(rows: Iterable[Row]) -> Cells:
    """Return by standard, title and leaving whether nothing was wrong, for each row."""
    found: Cells = defaultdict(list)
    for row in rows:
        found[row["standard"], row["title"], row["how"]].append(not row["wrong"])
    return found


def table(rows: Iterable[Row]) -> str:
    """Return the page that tells how the plays went."""
    found = cells(rows)
    lines = [INTRODUCTION]
    for standard in dict.fromkeys(standard for standard, _, _ in found):
        head = " | ".join(["learning system or switch", *LEAVINGS.values()])
        lines += [f"\n## {STANDARDS[standard]}\n", f"| {head} |", "|---" * (len(LEAVINGS) + 1) + "|"]
        for title in dict.fromkeys(title for under, title, _ in found if under == standard):
            ways = [found[standard, title, how] for how in LEAVINGS]
            lines.append(f"| {title} | " + " | ".join(f"{sum(way)}/{len(way)}" for way in ways) + " |")
    return "\n".join(lines) + "\n"


def told(page: str) -> dict[tuple[str, str, str], str]:
    """Return what the page says in each cell, by standard, title and leaving."""
    standards = {title: standard for standard, title in STANDARDS.items()}
    found: dict[tuple[str, str, str], str] = {}
    standard = ""
    for line in page.splitlines():
        if line.startswith("## "):
            standard = standards[line.removeprefix("## ")]
        if standard and line.startswith("| ") and not line.startswith("| learning system"):
            title, *numbers = line.strip("| ").split(" | ")
            found |= {(standard, title, how): number for how, number in zip(LEAVINGS, numbers, strict=True)}
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        unpack(Path(name) / "out", Path(name) / "unpacked")
        every = [row for standard in STANDARDS for m in MODULES for row in play(Path(name) / "unpacked", m, standard)]
    TABLE.write_text(table(every), encoding="utf-8")
