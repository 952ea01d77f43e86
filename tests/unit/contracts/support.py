"""What the contract tests share: running sclt as a process, and looking into packages."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from lxml import etree

from sclt.cli import main
from tests.places import REPOSITORY

SCHEMAS = REPOSITORY / "schemas" / "xsd"
MANIFEST = "imsmanifest.xml"
LMS = ("scorm12", "scorm2004-2", "scorm2004-3", "scorm2004-4")
STANDARDS = (*LMS, "cmi5", "xapi", "web")
_JSON = re.compile(r'<script type="application/json" id="(\w+)">(.*?)</script>', re.DOTALL)


def command(source: Path, out: Path, *options: str) -> list[str]:
    """Return the command line that builds ``source`` into ``out`` from this checkout."""
    return [sys.executable, str(REPOSITORY / "cli.py"), "build", str(source), "--out", str(out), *options]


def build(source: Path, out: Path, *options: str, expect: int = 0) -> subprocess.CompletedProcess[str]:
    """Build by the command line, within this process, and hold its exit status against ``expect``."""
    order = ["build", str(source), "--out", str(out), *options]
    result = CliRunner().invoke(main, order)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return _held(subprocess.CompletedProcess(order, result.exit_code, result.stdout, result.stderr), expect)


def build_apart(
    source: Path, out: Path, *options: str, expect: int = 0, env: Mapping[str, str] | None = None, **more: Any
) -> subprocess.CompletedProcess[str]:
    """Build as a process of its own and hold its exit status against ``expect``."""
    around = {**os.environ, **(env or {})}
    order = command(source, out, *options)
    return _held(subprocess.run(order, env=around, text=True, capture_output=True, check=False, **more), expect)


def _held(done: subprocess.CompletedProcess[str], expect: int) -> subprocess.CompletedProcess[str]:
    assert done.returncode == expect, f"exit status {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def states(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Return which packages a build says it ``built`` and which are ``up to date``."""
    rows = re.findall(r"^(built|up to date)\s+(\S+)", done.stdout, re.MULTILINE)
    return {Path(path).name: state for state, path in rows}


def digests(out: Path) -> dict[str, str]:
    """Return the hash of every file in ``out`` except the cache."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir()) if path.is_file()
    }


def packages(out: Path, *standards: str) -> list[Path]:
    """Return the packages in ``out`` for ``standards``, or all of them."""
    found = [path for path in sorted(out.glob("*.zip")) if not standards or standard_of(path) in standards]
    assert found
    return found


def standard_of(package: Path) -> str:
    """Return the standard that a package's name says."""
    return next(part for part in package.stem.split("_") if part in STANDARDS)


def contents(package: Path) -> dict[str, bytes]:
    """Return the files of a package in their order."""
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest(package: Path) -> etree._Element:
    """Return the manifest of a package."""
    return etree.fromstring(contents(package)[MANIFEST])


def local(tag: object) -> str:
    """Return a tag without its namespace; nothing for comments."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def every(root: etree._Element, name: str) -> list[etree._Element]:
    """Return all elements of a name, in whatever namespace."""
    return [element for element in root.iter() if local(element.tag) == name]


def texts(elements: Iterable[etree._Element]) -> list[str]:
    """Return the texts of elements."""
    return [(element.text or "").strip() for element in elements]


def shell_data(package: Path, module: str) -> dict[str, Any]:
    """Return the JSON that a module's shell carries, by the identifier of its script."""
    page = contents(package)[f"{module}/index.html"].decode()
    return {name: json.loads(text) for name, text in _JSON.findall(page)}


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a source once or more."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"'{old}' is not in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
