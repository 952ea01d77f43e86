"""What is asked of sclt outside its checkout: copies of it, environments that know nothing of it, locked libraries."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from tests.places import REPOSITORY

MADE = ("node_modules", ".venv", ".git", "*.egg-info", "__pycache__", ".*_cache", ".hypothesis")


def copied(folder: Path) -> Path:
    """Copy the checkout without what is made in it."""
    at_the_root = {str(REPOSITORY): {"build", "dist"}}
    ignored = shutil.ignore_patterns(*MADE)
    shutil.copytree(REPOSITORY, folder, ignore=lambda at, names: {*ignored(at, names), *at_the_root.get(at, ())})
    return folder


def pins(file: Path) -> Path:
    """Write the versions that are locked for the tests as constraints of pip."""
    locked = (REPOSITORY / "requirements" / "test.txt").read_text(encoding="utf-8")
    found = re.findall(r"^([A-Za-z0-9._-]+==[^ \\]+(?: ;[^\\\n]+)?)", locked, re.MULTILINE)
    file.write_text("\n".join(found), encoding="utf-8")
    return file


def clean() -> dict[str, str]:
    """Return the environment without what could lead back to the checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "GIT_"))}
