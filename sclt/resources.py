"""Finds the files that come with sclt: templates, runtime and schemas, installed or in a checkout."""

from __future__ import annotations

import functools
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


def _folder(package: str) -> Traversable:
    """Return a package's folder; ``sclt.schemas`` lies beside ``sclt`` in a checkout that is not installed."""
    try:
        return resources.files(f"sclt.{package}")
    except ModuleNotFoundError:
        return Path(__file__).resolve().parent.parent / package


def read(package: str, name: str) -> bytes:
    """Return the bytes of a file, such as ``read("schemas", "course.schema.json")``."""
    return _folder(package).joinpath(*name.split("/")).read_bytes()


@functools.cache
def names(package: str, folder: str = "") -> tuple[str, ...]:
    """List the files of a package's folder, sorted."""
    place = _folder(package).joinpath(*folder.split("/")) if folder else _folder(package)
    return tuple(sorted(f.name for f in place.iterdir() if f.is_file() and not f.name.endswith((".py", ".pyc"))))


@functools.cache
def digest(*packages: str) -> str:
    """Return a hash over every file of the packages: it changes when sclt itself does."""
    import hashlib

    total = hashlib.sha256()
    for package in packages:
        for path in sorted(_files(_folder(package)), key=str):
            total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += [] if entry.name == "__pycache__" else _files(entry)
        else:
            found.append(entry)
    return found
