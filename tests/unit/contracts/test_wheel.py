"""What `make dist` makes is whole: installed outside the checkout it does what the checkout does, previews included."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tarfile
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import sclt
import setup
from sclt.preview.scormagain import RUN_TIMES
from tests.places import COURSES, REPOSITORY
from tests.unit.contracts.checkout import clean, copied, pins

pytestmark = pytest.mark.slow
PATIENCE = 60
GIFT = "Trees::What is green? {=A leaf ~A trunk}\n"
STATEMENT = (
    '{"id": "7ab1d5ae-2f6c-4a3c-8d7e-5e4b7a3c9f10", "actor": {"mbox": "mailto:ona@example.org"}, "verb": '
    '{"id": "http://adlnet.gov/expapi/verbs/completed"}, "object": {"id": "https://example.org/trees"}, '
    '"timestamp": "2026-05-04T10:00:00Z"}\n'
)


def make_dist(folder: Path, with_npm: bool) -> Path:
    """Copy the checkout, as it is after npm has installed what a preview needs or before, and make its files there."""
    copied(folder)
    if with_npm:
        installed = Path("sclt", "preview", "node_modules")
        shutil.copytree(REPOSITORY / installed, folder / installed)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600"}
    command = ["sh", folder / "packaging" / "make-dist", sys.executable]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "dist"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files of the checkout."""
    folder = copied(tmp_path_factory.mktemp("checkout") / "sclt")
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_dist(tmp_path_factory.mktemp("dist") / "sclt", with_npm=False)


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (found,) = dist.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """Install the wheel into a fresh environment; return its programs.

    `make test-full` installs the libraries as well, as locked for the tests; `make test` lends those of the tests and
    takes a minute less. A path in a .pth file leaves out what stands in the .pth files there: our checkout.
    """
    folder = tmp_path_factory.mktemp("environment")
    python = folder / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    wanted = ["--no-deps", wheel]
    if pytestconfig.getoption("--full"):
        wanted = ["--constraint", pins(folder / "pins.txt"), f"{wheel}[exchange,preview,records]"]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True, cwd=folder, env=clean())
    if not pytestconfig.getoption("--full"):
        lent, packages = (sysconfig.get_path("purelib", vars={"base": base}) for base in (sys.prefix, folder / "venv"))
        (Path(packages) / "lent.pth").write_text(f"{lent}\n", encoding="utf-8")
    return folder / "venv" / "bin"


