"""A folder with what the examples of the library name: sources, a nested package, a quiz, statements, an LRS."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sclt.lrs.access import Owner
from sclt.lrs.server import running
from tests.places import TESTS
from tests.unit.validation.packages import write_package

SOURCES = TESTS / "unit" / "source" / "base"
OWNER = Owner("owner", "secret of tests")
STATEMENTS = [
    {
        "id": f"6690e6c9-3ef0-4ed3-8b37-7f3964730be{number}",
        "actor": {"mbox": "mailto:ona@example.org"},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}", "display": {"en": verb}},
        "object": {"id": "https://example.org/meetings/7"},
        "timestamp": f"2026-03-01T1{number}:00:00Z",
    }
    for number, verb in enumerate(["attended", "asked"])
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a new folder with the files that the examples name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    shutil.copytree(SOURCES, tmp_path / "courses")
    write_package(tmp_path / "nested.zip", {"base": "scorm12", "zip": {"folder": "a"}})
    (tmp_path / "quiz.gift").write_text("::first:: What do you begin with? {=people ~rules}\n", encoding="utf-8")
    lines = "\n".join(json.dumps(each) for each in STATEMENTS)
    (tmp_path / "statements.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


@pytest.fixture
def lrs(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve an LRS and return its address; its credentials are where `send` looks for them."""
    monkeypatch.setenv("SCLT_LRS_KEY", OWNER.key)
    monkeypatch.setenv("SCLT_LRS_SECRET", OWNER.secret)
    with running(OWNER) as served:
        yield served.address.endpoint
