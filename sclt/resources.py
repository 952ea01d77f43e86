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
def fingerprint() -> str:
    """Return what tells this sclt and its libraries from another: sizes and times of its files, versions."""
    import hashlib
    from importlib import metadata

    total = hashlib.sha256()
    for package in ("source", "render", "templates", "standards"):
        for entry in sorted(Path(str(_folder(package))).iterdir()):
            if entry.is_file():
                status = entry.stat()
                total.update(f"{entry.name} {status.st_size} {status.st_mtime_ns};".encode())
    for library in ("markdown-it-py", "mdit-py-plugins", "jinja2"):
        total.update(metadata.version(library).encode())
    return total.hexdigest()[:16]
