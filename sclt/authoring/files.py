"""Writes several text files of a course: all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sclt.errors import EnvironmentFault, UsageError


def read(path: Path) -> str:
    """Return a file with its own ends of lines. Raises UsageError where it is missing or not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise UsageError("there is no such file.", str(path)) from error
    except UnicodeDecodeError as error:
        raise UsageError("is not UTF-8.", str(path), "Save the file as UTF-8.") from error
    except OSError as error:
        raise EnvironmentFault(f"cannot be read: {error.strerror}.", str(path)) from error


def refuse_existing(paths: Iterable[Path]) -> None:
    """Raise UsageError where one of the files that are to be made is there already."""
    if found := next((path for path in paths if path.exists()), None):
        raise UsageError("is there already, and nothing is overwritten.", str(found), "Choose another identifier.")


def write_all(files: Mapping[Path, str]) -> None:
    """Write every file aside first, and put them in place when all are written. Raises EnvironmentFault."""
    parts = {path.with_name(f"{path.name}.part"): path for path in files}
    made: list[Path] = []
    try:
        for part, path in parts.items():
            made += [folder for folder in reversed(path.parents) if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(files[path].encode())
        for part, path in parts.items():
            part.replace(path)
    except OSError as error:
        _clear(parts, made)
        raise EnvironmentFault(f"cannot be written: {error.strerror}.", str(error.filename)) from error


def _clear(parts: Iterable[Path], folders: list[Path]) -> None:
    for part in parts:
        if part.is_file():
            part.unlink()
    for folder in reversed(folders):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
