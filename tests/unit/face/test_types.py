"""A type checker sees real types in a small program that uses the library."""

from __future__ import annotations

import os
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.places import REPOSITORY

pytestmark = pytest.mark.slow

PROGRAM = """
from pathlib import Path
import sclt

checked = sclt.check_sources("courses")
reveal_type(checked.value.programmes[0].modules[0].id)
course, findings = checked
reveal_type(course)
reveal_type(findings)
built = sclt.build(Path("courses"), "out", "scorm12").value
reveal_type(built[0].path)
reveal_type(sclt.validate("a.zip").value.kind)
reveal_type(sclt.fix("a.zip", "b.zip").value.changes)
reveal_type(sclt.inspect("a.zip").value.tool)
reveal_type(sclt.import_course("a.gift", "p/m", "en").value)
reveal_type(sclt.export_course("p/m", "gift", "b.gift").verdict)
reveal_type(sclt.validate_statements({"actor": {}}).value.totals)
reveal_type(sclt.send(["a.jsonl"], "https://lrs.example.org/").value[0].sent)
reveal_type(sclt.import_statements("a.jsonl", "records").value.added)
reveal_type(sclt.pull("https://lrs.example.org/", "records").findings[0].rule.severity)
reveal_type(sclt.report("records").value[0].metric.title)
reveal_type(sclt.forget("ona@example.org", "records").value.removed)
reveal_type(sclt.rules()["zip.manifest"])
reveal_type(sclt.UsageError("no").hint)
reveal_type(sclt.bring("a.gift", "p/m", "en"))
sclt.build(1, "out")
checked.nothing
sclt.nothing
"""
SEEN = [
    *("str", "sclt.model.course.Course", "list[sclt.model.finding.Finding]", "pathlib.Path", "str", "list[str]"),
    *("str", "pathlib.Path", "str", "dict[str, int]", "int", "int", "sclt.model.finding.Severity", "dict[str, str]"),
    *("int", "sclt.model.finding.Rule", "str", "list[sclt.model.finding.Finding]"),
]


def test_a_program_sees_real_types(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    order = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-incremental", "--follow-imports=silent"]
    where = {**os.environ, "MYPYPATH": str(REPOSITORY)}  # an editable installation is no place where mypy looks
    done = subprocess.run([*order, "program.py"], cwd=tmp_path, env=where, capture_output=True, text=True, check=False)
    notes = [line.split('"')[1] for line in done.stdout.splitlines() if "Revealed type" in line]
    errors = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert [note.replace("builtins.", "") for note in notes] == SEEN, done.stdout + done.stderr
    assert [error.rpartition("[")[2] for error in errors] == ["arg-type]", "attr-defined]", "attr-defined]"], errors


def test_the_installed_library_says_that_it_is_typed() -> None:
    setup = ConfigParser()
    setup.read(REPOSITORY / "setup.cfg", encoding="utf-8")
    assert "py.typed" in setup["options.package_data"]["sclt"].split(", ")
    assert (REPOSITORY / "sclt" / "py.typed").is_file()
