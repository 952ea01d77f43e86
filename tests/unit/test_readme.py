"""The README as a newcomer follows it: its tutorial is run word for word, and it names every command and option."""

import gzip
import json
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

import sclt
from sclt.cli import main
from tests.places import REAL, REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
TUTORIAL = re.search(r"^## Your first course.*?(?=^## )", README, re.DOTALL | re.MULTILINE)
STEPS = re.findall(r"^```(sh|text)\n(.*?)^```$", TUTORIAL[0] if TUTORIAL else "", re.DOTALL | re.MULTILINE)


def _run(script: str, folder: Path) -> str:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    result = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return result.stdout.decode()


def _comparable(output: str) -> str:
    """Leave out the sizes of packages, which grow with the runtime."""
    return re.sub(r"\d+ KB", "N KB", output)


@pytest.mark.slow
def test_the_tutorial_works_word_for_word(tmp_path: Path) -> None:
    assert len(STEPS) >= 8
    printed = ""
    for kind, text in STEPS:
        if kind == "sh":
            printed = _run(text, tmp_path)
        else:
            assert _comparable(printed) == _comparable(text)


@pytest.mark.slow
def test_the_lines_for_python_work_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = re.findall(r"^From Python:\n\n```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)[0]
    statement = {
        "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
        "actor": {"mbox": "mailto:ona@example.org"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/attended"},
        "object": {"id": "https://example.org/meetings/7"},
        "timestamp": "2026-03-01T10:00:00Z",
    }
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "source_modules").symlink_to(REAL)
    (tmp_path / "quiz.gift").write_text("::first:: What do you begin with? {=people ~rules}\n", encoding="utf-8")
    (tmp_path / "statements.jsonl.gz").write_bytes(gzip.compress(json.dumps(statement).encode()))
    said: dict[str, Any] = {}
    exec(lines, {"__name__": "read again by a worker"})
    assert not (tmp_path / "packages").exists()
    said["__name__"] = "__main__"
    exec(lines, said)
    assert {finding.rule.id for finding in said["findings"]} == {"makers.missing"}, "what the publisher has to fill in"
    assert said["lost"] == []
    assert len(said["built"]) == len(list((tmp_path / "packages").glob("*.zip"))) > 0
    assert said["statements"].value.statements == said["told"].added == 1
    assert (tmp_path / "partnership.imscc").is_file()
    printed = capsys.readouterr().out
    assert "Imports and plays in Moodle: yes." in printed
    assert "In all [{" in printed


def test_no_name_of_the_face_is_hidden_by_a_part_of_that_name() -> None:
    assert {part.name for part in pkgutil.iter_modules(sclt.__path__)} & set(sclt.__all__) == set()
    assert all(callable(getattr(sclt, name)) for name in sclt.__all__ if name != "__version__")


def _options(command: click.Command) -> list[str]:
    return [o for p in command.params if isinstance(p, click.Option) for o in p.opts if o.startswith("--")]


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something, with its full name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


COMMANDS = dict(_commands(main))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_described(name: str) -> None:
    row = next((line for line in README.splitlines() if line.startswith(f"| `sclt {name}")), "")
    assert row, f"README does not describe sclt {name}"
    assert [o for o in _options(COMMANDS[name]) if o not in row and o != "--help"] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example(name: str) -> None:
    assert f"sclt {name}" in (COMMANDS[name].epilog or "")
