"""Finds the files that come with sclt: templates, runtime and schemas, installed or in a checkout."""

from __future__ import annotations

import functools
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


def folder(package: str) -> Traversable:
    """Return a package's folder; ``sclt.schemas`` lies beside ``sclt`` in a checkout that is not installed."""
    try:
        return resources.files(f"sclt.{package}")
    except ModuleNotFoundError:
        return Path(__file__).resolve().parents[2] / package


def read(package: str, name: str) -> bytes:
    """Return the bytes of a file, such as ``read("schemas", "course.schema.json")``, with the line ends of Unix.

    All of them are texts; git on Windows may have given them other line ends.
    """
    return folder(package).joinpath(*name.split("/")).read_bytes().replace(b"\r\n", b"\n")


@functools.cache
def names(package: str, inside: str = "") -> tuple[str, ...]:
    """List the files of a package's folder, sorted."""
    place = folder(package).joinpath(*inside.split("/")) if inside else folder(package)
    return tuple(sorted(f.name for f in place.iterdir() if f.is_file() and not f.name.endswith((".py", ".pyc"))))


_MAKERS = (
    "model",
    "editions",
    "questions",
    "blocks",
    "source",
    "render",
    "templates",
    "locale",
    "standards",
    "schemas",
    "exchange",
)
"""What packages and books are made by."""


@functools.cache
def fingerprint() -> str:
    """Return what tells this sclt and its libraries from another: sizes and times of files."""
    import hashlib
    from importlib.util import find_spec

    total = hashlib.sha256()
    files: list[Path] = []
    for package in _MAKERS:
        files += sorted(Path(str(folder(package))).iterdir())
    for inside in ("questions", "blocks"):
        files += sorted(Path(str(folder("templates").joinpath(inside))).iterdir())
    for library in ("markdown_it", "mdit_py_plugins", "jinja2"):
        files += [Path(spec.origin) for spec in [find_spec(library)] if spec and spec.origin]
    for file in files:
        if file.is_file():
            status = file.stat()
            total.update(f"{file.name} {status.st_size} {status.st_mtime_ns};".encode())
    return total.hexdigest()[:16]
