"""What an editor gets: schemas that hold, snippets that write the examples, a matcher that reads what check says."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from sclt.authoring.described import described
from sclt.authoring.editor import FINDING, FINISHED, STARTED, snippets, task
from sclt.cli import main
from tests.places import TESTS

GARDEN = TESTS / "unit" / "source" / "base" / "garden"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a course that was made known to the editor."""
    folder = tmp_path_factory.mktemp("opened")
    shutil.copytree(GARDEN, folder / "garden")
    assert CliRunner().invoke(main, ["new", "editor", "--in", str(folder)]).exit_code == 0
    return folder


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_schemas_take_what_check_takes_and_refuse_what_it_refuses(opened: Path) -> None:
    settings = read(opened / ".vscode" / "settings.json")["yaml.schemas"]
    held = 0
    for schema, pattern in settings.items():
        validator = Draft202012Validator(read(opened / schema))
        validator.check_schema(validator.schema)
        for file in opened.glob(pattern):
            value = yaml.safe_load(file.read_text(encoding="utf-8"))
            assert list(validator.iter_errors(value)) == []
            entry = value[0] if isinstance(value, list) else value
            entry["titel"] = "x"
            assert [error.validator for error in validator.iter_errors(value)] == ["additionalProperties"]
            held += 1
    assert held == 3


def expanded(body: str) -> str:
    """Return what an editor writes for a snippet whose places are left as they are."""
    written = re.sub(r"\$\{\d+:((?:[^\\}]|\\.)*)\}", r"\1", body)
    return re.sub(r"\\([\\$}])", r"\1", written)


def test_a_snippet_writes_the_example_with_places_to_stop_at() -> None:
    whole = described()
    parts = {**whole["containers"], **whole["questions"]}
    found = snippets()
    told = {key.split()[1] for key in found}
    assert told == parts.keys() - {"tab", "step", "question"}
    for key, each in found.items():
        name, language = key.split()[1], key.split("(")[1][:-1]
        body = "\n".join(each["body"])
        assert expanded(body) == parts[name]["example"][language]
        assert "${" in body
    named = "\n".join(found["sclt pool (en)"]["body"])
    assert re.findall(r"\$\{1:([^}]*)\}", named) == ["my-example"] * 3, "one identifier is written once"


def test_every_line_of_check_is_matched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GARDEN, "garden")
    page = Path("garden/planting/en/place.md")
    page.write_text(page.read_text(encoding="utf-8") + "\n<b>x</b> TODO\n\n![](../media/a.png)\n", encoding="utf-8")
    lines = CliRunner().invoke(main, ["check", "garden"]).stdout.splitlines()
    matches = [re.fullmatch(FINDING, line) for line in lines]
    assert len(lines) > 2
    assert {match[4] for match in matches if match} == {"error", "advice"}
    assert all(match and match[1] == "garden/planting/en/place.md" and match[6] for match in matches)
    assert task()["problemMatcher"]["pattern"]["regexp"] == FINDING


def test_what_is_there_is_left_and_what_is_ours_is_renewed(opened: Path) -> None:
    settings, ours = opened / ".vscode" / "settings.json", opened / ".vscode" / "sclt.code-snippets"
    kept = ours.read_text(encoding="utf-8")
    settings.write_text('{"mine": true}', encoding="utf-8")
    ours.write_text("{}", encoding="utf-8")
    result = CliRunner().invoke(main, ["new", "editor", "--in", str(opened)])
    assert read(settings) == {"mine": True}
    assert ours.read_text(encoding="utf-8") == kept
    assert f"{settings} is there already" in result.stderr
    settings.unlink()
    CliRunner().invoke(main, ["new", "editor", "--in", str(opened)])


@pytest.mark.slow
def test_watching_tells_where_a_reading_begins_and_ends(tmp_path: Path) -> None:
    shutil.copytree(GARDEN, tmp_path / "garden")
    command = [sys.executable, "-m", "sclt", "check", "garden", "--watch"]
    # Ctrl+C reaches a program whose shell let it pass: of one in the background many do not.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8", preexec_fn=heard) as process:
        assert process.stdout
        assert next(process.stdout) == f"{STARTED}\n"
        assert next(process.stdout) == f"{FINISHED}; nothing found\n"
        page = tmp_path / "garden" / "planting" / "en" / "place.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(f"{text}\n<b>x</b>\n", encoding="utf-8")
        assert next(process.stdout) == f"{STARTED}\n"
        assert "[markdown.html]" in next(process.stdout)
        while not (last := next(process.stdout)).startswith(FINISHED):
            assert re.fullmatch(FINDING, last.rstrip())
        assert "error" in last
        process.send_signal(signal.SIGINT)
        process.wait(60)
