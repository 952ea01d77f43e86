"""The commands validate and inspect as people and programs use them."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sclt.cli import main
from tests.unit.validation.packages import write_package


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_package(tmp_path / "good.zip", {"base": "scorm12"})
    write_package(tmp_path / "nested.zip", {"base": "scorm12", "zip": {"folder": "a"}})
    write_package(tmp_path / "warned.zip", {"base": "scorm12", "write": ["žalias.png", "x"]})
    return tmp_path


def _run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["good.zip"], 0),
        (["nested.zip"], 1),
        (["good.zip", "nested.zip"], 1),
        (["warned.zip"], 0),
        (["warned.zip", "--strict"], 1),
        ([], 2),
        (["absent.zip"], 2),
        (["good.zip", "--profile", "blackbox"], 2),
        (["good.zip", "--format", "pdf"], 2),
        (["good.zip", "--format", "html", "--language", "lt"], 0),
        (["good.zip", "--format", "html", "--language", "xx"], 2),
        (["good.zip", "--language", "lt"], 0),
        (["good.zip", "--format", "json", "--language", "lt"], 2),
        (["good.zip", "--fix", "good.zip"], 2),
        (["good.zip", "nested.zip", "--fix", "out.zip"], 2),
        (["--explain", "no.such"], 2),
        (["--explain", "zip.manifest"], 0),
        (["--list-rules"], 0),
        (["good.zip", "--output", "absent/report.txt"], 3),
    ],
)
def test_exit_status(folder: Path, arguments: list[str], code: int) -> None:
    status, stdout, stderr = _run("validate", *arguments)
    assert status == code, stdout + stderr
    assert "Traceback" not in stdout + stderr


def test_each_finding_is_a_line_and_the_verdict_is_in_words(folder: Path) -> None:
    _status, stdout, _stderr = _run("validate", "nested.zip")
    lines = stdout.splitlines()
    assert lines[0].startswith("nested.zip  SCORM 1.2, 10 files, ")
    assert lines[1].startswith("a/imsmanifest.xml:1 error the manifest lies in the folder 'a'. Zip the content of")
    assert lines[1].endswith("[zip.manifest-at-root]")
    assert lines[2].startswith("Imports and plays: no")


def test_several_packages_in_their_order_whatever_the_jobs(folder: Path) -> None:
    names = ["warned.zip", "good.zip", "nested.zip"] * 3
    one = _run("validate", *names, "--jobs", "1", "--format", "json")
    two = _run("validate", *names, "--jobs", "3", "--format", "json")
    assert one == two
    assert [p["path"] for p in json.loads(two[1])["packages"]] == names


def test_a_report_goes_to_a_file(folder: Path) -> None:
    for form in ("text", "json", "sarif", "junit", "html"):
        status, stdout, _stderr = _run("validate", "nested.zip", "--format", form, "--output", f"report.{form}")
        assert (status, stdout) == (1, "")
        assert "zip.manifest-at-root" in (folder / f"report.{form}").read_text(encoding="utf-8")


def test_fix_mends_says_what_and_validates_again(folder: Path) -> None:
    status, stdout, stderr = _run("validate", "nested.zip", "--fix", "mended.zip")
    assert status == 0
    assert "mended: everything is lifted out of the folder 'a'." in stderr
    assert "Imports and plays: yes." in stdout
    assert (folder / "mended.zip").is_file()


def test_explain_says_why_and_what_lmss_make_of_it(folder: Path) -> None:
    _status, stdout, _stderr = _run("validate", "--explain", "zip.manifest-at-root")
    assert "Zip the content of the folder" in stdout
    assert "it refuses a manifest that lies in a folder." in stdout


def test_inspect_shows_structure_and_launch_files(folder: Path) -> None:
    status, stdout, _stderr = _run("inspect", "good.zip")
    assert status == 0
    for told in ("SCORM 1.2", "schemaversion says '1.2'", "Trees  → sco, mastery 80, trees.html", "Garden", "Largest"):
        assert told in stdout
    told = json.loads(_run("inspect", "good.zip", "--format", "json")[1])
    assert told["structure"][0]["items"][0]["launch"] == "trees.html"


def _in_terminal(*arguments: str, **environment: str) -> str:
    """Run the command in a terminal of 80 columns and return what it shows."""
    parent, child = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    process = subprocess.Popen(
        [sys.executable, "-c", "from sclt.cli import main; main()", *arguments],
        stdout=child,
        stderr=child,
        env={**clean, "COLUMNS": "80", "TERM": "xterm", **environment},
    )
    os.close(child)
    shown = b""
    try:
        while part := os.read(parent, 4096):
            shown += part
    except OSError:  # Linux says so at the end
        pass
    process.wait(timeout=30)
    os.close(parent)
    return shown.decode()


def test_a_terminal_gets_colours_progress_and_lines_that_fit(folder: Path) -> None:
    shown = _in_terminal("validate", "good.zip", "nested.zip")
    assert "\x1b[31m" in shown
    assert "validating" in shown
    assert "\x1b[31m" not in _in_terminal("validate", "nested.zip", NO_COLOR="1")
    plain = _in_terminal("validate", "nested.zip", NO_COLOR="1")
    assert max(len(line) for line in plain.splitlines()) <= 80


def test_the_version_is_told_without_loading_the_validator() -> None:
    heavy = ("lxml", "jinja2", "jsonschema")
    code = f"import sys; from sclt.cli import main; print([m for m in sys.modules if m in {heavy}])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
