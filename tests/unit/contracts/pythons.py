"""A second Python to build with: another version where the machine has one, else this one in a fresh environment."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

MINORS = (13, 12, 14, 11)
PROBE = "import sys, venv, ensurepip, zlib, sqlite3; print(*sys.version_info[:3], sep='.')"


class Second(NamedTuple):
    """An interpreter with sclt's dependencies, and what it is."""

    python: Path
    note: str


def second_python(folder: Path) -> Second:
    """Return a second Python; its environment is made in ``folder`` once and found there again."""
    found = next(_others(), None)
    version = found[1] if found else sys.version.split()[0]
    note = f"Python {version}" if found else f"Python {version}, the only one here, in another environment"
    pins = _pins()
    home = folder / f"python-{version}-{_short(pins)}"
    if not (home / "complete").is_file():
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([found[0] if found else sys.executable, "-m", "venv", home], check=True, env=_clean())
        subprocess.run([home / "bin" / "python", "-m", "pip", "install", "--quiet", *pins], check=True, env=_clean())
        (home / "complete").touch()
    return Second(home / "bin" / "python", note)


def _others() -> Iterator[tuple[str, str]]:
    """Yield interpreters of another minor version that can make an environment, then other builds of this one."""
    same: list[tuple[str, str]] = []
    for path in dict.fromkeys(_candidates()):
        version = _version(path)
        if version and tuple(map(int, version.split(".")[:2])) >= (3, 11):
            if version.split(".")[:2] == [str(part) for part in sys.version_info[:2]]:
                same.append((path, version))
            else:
                yield path, version
    here = Path(sys.executable).resolve()
    yield from ((path, version) for path, version in same if Path(path).resolve() != here)


def _candidates() -> Iterator[str]:
    roots = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))]
    if shutil.which("pyenv"):
        roots.append(Path(subprocess.run(["pyenv", "root"], text=True, capture_output=True).stdout.strip()))
    for minor in MINORS:
        for root in roots:
            yield from (str(path) for path in sorted(root.glob(f"versions/3.{minor}.*/bin/python3")))
        if found := shutil.which(f"python3.{minor}"):
            yield found
    yield from (str(path) for path in (Path("/usr/bin/python3"), Path("/usr/local/bin/python3")) if path.is_file())


def _version(path: str) -> str:
    """Return an interpreter's version, or nothing where it doesn't run or lacks what an environment needs."""
    try:
        done = subprocess.run([path, "-c", PROBE], text=True, capture_output=True, timeout=20, env=_clean())
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _pins() -> list[str]:
    """Return the libraries that sclt runs on, at the versions that are installed here."""
    pins: dict[str, str] = {}
    waiting = ["sclt"]
    while waiting:
        for line in metadata.requires(waiting.pop()) or []:
            name = re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]
            if ";" not in line and name not in pins:
                pins[name] = metadata.version(name)
                waiting.append(name)
    return [f"{name}=={version}" for name, version in sorted(pins.items())]


def _short(pins: list[str]) -> str:
    return hashlib.sha256(" ".join(pins).encode()).hexdigest()[:8]


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYENV_VERSION"))}
