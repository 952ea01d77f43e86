"""Shells complete sclt's commands; the doctor tells what is missing."""

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sclt.cli import main

pytestmark = pytest.mark.slow

SCLT = Path(sys.executable).with_name("sclt")
WITH_SCLT = {**os.environ, "PATH": f"{SCLT.parent}{os.pathsep}{os.environ['PATH']}"}


def in_bash(typed: list[str]) -> list[str]:
    """Return what bash itself offers for the last of the words, with the script that sclt prints."""
    words = " ".join(f"'{word}'" for word in ["sclt", *typed])
    script = (
        f'eval "$(sclt completion bash)"; COMP_WORDS=({words}); COMP_CWORD={len(typed)}; '
        '_sclt_completion sclt; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    result = subprocess.run(["bash", "-c", script], env=WITH_SCLT, capture_output=True, text=True, check=True)
    return result.stdout.split()


def test_bash_completes_commands_options_and_values() -> None:
    assert in_bash(["va"]) == ["validate"]
    assert in_bash(["new", "pa"]) == ["page"]
    assert in_bash(["doctor", "--form"]) == ["--format"]
    assert set(in_bash(["doctor", "--format", ""])) == {"text", "json"}


@pytest.mark.parametrize(("shell", "says"), [("zsh", "#compdef sclt"), ("fish", "complete --no-files --command sclt")])
def test_other_shells_get_their_script(shell: str, says: str) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert says in result.output


def test_all_is_fine_where_sclt_is_installed() -> None:
    result = CliRunner().invoke(main, ["doctor", "--format", "json"])
    states = {entry["name"]: entry["state"] for entry in json.loads(result.output)}
    assert result.exit_code == 0
    assert states["Python"] == states["click"] == states["current folder"] == "fine"
    assert states["watchfiles"] == "fine"
    assert "missing" not in states.values()


def test_what_is_missing_or_too_old_is_told(tmp_path: Path) -> None:
    """Metadata of an sclt that needs what is not there: Python reads them before the real ones."""
    metadata = tmp_path / "sclt-9.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: sclt\nVersion: 9\nProvides-Extra: lrs\n"
        'Requires-Dist: click>=99\nRequires-Dist: no-such-library; extra == "lrs"\n'
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PATH": "", "NO_COLOR": "1"}
    result = subprocess.run(
        [SCLT, "doctor"], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.returncode == 3
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    told = dict(itertools.pairwise(lines))
    assert told["missing click - everything"].endswith(
        f"is too old. Install it: {sys.executable} -m pip install 'click>=99'"
    )
    assert told["optional no-such-library - sclt lrs"] == f"Install it: {sys.executable} -m pip install no-such-library"
    assert told["optional node - make preview and the tests"] == "Install Node.js 20 or newer."
    assert result.stderr.endswith(" not there\n")