def run(programs: Path, folder: Path, *words: object, status: int = 0) -> str:
    order = [str(word) for word in (programs / "sclt", *words)]
    done = subprocess.run(order, cwd=folder, env=clean(), capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def contents(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}


@pytest.mark.full
def test_a_wheel_is_the_same_whether_or_not_npm_ran(wheel: Path, tmp_path: Path) -> None:
    (other,) = make_dist(tmp_path / "sclt", with_npm=True).glob("*.whl")
    assert other.name == wheel.name
    assert contents(other) == contents(wheel)


def test_a_wheel_has_the_whole_package_and_the_run_times(wheel: Path, before: set[str]) -> None:
    files = {name for name in before if name.startswith(("sclt/", "schemas/"))}
    files -= {"schemas/xsd/README.md", "sclt/preview/.npmrc"}  # for who works in the checkout
    files -= {name for name in files if name.endswith(".d.ts")}
    there = {f"sclt/{name}" if name.startswith("schemas/") else name for name in files}
    run_times = {f"sclt/preview/scorm-again/{name}" for name in ("LICENSE", *RUN_TIMES)}
    assert {name for name in contents(wheel) if name.startswith("sclt/")} == there | run_times


def test_an_sdist_has_docs_sources_and_tests(dist: Path, before: set[str]) -> None:
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    of_setuptools = {"PKG-INFO", "setup.cfg"} | {name for name in names if name.startswith("sclt.egg-info/")}
    assert names | of_setuptools == before | of_setuptools


def test_the_version_is_told(installed: Path, tmp_path: Path) -> None:
    assert sclt.__version__ in run(installed, tmp_path, "--version")


def test_courses_are_built_as_in_the_checkout_and_judged(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(COURSES, tmp_path / "courses")
    run(installed, tmp_path, "build", "courses", "--standard", "scorm12", "--standard", "cmi5", "--out", "there")
    run(
        Path(sys.executable).parent,
        tmp_path,
        "build",
        "courses",
        "--standard",
        "scorm12",
        "--standard",
        "cmi5",
        "--out",
        "here",
    )
    there, here = (sorted((tmp_path / name).glob("*.zip")) for name in ("there", "here"))
    assert there
    assert [path.read_bytes() for path in there] == [path.read_bytes() for path in here]
    run(installed, tmp_path, "validate", there[0])


def test_questions_and_records_come_in(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "quiz.gift").write_text(GIFT, encoding="utf-8")
    run(
        installed,
        tmp_path,
        "new",
        "programme",
        "office",
        "--in",
        ".",
        "--iri",
        "https://example.org/office",
        "--module",
        "first-day",
        "--language",
        "en",
    )
    imported = ("import", "quiz.gift", "--into", "office/quiz", "--language", "en")
    assert "came: 1 page, 1 question, 0 media files" in run(installed, tmp_path, *imported)
    assert "modules: [first-day, quiz]" in (tmp_path / "office" / "programme.yaml").read_text(encoding="utf-8")
    assert "What is green?" in "".join(
        page.read_text(encoding="utf-8") for page in tmp_path.glob("office/quiz/en/*.md")
    )
    (tmp_path / "statements.jsonl").write_text(STATEMENT, encoding="utf-8")
    run(installed, tmp_path, "records", "import", "statements.jsonl", "--out", "records")
    run(installed, tmp_path, "records", "report", "records", "--out", "report.html")
    assert (tmp_path / "report.html").stat().st_size > 0


@contextmanager
def previewed(programs: Path, package: Path) -> Iterator[str]:
    """Preview a package, and yield the address of its panel."""
    order = [str(programs / "sclt"), "preview", str(package), "--no-open"]
    process = subprocess.Popen(order, cwd=package.parent, env=clean(), stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        yield next(line.split()[0] for line in process.stderr if line.startswith("http://"))
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        body: bytes = answer.read()
    return body


def test_a_package_is_previewed(installed: Path, wheel: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, "build", COURSES, "--standard", "scorm12", "--out", tmp_path)
    with previewed(installed, next(tmp_path.glob("*.zip"))) as address, zipfile.ZipFile(wheel) as archive:
        assert b"<title>Preview</title>" in fetched(address)
        told = json.loads(fetched(f"{address}units"))
        assert told["units"]
        assert fetched(f"{told['player']}/files/{told['units'][0]['href']}").startswith(b"<!DOCTYPE html>")
        for name in RUN_TIMES:
            there = fetched(f"{told['player']}/run-time/{name}")
            assert there == archive.read(f"sclt/preview/scorm-again/{name}")


def test_a_wheel_without_the_run_times_says_what_to_do(installed: Path, tmp_path: Path) -> None:
    (preview,) = installed.parent.glob("lib/python*/site-packages/sclt/preview")
    (preview / "scorm-again").rename(tmp_path / "scorm-again")
    try:
        told = run(installed, tmp_path, "preview", COURSES, "--no-open", status=3)
    finally:
        (tmp_path / "scorm-again").rename(preview / "scorm-again")
    assert "npm install --prefix" in told
    assert f"scorm-again@{setup.locked()[0]}" in told


def test_another_archive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = tmp_path / "npm"
    npm.write_text('#!/bin/sh\nfor last; do :; done\necho other > "$last/scorm-again.tgz"\n')
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.chdir(REPOSITORY)
    with pytest.raises(ValueError, match="not the one of package-lock"):
        setup.fetched()


def test_the_sum_is_written_as_npm_writes_it() -> None:
    digest = base64.b64decode(setup.integrity_of(b"sclt").removeprefix("sha512-"))
    assert digest == hashlib.new("sha512", b"sclt").digest()
