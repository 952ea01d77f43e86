"""The README as a newcomer follows it: its tutorial is run word for word, and it names every command and option."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from sclt.cli import main

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
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


def test_the_tutorial_works_word_for_word(tmp_path: Path) -> None:
    assert len(STEPS) >= 8
    printed = ""
    for kind, text in STEPS:
        if kind == "sh":
            printed = _run(text, tmp_path)
        else:
            assert _comparable(printed) == _comparable(text)


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
