"""Writes several text files of a course: all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sclt.errors import EnvironmentFault, UsageError
from sclt.storage import writing


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
    try:
        writing.write_all({path: text.encode() for path, text in files.items()})
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror}.", str(error.filename)) from error
