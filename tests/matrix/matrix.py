"""The matrix of learning systems: plays it in Node, and tells it as a table.

``python -m tests.matrix.matrix`` plays everything and writes docs/lms-matrix.md.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from sclt import build

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "docs/lms-matrix.md"
PROGRAMME = HERE.parents[1] / "source_modules/public-capabilities"
STANDARDS = ("scorm12", "scorm2004-3")
PLAYS = (("pre-test", "scorm12"), ("final-test", "scorm12"), ("pre-test", "scorm2004-3"))
LEAVINGS = {"exit": "Exit", "navigation": "navigation", "closing": "closing", "crash": "crash"}
INTRODUCTION = """# Courses in learning systems

What the simulated learning systems of `sclt/preview/lms` do with two modules of the courses. Each cell is nine plays:
the learner leaves at three moments, without a fault, with the network cut a little before, and with the login gone;
then opens the course again, finishes it, and opens it once more. Each play asks for every page, answer, text, comment
and interaction, for the session time where nothing was cut, and for a verdict in the record that is not true, after
every step. A cell says how many plays lost nothing. `python -m tests.matrix.matrix` writes this page.
"""


def unpack(out: Path, target: Path) -> None:
    """Build the modules for each SCORM standard into ``out`` and unpack them into ``target``/MODULE/STANDARD."""
    built, findings = build(PROGRAMME, out, STANDARDS)
    assert built, findings
    for package in built:
        _, *module, standard = package.path.stem.split("_")
        if module:
            with zipfile.ZipFile(package.path) as archive:
                archive.extractall(target / module[0] / standard)


def play(folder: Path, module: str, standard: str) -> list[dict[str, Any]]:
    """Play a module in every learning system and in every way, and return a row for each play."""
    command = ["node", "--no-warnings", str(HERE / "run.mjs"), str(folder), module, standard]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    rows: list[dict[str, Any]] = json.loads(run.stdout)
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """Return the page that tells how the plays went."""
    cells: dict[tuple[str, str, str], dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        cells[row["course"], row["standard"], row["title"]][row["how"]].append(not row["wrong"])
    lines = [INTRODUCTION]
    for module, standard in dict.fromkeys((module, standard) for module, standard, _ in cells):
        head = " | ".join(["learning system or switch", *LEAVINGS.values()])
        lines += [f"\n## {module}, {standard}\n", f"| {head} |", "|---" * (len(LEAVINGS) + 1) + "|"]
        for (of, under, title), ways in cells.items():
            if (of, under) == (module, standard):
                lines.append(
                    f"| {title} | " + " | ".join(f"{sum(ways[how])}/{len(ways[how])}" for how in LEAVINGS) + " |"
                )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        unpack(Path(folder) / "out", Path(folder) / "unpacked")
        every = [row for m, s in PLAYS for row in play(Path(folder) / "unpacked", m, s)]
    TABLE.write_text(table(every), encoding="utf-8")
