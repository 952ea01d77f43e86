"""What differs between machines: line ends, names of files, users without a home, the way sclt is started."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sclt.cli import main
from sclt.records.people import default_key
from sclt.storage import resources
from tests.places import REPOSITORY
from tests.unit.contracts.support import digests

pytestmark = pytest.mark.slow

ONE = ("social-clustering", "pre-test")


def run(*words: str | bytes, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    order = [sys.executable, "-m", "sclt", *words]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), **more}
    return subprocess.run(order, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_it_starts_as_a_module_under_its_own_name(tmp_path: Path) -> None:
    assert run("--help", cwd=tmp_path).stdout.startswith("Usage: sclt ")


def test_a_path_that_is_not_unicode_takes_one_line(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/co\xffurse"
    shutil.copytree(os.fsencode(REPOSITORY / "source_modules" / "social-clustering"), folder)
    result = run("check", folder, cwd=tmp_path)
    assert (result.returncode, result.stderr.count("\n")) == (3, 1), result.stderr
    assert "the path is not Unicode" in result.stderr and "course" in result.stderr.replace(
        "\N{REPLACEMENT CHARACTER}", ""
    )


@pytest.mark.skipif(os.name == "nt", reason="a locale of POSIX")
def test_a_locale_without_letters_builds_and_imports_what_has_them(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "tests" / "unit" / "source" / "base", tmp_path / "kūrėjas")
    (tmp_path / "mąslūs klausimai.gift").write_text("::a:: Ką? {=ą ~č}", encoding="utf-8")
    plain = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    built = run("build", "kūrėjas", "--out", "išėjo", "--standard", "scorm12", cwd=tmp_path, **plain)
    assert (built.returncode, built.stderr.count("Traceback")) == (0, 0), built.stderr
    assert (tmp_path / "išėjo" / "garden_scorm12.zip").is_file()
    taken = run("import", "mąslūs klausimai.gift", "--into", "p/m", cwd=tmp_path, **plain)
    assert taken.returncode == 0, taken.stderr
    assert "mąslūs klausimai" in (tmp_path / "p" / "m" / "module.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("length", [60, 61])
def test_new_and_check_agree_how_long_an_identifier_is(tmp_path: Path, length: int) -> None:
    name = "a" * length
    order = ["new", "programme", name, "--in", str(tmp_path), "--iri", "https://example.org/a", "--module", name]
    made = CliRunner().invoke(main, order)
    assert (made.exit_code == 0) == (length == 60)
    shutil.rmtree(tmp_path / name, ignore_errors=True)
    CliRunner().invoke(main, [*order[:2], "short", *order[3:7]])
    (tmp_path / "short").rename(tmp_path / name)
    found = CliRunner().invoke(main, ["check", str(tmp_path)]).output
    assert ("[id.form]" in found) == (length == 61)


def test_a_user_without_a_home_is_told_to_name_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(Path, "home", _homeless)
    (tmp_path / "s.jsonl").write_text("")
    result = CliRunner().invoke(main, ["records", "import", str(tmp_path / "s.jsonl"), "--out", str(tmp_path / "r")])
    assert result.exit_code == 2 and "--key" in result.output
    monkeypatch.setenv("XDG_CONFIG_HOME", "/proc/nowhere")  # nothing can be made there
    assert default_key() == Path("/proc/nowhere/sclt/records.key")
    result = CliRunner().invoke(main, ["records", "import", str(tmp_path / "s.jsonl"), "--out", str(tmp_path / "r")])
    assert result.exit_code in (2, 3) and "--key" in result.output


def _homeless() -> Path:
    raise RuntimeError("Could not determine home directory.")


def _windows(folder: Path) -> None:
    """Give every text the line ends that git gives it with autocrlf."""
    for path in folder.rglob("*"):
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            path.write_bytes(content.replace(b"\n", b"\r\n"))


def test_packages_do_not_depend_on_line_ends(tmp_path: Path) -> None:
    """sclt and the sources, both as a clone with autocrlf has them, against both as they are here."""
    for ends in ("unix", "windows"):
        home = tmp_path / ends
        for part in ("sclt", "schemas"):
            leave = shutil.ignore_patterns("node_modules", "__pycache__")
            shutil.copytree(REPOSITORY / part, home / part, ignore=leave)
        shutil.copytree(REPOSITORY / "source_modules" / ONE[0], home / "source" / ONE[0])
        if ends == "windows":
            _windows(home)
        result = run("build", "source", "--out", "out", "--standard", "scorm12", cwd=home, PYTHONPATH=str(home))
        assert result.returncode == 0, result.stderr
    assert digests(tmp_path / "unix" / "out") == digests(tmp_path / "windows" / "out")
    assert len(digests(tmp_path / "unix" / "out")) > 5


def test_git_gives_every_clone_the_same_bytes() -> None:
    listed = subprocess.run(["git", "ls-files", "--eol"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    facts = [line.split("\t")[0].split() for line in listed.stdout.splitlines()]
    assert len(facts) > 500
    assert [
        each for each in facts if each[2:] != ["attr/text=auto", "eol=lf"] or each[0] in ("i/crlf", "i/mixed")
    ] == []


def test_pages_made_from_rules_are_written_in_a_checkout_only(tmp_path: Path) -> None:
    installed = tmp_path / "site-packages"
    for part in ("sclt", "schemas"):
        shutil.copytree(REPOSITORY / part, installed / part, ignore=shutil.ignore_patterns("node_modules"))
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    order = [sys.executable, "-m", "sclt.rulepages"]
    result = subprocess.run(order, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 1 and "checkout" in result.stderr
    assert {path.name for path in installed.iterdir()} == {"sclt", "schemas"}


def test_resources_are_texts() -> None:
    """`resources.read` mends line ends, which would break anything else."""
    packages = ("runtime", "templates", "authoring", "preview")
    assert not [n for p in packages for n in resources.names(p) if b"\0" in resources.read(p, n)]
